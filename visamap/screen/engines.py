"""Which engine answers a list: Arrow where it is there, Spark where it is asked for, or Python."""

import tempfile
from importlib.util import find_spec

from visamap.errors import MissingExtraError
from visamap.results.screen import Engine, Screening
from visamap.screen.lists import Job, Progress, Wanted, refuse_target, source_place, target_place
from visamap.screen.rule_table import RuleBook

ENGINES = ("auto", "arrow", "spark", "plain")


def screen(
    book: RuleBook, source: str, target: str, wanted: Wanted, progress: Progress | None = None
) -> Screening:
    """Answer a list and return the summary."""
    engine = _engine(wanted)
    if engine == "spark":
        from visamap.screen import spark  # noqa: PLC0415  a cluster is rarely asked for

        counting = spark.screen_files(book, source, target, wanted)
    else:
        refuse_target(source, target, overwrite=wanted.overwrite)
        with tempfile.TemporaryDirectory(prefix="visamap-") as folder:
            place = source_place(source, folder)
            with target_place(source, target, folder) as made:
                job = Job(place, made, wanted, progress)
                if engine == "arrow":
                    from visamap.screen import arrow  # noqa: PLC0415  the extra

                    counting = arrow.screen(job, book)
                else:
                    from visamap.screen import plain  # noqa: PLC0415  where there is none

                    counting = plain.screen(job, book)
    return Screening(source, target, engine, data=book.index.data, **counting.summary(book))


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
