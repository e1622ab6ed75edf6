"""Which engine answers a list: Arrow where it is there, Spark where it is asked for, or Python."""

import os
import tempfile
from importlib.util import find_spec

from visamap.errors import MissingExtraError
from visamap.results.screen_results import Engine, Screening, Taken
from visamap.screen.lists import (
    Counting,
    Job,
    Place,
    Progress,
    Wanted,
    refuse_target,
    source_place,
    target_place,
)
from visamap.screen.rule_table import RuleBook
from visamap.screen.sources import prepared

ENGINES = ("auto", "arrow", "spark", "plain")


def screen(
    book: RuleBook, source: str, target: str, wanted: Wanted, progress: Progress | None = None
) -> Screening:
    """Answer a list and return the summary."""
    engine = _engine(wanted)
    taken: tuple[Taken, ...] = ()
    if engine == "spark":
        from visamap.screen import spark  # noqa: PLC0415  a cluster is rarely asked for

        counting = spark.screen_files(book, source, target, wanted)
    else:
        refuse_target(source, target, overwrite=wanted.overwrite)
        with tempfile.TemporaryDirectory(prefix="visamap-") as folder:
            place = source_place(source, folder)
            with target_place(source, target, folder) as made:
                job, taken = prepared(Job(place, made, wanted, progress), book, folder)
                if made.form == "excel":
                    from visamap.screen import excel  # noqa: PLC0415  the extra

                    csv = Place(os.path.join(folder, "answers.csv"), "csv", made.named)
                    counting = _answered(engine, job._replace(target=csv), book)
                    excel.write(csv.path, made, wanted)
                else:
                    counting = _answered(engine, job, book)
    said = counting.summary(book)
    return Screening(source, target, engine, data=book.index.data, taken=taken, **said)


def _answered(engine: Engine, job: Job, book: RuleBook) -> Counting:
    if engine == "arrow":
        from visamap.screen import arrow  # noqa: PLC0415  the extra

        return arrow.screen(job, book)
    from visamap.screen import plain  # noqa: PLC0415  where there is none

    return plain.screen(job, book)


def _engine(wanted: Wanted) -> Engine:
    if wanted.engine == "plain" or (wanted.engine == "auto" and not find_spec("pyarrow")):
        return "plain"
    if wanted.engine == "spark":
        if not find_spec("pyspark"):
            raise MissingExtraError("spark", "--engine spark")
        return "spark"
    if not (find_spec("pyarrow") and find_spec("numpy")):
        raise MissingExtraError("bulk", "--engine arrow")
    return "arrow"
