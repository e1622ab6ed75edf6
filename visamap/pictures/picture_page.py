"""A picture as one HTML file: the SVG, what it shows as a table, and nothing from anywhere else.

The page forbids itself every request. Without its script it only lacks the moving tooltip.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from typing import Any

from visamap.i18n import current, of_home, tr
from visamap.pictures.palette import stylesheet
from visamap.render.phrases import advice
from visamap.render.sections import Column, cells_of

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
STYLE = """
*{box-sizing:border-box}
body{margin:0;background:var(--vm-paper);color:var(--vm-text);
  font:16px/1.5 Inter,"Segoe UI","Helvetica Neue",Arial,"Noto Sans",sans-serif}
main{max-width:76rem;margin:0 auto;padding:1rem}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:end;gap:.5rem 2rem;
  margin:.5rem 0 1rem}
h1{font-size:clamp(1.4rem,4vw,2.1rem);line-height:1.2;margin:0;overflow-wrap:anywhere}
p{margin:.25rem 0 0}
.quiet{color:var(--vm-quiet)}
.alarm{color:var(--vm-alarm)}
.count{line-height:1.1;color:var(--vm-quiet)}
.count b{display:block;font-size:clamp(2rem,6vw,3.2rem);color:var(--vm-text)}
figure{margin:0}
.vm-map,.marks{display:block;width:100%;height:auto}
.legend{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;list-style:none;margin:1rem 0;padding:0}
.legend li{display:flex;align-items:center;gap:.6rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:1.5rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:700;font-size:1.15rem;padding:.5rem 0}
th,td{text-align:left;padding:.35rem .9rem .35rem 0;vertical-align:top;
  border-bottom:1px solid color-mix(in srgb,var(--vm-quiet) 30%,transparent)}
thead th{color:var(--vm-quiet);font-weight:600}
tbody th{font-weight:500}
td:last-child{white-space:nowrap}
footer{color:var(--vm-quiet);font-size:.875rem}
a{color:inherit}
.vm-country{outline:none}
.vm-country:hover,.vm-country:focus-visible{stroke:var(--vm-text);stroke-width:9}
#tip{position:fixed;z-index:1;max-width:20rem;padding:.35rem .6rem;border-radius:.4rem;
  pointer-events:none;background:var(--vm-text);color:var(--vm-paper);font-size:.9rem}
@media print{@page{margin:15mm}body{font-size:11pt}#tip{display:none}}
"""


def page(title: str, picture: str, table: str, script: str = "") -> str:
    """Return the page; ``picture``, with its heading, and ``table`` are markup, ``title`` text."""
    said, url = advice(), of_home("ministry")
    link = f' <a href="{escape(url)}">{escape(url)}</a>' if url else ""
    run = f"<script>{script}</script>\n" if script else ""
    return (
        f'<!doctype html>\n<html lang="{current()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n{picture}"
        f'<div class="scroll">\n{table}</div>\n'
        f"<footer>{escape(said.removesuffix(f' {url}'))}{link}</footer>\n"
        f"</main>\n{run}</body>\n</html>\n"
    )


def policy() -> str:
    """Return the policy under which a server hands out such a page, one without a script."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"


def _style() -> str:
    return f"\n{stylesheet()}{STYLE}"


def table(caption: str, columns: Sequence[Column], items: Iterable[Any]) -> str:
    """Return the items as a table of plain text; the first cell of a row is its heading."""
    heads = "".join(f'<th scope="col">{escape(tr(column.heading))}</th>' for column in columns)
    lines = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in rest)}</tr>\n"
        for first, *rest in (cells_of(columns, item) for item in items)
    )
    return (
        f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{lines}</tbody>\n</table>\n"
    )
