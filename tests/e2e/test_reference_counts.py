#!/usr/bin/env python3
"""Loads LUBM-1 and LSQB's example and compares every answer with the reference counts; prints load rates and query times.

Usage: test_reference_counts.py TERCET BENCH_DATA. Exit status 77: the data is not there.
"""
import pathlib
import subprocess
import sys
import tempfile
import time

TERCET, DATA = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*arguments):
    start = time.monotonic()
    done = subprocess.run([TERCET, *map(str, arguments)], capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        sys.exit('%s\n%s' % (arguments, done.stderr))
    return done.stdout, (time.monotonic() - start) * 1000


def table(file):
    lines = [line.split('\t') for line in file.read_text(encoding='utf-8').splitlines()]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def compare(db, file, expected, count_of):
    answer, milliseconds = run('query', db, file, '--format', 'tsv')
    got = count_of(answer.splitlines()[1:])
    print('  %-8s %8d rows %8.0f ms%s' % (file.stem, got, milliseconds, '' if got == expected else '   EXPECTED %d' % expected))
    return got == expected


def main():
    if not DATA.is_dir():
        print('skipped: the benchmark data is not at %s' % DATA)
        return 77
    right = []
    with tempfile.TemporaryDirectory() as directory:
        lubm, lsqb = pathlib.Path(directory, 'lubm'), pathlib.Path(directory, 'lsqb')
        print('LUBM-1: ' + run('load', lubm, DATA / 'lubm/lubm-1.nt.gz')[0].strip())
        for row in table(DATA / 'lubm/ref-lubm1-noinference.tsv'):
            right.append(compare(lubm, DATA / 'lubm' / row['query'], int(row['count']), len))
        print('LSQB example: ' + run('load', lsqb, DATA / 'lsqb/lsqb-sfexample.nt')[0].strip())
        for row in table(DATA / 'lsqb/expected-sfexample.tsv'):
            right.append(compare(lsqb, DATA / 'lsqb/queries' / (row['query'] + '.rq'), int(row['count']), lambda rows: int(rows[0])))
    print('%d of %d counts agree' % (sum(right), len(right)))
    return 0 if all(right) else 1


if __name__ == '__main__':
    sys.exit(main())
