"""The pages on a server of their own, on loopback, in a thread, and reading what it sends."""

import contextlib
import re
import socket
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import uvicorn
from selectolax.lexbor import LexborHTMLParser

from visamap.web.app import create_app
from visamap.web.page_table import PAGES

JOURNEY = (
    "nationality=DEU&legs=KAZ:2027-05-01/2027-05-12%0AUZB:2027-05-12/2027-07-01"
    "%0ATKM:2027-07-01/2027-07-05&past=KAZ:2027-03-01/2027-03-10"
)
"""A journey as the page asks it: a yes, a stay that is too long, a visa."""

LISTS = (
    "passport/",
    "ru/passport/KAZ/",
    "passport/KAZ/UZB/",
    "passport/KAZ/to/THA/",
    "ranks/",
    "kk/agreements/?year=2024",
    "visas/?nationality=DEU",
    "to/UZB/nationality/",
    "nationality/KOR/diplomatic/",
    "to/KGZ/new/",
    "claims/",
    "coverage/",
    "docs/",
)
"""A page of each kind that lists."""


@contextlib.contextmanager
def served(registry):
    """Serve the application as it is shipped, on a free port; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wanted = uvicorn.Config(
        create_app(registry), host="127.0.0.1", port=port, log_level="error", ws="none"
    )
    server = uvicorn.Server(wanted)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        thread.join(10)


class Quiet(SimpleHTTPRequestHandler):
    """A plain file server that prints nothing."""

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def folder_served(folder):
    """Serve the files of a folder on a free port; gives its address."""
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def kind(path):
    """The page that a path is one of, in the words of the table of pages."""
    bare = re.sub(r"^/((kk|ru|en)/)?(to/[A-Z]+/)?|\?.*", "", path)
    forms = (re.sub(r"{\w+}", "[^/]+", page.address) for page in PAGES)
    return next((form for form in forms if re.fullmatch(form, bare)), bare)


class Page:
    """A page as tags with their attributes, and its text."""

    def __init__(self, text):
        read = LexborHTMLParser(text)
        self.tags = [(one.tag, one.attributes) for one in read.css("*")]
        self.text = read.root.text()

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]
