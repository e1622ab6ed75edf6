"""How an extra is added to the visamap that runs here: with the tool it came by, from its place.

Where it came from stands beside the installed package (PEP 610); a package index leaves no record.
"""

import json
import os
import sys
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from shlex import join, quote
from shutil import which
from urllib.parse import urlsplit
from urllib.request import url2pathname

EXTRAS = {
    "bulk": ("numpy", "pyarrow"),
    "excel": ("python-calamine", "XlsxWriter"),
    "feeds": ("icalendar",),
    "mcp": ("jsonschema", "mcp"),
    "pictures": ("vl-convert-python",),
    "signed": ("cryptography",),
    "spark": ("numpy", "pandas", "pyarrow", "pyspark"),
    "watch": ("selectolax",),
    "web": ("fastapi", "jinja2", "uvicorn"),
}
"""The optional parts that a user may want, as pyproject.toml lists their libraries."""
TOOLS = (
    ("pipx_metadata.json", "pipx install --force"),
    ("uv-receipt.toml", "uv tool install --force"),
)
"""What tools that give a program an environment of its own leave there, and how they renew it."""


def missing(extra: str) -> tuple[str, ...]:
    """Return the libraries of an extra that are not installed."""
    return tuple(library for library in EXTRAS[extra] if not _installed(library))


def _installed(library: str) -> bool:
    try:
        return bool(distribution(library))
    except PackageNotFoundError:
        return False


def how_to_add(extra: str) -> str:
    """Return the command that installs an extra."""
    for name, command in TOOLS:
        if os.path.exists(os.path.join(sys.prefix, name)):  # made anew, with what was there
            there = [one for one in EXTRAS if one == extra or not missing(one)]
            return f"{command} {_requirement(','.join(there))}"
    return f"{_pip()} {_requirement(extra)}"


def _pip() -> str:
    """Return how packages come into the environment that runs."""
    if find_spec("pip") is None:
        return join(["uv", "pip", "install", "--python", sys.executable])
    found = which("pip")
    if found and os.path.dirname(found) == os.path.dirname(sys.executable):
        return "pip install"
    return join([sys.executable, "-m", "pip", "install"])


def _requirement(extra: str) -> str:
    """Return what is to be installed: the package with the extra, from where it came from."""
    try:
        told = distribution("visamap").read_text("direct_url.json")
    except PackageNotFoundError:  # run from its folder
        return f"-e {quote(f'{os.path.dirname(os.path.dirname(__file__))}[{extra}]')}"
    origin = json.loads(told) if told else {}
    url: str = origin.get("url", "")
    if url.startswith("file:"):
        editable = origin.get("dir_info", {}).get("editable")
        place = quote(f"{url2pathname(urlsplit(url).path)}[{extra}]")
        return f"-e {place}" if editable else place
    wanted = f"visamap[{extra}]"
    if repository := origin.get("vcs_info"):
        url = f"{repository['vcs']}+{url}@{repository['commit_id']}"
    if part := origin.get("subdirectory"):
        url += f"#subdirectory={part}"
    return quote(f"{wanted} @ {url}" if url else wanted)
