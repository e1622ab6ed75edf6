"""A small data folder whose sources stand on a server of our own."""

import json

from kit_release import law


def page(text, aside="menu"):
    return f"<html><body><nav>{aside}</nav><main><p>{text}</p></main></body></html>".encode()


def source(name, url, kind="law", more=""):
    return f'  - {{id: {name}, kind: {kind}, url: "{url}", accessed: 2026-01-01{more}}}\n'


def folder(place, *sources, act="decree"):
    """One rule in force since 2020 that rests on ``act``, and these sources."""
    head, _, _ = law("2026-01-01", 30).decode().partition("sources:\n")
    place.joinpath("visa_regimes.yaml").write_text(head.replace("[act]", f"[{act}]"), "utf-8")
    text = "".join(("sources:\n", *sorted(sources)))
    place.joinpath("sources.yaml").write_text(text, "utf-8")
    return place


def kept(place):
    return json.loads((place / "watch.json").read_text("utf-8"))["pages"]
