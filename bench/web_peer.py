"""What the web is measured beside: a bare Flask page on the same server, and tantivy's ten hits put into one.

``python -m bench.web_peer FOLDER`` serves the tantivy index of a folder and says its address.
"""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask, render_template_string, request
from waitress.server import create_server

from bench.search_engines import ENGINES
from bench.search_texts import Texts
from webapp.server import THREADS

PAGE = """<!doctype html><html lang="en"><title>{{ title }}</title><h1>{{ title }}</h1>
<form action="/search"><input name="q" value="{{ title }}"></form>
{% for head, text in parts %}<article><h2>{{ head }}</h2><p>{{ text }}</p></article>{% endfor %}</html>"""
FIELDS = ["title", "head", "body"]
COUNTED = ("theme", "country", "year", "type")


def make(folder: Path, passages: int, seed: int) -> None:
    """Build the index of the made-up passages where it is not there yet."""
    if not folder.exists():
        folder.mkdir(parents=True)
        ENGINES["tantivy"]().build(folder, Texts(passages, seed).documents())


def app_over(folder: Path) -> Flask:
    """A search page (ten stored texts, their number, the counts of four facets) and a page of text, nothing besides."""
    import tantivy

    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()
    counts = {name: {"terms": {"field": name, "size": 1000}} for name in COUNTED}
    app = Flask(__name__)

    @app.get("/search")
    def search() -> str:
        query = index.parse_query(request.args["q"], FIELDS)
        found = searcher.search(query, 10, count=True)
        told = searcher.aggregate(query, counts)
        hits = [searcher.doc(address).to_dict() for _, address in found.hits]
        parts = [(hit["head"][0], hit["body"][0]) for hit in hits]
        parts += [(name, ", ".join(str(b["key"]) for b in told[name]["buckets"])) for name in COUNTED]
        return render_template_string(PAGE, title=request.args["q"], parts=parts)

    @app.get("/page")
    def page() -> str:
        return render_template_string(PAGE, title="A page", parts=[("A heading", "Some words of a passage. " * 40)] * 3)

    return app


if __name__ == "__main__":
    server = create_server(app_over(Path(sys.argv[1])), host="127.0.0.1", port=0, threads=THREADS)
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)
    server.run()
