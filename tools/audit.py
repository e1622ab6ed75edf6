"""Says whether a version that the locks pin is known to be vulnerable; ``make lint`` calls it.

A vulnerability with a fixed version is a failure: ``make upgrade`` takes the fix. One that nobody
has fixed yet is a warning. Without a network, or where the index gives no advisories, it says that
nothing was checked and lets the work go on: a machine without a network must lint too.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-dev.lock"
PROBE = re.compile(r"requests==\S+")
SECONDS_TO_ANSWER, SECONDS_IN_ALL = 10, 300
AUDIT = [
    sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off",
    "--disable-pip", "--no-deps", "--timeout", str(SECONDS_TO_ANSWER), "--requirement",
]  # fmt: skip


def report(requirements: Path) -> list[dict[str, Any]] | None:
    """Return what is known of each pin of a file; ``None``: the service could not be asked."""
    try:
        done = subprocess.run(  # noqa: S603  our own words
            [*AUDIT, str(requirements)],
            capture_output=True,
            text=True,
            timeout=SECONDS_IN_ALL,
            check=False,
        )
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return found


def judged(found: list[dict[str, Any]] | None) -> tuple[list[str], bool]:
    """Return what to print, and whether a vulnerability has a fix that the lock does not take."""
    checked = [one for one in found or () if "vulns" in one]
    if not checked:
        return ["audit: not checked, the index's advisories cannot be reached from here"], False
    told, fixable = [], False
    for one in checked:
        for flaw in one["vulns"]:
            fixes = ", ".join(flaw["fix_versions"])
            fixable = fixable or bool(fixes)
            ending = f"fixed in {fixes}: run `make upgrade`" if fixes else "warning: no fix yet"
            told.append(f"audit: {one['name']} {one['version']}: {flaw['id']}: {ending}")
    skipped = len(found or ()) - len(checked)
    unsaid = f", {skipped} not known to the index" if skipped else ""
    return [*told, f"audit: {len(checked)} versions checked{unsaid}"], fixable


def probed() -> bool:
    """Ask for one package first: where that gets no answer, a hundred more would get none."""
    pin = PROBE.search(LOCK.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "probe.txt"
        probe.write_text(pin[0] if pin else "", encoding="utf-8")
        return any("vulns" in one for one in report(probe) or ())


def main() -> int:
    """Print what is known, and return 1 where a fix waits to be taken."""
    told, fixable = judged(report(LOCK) if probed() else None)
    print(*told, sep="\n")
    return int(fixable)


if __name__ == "__main__":
    sys.exit(main())
