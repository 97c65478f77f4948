#!/usr/bin/env python3
"""Scores names of people, organisations and places against re3d, by exact span and type.

  score_names.py SHARED TERCET_EXTRACT_DEV MODEL [--errors]

SHARED holds entities/re3d. Its Person, Organisation and Location entities count if they are names: their last word has a capital
letter and is no pronoun; a "the" in front is left out. Titles in front of a person's name may be part of it or not. Adjectives that
re3d calls nationalities are neither right nor wrong. "states alike" takes countries for places or organisations, as re3d does now
the one, now the other.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

TYPES = {"Person": "person", "Organisation": "organisation", "Location": "place"}


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


PRONOUNS = {"I", "We", "He", "She", "It", "They", "You", "Our", "His", "Her", "Their", "Its", "My", "Us", "This", "These", "Those", "Who"}


def is_name(value):
    words = [w for w in value.split() if w[0].isalpha()]
    return bool(words) and words[-1][0].isupper() and words[-1] not in PRONOUNS


def span_of(entity):
    skipped = 4 if entity["value"][:4] in ("the ", "The ") else 0
    return entity["begin"] + skipped, entity["end"]


def gold_of(folder):
    for source in sorted(p for p in folder.iterdir() if (p / "documents.json").exists()):
        entities, neutral = collections.defaultdict(set), collections.defaultdict(set)
        for entity in lines(source / "entities.json"):
            if entity["type"] in TYPES and is_name(entity["value"]):
                entities[entity["documentId"]].add((*span_of(entity), TYPES[entity["type"]]))
            elif entity["type"] == "Nationality":
                neutral[entity["documentId"]].add(span_of(entity))
        for document in lines(source / "documents.json"):
            yield document["_id"], document["text"], entities[document["_id"]], neutral[document["_id"]]


def main():
    shared, program, model = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    texts, gold, passed, found = {}, {}, {}, collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as directory:
        for name, text, entities, neutral in gold_of(shared / "entities/re3d"):
            texts[name], gold[name], passed[name] = text, entities, neutral
            (pathlib.Path(directory) / name).write_text(text, encoding="utf-8")
        files = [str(pathlib.Path(directory) / name) for name in texts]
        out = subprocess.run([program, model, "--names", *files], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        mention = json.loads(line)
        found[mention["doc"]].append(mention)
    for alike in (False, True):
        print("states alike" if alike else "types as they are")
        print_scores(texts, gold, passed, found, alike)


def print_scores(texts, gold, passed, found, alike):
    counts = collections.defaultdict(collections.Counter)
    for name, text in texts.items():
        # offsets of the program are bytes, those of re3d characters
        at = [0]
        for c in text:
            at.append(at[-1] + len(c.encode()))
        character = {byte: i for i, byte in enumerate(at)}
        left = set(gold[name])
        for mention in found[name]:
            kind = mention["type"]
            if kind not in TYPES.values():
                continue
            end = character[mention["end"]]
            spans = [(character[mention[key]], end, kind) for key in ("begin", "title_begin")]
            if any(span[:2] in passed[name] for span in spans):
                continue
            if alike and kind in ("place", "organisation"):
                spans += [(begin, end, other) for begin, end, _ in spans for other in ("place", "organisation")]
            hit = next((span for span in spans if span in left), None)
            counts[kind]["found"] += 1
            if hit:
                counts[kind]["right"] += 1
                left.discard(hit)
            elif "--errors" in sys.argv:
                print("wrong ", kind, repr(text[spans[0][0]:end]))
        for begin, end, kind in sorted(left):
            if "--errors" in sys.argv:
                print("missed", kind, repr(text[begin:end]))
        for _, _, kind in gold[name]:
            counts[kind]["gold"] += 1
    total = collections.Counter()
    for kind in sorted(counts):
        total.update(counts[kind])
    for kind, c in [*sorted(counts.items()), ("all", total)]:
        p, r = c["right"] / max(c["found"], 1), c["right"] / max(c["gold"], 1)
        print(f"{kind:14} gold {c['gold']:5} found {c['found']:5} right {c['right']:5}  P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")


if __name__ == "__main__":
    main()
