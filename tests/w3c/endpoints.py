"""SPARQL endpoints of the federated query tests: an HTTP proxy that answers for every host with the command over the test's data."""
import http.server
import os
import subprocess
import threading
import urllib.parse


def environment(proxy):
    return {**{name: value for name, value in os.environ.items() if name.lower() != 'no_proxy'}, 'http_proxy': proxy, 'https_proxy': proxy}


class Endpoints:
    """While it is open: `with Endpoints(tercet, {iri: [file, ...]}) as proxy`."""

    def __init__(self, tercet, data):
        self.tercet, self.data = tercet, data
        endpoints = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(urllib.parse.urlsplit(self.path).query)

            def do_POST(self):
                self.answer(self.rfile.read(int(self.headers['Content-Length'])).decode())

            def answer(self, parameters):
                done = endpoints.run(self.path.split('?')[0], urllib.parse.parse_qs(parameters)['query'][0])
                self.send_response(200 if done is not None and done.returncode == 0 else 502)
                self.send_header('Content-Type', 'application/sparql-results+json')
                self.end_headers()
                self.wfile.write(done.stdout if done is not None else b'there is no such host')

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.proxy = 'http://127.0.0.1:%d' % self.server.server_port

    def run(self, endpoint, query):
        """Nothing: nobody is there."""
        if endpoint not in self.data:
            return None
        data = [word for file in self.data[endpoint] for word in ('--data', str(file))]
        return subprocess.run([self.tercet, 'query', ':memory:', '-', '--format', 'json', '--service', 'all', *data], input=query.encode(),
                              capture_output=True, timeout=60, env=environment(self.proxy))

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.proxy

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
