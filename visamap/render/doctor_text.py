"""The state of an installation in words: what is there, what is missing, what to do about it."""

from collections.abc import Iterator

from visamap.extras import how_to_add
from visamap.i18n import mark, number, tr, trn
from visamap.render.sections import Block, labelled, paragraph
from visamap.results.data_results import DataInForce, Doctor, Extra, Folder
from visamap.results.parts import Envelope

REASONS = {
    "option": mark("In use because --data names it."),
    "environment": mark("In use because VISAMAP_DATA names it."),
    "fetched_later": mark("In use because it was fetched and is later than the shipped one."),
    "fetched_not_later": mark("The shipped data is in use: the fetched release is not later."),
    "fetched_damaged": mark("The shipped data is in use: the fetched release is damaged."),
    "nothing_fetched": mark("The shipped data is in use: no other release was fetched."),
}
GIVES = {
    "bulk": mark("lists of travellers of any length, Parquet"),
    "excel": mark("lists of travellers as workbooks"),
    "feeds": mark("a calendar of the dated events"),
    "mcp": mark("a server for assistants"),
    "pictures": mark("pictures as PNG"),
    "signed": mark("proof of who published a release of the data"),
    "spark": mark("lists of travellers on a cluster"),
    "watch": mark("watching the pages on which facts rest"),
    "web": mark("the page and the API on this machine, and as static files"),
}
FOLDERS = {
    "data": mark("What `visamap update` brings: {path}"),
    "cache": mark("Compiled data files of your own: {path}"),
}


def text(answer: Envelope, width: int) -> str:
    """Return what was found, one subject after the other, and at the end whether all is well."""
    found: Doctor = answer.items[0]
    lines = list(labelled(_blocks(found), width))
    end = (
        tr("Something is damaged; see above for what to do.")
        if found.damaged
        else tr("All is well.")
    )
    return "\n".join([*lines, "", *paragraph(end, width)])


def _blocks(found: Doctor) -> Iterator[Block]:
    code = tr("visamap {version}", version=found.version)
    if found.checkout:
        code = tr("visamap {version}, run from its source checkout", version=found.version)
    yield tr("Code"), [code]
    yield tr("Python"), [f"{found.python} ({found.platform})"]
    libraries = [
        f"{name} {version}" if version else tr("{library} is missing", library=name)
        for name, version in found.libraries
    ]
    yield tr("Libraries"), [", ".join(libraries)]
    yield tr("Data"), list(_data(found.data))
    yield tr("Matrix"), list(_matrix(found))
    yield tr("Extras"), [_extra(extra) for extra in found.extras]
    yield tr("Folders"), [_folder(folder) for folder in found.folders]
    yield tr("Language"), [_language(found)]


def _data(data: DataInForce) -> Iterator[str]:
    if data.release is not None and data.age_days is not None:
        yield trn(
            "Release of {release}, {n} day old; schema {schema}.",
            "Release of {release}, {n} days old; schema {schema}.",
            max(data.age_days, 0),
            release=data.release,
            schema=data.schema,
        )
        yield str(data.digest)
    yield tr(REASONS[data.reason])
    yield data.place
    if data.fetched_from:
        yield tr("Fetched from {url}", url=data.fetched_from)
    if data.problem:
        yield from data.problem.splitlines()


def _matrix(found: Doctor) -> Iterator[str]:
    matrix = found.matrix
    if found.matrix_problem:
        yield found.matrix_problem
    elif matrix is None:
        yield tr("None was fetched; `visamap update` fetches the table of all passports.")
    else:
        yield trn(
            "As of {day}, {n} day old; {pairs} pairs.",
            "As of {day}, {n} days old; {pairs} pairs.",
            max(matrix.age_days, 0),
            day=matrix.as_of,
            pairs=number(matrix.pairs),
        )
        yield tr("Fetched {moment} from {url}", moment=matrix.fetched, url=matrix.url)


def _extra(extra: Extra) -> str:
    gives = tr(GIVES[extra.name])
    if extra.present:
        return tr("{extra}: installed ({gives}).", extra=extra.name, gives=gives)
    return tr(
        "{extra}: not installed, it would give: {gives}. Run: {command} (missing: {libraries})",
        extra=extra.name,
        gives=gives,
        command=how_to_add(extra.name),
        libraries=", ".join(extra.missing),
    )


def _folder(folder: Folder) -> str:
    said = tr(FOLDERS[folder.what], path=folder.path)
    if not folder.writable:
        return f"{said} {tr('(cannot be written)')}"
    return f"{said} {tr('(can be written)') if folder.exists else tr('(created when needed)')}"


def _language(found: Doctor) -> str:
    if found.language_from is None:
        return tr("{language}, the default", language=found.language)
    return tr(
        "{language}, as {variable} says", language=found.language, variable=found.language_from
    )
