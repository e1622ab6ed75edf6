"""visamap: who may cross which border without a visa, on what day, on what legal ground.

    >>> import visamap
    >>> visamap.load().check("THA", on="2025-03-01").verdict
    'visa_free'

Everything here is lazy: importing the package computes nothing and reads nothing.
"""

from visamap.version import __version__

# Not from typing: until the command line has begun, Ctrl-C is Python's own and shows a traceback.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from visamap.errors import VisamapError
    from visamap.registry import Registry, inspect, load

__all__ = ["Registry", "VisamapError", "__version__", "inspect", "load"]

_HOMES = {
    "Registry": "visamap.registry",
    "VisamapError": "visamap.errors",
    "inspect": "visamap.registry",
    "load": "visamap.registry",
}


def __getattr__(name: str) -> "Any":
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  importing the package must stay free

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
