#!/usr/bin/env python3
"""Scores coreference against GUM: B³ over its mentions, and how often third-person pronouns find whom they mean.

  score_references.py TREEBANK.conllu.gz TERCET_EXTRACT_DEV MODEL [GENRE]

The text is given as it is, a line for each paragraph. What the program finds is asked at the head of each mention of GUM; what it
does not resolve stands alone. A pronoun is right if it gets the name that some noun of its chain gets.
"""
import collections
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

PRONOUNS = {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their", "theirs", "themselves"}
BRACKET = re.compile(r"\(([^()]*)(\))?|([^()]+)\)")


def documents(path, genre):
    """Name, text, and mentions as (chain, begin and end of the head in bytes, form of the head, is it a pronoun)."""
    name, text, mentions, words, opened = None, "", [], [], []
    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            if name:
                yield name, text, mentions
            name, text, mentions = line.split("= ")[1], "", []
        elif line.startswith("# newpar"):
            text = text.rstrip(" \n") + "\n" if text else ""
        elif line == "":
            words, opened = [], []
        fields = line.split("\t")
        if len(fields) < 10 or not fields[0].isdigit():
            continue
        begin = len(text.encode())
        text += fields[1]
        words.append((begin, len(text.encode()), fields[1], fields[4]))
        if "SpaceAfter=No" not in fields[9]:
            text += " "
        for part in fields[9].split("|"):
            for match in BRACKET.finditer(part[7:]) if part.startswith("Entity=") else ():
                if match.group(3) is None:
                    bits = match.group(1).split("-")
                    opened.append((bits[0], len(words) - 1 + int(bits[5].split(",")[0]) - 1, len(words) - 1))
                closing = match.group(3) or (opened[-1][0] if match.group(2) else None)
                found = next((o for o in reversed(opened) if o[0] == closing), None)
                if found:
                    opened.remove(found)
                    begin_, end_, form, tag = words[min(found[1], len(words) - 1)]
                    mentions.append((closing, begin_, end_, form, tag.startswith("PRP") and found[1] == found[2] == len(words) - 1))
    if name:
        yield name, text, mentions


def main():
    treebank, program, model = sys.argv[1:4]
    genre = sys.argv[4] if len(sys.argv) > 4 else ""
    texts = {name: (text, mentions) for name, text, mentions in documents(treebank, genre) if genre in name}
    with tempfile.TemporaryDirectory() as directory:
        for name, (text, _) in texts.items():
            (pathlib.Path(directory) / name).write_text(text, encoding="utf-8")
        out = subprocess.run([program, model, "--references", *[str(pathlib.Path(directory) / name) for name in texts]],
                             capture_output=True, text=True, check=True).stdout
    found = collections.defaultdict(dict)
    for line in out.splitlines():
        reference = json.loads(line)
        found[reference["doc"]][reference["begin"]] = reference["entity"]
    precision = recall = count = asked = answered = right = 0
    for name, (_, mentions) in texts.items():
        keys = [(found[name].get(begin) or f"alone {i}").lower() for i, (_, begin, _, _, _) in enumerate(mentions)]
        chains, clusters = collections.defaultdict(set), collections.defaultdict(set)
        for i, (chain, *_) in enumerate(mentions):
            chains[chain].add(i)
            clusters[keys[i]].add(i)
        for i, (chain, begin, _, form, is_pronoun) in enumerate(mentions):
            same = len(chains[chain] & clusters[keys[i]])
            precision += same / len(clusters[keys[i]])
            recall += same / len(chains[chain])
            count += 1
            nouns = {keys[j] for j in chains[chain] if not mentions[j][4]}
            if is_pronoun and form.lower() in PRONOUNS and nouns:
                asked += 1
                answered += found[name].get(begin) is not None
                right += keys[i] in nouns
                if "--errors" in sys.argv and keys[i] not in nouns:
                    print(name, begin, form, "->", keys[i], "; is", sorted(nouns)[:4])
    p, r = precision / count, recall / count
    print(f"{len(texts)} documents, {count} mentions: B³ P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}")
    print(f"third-person pronouns: {asked}, resolved {answered}, right {right}; of all {right / max(asked, 1):.3f}, of those resolved {right / max(answered, 1):.3f}")


if __name__ == "__main__":
    main()
