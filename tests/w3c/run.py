#!/usr/bin/env python3
"""Runs the W3C suites through the command: run.py rdf|syntax|eval TERCET RDF_TESTS [--failed]

Follows mf:include from the manifests, prints passed/failed/skipped per manifest and every failure, and compares what failed with
exceptions.txt: a test that is listed there may fail, and one that passes should be taken off the list. Exit status 77: no data.
"""
import collections
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import endpoints  # noqa: E402
import rdf  # noqa: E402
import results  # noqa: E402

BASE = 'https://w3c.github.io/rdf-tests/'
RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
MF = 'http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#'
QT = 'http://www.w3.org/2001/sw/DataAccess/tests/test-query#'
UT = 'http://www.w3.org/2009/sparql/tests/test-update#'
LABEL = 'http://www.w3.org/2000/01/rdf-schema#label'
RDFT = 'http://www.w3.org/ns/rdftest#'

ROOTS = {
    'rdf': ['rdf/rdf11/rdf-n-triples', 'rdf/rdf11/rdf-n-quads', 'rdf/rdf11/rdf-turtle', 'rdf/rdf11/rdf-trig', 'rdf/rdf11/rdf-xml',
            'rdf/rdf12/rdf-n-triples', 'rdf/rdf12/rdf-n-quads', 'rdf/rdf12/rdf-turtle', 'rdf/rdf12/rdf-trig', 'rdf/rdf12/rdf-xml'],
    'syntax': ['sparql/sparql10', 'sparql/sparql11', 'sparql/sparql12'],
    'eval': ['sparql/sparql10', 'sparql/sparql11', 'sparql/sparql12'],
}
NOWHERE = 'http://127.0.0.1:9'  # a proxy that is not there: no test leaves this machine
LEFT_OUT = re.compile(r'sparql11/(entailment|protocol|graph-store-protocol|http-rdf-update|service-description)/')
Test = collections.namedtuple('Test', 'name kind manifest facts')


class Runner:
    def __init__(self, tercet, data):
        self.tercet, self.data = tercet, data
        self.known_manifests = set()

    def call(self, *arguments, proxy=NOWHERE):
        return subprocess.run([self.tercet, *map(str, arguments)], capture_output=True, timeout=120, env=endpoints.environment(proxy))

    def file_of(self, iri):
        return self.data / iri.strip('<>')[len(BASE):]

    def quads(self, file, base=None):
        done = self.call('convert', file, '--to', 'nq', '--base', base or BASE + str(file.relative_to(self.data)))
        if done.returncode != 0:
            raise ValueError('%s: %s' % (file, done.stderr.decode()))
        return rdf.parse(done.stdout.decode())

    # --- manifests --------------------------------------------------------------------------------------------------

    def tests_of(self, manifest):
        if manifest in self.known_manifests or not manifest.exists() or LEFT_OUT.search(str(manifest)):
            return
        self.known_manifests.add(manifest)
        facts = collections.defaultdict(lambda: collections.defaultdict(list))
        for s, p, o in self.quads(manifest):
            facts[s][p.strip('<>')].append(o)
        for subject in list(facts):
            for head in facts[subject].get(MF + 'include', []):
                for item in self.items(facts, head):
                    yield from self.tests_of(self.file_of(item))
            for head in facts[subject].get(MF + 'entries', []):
                for item in self.items(facts, head):
                    for kind in facts[item].get(RDF + 'type', []):
                        yield Test(item.strip('<>'), kind.strip('<>').rsplit('#', 1)[1], manifest, (item, facts))

    @staticmethod
    def items(facts, head):
        while head != '<%snil>' % RDF:
            yield facts[head][RDF + 'first'][0]
            head = facts[head][RDF + 'rest'][0]

    # --- RDF --------------------------------------------------------------------------------------------------------

    def run_rdf(self, test):
        item, facts = test.facts
        action = facts[item][MF + 'action'][0]
        done = self.call('convert', self.file_of(action), '--to', 'nq', '--base', action.strip('<>'))
        if 'Negative' in test.kind:
            return None if done.returncode == 1 else 'accepted (status %d)' % done.returncode
        if done.returncode != 0:
            return done.stderr.decode()
        if 'Eval' not in test.kind:
            return None
        expected = self.quads(self.file_of(facts[item][MF + 'result'][0]))
        return None if rdf.isomorphic(rdf.parse(done.stdout.decode()), expected) else 'other quads'

    # --- SPARQL -----------------------------------------------------------------------------------------------------

    def run_syntax(self, test):
        item, facts = test.facts
        action = facts[item][MF + 'action'][0]
        update = 'Update' in test.kind
        done = self.call('explain' if not update else 'update', ':memory:', self.file_of(action), '--base', action.strip('<>'))
        message = done.stderr.decode()
        if 'Negative' in test.kind:
            return None if done.returncode == 1 else 'accepted (status %d)' % done.returncode
        # An update that is read and then cannot be run (no such graph or file) is good syntax; so is what is not evaluated yet.
        fine = done.returncode == 0 or re.search(r'there is no graph|there is no function|exists already|tercet: <http|no file', message)
        return None if fine else message

    def data_arguments(self, facts, node, prefix):
        arguments, loaded = [], set()
        for data in facts[node].get(prefix + 'data', []):
            arguments += ['--data-base', data.strip('<>'), '--data', self.file_of(data)]
        for data in facts[node].get(prefix + 'graphData', []):
            file, name = data, data
            if data.startswith('_:'):
                file = facts[data][prefix + 'graph'][0]
                name = '<%s>' % facts[data][LABEL][0].strip('"')
            arguments += ['--data-base', file.strip('<>'), '--named', '%s=%s' % (name.strip('<>'), self.file_of(file))]
            loaded.add(name)
        return arguments, loaded

    def from_arguments(self, query, base):
        """Graphs that FROM names are files beside the query."""
        arguments = []
        for name in re.findall(r'FROM\s+(?:NAMED\s+)?<([^>]*)>', query.read_text(encoding='utf-8'), re.IGNORECASE):
            iri = name if ':' in name else base.rsplit('/', 1)[0] + '/' + name
            if iri.startswith(BASE) and self.file_of(iri).exists():
                arguments += ['--data-base', iri, '--named', '%s=%s' % (iri, self.file_of(iri))]
        return arguments

    def service_data(self, facts, action):
        """Endpoints and what they hold."""
        nodes = facts[action].get(QT + 'serviceData', [])
        return {facts[node][QT + 'endpoint'][0].strip('<>'): [self.file_of(f) for f in facts[node][QT + 'data']] for node in nodes}

    def run_query(self, test):
        item, facts = test.facts
        action = facts[item][MF + 'action'][0]
        result = self.file_of(facts[item][MF + 'result'][0])
        query_iri = facts[action][QT + 'query'][0]
        query = self.file_of(query_iri)
        arguments, _ = self.data_arguments(facts, action, QT)
        if not arguments:
            arguments = self.from_arguments(query, query_iri.strip('<>'))
        kind = result.suffix[1:]
        text = re.sub(r'#[^\n>]*\n|<[^>]*>', ' ', query.read_text(encoding='utf-8'))
        graph = re.search(r'\b(CONSTRUCT|DESCRIBE)\b', text, re.IGNORECASE) is not None
        form = 'nt' if graph else kind if kind in ('csv', 'tsv') else 'json'
        command = ['query', ':memory:', query, '--base', query_iri.strip('<>'), '--format', form, *arguments]
        if re.search(r'\bSERVICE\b', text):
            with endpoints.Endpoints(self.tercet, self.service_data(facts, action)) as proxy:
                done = self.call(*command, '--service', 'all', proxy=proxy)
        else:
            done = self.call(*command)
        if done.returncode != 0:
            return done.stderr.decode()
        return self.compare(done.stdout.decode(), form, result, kind)

    def compare(self, answer, form, result, kind):
        if form == 'nt':
            return None if rdf.isomorphic(rdf.parse(answer), self.quads(result)) else 'another graph: ' + answer[:400]
        text = '' if kind in ('ttl', 'nt', 'rdf') else result.read_text(encoding='utf-8')
        if kind in ('csv', 'tsv'):
            read = results.read_csv if kind == 'csv' else results.read_tsv
            got, expected = read(answer), read(text)
        else:
            got = results.read_json(answer)
            expected = {'srx': results.read_xml, 'srj': results.read_json}.get(kind, lambda _: results.read_result_set(self.quads(result)))(text)
        same = got == expected if isinstance(expected, bool) or isinstance(got, bool) else rdf.isomorphic(got, expected)
        return None if same else 'expected %s\n      got      %s' % (str(sorted(expected, key=str) if isinstance(expected, set) else expected)[:600],
                                                                   str(sorted(got, key=str) if isinstance(got, set) else got)[:600])

    def run_update(self, test):
        item, facts = test.facts
        action, result = facts[item][MF + 'action'][0], facts[item][MF + 'result'][0]
        request = facts[action][UT + 'request'][0]
        arguments, _ = self.data_arguments(facts, action, UT)
        done = self.call('update', ':memory:', self.file_of(request), '--base', request.strip('<>'), '--dump', 'nq', *arguments)
        if done.returncode != 0:
            return done.stderr.decode()
        expected_arguments, _ = self.data_arguments(facts, result, UT)
        expected = self.call('update', ':memory:', '-e', 'INSERT DATA {}', '--dump', 'nq', *expected_arguments)
        same = rdf.isomorphic(rdf.parse(done.stdout.decode()), rdf.parse(expected.stdout.decode()))
        return None if same else 'another dataset:\n%s\nexpected:\n%s' % (done.stdout.decode()[:400], expected.stdout.decode()[:400])

    # --- all --------------------------------------------------------------------------------------------------------

    def method_for(self, part, kind):
        if part == 'rdf':
            return self.run_rdf
        if part == 'syntax':
            return self.run_syntax if 'Syntax' in kind else None
        if kind in ('QueryEvaluationTest', 'CSVResultFormatTest'):
            return self.run_query
        return self.run_update if kind == 'UpdateEvaluationTest' else None

    def run(self, part):
        tests = [t for root in ROOTS[part] for t in self.tests_of(self.data / root / 'manifest.ttl')]
        if part != 'rdf':
            for extra in ('manifest-all.ttl', 'manifest-sparql11-query.ttl', 'manifest-sparql11-update.ttl', 'manifest-sparql11-results.ttl', 'manifest-sparql11-fed.ttl'):
                tests += self.tests_of(self.data / 'sparql/sparql11' / extra)
        jobs = [(t, self.method_for(part, t.kind)) for t in tests]
        jobs = [(t, m) for t, m in jobs if m is not None]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(zip([t for t, _ in jobs], pool.map(lambda job: self.guarded(*job), jobs)))

    @staticmethod
    def guarded(test, method):
        try:
            return method(test)
        except Exception as error:  # noqa: BLE001 - one odd test must not end the run
            return '%s: %s' % (type(error).__name__, error)


def read_exceptions():
    file = pathlib.Path(__file__).with_name('exceptions.txt')
    lines = file.read_text(encoding='utf-8').splitlines() if file.exists() else []
    return {line.split()[0] for line in lines if line.strip() and not line.startswith('#')}


def main():
    part, tercet, data = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    if not data.is_dir():
        print('skipped: the W3C suites are not at %s' % data)
        return 77
    counts = collections.defaultdict(collections.Counter)
    exceptions, unexpected, cured = read_exceptions(), [], []
    for test, failure in Runner(tercet, data.resolve()).run(part):
        group = str(test.manifest.parent.relative_to(data.resolve()))
        name = test.name[len(BASE):] if test.name.startswith(BASE) else test.name
        outcome = 'passed' if failure is None else 'skipped' if failure.startswith('skip:') else 'failed'
        counts[group][outcome] += 1
        if outcome == 'failed':
            print('%s %s (%s)\n      %s' % ('listed' if name in exceptions else 'FAILED', name, test.kind, failure.strip()))
            if name not in exceptions:
                unexpected.append(name)
        elif name in exceptions:
            cured.append(name)
    total = collections.Counter()
    for group, count in sorted(counts.items()):
        print('%-52s %4d passed %4d failed %4d skipped' % (group, count['passed'], count['failed'], count['skipped']))
        total.update(count)
    print('passes now, take it off exceptions.txt:', *cured, sep='\n  ') if cured else None
    print('%s: %d passed, %d failed (%d not listed), %d skipped' % (part, total['passed'], total['failed'], len(unexpected), total['skipped']))
    return 1 if unexpected or not total['passed'] else 0


if __name__ == '__main__':
    sys.exit(main())
