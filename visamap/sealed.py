"""JSON with a seal behind it: a file in the user's folders that tells whether it is still whole.

Disks fail, programs write where they should not, and a changed digit is still JSON. The seal is a
checksum of the text and of the name that the file was written under, so that a file that took
another's place is found too. It guards against accidents; who may write in the user's folders may
do as they please. On the start-up path of who has fetched data, so it imports next to nothing.
"""

import json
from typing import Any
from zlib import crc32

LENGTH = 9
"""Of a seal: the end of the line before it, eight digits."""


def sealed(value: Any, name: str, indent: int | None = None) -> bytes:
    """Return a value as sealed JSON, to be kept under ``name``."""
    separators = (",", ": " if indent else ":")
    text = json.dumps(value, ensure_ascii=False, separators=separators, indent=indent).encode()
    return text + _seal(text, name)


def unsealed(content: bytes, name: str) -> Any:
    """Return the value of sealed JSON that was kept under ``name``.

    Raises:
        ValueError: it is not as it was written.
    """
    text, seal = content[:-LENGTH], content[-LENGTH:]
    if seal != _seal(text, name):
        raise ValueError(name)
    return json.loads(text)


def _seal(text: bytes, name: str) -> bytes:
    return b"\n%08x" % crc32(text, crc32(name.encode()))
