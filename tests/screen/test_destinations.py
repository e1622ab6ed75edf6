"""A list may name a destination for each row; each is answered by the rules of its own."""

import csv
import json
import re

import pytest

from visamap import load
from visamap.cli.commands import run
from visamap.errors import WrongUsageError
from visamap.vocabulary import DESTINATIONS

ROWS = [
    ("THA", "UZB"),
    ("DEU", "\u0423\u0437\u0431\u0435\u043a\u0438\u0441\u0442\u0430\u043d"),
    ("RUS", "860"),
    ("THA", ""),
    ("TUR", " uz "),
    ("KAZ", "KAZ"),
    ("KAZ", "\u04e8\u0437\u0431\u0435\u043a\u0441\u0442\u0430\u043d"),
    ("UZB", "Uzbekistan"),
    ("DEU", "Georgia"),
    ("DEU", "Congo"),
    ("Tailand", "Georgia"),
]
UZB = {0, 1, 2, 4, 6, 7}
ADDED = ("verdict", "max_stay_days", "visit_alone_visa_free", "regime", "problem")


def write(path, heading="destination"):
    """A list of ``ROWS`` in the form that the name of the file says; stays of 40 days."""
    names = ["nationality", heading, "arrival", "departure"]
    rows = [(*row, "2025-06-01", "2025-07-10") for row in ROWS]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([names, *rows])
    elif path.suffix == ".jsonl":
        lines = (json.dumps(dict(zip(names, row, strict=True))) for row in rows)
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet  # noqa: PLC0415

        table = pa.Table.from_arrays([pa.array(row) for row in zip(*rows, strict=True)], names)
        parquet.write_table(table, path)
    return path


def read(path):
    """The rows of a list, or of a folder of its parts, cells of CSV as they stand."""
    if path.suffix == ".parquet":
        return pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()
    parts = sorted(path.glob("part-*")) if path.is_dir() else [path]
    texts = [part.read_text(encoding="utf-8") for part in parts]
    if path.suffix == ".jsonl":
        return [json.loads(line) for text in texts for line in text.splitlines()]
    return [row for text in texts for row in csv.DictReader(text.splitlines())]


def right(registry, at):
    """What ``check`` says of a row."""
    code, destination = ROWS[at]
    if destination in {"Georgia", "Congo"}:
        both = "unknown-nationality; " if code == "Tailand" else ""
        return (None, None, None, None, f"{both}unknown-destination")
    home = registry.entering("UZB") if at in UZB else registry
    found = home.check(code, on="2025-06-01", days=40)
    regime = found.regime.id if found.regime else None
    return found.verdict, found.max_stay_days, found.stay_allowed, regime, None


def same(rows, wanted, form):
    said = [tuple(row[name] for name in ADDED) for row in rows]
    if form == "csv":
        spelled = {None: "", True: "true", False: "false"}
        wanted = [tuple(spelled.get(one, str(one)) for one in row) for row in wanted]
    assert said == wanted


ENGINES = [
    (engine, form)
    for engine in ("plain", "arrow", "spark")
    for form in ("csv", "jsonl", "parquet")
    if (engine, form) != ("plain", "parquet")
]


@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize(("engine", "form"), ENGINES)
@pytest.mark.filterwarnings("ignore")
def test_each_row_is_answered_for_its_own_destination(request, registry, tmp_path, engine, form):
    if engine != "plain":
        pytest.importorskip("duckdb")
    if engine == "spark":
        request.getfixturevalue("spark")
    wanted = [right(registry, at) for at in range(len(ROWS))]
    source, target = write(tmp_path / f"in.{form}"), tmp_path / f"out.{form}"
    done = registry.screen(source, target, engine=engine)
    rows = read(target)
    same(rows, wanted, form)
    assert [row["destination"] or "" for row in rows] == [destination for _, destination in ROWS]
    assert list(rows[0])[-2:] == ["reason", "suggestion"]  # it has a destination of its own
    assert done.problems == {"unknown-destination": 3, "unknown-nationality": 1}
    unread = {one.value: one.close for one in done.unreadable}
    names = tuple(f"{registry.index.country(code).name} ({code})" for code in DESTINATIONS)
    assert unread["Georgia"] == unread["Congo"] == names
    # Under another heading, or with a prefix, the code is told behind all that was added before.
    source = write(tmp_path / f"other.{form}", "going to")
    columns = {"destination": "going to"}
    registry.screen(source, target, engine=engine, columns=columns, overwrite=True)
    rows = read(target)
    same(rows, wanted, form)
    assert list(rows[0])[-2:] == ["destination", "suggestion"]
    codes = ["UZB" if at in UZB else "KAZ" if row[0] else "" for at, row in enumerate(wanted)]
    assert [row["destination"] or "" for row in rows] == codes


def test_a_list_without_the_column_is_about_the_destination_that_was_asked(
    capsys, registry, tmp_path
):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("nationality,arrival\nTHA,2025-06-01\nDEU,2025-06-01\n")
    assert run(["screen", str(source), "-o", str(target), "--to", "Uzbekistan"]) == 0
    said = [(row["nationality"], row["regime"], row["destination"]) for row in read(target)]
    assert said == [("THA", "", "UZB"), ("DEU", "uz-2019-deu", "UZB")]
    assert run(["screen", str(source), "-o", str(target), "--to", "Georgia", "--overwrite"]) == 2
    assert f"choose one of {', '.join(DESTINATIONS)}" in capsys.readouterr().err
    # An empty cell is that destination too.
    source.write_text("nationality,arrival,destination\nTHA,2025-06-01,\nTHA,2025-06-01,KAZ\n")
    registry.entering("UZB").screen(source, target, overwrite=True)
    assert [row["verdict"] for row in read(target)] == ["visa_required", "visa_free"]


def test_the_names_of_the_destinations_stand_beside_one_that_is_none(capsys, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("nationality,arrival,destination\nTHA,2025-06-01,France\n")
    assert run(["screen", str(source), "-o", str(tmp_path / "out.csv"), "--strict"]) == 1
    said = capsys.readouterr().err
    assert re.search(r"'France': give Kazakhstan \(KAZ\).* or Uzbekistan \(UZB\)", said)


def test_a_column_that_is_no_role_must_not_bear_an_added_name(registry, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("nationality,arrival,to,destination\nTHA,2025-06-01,UZB,beach\n")
    with pytest.raises(WrongUsageError, match="already has a column 'destination'"):
        registry.screen(source, tmp_path / "out.csv", columns={"destination": "to"})
    wishes = {"columns": {"destination": "to"}, "prefix": "visamap_"}
    registry.screen(source, tmp_path / "out.csv", **wishes)
    assert read(tmp_path / "out.csv")[0]["visamap_destination"] == "UZB"


LIMITS = {
    "THA": ("[{kind: unlimited}]", True),
    "DEU": ("[{kind: entries, entries: 2, per_days: 30}]", None),
    "FRA": ("[{kind: unlimited}, {kind: entries, entries: 2, per_days: 30}]", True),
    "CHN": ("[]", None),
    "IND": ("[{kind: per_visit, days: 30}, {kind: entries, entries: 1, per_days: 30}]", False),
}
LAW = """\
meta: {title: Mine, schema: 1, release: 2026-11-01, home: KAZ, licence: CC-BY-4.0,
       coverage: [{passport: ordinary, from: 2012-01-21}]}
instruments:
  - {id: my-decree, kind: government-decree, issuer: Government, title: A decree,
     passports: [ordinary], confidence: high, sources: [my-source],
     events: [{what: in-force, date: 2020-01-01, sources: [my-source]}]}
regimes:
"""


@pytest.mark.parametrize("engine", ["plain", "arrow"])
def test_a_stay_without_a_limit_is_allowed_and_one_of_which_none_is_known_is_not_known(
    tmp_path, engine
):
    if engine == "arrow":
        pytest.importorskip("pyarrow")
    rules = "".join(
        f"  - {{id: rule-{code.lower()}, instrument: my-decree, nationalities: [{code}], "
        f"from: 2020-01-01, limits: {limits}, confidence: high, sources: [my-source]}}\n"
        for code, (limits, _) in LIMITS.items()
    )
    source = "  - {id: my-source, kind: law, url: 'https://example.org/a', accessed: 2026-11-01}\n"
    law, listed = tmp_path / "law.yaml", tmp_path / "in.csv"
    law.write_text(f"{LAW}{rules}sources:\n{source}")
    listed.write_text(
        "nationality,arrival,departure\n"
        + "".join(f"{code},2025-06-01,2027-06-01\n" for code in LIMITS)
    )
    registry = load(law)
    registry.screen(listed, tmp_path / "out.jsonl", engine=engine)
    found = {row["nationality"]: row for row in read(tmp_path / "out.jsonl")}
    for code, (_, allowed) in LIMITS.items():
        checked = registry.check(code, on="2025-06-01", days=731)
        assert (found[code]["verdict"], found[code]["visit_alone_visa_free"]) == (
            "visa_free",
            allowed,
        )
        assert (checked.verdict, checked.stay_allowed) == ("visa_free", allowed)
        assert found[code]["max_stay_days"] == checked.max_stay_days
