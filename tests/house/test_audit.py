"""The audit of the locks: a fix that waits is a failure, silence of the service is not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[2] / "tools" / "audit.py"
NOT_CHECKED = "audit: not checked, the index's advisories cannot be reached from here\n"
SERVICE = """
import json, os, sys
asked = open(sys.argv[-1]).read()
known = json.loads(os.environ["KNOWN"])
if known is None:
    sys.exit("no connection")
lines = [line for line in asked.splitlines() if "==" in line]
names = [line.partition("==")[0] for line in lines]
print(json.dumps({"dependencies": [{"name": n, **known.get(n, known["*"])} for n in names]}))
"""
CLEAN = {"*": {"version": "1", "vulns": []}}
UNKNOWN = {"skip_reason": "not found"}


def flaw(*fixes):
    return {"version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": fixes}]}


def audited(**environment):
    return subprocess.run(
        [sys.executable, str(AUDIT)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def answered(tmp_path):
    """Audit with a service that knows what is given, in the place of the real one."""
    (tmp_path / "pip_audit").mkdir()
    (tmp_path / "pip_audit" / "__init__.py").touch()
    (tmp_path / "pip_audit" / "__main__.py").write_text(SERVICE, encoding="utf-8")
    return lambda known: audited(PYTHONPATH=str(tmp_path), KNOWN=json.dumps(known))


def test_a_vulnerability_with_a_fix_is_a_failure_that_names_the_fix(answered):
    done = answered(CLEAN | {"click": flaw("1.1", "2.0")})
    assert "audit: click 1.0: PYSEC-1: fixed in 1.1, 2.0: run `make upgrade`\n" in done.stdout
    assert done.returncode == 1


def test_a_vulnerability_that_nobody_has_fixed_is_a_warning(answered):
    done = answered(CLEAN | {"click": flaw()})
    assert "audit: click 1.0: PYSEC-1: warning: no fix yet\n" in done.stdout
    assert done.returncode == 0


def test_what_was_checked_and_what_was_not_is_counted(answered):
    done = answered(CLEAN | {"click": UNKNOWN})
    assert "versions checked, 1 not known to the index" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("known", [None, {"*": UNKNOWN}])
def test_a_service_that_says_nothing_stops_no_work(answered, known):
    done = answered(known)
    assert (done.stdout, done.stderr, done.returncode) == (NOT_CHECKED, "", 0)


def test_a_machine_without_a_network_lints_too(tmp_path):
    pytest.importorskip("pip_audit", reason="pip-audit is not installed")
    nowhere = "http://127.0.0.1:9"
    kept = {"PIP_CACHE_DIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}  # nothing of before
    done = audited(HTTPS_PROXY=nowhere, https_proxy=nowhere, NO_PROXY="", no_proxy="", **kept)
    assert (done.stdout, done.stderr, done.returncode) == (NOT_CHECKED, "", 0)
