#!/usr/bin/env python3
"""Scores names of people, organisations and places against re3d, by exact span and type.

  score_names.py SHARED TERCET_EXTRACT_DEV MODEL [--errors]
  score_names.py SHARED TERCET_EXTRACT_DEV MODEL --train TERCET_TRAIN_NAMES [--errors]

With --train the model's tagger of names is trained five times, without the fifth of the documents on which it is then scored;
documents that share a fifth of their runs of five words stay together. Without it the model is scored as it is, which tells nothing
if it has learnt from re3d.

SHARED holds entities/re3d. Its Person, Organisation and Location entities count if they are names: their last word has a capital
letter and is no pronoun; a "the" in front is left out. Adjectives that re3d calls nationalities are neither right nor wrong.

re3d often marks the same name twice: as a place and as an organisation, or whole and in part ("Ayn Isa" and "Isa"), and names end some
descriptions ("city of Mosul"). "every mark" asks for all of that; 0.88 is the most that finding each name once can reach. "each name
once" leaves descriptions out, of the marks and of what is found: both begin with a capital letter or a digit. Of marks that overlap it
asks for one, and what is found beyond that must be marked too. "states alike" takes countries for places or organisations, as re3d does
now the one, now the other.
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


FOLDS = 5


def runs_of_five(text):
    words = text.lower().split()
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def folds_of(texts):
    """Lists of documents, near-duplicates in one list."""
    names, runs = list(texts), {name: runs_of_five(text) for name, text in texts.items()}
    group = {name: name for name in names}
    for i, a in enumerate(names):
        for b in names[:i]:
            if len(runs[a] & runs[b]) >= 0.2 * max(1, min(len(runs[a]), len(runs[b]))):
                old, new = group[a], group[b]
                group = {name: new if of == old else of for name, of in group.items()}
    members = collections.defaultdict(list)
    for name in names:
        members[group[name]].append(name)
    folds = [[] for _ in range(FOLDS)]
    for key in sorted(members, key=lambda key: (-len(members[key]), members[key][0])):
        min(folds, key=len).extend(members[key])
    return folds


def train(program, model, shared, left_out, directory):
    out, names = directory / "fold.tcm", directory / "left-out.txt"
    names.write_text("\n".join(left_out) + "\n")
    subprocess.run([program, model, out, shared / "entities", "--without", names], check=True, stderr=subprocess.DEVNULL)
    return str(out)


def found_in(program, model, texts, names, directory):
    files = []
    for name in names:
        files.append(directory / name)
        files[-1].write_text(texts[name], encoding="utf-8")
    out = subprocess.run([program, model, "--names", *files], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        mention = json.loads(line)
        yield mention["doc"], mention


def main():
    shared, program, model = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    trainer = sys.argv[sys.argv.index("--train") + 1] if "--train" in sys.argv else None
    texts, gold, passed, found = {}, {}, {}, collections.defaultdict(list)
    for name, text, entities, neutral in gold_of(shared / "entities/re3d"):
        texts[name], gold[name], passed[name] = text, entities, neutral
    with tempfile.TemporaryDirectory() as temporary:
        directory = pathlib.Path(temporary)
        for names in folds_of(texts) if trainer else [list(texts)]:
            fold_model = train(trainer, model, shared, names, directory) if trainer else model
            for name, mention in found_in(program, fold_model, texts, names, directory):
                found[name].append(mention)
    for alike in (False, True):
        for once in (False, True):
            print("each name once" if once else "every mark", "states alike" if alike else "types as they are", sep=", ")
            print_scores(texts, gold, passed, found, alike, once)


def starts_as_name(value):
    return value[:1].isupper() or value[:1].isdigit() or value[:2] == "al"


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


def missed_once(left, right):
    """Of the marks that nothing found, those that lie apart from what was found and from each other; the longest first."""
    kept = []
    for mark in sorted(left, key=lambda mark: (mark[0] - mark[1], mark)):
        if not any(overlaps(mark, other) for other in [*right, *kept]):
            kept.append(mark)
    return kept


def print_scores(texts, gold, passed, found, alike, once):
    counts = collections.defaultdict(collections.Counter)
    for name, text in texts.items():
        # offsets of the program are bytes, those of re3d characters
        at = [0]
        for c in text:
            at.append(at[-1] + len(c.encode()))
        character = {byte: i for i, byte in enumerate(at)}
        left = {mark for mark in gold[name] if not once or starts_as_name(text[mark[0] : mark[1]])}
        right = []
        for mention in found[name]:
            kind = mention["type"]
            if kind not in TYPES.values():
                continue
            spans = [(character[mention["begin"]], character[mention["end"]], kind)]
            if spans[0][:2] in passed[name] or once and not starts_as_name(text[spans[0][0] : spans[0][1]]):
                continue
            if alike and kind in ("place", "organisation"):
                spans += [(begin, end, other) for begin, end, _ in spans for other in ("place", "organisation")]
            hit = next((span for span in spans if span in left), None)
            counts[kind]["found"] += 1
            if hit:
                counts[kind]["right"] += 1
                counts[hit[2]]["gold"] += 1
                left.discard(hit)
                right.append(hit)
            elif "--errors" in sys.argv:
                print("wrong ", kind, repr(text[spans[0][0] : spans[0][1]]))
        for begin, end, kind in missed_once(left, right) if once else sorted(left):
            counts[kind]["gold"] += 1
            if "--errors" in sys.argv:
                print("missed", kind, repr(text[begin:end]))
    total = collections.Counter()
    for kind in sorted(counts):
        total.update(counts[kind])
    for kind, c in [*sorted(counts.items()), ("all", total)]:
        p, r = c["right"] / max(c["found"], 1), c["right"] / max(c["gold"], 1)
        print(f"{kind:14} gold {c['gold']:5} found {c['found']:5} right {c['right']:5}  P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")


if __name__ == "__main__":
    main()
