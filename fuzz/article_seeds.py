#!/usr/bin/env python3
"""Makes first inputs for tercet_fuzz_articles of the sample articles.

Usage: article_seeds.py OUT: each article, and each of its paragraphs, as text, HTML, Markdown, RSS, JSON lines and WARC. The first
byte says which it is, and its highest bit that the trees are to be odd ones. Nothing of it belongs into the repository.
"""
import hashlib
import html
import json
import pathlib
import sys

ARTICLES = pathlib.Path(__file__).resolve().parent.parent / "examples" / "articles"


def paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def page(text: str) -> str:
    lines = [f"<p>{html.escape(line)}</p>" for line in paragraphs(text)]
    head = '<title>A page</title><meta property="article:published_time" content="2024-05-03"><script type="application/ld+json">{"@type":"NewsArticle"}</script>'
    return f"<!doctype html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav><article><h1>A page</h1>{''.join(lines)}</article></body></html>"


def markdown(text: str) -> str:
    return "---\ntitle: A page\ndate: 2024-05-03\n---\n\n# A page\n\n" + "\n\n".join(paragraphs(text)) + "\n\n- a [link](http://a.example/)\n"


def feed(text: str) -> str:
    entry = f"<title>A page</title><link>http://a.example/1</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><description>{html.escape(page(text))}</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>A site</title><item>{entry}</item></channel></rss>'


def json_lines(text: str) -> str:
    return json.dumps({"url": "http://a.example/1", "title": "A page", "date": "2024-05-03", "text": text}) + "\n"


def archive(text: str) -> str:
    answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(text)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nContent-Type: application/http\r\nContent-Length: {len(answer.encode())}"
    return f"{head}\r\n\r\n{answer}\r\n\r\n"


FORMS = [lambda text: text, page, markdown, feed, json_lines, archive]  # in the order of the fuzzer


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for file in sorted(ARTICLES.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        for part in [text, *(line for line in paragraphs(text) if len(line) > 80)]:
            for number, form in enumerate(FORMS):
                for odd in (0, 0x80):
                    content = bytes([number + odd]) + form(part).encode()
                    (out / hashlib.sha1(content).hexdigest()).write_bytes(content)
                    count += 1
    print(f"{count} inputs in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
