"""What Windows does not bear in the name of a file."""

import re

RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
LONGEST = 180
"""Letters of a path that leave room for the folder it is put into; Windows knows 260."""


def troubles(names):
    """Yield what is wrong with names of files, whose folders are parted by slashes."""
    seen = {}
    for name in names:
        if seen.setdefault(name.lower(), name) != name:
            yield f"{name} and {seen[name.lower()]} are one file there"
        if len(name) > LONGEST:
            yield f"{name} is too long"
        for part in name.split("/"):
            if part.partition(".")[0].lower() in RESERVED:
                yield f"{name}: {part} is a device"
            if re.search(r'[<>:"|?*\\\x00-\x1f]', part) or part.endswith((" ", ".")):
                yield f"{name}: {part} has letters that are not allowed"
