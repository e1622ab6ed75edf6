"""What a YAML parser could not read, said for a person who does not know its grammar.

The parsers (libyaml and PyYAML's own) speak of tokens and block ends. Each of their complaints
is known here by a piece of its text; one that is not known still gets a sentence of ours. This
room never sees the parser itself.
"""

from __future__ import annotations

from typing import NamedTuple

MAX_DEPTH = 20
DEEP = f"nested deeper than {MAX_DEPTH} levels; records are never that deep"


class Complaint(NamedTuple):
    """Our words for a complaint, and whether it is about where something was opened."""

    rule: str
    message: str
    at_opening: bool = False


# First match wins. ``{found}`` is what stands at the place, ``{line}`` the line where the parser
# gave up.
_COMPLAINTS: tuple[tuple[tuple[str, ...], Complaint], ...] = (
    (
        ("maximum nesting depth",),  # of libyaml itself, which looks ahead of our own count
        Complaint("depth", DEEP),
    ),
    (
        (" directive", "incompatible YAML document", "version number"),
        Complaint(
            "syntax",
            "a line that starts with '%' is an order to YAML; remove it or put the text in quotes",
        ),
    ),
    (
        (" a tag", "tag handle"),
        Complaint("tag", "a value that starts with '!' is read as a tag; put it in quotes"),
    ),
    (
        ("scanning an anchor",),
        Complaint("anchor", "a value that starts with '&' is read as an anchor; put it in quotes"),
    ),
    (
        ("scanning an alias",),
        Complaint("alias", "a value that starts with '*' is read as an alias; put it in quotes"),
    ),
    (
        ("scanning a block scalar",),
        Complaint("syntax", "{found} after '|' or '>'; start the text on the next line, indented"),
    ),
    (
        ("unexpected end of stream", "unexpected document "),
        Complaint(
            "syntax",
            "the quotes opened here are not closed (read up to line {line}); close them",
            at_opening=True,
        ),
    ),
    (
        ("escape", "hexdecimal", "hexadecimal"),
        Complaint(
            "syntax",
            "a backslash in double quotes that means nothing; double it or use single quotes",
        ),
    ),
    (
        ("',' or ']'", "',' or '}'"),
        Complaint(
            "syntax",
            "the bracket opened here is not closed (read up to {found} in line {line}); "
            "close it, or add the comma that is missing",
            at_opening=True,
        ),
    ),
    (
        ("cannot start any token",),
        Complaint("syntax", "a value cannot start with {found}; put it in quotes"),
    ),
    (
        ("mapping values are not allowed",),
        Complaint(
            "syntax",
            "a ':' where no key can stand; line the key up with its neighbours, "
            "or put a text that holds ': ' in quotes",
        ),
    ),
    (
        ("mapping keys are not allowed", "sequence entries are not allowed"),
        Complaint(
            "syntax",
            "{found} where no item can start; give it a line of its own, lined up with the others",
        ),
    ),
    (
        ("expected ':'",),
        Complaint(
            "syntax",
            "no ': ' after this; write 'key: value', or indent the line if it belongs to the text "
            "above",
            at_opening=True,
        ),
    ),
    (
        ("expected key", "'-' indicator", "<block end>"),
        Complaint(
            "syntax",
            "{found} does not fit what stands above it; line it up with its neighbours, "
            "or put the text in quotes",
        ),
    ),
    (
        ("node content",),
        Complaint("syntax", "{found} where a value belongs; write the value or put it in quotes"),
    ),
    (
        ("document start>",),
        Complaint("syntax", "{found} after the end of the data; remove it or line it up"),
    ),
)
_UNKNOWN = Complaint("syntax", "{found} cannot be read here; compare the line with its neighbours")


def explained(problem: str, context: str, found: str, line: int) -> Complaint:
    """Return our words for the parser's ``problem``, met in ``context`` before ``found``."""
    theirs = f"{context} {problem}"
    known = (said for pieces, said in _COMPLAINTS if any(piece in theirs for piece in pieces))
    complaint = next(known, _UNKNOWN)
    return complaint._replace(message=complaint.message.format(found=found, line=line))
