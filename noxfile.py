"""The tests on every Python that is found here, and on the oldest libraries that we allow.

``make test-versions`` and ``make test-lowest`` call it; ``nox -s tests-3.13 -- tests/laws`` runs
one Python and one folder. Each session has its own environment in ``.nox``.
"""

import re
from pathlib import Path

import nox

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True

LOCK = "requirements-dev.lock"
PYTEST = ("pytest", "--numprocesses", "auto", "--dist", "loadgroup")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run the tests on one Python with what the lock pins."""
    session.install("--require-hashes", "-r", LOCK)
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    session.run(*PYTEST, *session.posargs)


CORE = ("cli", "queries", "dataset", "presenters", "countries", "laws", "shipped", "test_errors.py")
OF_THE_WEB = ("cli/test_review.py", "dataset/test_signed_release.py")
"""Tests of those folders that ask a server, which is an extra."""
EXTRAS = ("bulk", "excel", "feeds", "mcp", "pictures", "signed", "spark", "watch", "web")
# What tests need, as the lock pins it; other tools of development would raise some bounds.
TOOLS = (
    "babel",
    "editables",
    "hatchling",
    "hypothesis",
    "pytest",
    "pytest-randomly",
    "pytest-xdist",
)
TOOLS_OF_EXTRAS = (
    "axe-playwright-python",
    "feedparser",
    "httpx",
    "playwright",
    "schemathesis",
    "selectolax",
)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Run the tests of the core on the oldest versions that pyproject.toml allows."""
    install_lowest(session)
    rooms = [f"tests/{room}" for room in CORE] + [f"--ignore=tests/{one}" for one in OF_THE_WEB]
    session.run(*PYTEST, *(session.posargs or rooms))


# An old test client of Starlette uses what the newest anyio, which nothing pins, wants renamed.
OLD_CLIENT = ("-W", "ignore:The anyio.abc:DeprecationWarning")


@nox.session(python="3.11", name="lowest-extras")
def lowest_extras(session: nox.Session) -> None:
    """Run all tests with every extra at its oldest version."""
    install_lowest(session, *EXTRAS)
    session.run(*PYTEST, *OLD_CLIENT, *session.posargs)


def install_lowest(session: nox.Session, *extras: str) -> None:
    """Install visamap with the oldest libraries, and what tests need as the lock pins it."""
    tools = Path(session.create_tmp()) / "tools.txt"
    tools.write_text("\n".join(pins(TOOLS + (TOOLS_OF_EXTRAS if extras else ()))), encoding="utf-8")
    lowest = tools.with_name("lowest.txt")
    compile_lowest = ["uv", "pip", "compile", "--quiet", "--resolution", "lowest-direct"]
    wanted = [f"--extra={extra}" for extra in extras]
    session.run_install(
        *compile_lowest, *wanted, "--no-annotate", "--no-header",
        "--output-file", str(lowest), "pyproject.toml", str(tools),
    )  # fmt: skip
    session.run_install("uv", "pip", "sync", "--quiet", str(lowest))
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


def pins(names: tuple[str, ...]) -> list[str]:
    """Return the lines of the lock that pin these names, without their hashes."""
    lines = re.findall(r"(?m)^(\S+==.*?) \\$", Path(LOCK).read_text("utf-8"))
    return [line for line in lines if line.partition("==")[0] in names]
