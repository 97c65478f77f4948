#!/usr/bin/env python3
"""Collects first inputs for the fuzzers from test suites.

Usage: collect_corpus.py SUITE_DIRECTORY OUT: fills OUT/sparql, OUT/turtle, OUT/answer_json and so on. Nothing of it belongs
into the repository.
"""
import hashlib
import pathlib
import sys

EXTENSIONS = {
    ".rq": ["sparql"], ".ru": ["sparql"], ".sparql": ["sparql"],
    ".nt": ["ntriples", "turtle"], ".nq": ["nquads"], ".ttl": ["turtle", "trig"], ".trig": ["trig"], ".rdf": ["rdfxml"],
    ".srj": ["answer_json"], ".srx": ["answer_xml"], ".csv": ["answer_csv"], ".tsv": ["answer_tsv"],
}
LARGEST = 16_384  # bytes: small inputs are quick to try


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    suite, out = map(pathlib.Path, sys.argv[1:])
    count = 0
    for file in sorted(suite.rglob("*")):
        targets = EXTENSIONS.get(file.suffix, [])
        if not targets or not file.is_file() or file.stat().st_size > LARGEST:
            continue
        content = file.read_bytes()
        for target in targets:
            (out / target).mkdir(parents=True, exist_ok=True)
            (out / target / hashlib.sha1(content).hexdigest()).write_bytes(content)
            count += 1
    print(f"{count} inputs in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
