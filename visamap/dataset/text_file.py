"""From bytes to a text that is safe to parse: its size, its encoding, its characters, its lines.

What does not pass is described, never mended: a text whose characters cannot be trusted is not
worth parsing. This room knows nothing of YAML.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import TYPE_CHECKING

from visamap.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 16 * 1024 * 1024
MAX_LINE = 100_000
MAX_PROBLEMS = 100
"""Past this many a file is not a text with slips in it, and a longer list helps nobody."""

# Left out on purpose, beside control characters: what some readers take for the end of a line
# (they would count lines otherwise than we do) and what turns or hides text on the screen.
_TRUSTED = (
    r"\n -~\u00a0-\u200a\u200c\u200d\u2010-\u2027\u202f-\u205f\u206a-\ud7ff"
    r"\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
)
_ALL_TRUSTED = re.compile(f"[{_TRUSTED}]*")
_NOT_TRUSTED = re.compile(f"[^{_TRUSTED}]")


def checked(content: str | bytes, name: str) -> tuple[str, list[Problem]]:
    """Return the text with plain line ends, and what forbids to go on with it."""
    if len(content) > MAX_BYTES:
        message = (
            f"the file is larger than {MAX_BYTES >> 20} MB; split it or remove what is not ours"
        )
        return "", [Problem(name, 1, 1, "file-size", "error", message)]
    if isinstance(content, bytes):
        try:
            decoded = content.decode("utf-8")
        except UnicodeDecodeError as error:
            return "", [_not_utf8(content, error.start, name)]
    else:
        decoded = content
    text = decoded.removeprefix("\ufeff").replace("\r\n", "\n")
    return text, list(islice(_findings(text, name), MAX_PROBLEMS))


def unreadable(name: str, error: OSError | ValueError) -> Problem:
    """Return what is said of a file that is there, or seems to be, and cannot be read."""
    reason = getattr(error, "strerror", None) or "unreadable"
    message = f"the file cannot be read ({reason}); name a file that you may read"
    return Problem(name, 1, 1, "unreadable", "error", message)


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
    # Matching what is trusted is several times faster than searching for what is not.
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
