"""CITATION.cff is what citation tools expect (format 1.2.0) and cites the shipped release."""

import re
from pathlib import Path

from visamap.data.yaml_source import read

CITATION = read(Path(__file__).parents[2] / "CITATION.cff")
KEYS = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi",
    "identifiers", "keywords", "license", "license-url", "message", "preferred-citation",
    "references", "repository", "repository-artifact", "repository-code", "title", "type", "url",
    "version",
}  # fmt: skip


def test_it_has_the_keys_of_the_format_and_no_others():
    assert not CITATION.problems
    value = CITATION.value
    assert {"authors", "cff-version", "message", "title"} <= set(value) <= KEYS
    assert value["cff-version"] == "1.2.0"
    assert value["type"] in {"software", "dataset"}
    assert all(set(author) == {"name"} for author in value["authors"])
    assert all(isinstance(word, str) for word in value["keywords"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", value["date-released"])


def test_no_doi_is_claimed_that_does_not_exist():
    """A placeholder would be cited; the file says that there is none, or names a real one."""
    doi = CITATION.value.get("doi")
    assert doi is None or re.fullmatch(r"10\.\d{4,9}/\S+", doi)
    assert doi or "No DOI yet" in (Path(__file__).parents[2] / "CITATION.cff").read_text("utf-8")


def test_it_cites_the_data_that_is_shipped(export):
    value = CITATION.value
    assert value["date-released"] == value["version"] == export.data.release.isoformat()
    assert export.licence in value["license"]
