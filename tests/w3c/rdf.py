"""N-Quads as Python tuples, and whether two sets of them say the same."""
import re

TOKEN = re.compile(r'''\s*(?:(?P<open><<\()|(?P<iri><[^<>]*>)|(?P<bnode>_:[^\s]+)|(?P<close>\)>>)|(?P<dot>\.)
    |(?P<literal>"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?))''', re.VERBOSE)
ESCAPE = re.compile(r'\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)', re.DOTALL)
PLAIN = {'t': '\t', 'n': '\n', 'r': '\r', 'b': '\b', 'f': '\f'}


def unescape(text):
    def one(match):
        code = match.group(1)
        return chr(int(code[1:], 16)) if code[0] in 'uU' and len(code) > 1 else PLAIN.get(code, code)
    return ESCAPE.sub(one, text)


def parse_line(line):
    """The terms of one statement: strings, or ('triple', s, p, o)."""
    stack, at = [[]], 0
    while at < len(line):
        match = TOKEN.match(line, at)
        if match is None or match.end() == at:
            break
        at = match.end()
        kind = match.lastgroup
        if kind == 'open':
            stack.append([])
        elif kind == 'close':
            inner = stack.pop()
            stack[-1].append(('triple', *inner))
        elif kind != 'dot':
            text = match.group(kind)
            stack[-1].append(unescape(text) if kind == 'literal' else text)
    return tuple(stack[0])


def parse(text):
    return {parse_line(line) for line in text.splitlines() if line.strip() and not line.startswith('#')}


def is_blank(term):
    return isinstance(term, str) and term.startswith('_:')


def blanks_of(term):
    if isinstance(term, tuple):
        for part in term:
            yield from blanks_of(part)
    elif is_blank(term):
        yield term


def replace(term, names):
    if isinstance(term, tuple):
        return tuple(replace(part, names) for part in term)
    return names.get(term, term) if is_blank(term) else term


def colours(quads, nodes, seed):
    """Colour refinement: a blank node is told by what stands around it."""
    colour = {node: seed.get(node, 0) for node in nodes}
    mentions = {node: [q for q in quads if node in set(blanks_of(q))] for node in nodes}
    for _ in range(len(nodes) + 1):
        new = {}
        for node in nodes:
            seen = {other: ('self' if other == node else 'c%s' % colour[other]) for other in nodes}
            new[node] = hash((colour[node], tuple(sorted(repr(replace(q, {k: '_:' + v for k, v in seen.items()})) for q in mentions[node]))))
        if len(set(new.values())) == len(set(colour.values())):
            return new
        colour = new
    return colour


def isomorphic(a, b):
    if len(a) != len(b):
        return False
    nodes_a, nodes_b = sorted({n for q in a for n in blanks_of(q)}), sorted({n for q in b for n in blanks_of(q)})
    return len(nodes_a) == len(nodes_b) and match(a, b, nodes_a, nodes_b, {}, {}, 0)


def match(a, b, nodes_a, nodes_b, seed_a, seed_b, depth):
    colour_a, colour_b = colours(a, nodes_a, seed_a), colours(b, nodes_b, seed_b)
    if sorted(colour_a.values()) != sorted(colour_b.values()):
        return False
    groups = {}
    for node, colour in colour_a.items():
        groups.setdefault(colour, []).append(node)
    open_groups = [group for group in groups.values() if len(group) > 1]
    if not open_groups:
        by_colour = {colour: node for node, colour in colour_b.items()}
        return {replace(q, {n: by_colour[c] for n, c in colour_a.items()}) for q in a} == b
    node = min(open_groups, key=len)[0]
    for other in [n for n, c in colour_b.items() if c == colour_a[node]]:
        if match(a, b, nodes_a, nodes_b, {**seed_a, node: 'fixed%d' % depth}, {**seed_b, other: 'fixed%d' % depth}, depth + 1):
            return True
    return False
