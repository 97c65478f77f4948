#!/usr/bin/env python3
"""Kills the command while it loads, at random moments, and looks at what is left: all of a load, or nothing of it.

Usage: test_crash.py TERCET [KILLS [SEED]]
The environment variable TERCET_TEST_SCALE multiplies the kills.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

TERCET = str(pathlib.Path(sys.argv[1]).resolve())
KILLS = (int(sys.argv[2]) if len(sys.argv) > 2 else 20) * int(os.environ.get('TERCET_TEST_SCALE', '1'))
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 20261124


def write_data(file, count, prefix):
    """So many triples with as many different objects, and one marker in a graph of its own."""
    with open(file, 'w', encoding='utf-8') as out:
        for i in range(count):
            out.write('<http://x/%s/s%d> <http://x/p%d> "value %s %d" <http://x/%s> .\n' % (prefix, i % 997, i % 13, prefix, i, prefix))


def count(db, pattern, graph='?g'):
    done = subprocess.run([TERCET, 'query', db, '--format', 'json', '-e', 'SELECT (COUNT(*) AS ?n) { GRAPH %s { %s } }' % (graph, pattern)],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return int(json.loads(done.stdout)['results']['bindings'][0]['n']['value'])


def look(db, size_by_prefix):
    """Every load is there whole or not at all, by every order that a query can be made to use."""
    there = 0
    for prefix, size in size_by_prefix.items():
        by_graph = count(db, '?s ?p ?o', '<http://x/%s>' % prefix)
        by_subject = sum(count(db, '<http://x/%s/s%d> ?p ?o' % (prefix, i)) > 0 for i in (0, 500, 996))
        by_predicate = count(db, '?s <http://x/p5> ?o FILTER(STRSTARTS(STR(?s), "http://x/%s/"))' % prefix)
        assert by_graph in (0, size), '%s: %d of %d quads' % (prefix, by_graph, size)
        assert by_subject == (3 if by_graph else 0), '%s: subjects' % prefix
        assert by_predicate == (len(range(5, size, 13)) if by_graph else 0), '%s: predicates' % prefix
        last = count(db, '?s ?p "value %s %d"' % (prefix, size - 1))
        assert last == (1 if by_graph else 0), '%s: dictionary' % prefix
        there += by_graph
    stats = subprocess.run([TERCET, 'stats', db], capture_output=True, text=True, timeout=60).stdout
    counted = int(stats.split()[1].replace(',', ''))
    assert counted == there, 'statistics say %d, the index %d' % (counted, there)
    return there


def main():
    rng = random.Random(SEED)
    outcomes = {'nothing': 0, 'all': 0}
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory)
        sizes = {'small': 3000, 'large': 80000}  # through the log, and as files that are taken in
        for prefix, size in sizes.items():
            write_data(path / (prefix + '.nq'), size, prefix)
        db, usual = str(path / 'db'), {}
        for prefix in sizes:
            start = time.monotonic()
            subprocess.run([TERCET, 'load', str(path / 'whole'), str(path / (prefix + '.nq'))], check=True, capture_output=True)
            usual[prefix] = time.monotonic() - start
        for kill in range(KILLS):
            prefix = rng.choice(list(sizes))
            if rng.random() < 0.5:
                shutil.rmtree(db, ignore_errors=True)
            process = subprocess.Popen([TERCET, 'load', db, str(path / (prefix + '.nq'))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(rng.uniform(0, 1.15 * usual[prefix]))
            process.kill()
            process.wait()
            there = 0
            if pathlib.Path(db, 'CURRENT').exists():
                there = look(db, sizes)
            outcomes['all' if there else 'nothing'] += 1
            print('kill %2d during %s: %d quads are there' % (kill + 1, prefix, there))
        subprocess.run([TERCET, 'load', db, str(path / 'small.nq'), str(path / 'large.nq')], check=True, capture_output=True)
        assert look(db, sizes) == sum(sizes.values())
    print('%d kills: %d stores with loads in them, %d without, none with a part' % (KILLS, outcomes['all'], outcomes['nothing']))


if __name__ == '__main__':
    main()
