#!/usr/bin/env python3
"""The command as people use it: real binary, real store directories, wrong input on purpose.

Usage: test_command.py TERCET SOURCE_DIRECTORY
"""
import gzip
import html
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse

TERCET = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
ARTICLES = sorted(str(p) for p in (SOURCE / "examples" / "articles").glob("*.txt"))

DATA = """@prefix : <http://example/> .
:a :knows :b ; :age 31 ; :name "Ann"@en .
:b :knows :c ; :age 27 .
:c :knows :a .
"""


def run(*arguments, stdin=None):
    return subprocess.run([str(TERCET), *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=300,
                          env={**os.environ, "NO_COLOR": "1"})


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.path = pathlib.Path(self.directory.name)
        self.db = self.path / "db"

    def write(self, name, text):
        path = self.path / name
        path.write_text(text, encoding="utf-8")
        return path

    def ok(self, *arguments, **keywords):
        done = run(*arguments, **keywords)
        self.assertEqual(done.returncode, 0, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done

    def fails(self, status, *arguments, **keywords):
        done = run(*arguments, **keywords)
        self.assertEqual(done.returncode, status, f"{arguments}\n{done.stdout}\n{done.stderr}")
        self.assertTrue(done.stderr.strip(), "an error says something")
        return done.stderr

    def title_after(self, page, script):
        """What the script made of the title of a page, in Chromium."""
        browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if browser is None:
            self.skipTest("no Chromium to open the page in")
        file = self.write("page.html", page.replace("</body>", script))
        with tempfile.TemporaryDirectory() as profile:
            done = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                                   "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1200,800",
                                   f"--user-data-dir={profile}", "--dump-dom", pathlib.Path(file).resolve().as_uri()],
                                  capture_output=True, text=True, timeout=120)
        return html.unescape(re.search("<title>(.*?)</title>", done.stdout).group(1))

    def loaded(self):
        self.ok("load", self.db, self.write("data.ttl", DATA))
        return self.db

    def bindings(self, *arguments):
        answer = json.loads(self.ok("query", *arguments, "--format", "json").stdout)
        return [{k: v["value"] for k, v in row.items()} for row in answer["results"]["bindings"]]


class Store(CommandTest):
    def test_load_and_query(self):
        rows = self.bindings(self.loaded(), "-e", "PREFIX : <http://example/> SELECT ?n { ?x :age ?n } ORDER BY ?n")
        self.assertEqual(rows, [{"n": "27"}, {"n": "31"}])

    def test_a_prompt_follows_another_process(self):
        db = self.loaded()
        prompt = subprocess.Popen([str(TERCET), "--read-only", str(db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(prompt.stdout.close)
        self.addCleanup(prompt.communicate)

        def count():
            prompt.stdin.write("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }\n")
            prompt.stdin.flush()
            return [prompt.stdout.readline().strip() for _ in range(2)][1]

        prompt.stdin.write(".mode csv\n")
        self.assertEqual(count(), "6")
        self.ok("update", db, "-e", "INSERT DATA { <http://x/s> <http://x/p> 1 }")
        self.assertEqual(count(), "7")
        self.ok("load", db, self.write("more.nt", "".join("<http://x/s%d> <http://x/p> <http://x/o> .\n" % i for i in range(100))))
        self.assertEqual(count(), "107")

    def test_loading_again_changes_nothing(self):
        self.loaded()
        before = self.ok("dump", self.db).stdout
        self.assertIn(" 0 new", self.ok("load", self.db, self.path / "data.ttl").stdout)
        self.assertEqual(sorted(before.splitlines()), sorted(self.ok("dump", self.db).stdout.splitlines()))

    def test_a_load_with_a_mistake_leaves_nothing(self):
        self.loaded()
        before = sorted(self.ok("dump", self.db).stdout.splitlines())
        bad = self.write("bad.ttl", "@prefix : <http://example/> .\n:x :y :z .\n:x :y .\n")
        message = self.fails(1, "load", self.db, bad)
        self.assertIn("bad.ttl:3", message)
        self.assertIn("^", message)
        self.assertEqual(before, sorted(self.ok("dump", self.db).stdout.splitlines()))

    def test_bad_lines_go_to_quarantine(self):
        lines = ["<http://x/s%d> <http://x/p> \"o\" .\n" % i for i in range(2000)]
        lines[1000] = "<http://x/s> nonsense\n"
        data = self.write("bad.nt", "".join(lines))
        self.fails(1, "load", self.db, data)
        message = self.fails(1, "load", self.db, data, "--quarantine", self.path / "left.nt")
        self.assertIn("1 bad line was left out", message)
        left = (self.path / "left.nt").read_text()
        self.assertIn("bad.nt:1001:14: expected an IRI", left)
        self.assertTrue(left.endswith("\n" + lines[1000]))
        self.assertIn("quads           1,999", self.ok("stats", self.db).stdout)
        self.assertIn("1001:14", self.fails(1, "load", self.db, data, "--keep-going", "--memory", "64M"))

    def test_compressed_file_and_standard_input(self):
        packed = self.path / "data.ttl.gz"
        packed.write_bytes(gzip.compress(DATA.encode()))
        self.ok("load", self.db, packed)
        self.ok("load", self.path / "other", "-", "--format", "ttl", stdin=DATA)
        self.assertEqual(sorted(self.ok("dump", self.db).stdout.splitlines()),
                         sorted(self.ok("dump", self.path / "other").stdout.splitlines()))

    def test_named_graph(self):
        self.ok("load", self.db, self.write("data.ttl", DATA), "--graph", "http://example/g")
        rows = self.bindings(self.db, "-e", "SELECT (COUNT(*) AS ?n) { GRAPH <http://example/g> { ?s ?p ?o } }")
        self.assertEqual(rows, [{"n": "6"}])

    def test_update_is_all_or_nothing(self):
        self.loaded()
        self.ok("update", self.db, "-e", "PREFIX : <http://example/> DELETE { ?x :age ?n } INSERT { ?x :years ?n } WHERE { ?x :age ?n }")
        self.assertEqual(len(self.bindings(self.db, "-e", "PREFIX : <http://example/> SELECT * { ?x :years ?n }")), 2)
        before = sorted(self.ok("dump", self.db).stdout.splitlines())
        self.fails(1, "update", self.db, "-e", "INSERT DATA { <http://x/> <http://y/> 1 } ; CLEAR GRAPH <http://none/>")
        self.assertEqual(before, sorted(self.ok("dump", self.db).stdout.splitlines()))

    def test_a_query_in_the_place_of_a_file(self):
        self.loaded()
        self.assertIn("comes after -e", self.fails(3, "query", self.db, "ASK {}"))

    def test_stats(self):
        self.assertIn("quads           6", self.ok("stats", self.loaded()).stdout)

    def test_check(self):
        self.assertIn("sound: 6 quads", self.ok("check", self.loaded()).stdout)
        self.fails(3, "check", self.path / "none")
        table = max((p for p in self.db.glob("*.log")), key=lambda p: p.stat().st_size)
        data = bytearray(table.read_bytes())
        data[len(data) // 2] ^= 1
        table.write_bytes(data)
        self.assertIn("is damaged (1 problem)", self.fails(3, "check", self.db))
        self.assertIn(table.name, run("check", self.db).stdout)
        self.fails(3, "query", self.db, "-e", "SELECT * { ?s ?p ?o }")

    def test_backup_and_restore(self):
        backup, again = self.path / "backup", self.path / "again"
        self.assertIn("6 quads, up to commit 1", self.ok("backup", self.loaded(), backup).stdout)
        self.fails(2, "backup", self.db, backup)
        self.ok("update", self.db, "-e", "CLEAR ALL")
        self.fails(2, "restore", backup, self.db)
        self.ok("restore", backup, again, "--copy")
        self.assertEqual(self.ok("dump", again).stdout, self.ok("dump", backup).stdout)
        self.assertEqual(len(self.ok("dump", again).stdout.splitlines()), 6)

    def test_missing_foreign_and_locked(self):
        self.assertIn("no-such", self.fails(3, "query", self.path / "no-such", "-e", "ASK {}"))
        foreign = self.path / "foreign"
        foreign.mkdir()
        (foreign / "precious.txt").write_text("keep me")
        self.fails(2, "load", foreign, self.write("data.ttl", DATA))
        self.assertEqual((foreign / "precious.txt").read_text(), "keep me")
        self.assertEqual([p.name for p in foreign.iterdir()], ["precious.txt"])
        with subprocess.Popen([str(TERCET), str(self.loaded())], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as holder:
            holder.stdin.write("ASK {}\n")
            holder.stdin.flush()
            holder.stdout.readline()
            message = self.fails(3, "load", self.db, self.path / "data.ttl")
            self.assertIn("is writing", message)
            self.assertEqual(len(self.bindings(self.db, "-e", "SELECT * { ?s ?p ?o }")), 6)
            holder.stdin.close()


class Queries(CommandTest):
    def test_formats(self):
        db = self.loaded()
        query = "PREFIX : <http://example/> SELECT ?s ?n { ?s :age ?n } ORDER BY ?n"
        self.assertEqual(self.ok("query", db, "-e", query, "--format", "csv").stdout,
                         "s,n\nhttp://example/b,27\nhttp://example/a,31\n")
        self.assertIn("?s\t?n\n<http://example/b>\t27", self.ok("query", db, "-e", query, "--format", "tsv").stdout)
        self.assertIn("<binding name=\"s\"><uri>http://example/b</uri>", self.ok("query", db, "-e", query, "--format", "xml").stdout)
        self.assertIn("27", self.ok("query", db, "-e", query).stdout)
        graph = "PREFIX : <http://example/> CONSTRUCT { ?s :age ?n } { ?s :age ?n }"
        self.assertIn("<http://example/age>", self.ok("query", db, "-e", graph, "--format", "nt").stdout)
        self.assertIn("<svg", self.ok("query", db, "-e", graph, "--format", "svg").stdout)

    def test_a_page_can_be_searched_and_clicked(self):
        db = self.loaded()
        graph = "PREFIX : <http://example/> CONSTRUCT { ?s :knows ?o } { ?s :knows ?o }"
        page = self.ok("query", db, "-e", graph, "--format", "html").stdout
        self.assertNotIn("http-equiv", page)
        self.assertNotIn("src=", page)  # it needs nothing else
        act = """<script>
          const field = document.getElementById('search');
          field.value = 'b';
          field.dispatchEvent(new Event('input'));
          const shown = document.getElementById('count').textContent;
          nodes[nodes.findIndex(n => name(n) === 'a')].dispatchEvent(new MouseEvent('click', {bubbles: true}));
          const before = box.width;
          svg.dispatchEvent(new WheelEvent('wheel', {deltaY: -1, clientX: 5, clientY: 5, bubbles: true, cancelable: true}));
          document.title = [shown, list.textContent, box.width < before].join('|');
        </script></body>"""
        title = self.title_after(page, act)
        found, listed, zoomed = title.split("|")
        self.assertEqual(found, "1 found")
        self.assertIn("a — knows → b", listed)
        self.assertIn("c — knows → a", listed)
        self.assertEqual(zoomed, "true")

    def test_nothing_in_a_picture_covers_a_label(self):
        names = [f"<http://example/rather_long_name_{i}>" for i in range(40)]
        edges = [(names[i], "is_connected_to", names[(i * 7 + 3) % i]) for i in range(1, 40)]
        edges += [(names[3 * i], "knows", names[(11 * i + 5) % 40]) for i in range(12)]
        data = "".join(f"{s} <http://example/{p}> {o} .\n" for s, p, o in edges)
        data += "".join(f"{each} a <http://example/Kind{i % 4}> .\n" for i, each in enumerate(names))
        page = self.ok("query", ":memory:", "--data", self.write("forty.ttl", data), "-e", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "html").stdout
        look = """<script>
          const parts = [...svg.querySelectorAll('.node rect, .edge text, .legend text')].map(part => [part.closest('g').textContent, part.getBBox()]);
          const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          const covered = [];
          for (let i = 0; i < parts.length; ++i)
            for (let k = 0; k < i; ++k)
              if (!apart(parts[i][1], parts[k][1])) covered.push(parts[i][0] + ' / ' + parts[k][0]);
          for (const node of nodes)
            if (node.querySelector('text').getBBox().width > node.querySelector('rect').getBBox().width - 4) covered.push(name(node));
          document.title = parts.length + '|' + covered.join('; ');
        </script></body>"""
        parts, covered = self.title_after(page, look).split("|")
        self.assertGreaterEqual(int(parts), 40 + 50 + 4)
        self.assertEqual(covered, "")

    def test_algorithms_are_listed_at_the_prompt(self):
        told = run(":memory:", stdin=".algorithms louvain\n.algorithms nothing\n")
        self.assertIn("algo:louvain(; resolution 1, tries 4) YIELD (?node ?community)", told.stdout)
        self.assertIn("there is no algorithm nothing", told.stderr)
        told = run(":memory:", stdin=".algorithms pagerank\n").stdout
        self.assertIn("algo:pageRank(; damping 0.85, tolerance 1e-10, iterations 200)", told)
        self.assertIn("algo:personalPageRank(", told)
        self.assertEqual(told.count("work: "), 1)

    def test_plots(self):
        db = self.loaded()
        query = "PREFIX : <http://example/> SELECT ?s ?n { ?s :age ?n } ORDER BY ?n"
        self.assertIn("█", self.ok("query", db, "-e", query, "--format", "plot").stdout)
        self.assertIn("<svg", self.ok("query", db, "-e", query, "--format", "plot-svg", "--plot", "bars").stdout)
        self.assertIn("choose bars", self.fails(2, "query", db, "-e", query, "--format", "plot", "--plot", "lines"))
        picture = self.path / "ages.svg"
        told = run(db, stdin=f".plot\n{query}\n.plot\n.plot bars {picture}\n.plot pie\n")
        self.assertIn("no answer yet", told.stderr)
        self.assertIn("█", told.stdout)
        self.assertIn("usage: .plot", told.stderr)
        self.assertIn("</svg>", picture.read_text())

    def test_projections_are_listed_at_the_prompt(self):
        project = 'CALL algo:project(?s ?o { ?s ?p ?o } ; name "all") YIELD (?edges)'
        told = run(self.loaded(), stdin=f'.projections\n{project}\n.projections\nCALL algo:pageRank(; projection "al") YIELD (?node)\n')
        self.assertIn("no projection yet", told.stdout)
        self.assertIn("all  ?s ?o { ?s ?p ?o }", told.stdout)
        self.assertIn("used again 0 times", told.stdout)
        self.assertIn('there is no projection "al"; there are "all"', told.stderr)

    def test_parameters_are_values(self):
        db = self.loaded()
        saved = self.write("age.rq", "# title: Age\n# param who: iri\n# param least: integer = 0\n"
                                     "SELECT ?n { $who <http://example/age> ?n FILTER(?n >= $least) }\n")
        self.assertEqual(self.bindings(db, saved, "--param", "who=<http://example/a>"), [{"n": "31"}])
        self.assertEqual(self.bindings(db, saved, "--param", "who=<http://example/a>", "--param", "least=40"), [])
        self.assertIn("who", self.fails(2, "query", db, saved))
        self.fails(2, "query", db, saved, "--param", "who=<http://example/a> } #")

    def test_in_memory_data(self):
        data = self.write("data.ttl", "<a> <b> <c> .")
        rows = self.bindings(":memory:", "-e", "SELECT * { ?s ?p ?o }", "--data-base", "http://base/", "--data", data)
        self.assertEqual(rows, [{"s": "http://base/a", "p": "http://base/b", "o": "http://base/c"}])

    def test_mistakes_show_the_place(self):
        db = self.loaded()
        message = self.fails(1, "query", db, "-e", "SELECT ?s\n{ ?s ?p }")
        self.assertIn("line 2", message)
        self.assertIn("^", message)
        self.assertIn("foo:", self.fails(1, "query", db, "-e", "SELECT * { ?s foo:bar ?o }"))
        self.fails(2, "query", db)
        self.assertIn("frobnicate", self.fails(3, "frobnicate"))
        self.assertFalse(pathlib.Path("frobnicate").exists())
        self.fails(2, "query", db, "-e", "ASK {}", "--format", "jpeg")
        self.assertIn("cannot hold", self.fails(2, "query", db, "-e", "ASK {}", "--format", "ttl"))

    def test_slips_are_told_beside_the_answer(self):
        db = self.loaded()
        query = "PREFIX : <http://example/>\nSELECT ?x { ?x :konws ?y }"
        done = self.ok("query", db, "-e", query, "--format", "csv")
        self.assertEqual(done.stdout.split(), ["x"])
        self.assertEqual(done.stderr, "tercet: warning: line 2, column 13: no triple has the predicate :konws; did you mean :knows?\n"
                                      "  SELECT ?x { ?x :konws ?y }\n              ^\n")
        self.assertEqual(self.ok("query", db, "-e", query, "--no-warnings").stderr, "")
        saved = self.write("slip.rq", query)
        self.assertIn("slip.rq:2:13: no triple", self.ok("batch", db, saved).stderr)
        told = run(db, stdin=f"{query}\n.warnings off\n{query}\n").stderr
        self.assertEqual(told.count("did you mean :knows?"), 1, told)

    def test_deep_nesting_is_an_error(self):
        self.fails(1, "query", self.loaded(), self.write("deep.rq", "SELECT * " + "{" * 100000))

    def test_timeout(self):
        data = self.write("big.nt", "".join(f"<http://x/{i}> <http://p> <http://x/{i + 1}> .\n" for i in range(3000)))
        message = self.fails(1, "query", ":memory:", "--data", data, "--timeout", "0.3", "-e",
                             "SELECT (COUNT(*) AS ?n) { ?a <http://p> ?b . ?c <http://p> ?d . ?e <http://p> ?f FILTER(?b != ?f) }")
        self.assertIn("time limit", message)

    def test_explain(self):
        text = self.ok("explain", self.loaded(), "--analyze", "-e",
                       "PREFIX : <http://example/> SELECT * { ?a :knows ?b . ?b :knows ?c }").stdout
        self.assertRegex(text, "(?i)scan")

    def test_batch(self):
        out = self.path / "report"
        (self.path / "q").mkdir()
        self.write("q/one.rq", "# title: One\nSELECT (1 AS ?n) {}")
        self.write("q/two.rq", "ASK {}")
        self.ok("batch", self.loaded(), self.path / "q", "--out", out)
        self.assertEqual(sorted(p.name for p in out.iterdir()), ["one.json", "two.json"])
        self.assertEqual(json.loads((out / "one.json").read_text())["results"]["bindings"][0]["n"]["value"], "1")


class Files(CommandTest):
    def test_validate_and_convert(self):
        data = self.write("data.ttl", DATA)
        self.assertIn("6 triples", self.ok("validate", data).stdout)
        nquads = self.ok("convert", data, "--to", "nq").stdout
        self.assertEqual(len(nquads.splitlines()), 6)
        back = self.write("back.nq", nquads)
        self.assertEqual(sorted(nquads.splitlines()), sorted(self.ok("convert", back, "--to", "nt").stdout.splitlines()))
        self.assertIn("data.nt:1", self.fails(1, "validate", self.write("data.nt", "<a> <b> <c> .\n")))
        self.fails(3, "validate", self.path / "none.ttl")


class Prompt(CommandTest):
    def test_pipe(self):
        done = self.ok(self.loaded(), stdin="SELECT (COUNT(*) AS ?n)\n{ ?s ?p ?o }\n.mode csv\n"
                                            "SELECT (1 + 1 AS ?two) {\n}\n.help why\n.quit\n")
        self.assertIn("6", done.stdout)
        self.assertIn("two\n2\n", done.stdout.replace("\r", ""))
        self.assertIn("sentences", done.stdout)

    def test_errors_do_not_end_it(self):
        done = run(self.loaded(), stdin="SELECT nonsense\n.nonsense\nASK {}\n")
        self.assertEqual(done.returncode, 0 if not done.stderr else done.returncode)
        self.assertIn("true", done.stdout)
        self.assertIn(".nonsense", done.stderr)


@unittest.skipUnless(ARTICLES, "no sample articles")
class Articles(CommandTest):
    @classmethod
    def setUpClass(cls):
        cls.store = tempfile.TemporaryDirectory()
        cls.news = pathlib.Path(cls.store.name) / "news.db"
        done = run("load", cls.news, *ARTICLES)
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.store.cleanup()

    def ask(self, query):
        return self.ok("query", self.news, "-e", query).stdout.strip()

    def test_the_two_triples(self):
        self.assertEqual(self.ask("ASK { :Miller :supports :international_mission }"), "true")
        self.assertEqual(self.ask("ASK { :Azerbaijan :agreed_to :observers }"), "true")
        self.assertEqual(self.ask("ASK { :Miller :supports :no_such_thing }"), "false")

    def test_exact_names(self):
        done = self.ok("query", self.news, "--exact-names", "-e", "ASK { :Miller :supports :international_mission }")
        self.assertEqual(done.stdout.strip(), "false")

    def test_evidence(self):
        done = self.ok(self.news, stdin="SELECT ?what { :Miller :supports ?what }\n.why 1\n")
        self.assertIn("rule", done.stdout)

    def test_an_edge_of_a_page_tells_its_sentences(self):
        page = self.ok("query", self.news, "-e", "CONSTRUCT { ?who :support ?what } { ?who :support ?what }", "--format", "html").stdout
        self.assertIn("international mission", page)
        act = """<script>
          const of = edges.findIndex(edge => told(edge).startsWith('Matthew Miller') || told(edge).includes('international mission'));
          labels[of].querySelector('text').dispatchEvent(new MouseEvent('click', {bubbles: true}));
          document.title = [told(edges[of]), list.querySelectorAll('blockquote').length > 0, list.querySelector('blockquote').textContent].join('|');
        </script></body>"""
        edge, quoted, sentence = self.title_after(page, act).split("|", 2)
        self.assertIn("support", edge)
        self.assertEqual(quoted, "true")
        self.assertIn("support", sentence)

    def test_evidence_is_of_the_last_answer_not_of_a_wrong_query(self):
        done = run(self.news, stdin="SELECT ?what { :Miller :supports ?what }\nSELECT ?what WHRE { }\n.why 1\n")
        self.assertIn("rule", done.stdout)

    def test_saved_queries_answer(self):
        for query in sorted((SOURCE / "queries").glob("*.rq")):
            with self.subTest(query=query.name):
                self.ok("query", self.news, query, "--format", "nt" if "CONSTRUCT" in query.read_text() else "json")

    def test_queries_of_the_guide_to_algorithms_answer(self):
        guide = (SOURCE / "docs" / "graph-algorithms.md").read_text()
        queries = re.findall(r"```sparql\n(.*?)```", guide, re.DOTALL)
        self.assertGreaterEqual(len(queries), 4)
        for query in queries:
            with self.subTest(query=query):
                self.assertTrue(self.bindings(self.news, "-e", query), "an answer with rows")
        for name in re.findall(r"`(\w+\.rq)`", guide):
            with self.subTest(query=name):
                self.assertTrue(self.bindings(self.news, SOURCE / "queries" / name), "an answer with rows")

    def test_reload_and_unload(self):
        other = self.path / "other.db"
        self.ok("load", other, ARTICLES[0])
        one = sorted(self.ok("dump", other).stdout.splitlines())
        self.assertIn(" 0 new", self.ok("load", other, ARTICLES[0]).stdout)
        self.ok("load", other, ARTICLES[1])
        self.ok("unload", other, ARTICLES[1])
        self.assertEqual(one, sorted(self.ok("dump", other).stdout.splitlines()))

    def test_threads_change_nothing(self):
        many = self.path / "many.jsonl"
        many.write_text("".join(json.dumps({"url": f"http://a.example/{i}", "text": pathlib.Path(article).read_text(encoding="utf-8")}) + "\n" for i, article in enumerate(ARTICLES * 2)))
        one = self.path / "one.db"
        self.ok("load", one, "-j", "1", *ARTICLES, many)
        for threads in ("2", "3", "8"):
            other = self.path / f"{threads}.db"
            self.ok("load", other, "-j", threads, *ARTICLES, many)
            self.assertEqual(self.ok("dump", one).stdout, self.ok("dump", other).stdout)

    def test_a_bad_article_does_not_stop_the_others(self):
        self.assertIn("none.txt", self.fails(1, "load", self.path / "db", ARTICLES[0], self.path / "none.txt", ARTICLES[1]))
        self.assertEqual(len(self.bindings(self.path / "db", "-e", "SELECT ?a { ?a a schema:NewsArticle }")), 2)

    def test_statements_of_another_extractor(self):
        def line(doc, date, polarity, subject="Kenya"):
            return json.dumps({"doc": doc, "date": date, "sentence_text": f"{subject} and Uganda, in {doc}.", "subject": subject,
                               "predicate": "support", "object": "Uganda", "polarity": polarity, "attributed_to": "Ruth Otieno"}) + "\n"
        lines, db = self.path / "lines.jsonl", self.path / "lines.db"
        lines.write_text(line("one", "2024-05-03", "positive") + line("two", "2024-06-03", "negative"))
        self.ok("load", db, "--format", "statements", lines)
        self.assertEqual(self.ok("query", db, "-e", "ASK { :Kenya :support :Uganda }").stdout.strip(), "true")
        first = self.ok("dump", db).stdout
        self.ok("load", db, "--format", "statements", lines)
        self.assertEqual(self.ok("dump", db).stdout, first)
        changed = self.bindings(db, SOURCE / "queries/changed_position.rq")
        self.assertEqual([re.split("[:/#]", row["speaker"])[-1] for row in changed], ["Ruth_Otieno"])
        days = self.bindings(db, SOURCE / "queries/timeline.rq", "--param", "who=:Kenya")
        self.assertEqual([row["day"] for row in days], ["2024-05-03"])
        lines.write_text(line("one", "2024-05-03", "positive", "Chad"))  # replaces its older self
        self.ok("load", db, "--format", "statements", lines)
        self.assertEqual(self.ok("query", db, "-e", "ASK { :Kenya :support :Uganda }").stdout.strip(), "false")
        lines.write_text(line("three", "2024-05-03", "positive") + "{")
        self.assertIn("line 2", self.fails(1, "load", db, "--format", "statements", lines))
        self.assertEqual(self.ok("query", db, "-e", "ASK { :Kenya :support :Uganda }").stdout.strip(), "false")

    def test_a_bad_line_of_statements_fails_the_whole_load(self):
        def line(doc):
            return json.dumps({"doc": doc, "sentence_text": f"Kenya paid {doc}.", "subject": "Kenya", "predicate": "pay", "object": doc}) + "\n"
        good, bad, db = self.path / "good.jsonl", self.path / "bad.jsonl", self.path / "bad.db"
        good.write_text(line("one"))
        many = "".join(line(f"d{i}") for i in range(1200))  # more than are committed at a time
        for last, word in (("{", "line 1201: expected one JSON object"), ('{"doc":"%s"}' % ("x" * 16_100_000), "line 1201: longer than 16 MB")):
            bad.write_text(many + last)
            self.assertIn(f"{bad}: {word}", self.fails(1, "load", db, "--format", "statements", good, bad))
        self.assertEqual(self.bindings(db, "-e", "SELECT ?a { ?a a schema:NewsArticle }"), [])

    def test_statements_from_a_pipe(self):
        line = json.dumps({"doc": "one", "sentence_text": "Kenya paid.", "subject": "Kenya", "predicate": "pay", "object": "Chad"})
        db = self.path / "pipe.db"
        self.ok("load", db, "--format", "statements", "-", stdin=line)
        self.assertEqual(self.ok("query", db, "-e", "ASK { :Kenya :pay :Chad }").stdout.strip(), "true")

    def test_lines_that_are_no_sentences_are_passed_over(self):
        sentences = self.path / "sentences.txt"
        first, last = "Kenya paid Uganda.\n", "Uganda thanked Kenya.\n"
        text = first + "x" * 150_000 + "\n" + "word " * 500 + "\n\n" + last
        sentences.write_text(text)
        result = run("extract", "--lines", sentences)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"{sentences}, line 2: longer than 100 KB", result.stderr)
        self.assertIn(f"{sentences}, line 3: 500 words", result.stderr)
        found = [json.loads(row) for row in result.stdout.splitlines()]
        self.assertEqual([row["sentence_text"] for row in found], [first.strip(), last.strip()])
        self.assertEqual([row["sentence"] for row in found], [0, 1])
        self.assertEqual([text[row["begin"]:row["end"]] for row in found], [first.strip(" .\n"), last.strip(" .\n")])

    def test_a_long_file_of_lines_is_read_in_parts_that_fit_together(self):
        sentences = self.path / "long.txt"
        text = "".join(f"Minister {i} visited Oslo on a Monday in the rain, said the paper.\n" for i in range(3500))  # 240 KB
        sentences.write_text(text)
        found = [json.loads(row) for row in self.ok("extract", "--lines", sentences).stdout.splitlines()]
        for row in found:
            self.assertIn(text[row["begin"]:row["end"]], row["sentence_text"])
        self.assertEqual(sorted({row["sentence"] for row in found}), list(range(3500)))
        turtle = self.path / "long.ttl"
        turtle.write_text(self.ok("extract", "--lines", "--format", "ttl", sentences).stdout)
        self.ok("load", self.path / "long.db", turtle)
        query = "SELECT (COUNT(DISTINCT ?s) AS ?n) (COUNT(DISTINCT ?h) AS ?hashes) { { ?s rdf:reifies ?t } UNION { ?a <urn:tercet:vocabulary:contentHash> ?h } }"
        counts = self.bindings(self.path / "long.db", "-e", query)[0]
        self.assertEqual((int(counts["n"]), int(counts["hashes"])), (len(found), 1))

    def test_explanation_and_tuples(self):
        explained = self.ok("extract", "--explain", ARTICLES[0]).stdout
        for part in ("sentence 0:", " tree", " clauses", " statements", " dropped"):
            self.assertIn(part, explained)
        sentences = self.path / "sentences.txt"
        sentences.write_text("Kenya opened two shops in Oslo .\n`` Hello , '' said Ann .\n\nNo verb\nAnn called it `` good ''\n")
        rows = [row.split("\t") for row in self.ok("extract", "--lines", "--format", "carb", sentences).stdout.splitlines()]
        self.assertEqual(rows[0][0], "Kenya opened two shops in Oslo .")
        self.assertEqual(" ".join(rows[0][2:]), "opened Kenya two shops in Oslo")
        self.assertEqual(rows[-1][0], "Ann called it `` good ''")

    def test_names(self):
        article = self.path / "names.txt"
        article.write_text("The Ministry of Defence of Iraq said that its soldiers had left Mosul.\n")
        names = [json.loads(line) for line in self.ok("extract", "--format", "names", article).stdout.splitlines()]
        self.assertIn(("Mosul", "place"), [(name["text"], name["type"]) for name in names])
        for name in names:
            self.assertEqual(article.read_bytes()[name["begin"] : name["end"]].decode(), name["text"])

    def test_unknown_format_is_refused_with_the_names_there_are(self):
        for arguments in (["extract", "x.txt"], ["load", self.path / "db", "x.nt"], ["dump", self.path / "db"]):
            message = self.fails(2, *arguments, "--format", "bogus")
            self.assertRegex(message, r"--format: 'bogus' is not one of \w+(, \w+)+\n")
            self.assertNotIn("->", message)

    def test_extract(self):
        lines = self.ok("extract", *ARTICLES).stdout.splitlines()
        for line in lines:
            statement = json.loads(line)
            text = next(p for p in ARTICLES if p.endswith(statement["doc"]))
            raw = pathlib.Path(text).read_bytes()[statement["begin"]:statement["end"]]
            self.assertTrue(raw.decode())
        self.assertGreater(len(lines), 50)


class Federation(CommandTest):
    """Endpoints are other runs of the command, behind a small HTTP server."""

    def endpoint(self, data):
        command = ["query", ":memory:", "-", "--data", self.write("remote.ttl", data), "--format", "json"]

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)["query"][0]
                body = run(*command, stdin=query).stdout.encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/sparql"

    def test_service_is_asked_where_it_is_allowed(self):
        url = self.endpoint("@prefix : <http://example/> . :a :city 'Bonn' . :b :city 'Ulm' .")
        query = f"PREFIX : <http://example/> SELECT ?age ?city {{ ?x :age ?age SERVICE <{url}> {{ ?x :city ?city }} }} ORDER BY ?age"
        expected = [{"age": "27", "city": "Ulm"}, {"age": "31", "city": "Bonn"}]
        self.assertEqual(self.bindings(self.loaded(), "-e", query, "--service", url), expected)
        self.assertEqual(self.bindings(self.db, "-e", query, "--service", "all"), expected)
        self.assertIn("--service", self.fails(1, "query", self.db, "-e", query))
        self.assertIn("service", self.ok("explain", self.db, "-e", query).stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
