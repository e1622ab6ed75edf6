"""What a shell may complete a word to: countries as they are typed, codes of visas, ids of acts.

A word that is begun is never changed: a suggestion goes on in the letters that were typed. Names in
other languages are read only when a country is completed that has no such name in English. Whatever
goes wrong, a shell is told nothing, for a person is in the middle of a line.
"""

import os
import re
import sys
import warnings
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    add_completion_class,
    shell_complete,
)

from visamap.cli.saying import COMPLETING
from visamap.errors import VisamapError
from visamap.registry import load
from visamap.registry.base import ALL
from visamap.registry.spec import QUESTIONS, TO
from visamap.store import resolver
from visamap.vocabulary import DESTINATIONS

if TYPE_CHECKING:
    from visamap.store.index import Index

PROGRAM = "visamap"
SHORTEST_CODE, LONGEST_CODE = 2, 3
"""So many capitals are the start of a code; a single one may begin a name as well."""
SPECIAL = re.compile(r"([^\w@%+:,./\n-])")
"""What a bash would not take as a part of one word."""
BASH = r"""
%(complete_func)s() {
    local IFS=$'\n' line
    COMPREPLY=()
    while read -r line; do
        case ${line%%%%,*} in
            file) compopt -o default ;;
            plain) COMPREPLY+=("${line#*,}") ;;
        esac
    done < <(
        env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \
            %(complete_var)s=bash_complete "$1"
    )
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


@add_completion_class
class Bash(BashComplete):
    """As click's own, but for names of several words, which it would break apart."""

    source_template = BASH

    def source(self) -> str:
        """Return the script; it needs bash 4.4, and asks no bash which one it is."""
        return self.source_template.lstrip() % self.source_vars()

    def format_completion(self, item: "CompletionItem[Any]") -> str:
        """Return a suggestion, its blanks and signs escaped unless it stands in quotes."""
        words = os.environ["COMP_WORDS"].split("\n")
        at = int(os.environ["COMP_CWORD"])
        quoted = at < len(words) and words[at].startswith(("'", '"'))
        value = item.value if quoted else SPECIAL.sub(r"\\\1", item.value)
        return f"{item.type},{value}"


def script(group: click.Command, shell: str) -> str:
    """Return the script that teaches a shell (bash, zsh, fish) to ask us."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415  one command's

    made = get_completion_class(shell)
    assert made is not None  # noqa: S101  the command takes no other shell
    return made(group, {}, PROGRAM, COMPLETING).source()


def completed(group: click.Command) -> int:
    """Answer a shell; the variable says which one, and whether it asks for words or the script."""
    warnings.simplefilter("ignore")
    try:
        status: int = shell_complete(group, {}, PROGRAM, COMPLETING, os.environ[COMPLETING])
        sys.stdout.flush()
    except Exception:  # noqa: BLE001  anything printed now would stand in somebody's command
        return 1
    return status


def files(_ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
    """Let the shell complete the name of a file."""
    return [CompletionItem(incomplete, type="file")]


def countries(ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
    """Complete a code or a name of a country, in the language in which it was begun."""
    index = _index(ctx)
    rows = index.tables["countries"]
    codes = {code: row[2] for code, row in rows.items()}
    short = len(incomplete) <= LONGEST_CODE and incomplete.isascii()
    if not incomplete or (short and incomplete.isupper() and len(incomplete) >= SHORTEST_CODE):
        found = _items(codes, incomplete)
        two_letters = {row[0]: row[2] for row in rows.values() if row[0] == incomplete}
        if found or two_letters:
            return [*_items(two_letters, incomplete), *found]
    found = _items({name: code for code, name in codes.items()}, incomplete)
    if len(incomplete) == 1 and incomplete.isupper():
        found = [*_items(codes, incomplete), *found]
    return found or _items(_translated(index), incomplete) or _items(_folded(index), incomplete)


def _translated(index: "Index") -> dict[str, str]:
    display: Mapping[str, Mapping[str, str]] = index.names["display"]
    return {name: code for names in display.values() for code, name in names.items()}


def _folded(index: "Index") -> dict[str, str]:
    """Return other names, written as they are compared: without capitals, accents and signs."""
    names = index.names
    return {**names["other"], **names["reviewed"], **index.tables["english"]}


def visas(ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
    """Complete the code of a visa, or its name."""
    rows = _index(ctx).records["visas"]
    codes = {row["code"]: row["name"] for row in rows}
    names = {alias: row["code"] for row in rows for alias in row.get("aliases", ())}
    return _items(codes, incomplete) or _items(names, incomplete)


def acts(ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
    """Complete the id of an act, the destination's own acts included."""
    acts = {record["id"]: record["title"] for record in _index(ctx).records["instruments"]}
    return _items(dict(sorted(acts.items())), incomplete)


def claims(ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
    """Complete the id of a published figure."""
    rows = _index(ctx).records["claims"]
    return _items({row["id"]: row["counts"] for row in rows}, incomplete)


def open_questions(ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
    """Complete the id of an open question."""
    rows = _index(ctx).records["open_questions"]
    return _items({row["id"]: row["question"] for row in rows}, incomplete)


def destinations(ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
    """Complete the code of a destination, and ``all`` where several answer together."""
    index = _index(ctx)
    found = {code: index.country(code).name for code in DESTINATIONS if code in index.destinations}
    several = any(one.name == TO and getattr(one, "multiple", False) for one in ctx.command.params)
    return _items({**found, **({ALL: ""} if several else {})}, incomplete)


def _index(ctx: click.Context) -> "Index":
    """Return the records of the destination that stands on the line, if one does."""
    registry, to = load(ctx.ensure_object(dict).get("data")), ctx.params.get(TO)
    question = QUESTIONS.get(str(ctx.info_name))
    with suppress(VisamapError):
        if isinstance(to, str) and (question is None or question.to):
            return registry.entering(to).index
    return registry.index


def _items(values: Mapping[str, str], incomplete: str) -> "list[CompletionItem[str]]":
    """Return the values that begin so, each with what it stands for."""
    begun = resolver.fold(incomplete)
    same_length = len(begun) == len(incomplete)
    found = {}
    for value, meaning in values.items():
        if value.casefold().startswith(incomplete.casefold()):
            found[_in_letters_of(incomplete, value)] = meaning
        elif begun and same_length and value.startswith(begun):
            found[incomplete + value[len(begun) :]] = meaning
    return [CompletionItem(value, help=meaning) for value, meaning in found.items()]


def _in_letters_of(incomplete: str, value: str) -> str:
    """Return a value as it goes on from what was typed: small letters stay small, capitals big."""
    if value.startswith(incomplete):
        return value
    if incomplete.islower():
        return value.lower()
    return value.upper() if incomplete.isupper() else incomplete + value[len(incomplete) :]
