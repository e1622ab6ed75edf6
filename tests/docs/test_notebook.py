"""The notebook runs from top to bottom, and shows what it gives. `make readme` draws it anew."""

import ast
import contextlib
import io
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from kit_documents import renewing

NOTEBOOK = Path(__file__).parents[2] / "docs" / "guides" / "opening.ipynb"


def shown(source, names):
    """Run a cell and return its outputs, as a notebook keeps them."""
    tree, printed = ast.parse(source), io.StringIO()
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    if last and isinstance(last.value, ast.Call) and getattr(last.value.func, "id", "") == "print":
        tree.body.append(last)
        last = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, NOTEBOOK.name, "exec"), names)  # noqa: S102  the notebook's own cell
    found = []
    if text := printed.getvalue():
        found.append({"name": "stdout", "output_type": "stream", "text": [text]})
    if last:
        picture = eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), names)  # noqa: S307
        found.append(
            {
                "data": {"image/svg+xml": [picture._repr_svg_()], "text/plain": ["a chart"]},
                "metadata": {},
                "output_type": "display_data",
            }
        )
    return found


def test_the_notebook_shows_what_it_gives(registry):
    pytest.importorskip("pandas")
    notebook, names = json.loads(NOTEBOOK.read_text(encoding="utf-8")), {}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    outputs = [shown("".join(cell["source"]), names) for cell in cells]
    if renewing():
        for cell, found in zip(cells, outputs, strict=True):
            cell["outputs"] = found
        NOTEBOOK.write_text(
            json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    assert [cell["outputs"] for cell in cells] == outputs
    pictures = [one["data"] for found in outputs for one in found if "data" in one]
    assert len(pictures) == 3
    for picture in pictures:
        assert ET.fromstring(picture["image/svg+xml"][0]).tag.endswith("svg")  # noqa: S314
    for home in ("KAZ", "UZB"):
        partners = registry.entering(home).partners(on=date(2024, 7, 1))
        states = [
            one
            for one in partners
            if registry.index.kind(one.nationality.code) in {"state", "territory"}
        ]
        assert names["free"].loc[2024, home] == len(states)
