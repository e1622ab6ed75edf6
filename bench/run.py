"""Runs every benchmark of the design from an installed wheel and prints each as a ratio.

A ratio compares two things measured in the same run, one after the other in turn, so that a slow or
busy machine does not decide the outcome. Nothing here is a test; nothing fails on a number.

    make bench            all benchmarks
    make bench ONLY=check those whose name contains "check"
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv-bench"
PYTHON = VENV / "bin" / "python"


def main() -> None:
    """Build the wheel, install it beside what it is compared with, run the benchmarks there."""
    wheel = build_wheel()
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"{wheel}[bench]"], check=True)
    subprocess.run([*pip, "--force-reinstall", "--no-deps", wheel], check=True)
    # From another folder, so that the wheel is imported and not the checkout.
    environment = {**os.environ, "BENCH_DATA": str(ROOT / "data"), "PYTHONSAFEPATH": "1"}
    only = os.environ.get("ONLY", "")
    for script in ("ratios.py", "screening.py"):
        command = [PYTHON, ROOT / "bench" / script, only]
        subprocess.run(command, check=True, cwd=VENV, env=environment)


def build_wheel() -> Path:
    """Build the wheel into ``dist/bench`` and return its path."""
    out = ROOT / "dist" / "bench"
    for old in out.glob("*.whl"):
        old.unlink()
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    return next(out.glob("*.whl"))


if __name__ == "__main__":
    main()
