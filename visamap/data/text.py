"""From bytes to a text that is safe to parse: its size, its encoding, its characters, its lines.

What does not pass is described, never mended: a text whose characters cannot be trusted is not
worth parsing. This room knows nothing of YAML.
"""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterable
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from visamap.errors import BrokenDataError, MissingFileError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


MAX_BYTES = 16 * 1024 * 1024
MAX_LINE = 100_000
MAX_PROBLEMS = 100
"""Past this many a file is not a text with slips in it, and a longer list helps nobody."""

# What a reader does not see, or sees otherwise than it stands: control and format characters, what
# some readers take for the end of a line, halves of pairs, and all that Unicode says to leave
# undrawn (Default_Ignorable_Code_Point), variation selectors and tags among them.
_HIDDEN = (
    "0000-0009 000B-001F 007F-009F 00AD 034F 0600-0605 061C 06DD 070F 0890-0891 08E2 115F-1160 "
    "17B4-17B5 180B-180F 200B-200F 2028-202E 2060-206F 2800 3164 D800-DFFF FE00-FE0F FEFF FFA0 "
    "FFF0-FFFB FFFE-FFFF 110BD 110CD 13430-1345F 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)
_NOT_TRUSTED = re.compile(
    "[" + re.sub("([0-9A-F]+) ?", lambda code: f"\\U{code[1]:>08}", _HIDDEN) + "]"
)


def _complement(ranges: str) -> str:
    """Return the characters outside ``ranges``, as a class of a pattern has them."""
    ends = [[int(end, 16) for end in part.split("-")] for part in ranges.split()]
    gaps = pairwise([[-1], *ends, [sys.maxunicode + 1]])
    between = ((low[-1] + 1, high[0] - 1) for low, high in gaps)
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in between if first <= last)


# Matching what is trusted is several times faster than searching for what is not.
_ALL_TRUSTED = re.compile(f"[{_complement(_HIDDEN)}]*")


def checked(content: str | bytes, name: str) -> tuple[str, list[Problem]]:
    """Return the text with plain line ends, and what forbids to go on with it."""
    if len(content) > MAX_BYTES:
        return "", [_too_large(name)]
    if isinstance(content, bytes):
        try:
            decoded = content.decode("utf-8")
        except UnicodeDecodeError as error:
            return "", [_not_utf8(content, error.start, name)]
    else:
        decoded = content
    text = decoded.removeprefix("\ufeff").replace("\r\n", "\n")
    return text, list(islice(_findings(text, name), MAX_PROBLEMS))


def contents(path: Path) -> tuple[bytes, list[Problem]]:
    """Return the bytes of a data file, or what forbids to read it: nothing else is ever opened.

    What is no regular file may have no end, and one over the ceiling is not worth the memory; both
    are known before a byte is read. A missing file alone is raised.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(found.st_mode):
            message = "this is no regular file; save what it gives as a file and name that"
            return b"", [Problem(str(path), 1, 1, "unreadable", "error", message)]
        if found.st_size > MAX_BYTES:
            return b"", [_too_large(str(path))]
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1), []
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError(path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "unreadable"
        message = f"the file cannot be read ({reason}); name a file that you may read"
        return b"", [Problem(str(path), 1, 1, "unreadable", "error", message)]


def _too_large(name: str) -> Problem:
    message = f"the file is larger than {MAX_BYTES >> 20} MB; split it or remove what is not ours"
    return Problem(name, 1, 1, "file-size", "error", message)


def _findings(text: str, name: str) -> Iterator[Problem]:
    if "\0" in text:
        message = "a NUL character: this is not a text file; save it as plain text in UTF-8"
        yield Problem(name, *_place(text, text.index("\0")), "character", "error", message)
        return
    lines = text.split("\n")
    if max(map(len, lines)) > MAX_LINE:
        for number, line in enumerate(lines, 1):
            if len(line) > MAX_LINE:
                message = f"a line of {len(line)} characters; break it below {MAX_LINE}"
                yield Problem(name, number, MAX_LINE + 1, "line-length", "error", message)
    if not trusted(text):
        for found in _NOT_TRUSTED.finditer(text):
            rule, message = untrusted(found[0])
            yield Problem(name, *_place(text, found.start()), rule, "error", message)


def trusted(text: str) -> bool:
    """Say whether ``text`` holds nothing but characters that are what they look like."""
    return _ALL_TRUSTED.fullmatch(text) is not None


def untrusted(text: str) -> tuple[str, str]:
    """Return the rule and the sentence for the first character that is not trusted."""
    found = _NOT_TRUSTED.search(text)
    if found is None or found[0] == "\t":
        return "tab", "a tab; write spaces"
    code = f"U+{ord(found[0]):04X}"
    return "character", f"the invisible character {code}; remove it or type the text anew"


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _not_utf8(content: bytes, offset: int, name: str) -> Problem:
    before = content[:offset].removeprefix(codecs.BOM_UTF8).decode("utf-8").replace("\r\n", "\n")
    line, column = _place(before, len(before))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = "the file is written in UTF-16; save it as UTF-8"
    else:
        byte = content[offset]
        message = f"byte {offset + 1} (0x{byte:02X}) is not UTF-8; save the file as UTF-8"
    return Problem(name, line, column, "encoding", "error", message)


SOURCES_FILE = "sources.yaml"
NAMES_FILE = "country_names.yaml"
REGIMES = "regimes"
"""The folder of the other destinations' law, beside the file of the first one."""
LAW_FILE = "visa_regimes.yaml"
REGION_FILE = "region.yaml"
"""What lies between the destinations, beside the file of the first one."""
MOBILITY = "mobility"
"""The folder of bulk rows beside the law: ranks, snapshots."""
_SOURCES_INSIDE = re.compile(rb"^(?:\xef\xbb\xbf)?sources:", re.MULTILINE)


def named_file(name: str | Path) -> Path:
    """Return the path of a data file or folder that somebody named; "" and a bare "." are none."""
    path = Path(name)
    if not str(name) or not (path.name or law_files(path)):
        raise MissingFileError(name)
    return path


def files_of(path: Path) -> list[Path]:
    """Return the files that are read for a law file: itself, and its sources where they are apart.

    Another destination's file is read with those that may hold the acts it shares. Of a folder they
    are the law files in it, the sources where one of them has them apart, and what stands beside.
    """
    beside = folder_of(path) / SOURCES_FILE
    first, *shared = law_files(path) or [path / LAW_FILE] if path.is_dir() else [path]
    apart = not all(sources_inside(_read(law)) for law in (first, *shared)) and beside.is_file()
    if path.is_dir():
        between = path / REGION_FILE
        shared += [*([between] if between.is_file() else []), *mobility_files(path)]
    elif path.parent.name == REGIMES:
        shared = others_of(path)
    return [first, *([beside] if apart else []), *shared]


def folder_of(path: Path) -> Path:
    """Return the data folder that a law file belongs to, or that is one."""
    if path.is_dir():
        return path
    return path.parent.parent if path.parent.name == REGIMES else path.parent


def law_files(folder: Path) -> list[Path]:
    """Return the law files of a data folder, the first destination's before the others."""
    first = folder / LAW_FILE
    others = sorted((folder / REGIMES).glob("*.yaml"))
    return [*([first] if first.is_file() else []), *others]


def other_homes(folder: Path) -> frozenset[str]:
    """Return the destinations of ``regimes/``: a file there is named after its own."""
    return frozenset(path.stem.upper() for path in (folder / REGIMES).glob("*.yaml"))


def others_of(path: Path) -> list[Path]:
    """Return the law files that share a folder with this one, where it is one of several."""
    files = law_files(folder_of(path))
    return [other for other in files if other != path] if path in files else []


def sources_inside(content: bytes) -> bool:
    """Tell whether a law file holds its sources itself, before it is parsed."""
    return _SOURCES_INSIDE.search(content) is not None


def shipped_files(folder: Path) -> list[Path]:
    """Return all files of our own data, each of which is read."""
    law = sorted((folder / REGIMES).glob("*.yaml"))
    return sorted([*folder.glob("*.yaml"), *law, *mobility_files(folder)])


def mobility_files(folder: Path) -> list[Path]:
    """Return the files of bulk rows in a data folder, with the notices that go with them."""
    rows = folder / MOBILITY
    return sorted(path for ending in ("yaml", "csv", "txt") for path in rows.glob(f"*.{ending}"))


def digest_of(paths: Iterable[Path], folder: Path) -> str:
    """Return the digest of files, as every answer carries it: name, length and bytes of each.

    Names are those inside ``folder``. Without lengths the bytes of two files could be divided
    otherwise between them and look the same.
    """
    digest = hashlib.sha256()
    for path in paths:
        content = _read(path)
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()}"


def _read(path: Path) -> bytes:
    content, problems = contents(path)
    if problems:
        raise BrokenDataError(path, problems)
    return content
