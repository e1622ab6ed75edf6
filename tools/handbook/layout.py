"""One folder from which Sphinx builds: what is written and what is made, side by side."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from tools.handbook import answers, api, commands, coverage, errors, fields
from visamap import load
from visamap.data.inspection import json_schema
from visamap.render import answer_schemas

ROOT = Path(__file__).parents[2]
WRITTEN = ROOT / "docs"
MARK = ".visamap-handbook"
"""The file by which a later run knows its own folder, which it replaces."""
BESIDE = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
"""Pages that stand at the top of the repository, and their places in the documentation."""


def lay_out(folder: Path) -> int:
    """Write all pages into ``folder`` and return how many there are.

    Raises:
        SystemExit: the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise SystemExit(f"{folder} holds something else; name a new folder.")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(WRITTEN, folder)
    (folder / MARK).touch()
    for page in folder.rglob("*.md"):
        page.write_text(_led_inside(page.read_text("utf-8")), encoding="utf-8")
    for name, place in BESIDE.items():
        shutil.copy(ROOT / name, folder / place)
    for name, text in made():
        page = folder / name
        page.parent.mkdir(parents=True, exist_ok=True)
        if page.exists():
            raise SystemExit(f"docs/{name} is written by hand, and is a page that is made")
        page.write_text(text, encoding="utf-8")
    return sum(1 for _ in folder.rglob("*.md"))


def made() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page that is made."""
    registry = load()
    yield from commands.pages()
    yield from answers.pages()
    yield from fields.pages()
    yield from coverage.pages(registry)
    yield "made/exit-statuses.md", errors.table_of_statuses()
    yield "made/python-errors.md", errors.classes()
    document = api.document(registry)
    yield "reference/api.md", api.page(document)
    yield "reference/openapi.json", _json(document)
    yield "reference/schemas/visa-regimes.json", _json(json_schema())
    for command in answer_schemas.ITEMS:
        yield f"reference/schemas/{command}.json", _json(answer_schemas.envelope(command))


def _led_inside(text: str) -> str:
    """Return a page whose links to files at the top of the repository lead to their copies."""
    for name, place in BESIDE.items():
        text = text.replace(f"](../{name}", f"]({place}").replace(
            f"](../../{name}", f"](../{place}"
        )
    return text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
