#!/usr/bin/env python3
"""Who may include whom. Fails with every include that the table does not allow.

The table is the architecture; docs/architecture.md draws it. A layer may include itself, include/tercet and what
its row names. Third parties are named where a single layer alone may include them.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

LAYERS = {
    "include/tercet": [],
    "engine/base": [],
    "engine/model": ["engine/base"],
    "engine/storage": ["engine/base", "engine/model"],
    "engine/graph": ["engine/base", "engine/model", "parser/sparql"],
    "engine/results": ["engine/base", "engine/model", "engine/graph"],
    "parser/text": ["engine/base"],
    "parser/rdf": ["engine/base", "engine/model", "parser/text", "parser"],
    "parser/results": ["engine/base", "engine/model", "parser/text", "parser/rdf", "parser"],
    "parser/sparql": ["engine/base", "engine/model", "parser/text", "parser"],
    "engine/algebra": ["engine/base", "engine/model", "parser/sparql"],
    "engine/plan": ["engine/base", "engine/model", "engine/algebra", "parser/sparql"],
    "engine/advice": ["engine/base", "engine/model", "engine/algebra", "engine/plan", "parser/sparql"],
    "engine/exec": ["engine/base", "engine/model", "engine/algebra", "engine/plan", "engine/graph", "parser/sparql",
                    "parser/text"],
    "loaders/input": ["engine/base", "engine/model"],
    "loaders/http": ["engine/base"],
    "loaders/language": ["engine/base"],
    "loaders/article": ["engine/base", "engine/model", "loaders/language"],
    "loaders/reading": ["engine/base", "engine/model", "loaders/input", "loaders/article"],
    "loaders/training": ["engine/base", "loaders/language", "loaders/input"],
    "engine/database": ["engine", "parser", "loaders"],
    "cli": [],
    "examples": [],
}
THIRD_PARTY = {
    "rocksdb/": ["engine/storage", "bench"],
    "tao/pegtl": ["parser"],
    "boost/graph": ["engine/graph", "engine/results", "include/tercet", "examples"],
    "CLI/": ["cli"],
    "editline/": ["cli"],
    "archive": ["loaders/input"],
    "zlib": ["loaders/input"],
    "bzlib": ["loaders/input"],
    "lzma": ["loaders/input"],
    "zstd": ["loaders/input"],
    "libxml/": ["loaders/reading", "parser/rdf"],
    "cmark": ["loaders/reading"],
    "cld2/": ["loaders/reading"],
    "curl/": ["loaders/http"],
    "Eigen/": ["loaders/training"],
    "igraph": ["bench"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def layer_of(path: str) -> str | None:
    fits = [layer for layer in LAYERS if path == layer or path.startswith(layer + "/")]
    return max(fits, key=len, default=None)


def is_below(path: str, folders: list[str]) -> bool:
    return any(path.startswith(folder + "/") for folder in folders)


def complaints_about(file: pathlib.Path) -> list[str]:
    name = file.relative_to(ROOT).as_posix()
    layer = layer_of(name)
    if layer is None:
        return []
    found = []
    text = file.read_text(encoding="utf-8")
    for match in INCLUDE.finditer(text):
        bracket, target = match.groups()
        line = text.count("\n", 0, match.start()) + 1
        allowed_alone = next((rows for key, rows in THIRD_PARTY.items() if target.startswith(key)), None)
        if allowed_alone is not None and not is_below(name, allowed_alone):
            found.append(f"{name}:{line}: only {', '.join(allowed_alone)} may include <{target}>")
        if bracket == '"' and (ROOT / target).is_file() and not is_below(target, [layer, *LAYERS[layer]]):
            found.append(f"{name}:{line}: {layer} may not include {target}")
    return found


def main() -> int:
    files = [f for top in ("include", "engine", "parser", "loaders", "cli", "examples") for f in (ROOT / top).rglob("*.?pp")]
    complaints = [complaint for file in sorted(files) for complaint in complaints_about(file)]
    print("\n".join(complaints) or f"{len(files)} files keep to the layers")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
