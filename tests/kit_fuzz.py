"""How the abuse suite draws its inputs: the same ones every time, so that a red run is no luck.

``VISAMAP_FUZZ=5000 pytest tests/abuse`` draws so many new ones for each test instead; what breaks
something goes into ``tests/abuse/corpus``, where it is tried for ever.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from visamap.errors import VisamapError

ASKED_BY = "VISAMAP_FUZZ"
WISHED = os.environ.get(ASKED_BY)
PROFILE = "abuse"
settings.register_profile(
    PROFILE,
    max_examples=int(WISHED) if WISHED else 50,
    derandomize=not WISHED,
    deadline=None,  # a busy machine breaks no promise; test_ceilings.py measures
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


def told():
    """Return the settings in words, for the head of a run."""
    return f"abuse: {settings.get_profile(PROFILE)!r}; {ASKED_BY}=N draws N new inputs a test"


def fuzzed(examples=None):
    """Return the settings of a test; ``examples`` where each is dear or cheap."""
    profile = settings.get_profile(PROFILE)
    return settings(profile, max_examples=examples) if examples and not WISHED else profile


HOSTILE = [
    "", " ", "\0", "\x1b[31m", "\n", "\r\n", "\t", "\u202e", "\u200b", "\ufeff", "\ufdfa",
    "\U0001f600", "\ud800", "'", '"', "`", "\\", "/", "../../etc/passwd", "%00", "%s", "%n", "{}",
    "{0}", "{text!r}", "{__class__}", "<script>alert(1)</script>", "' OR 1=1 --", "$(id)", "=1+1",
    "null", "true", "NaN", "-1", "0", "1e400", "9" * 20, "9" * 5000, "0x10", "\u0663\u0660",
    "\uff13\uff10", "2024-02-30", "2024-W01-1", "0000-00-00", "9999-12-31", "0001-01-01",
    "2024-1-1", "20240101", "2024-01-01T00:00", "-2024-01-01", "\u0662\u0660\u0662\u0664-01-01",
    "KAZ", "THA", "XXA", "D", "..", "en", "ordinary",
]  # fmt: skip
"""Words that other programs have stumbled over, and some that are right."""

ANY_TEXT = st.text(st.characters(), max_size=40)
"""Any characters, half surrogates too."""
WORDS = (
    st.sampled_from(HOSTILE)
    | ANY_TEXT
    | st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join)
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=10,
)
DAYS = st.dates().map(str) | st.sampled_from([w for w in HOSTILE if w[:4].isdigit()])


def came_of(call):
    """Return what a call gave and our error in its place; one of the two is ``None``."""
    try:
        return call(), None
    except VisamapError as error:
        return None, error


def nodes(value, path=()):
    """Yield the path to every value inside a value."""
    yield path
    held = enumerate(value) if isinstance(value, list) else ()
    for step, inner in value.items() if isinstance(value, dict) else held:
        yield from nodes(inner, (*path, step))


def changed(value, path, how, other):
    """Return a value with something done to the one at ``path``: a copy where it is changed."""
    if not path:
        return other
    step, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        copy[step] = changed(copy[step], rest, how, other)
    elif how == "drop":
        del copy[step]
    elif how == "double" and isinstance(copy, list):
        copy.insert(step, copy[step])
    elif how == "rename" and isinstance(copy, dict):
        copy[str(other)] = copy.pop(step)
    elif how == "wrap":
        copy[step] = [copy[step]]
    else:
        copy[step] = other
    return copy


@st.composite
def damaged(draw, value, others=SCALARS, alike=None, mildly=False):
    """Draw what is left of a value after some changes.

    ``alike`` returns the strategy for what may stand in the place of a value and be right as well;
    most of the changes are such, or (``mildly``) the only one is.
    """
    for _ in range(draw(st.integers(1, 1 if mildly else 4))):
        path = draw(st.sampled_from(list(nodes(value))))
        how = draw(st.sampled_from(["drop", "double", "rename", "wrap", "replace"]))
        if mildly or (alike and draw(st.integers(0, 3))):
            how, other = "replace", draw(alike(at(value, path)))
        else:
            other = draw(others)
        value = changed(value, path, how, other)
    return value


def at(value, path):
    """Return the value at a path."""
    for step in path:
        value = value[step]
    return value
