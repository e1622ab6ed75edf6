"""The tests on every Python that is found here, and on the oldest libraries that we allow.

``make test-versions`` and ``make test-lowest`` call it; ``nox -s tests-3.13 -- tests/laws`` runs one
Python and one folder. Each session has its own environment in ``.nox``.
"""

import nox

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True

PYTEST = ("pytest", "--numprocesses", "auto", "--dist", "loadgroup")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run the tests on one Python with what the lock pins."""
    session.install("--require-hashes", "-r", "requirements-dev.lock")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    session.run(*PYTEST, *session.posargs)
