"""Prints what CHANGELOG.md says of a version, as the notes of its release."""

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parents[1] / "CHANGELOG.md"


def notes(version: str, text: str) -> str | None:
    """Return the section of a version; ``None`` where there is none."""
    wanted = rf"^## {re.escape(version.removeprefix('v'))}\b[^\n]*\n(.*?)(?=^## |\Z)"
    found = re.search(wanted, text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else None


def main() -> int:
    """Print the notes; a version without them is not released."""
    version = sys.argv[1] if len(sys.argv) > 1 else ""
    said = notes(version, CHANGELOG.read_text("utf-8"))
    print(said or f"CHANGELOG.md has no heading `## {version.removeprefix('v')}`; write it first.")
    return 0 if said else 1


if __name__ == "__main__":
    sys.exit(main())
