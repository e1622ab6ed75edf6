"""How Sphinx builds the documentation; `make docs` lays out what it builds from."""

import gc
import inspect
from importlib import import_module
from pkgutil import iter_modules

from docutils.nodes import Node, TextElement
from pygments.lexers.special import TextLexer
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from visamap import __version__, errors, results
from visamap.registry import filters, words
from visamap.registry.spec import QUESTIONS

gc.disable()
# Pages stay in memory as trees of many small nodes; to search them for garbage again and again took
# a third of the time.

project = "visamap"
author = "the visamap contributors"
copyright = "the visamap contributors; text CC BY 4.0, code MIT"  # noqa: A001  Sphinx names it so
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["made/**"]
nitpicky = True
smartquotes_action = "D"  # dashes only: quoted words stay as they are in the data
suppress_warnings = ["myst.header"]

myst_heading_anchors = 3
myst_links_external_new_tab = False
myst_enable_extensions = ["deflist"]

autodoc_class_signature = "separated"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False


nitpick_ignore_regex = [
    # What Python itself and other libraries call things is documented elsewhere.
    ("py:.*", r"(collections|datetime|os|pathlib|pyspark|typing)\..*"),
    ("py:(class|exc)", r"[A-Z]\w*Error|Exception|PathLike|Trip|WrittenTrip|date|Path"),
    ("py:class", "Seen|View|Severity|AbstractContextManager|.*LegTold.*"),
    ("py:class", r"str \| tuple\[.*"),
]

html_theme = "furo"
html_title = "visamap"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": False}
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_extra_path: list[str] = []

linkcheck_anchors = False
linkcheck_timeout = 20
linkcheck_exclude_documents = ["changelog", "reference/.*", "explanation/unknown"]


def _types_of_words() -> None:
    """Let a signature say the type of a word in place of its name."""
    for question in QUESTIONS.values():
        hints = question.method.__annotations__
        for name, hint in hints.items():
            room, _, named = hint.partition(".")
            word = getattr({"words": words, "filters": filters}.get(room), named, None)
            if word is not None:
                hints[name] = word.__origin__


def _types_of_answers() -> dict[str, str]:
    """Return the full names of the types that signatures name in short."""
    rooms = [import_module(one.name) for one in iter_modules(results.__path__, "visamap.results.")]
    return {
        name: f"{kind.__module__}.{name}"
        for room in (errors, *rooms)
        for name, kind in inspect.getmembers(room, inspect.isclass)
        if kind.__module__ == room.__name__
    }


def setup(app: Sphinx) -> None:
    """Lead the short names in signatures to the types of answers; show lists as they are."""
    _types_of_words()
    full = _types_of_answers()

    def led(
        app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: TextElement
    ) -> Node | None:
        name = full.get(str(node["reftarget"]).rpartition(".")[2])
        if node.get("refdomain") != "py" or name is None:
            return None
        python = env.get_domain("py")
        return python.resolve_xref(env, node["refdoc"], app.builder, "class", name, node, shown)

    app.connect("missing-reference", led)
    app.add_lexer("csv", TextLexer)
