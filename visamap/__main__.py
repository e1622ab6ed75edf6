"""``python -m visamap``."""

from visamap.cli import main

if __name__ == "__main__":
    main()
