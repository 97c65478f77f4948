"""Query results of every format as sets of tuples that rdf.isomorphic compares: one blank node per row."""
import csv
import decimal
import io
import json
import re
import xml.etree.ElementTree as ElementTree

XSD = 'http://www.w3.org/2001/XMLSchema#'
RS = 'http://www.w3.org/2001/sw/DataAccess/tests/result-set#'
SRX = '{http://www.w3.org/2005/sparql-results#}'
ITS_DIR = '{http://www.w3.org/2005/11/its}dir'
XML_LANG = '{http://www.w3.org/XML/1998/namespace}lang'


NUMBERS = {XSD + name for name in ('integer', 'decimal', 'double', 'float', 'int', 'long', 'short', 'byte', 'nonNegativeInteger')}


def number(value, datatype):
    """Equal numbers as equal text: SPARQL leaves the lexical form of what it computes open."""
    try:
        return repr(float(value)) if datatype.endswith(('double', 'float')) else str(decimal.Decimal(value).normalize() + 0)
    except (ValueError, decimal.InvalidOperation):
        return value


def canonical(term):
    if isinstance(term, tuple):
        return tuple(canonical(part) for part in term)
    match = re.fullmatch(r'"(.*)"\^\^<([^>]*)>', term, re.DOTALL) if isinstance(term, str) else None
    if match and match.group(2) in NUMBERS:
        return '"%s"^^<%s>' % (number(*match.groups()), match.group(2))
    if isinstance(term, str) and re.fullmatch(r'[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?', term):
        return number(term, XSD + ('double' if 'e' in term.lower() else 'decimal'))
    return term


def literal(value, datatype=None, language=None, direction=None):
    if language:
        return '"%s"@%s%s' % (value, language.lower(), '--' + direction if direction else '')
    return '"%s"' % value if datatype in (None, XSD + 'string') else '"%s"^^<%s>' % (value, datatype)


def rows_to_set(rows):
    found = {('_:row%d' % i, var, canonical(value)) for i, row in enumerate(rows) for var, value in row.items()}
    return found | {('_:row%d' % i, 'is', 'row') for i in range(len(rows))}


def json_term(term):
    kind, value = term['type'], term['value']
    if kind == 'uri':
        return '<%s>' % value
    if kind == 'bnode':
        return '_:b' + value
    if kind == 'triple':
        return ('triple', *(json_term(value[part]) for part in ('subject', 'predicate', 'object')))
    return literal(value, term.get('datatype'), term.get('xml:lang'), term.get('its:dir'))


def read_json(text):
    data = json.loads(text)
    if 'boolean' in data:
        return data['boolean']
    return rows_to_set([{var: json_term(term) for var, term in row.items()} for row in data['results']['bindings']])


def xml_term(node):
    tag = node.tag.replace(SRX, '')
    if tag == 'uri':
        return '<%s>' % (node.text or '')
    if tag == 'bnode':
        return '_:b' + node.text
    if tag == 'triple':
        return ('triple', *(xml_term(node.find(SRX + part)[0]) for part in ('subject', 'predicate', 'object')))
    return literal(node.text or '', node.get('datatype'), node.get(XML_LANG), node.get(ITS_DIR))


def read_xml(text):
    root = ElementTree.fromstring(text)
    boolean = root.find(SRX + 'boolean')
    if boolean is not None:
        return boolean.text.strip() == 'true'
    rows = [{b.get('name'): xml_term(b[0]) for b in row.findall(SRX + 'binding')} for row in root.iter(SRX + 'result')]
    return rows_to_set(rows)


def read_result_set(quads):
    """The DAWG's vocabulary for results in RDF."""
    values = {}
    for s, p, o in quads:
        values.setdefault((s, p.strip('<>')), []).append(o)
    for (_, p), found in values.items():
        if p == RS + 'boolean':
            return 'true' in found[0]
    rows = []
    for solution in [o for (_, p), found in values.items() if p == RS + 'solution' for o in found]:
        row = {}
        for binding in values.get((solution, RS + 'binding'), []):
            row[values[(binding, RS + 'variable')][0].strip('"')] = values[(binding, RS + 'value')][0]
        rows.append(row)
    return rows_to_set(rows)


def read_csv(text):
    """Cells as text, since CSV keeps no more; blank nodes by their label."""
    rows = list(csv.reader(io.StringIO(text)))
    return rows_to_set([{h: v for h, v in zip(rows[0], row) if v} for row in rows[1:]])


def read_tsv(text):
    lines = text.split('\n')
    header = [name.lstrip('?') for name in lines[0].rstrip('\r').split('\t')]
    return rows_to_set([{h: v for h, v in zip(header, line.rstrip('\r').split('\t')) if v} for line in lines[1:] if line])
