"""``python -m tools.handbook FOLDER``: lay out the source of the documentation there."""

import os
import sys
from pathlib import Path

from tools.handbook.layout import lay_out

if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004  the name and the folder
        sys.exit("Name the folder to lay the documentation out in: python -m tools.handbook FOLDER")
    # The documentation is about the shipped data, whatever `visamap update` has fetched here.
    os.environ["XDG_DATA_HOME"] = sys.argv[1]
    written = lay_out(Path(sys.argv[1]))
    print(f"{sys.argv[1]}: {written} pages")
