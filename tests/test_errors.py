import copy
import pickle
from datetime import date

import pytest

from visamap import errors
from visamap.errors import Problem

PROBLEMS = [Problem("f.yaml", line, 1, "date", "error", "no day") for line in range(1, 8)]


@pytest.mark.parametrize(
    ("error", "status", "also", "words"),
    [
        (errors.BadDateError("2024-13-01"), 2, ValueError, ["'2024-13-01'", "YYYY-MM-DD"]),
        (
            errors.BeyondHorizonError(date(2099, 1, 1), date(2026, 11, 24), date(2027, 11, 25)),
            2,
            ValueError,
            ["2099-01-01", "up to 2027-11-25", "visamap update --data URL"],
        ),
        (
            errors.UnknownRecordError("visa", "B13", ["B12"], see="visamap visas"),
            2,
            LookupError,
            ["No visa matches 'B13'", "Did you mean B12?", "`visamap visas`"],
        ),
        (errors.MissingFileError("no.csv"), 2, FileNotFoundError, ["'no.csv'", "check"]),
        (errors.MissingFileError("C:\\Users\\a.csv"), 2, OSError, [r"'C:\Users\a.csv'"]),
        (errors.UnknownCountryError(r"a\b"), 2, LookupError, [r"'a\b'"]),
        (errors.OutputExistsError("map.svg"), 2, FileExistsError, ["'map.svg'", "choose"]),
        (
            errors.BrokenDataError("f.yaml", PROBLEMS),
            3,
            errors.VisamapError,
            ["f.yaml:5:1: [date] no day", "2 more", "`visamap validate f.yaml`"],
        ),
        (
            errors.NetworkError("https://x/m", "it broke off", status=500),
            4,
            errors.VisamapError,
            ["https://x/m was not fetched: it broke off.", "Nothing was changed.", "Try again"],
        ),
        (errors.UpdateUnderWayError("/x"), 4, errors.VisamapError, ["'/x'", "Try again"]),
        (
            errors.RefusedUpdateError("https://x/m", PROBLEMS, "Ask them."),
            3,
            errors.VisamapError,
            ["is unchanged", "f.yaml:5:1: [date] no day", "2 more", "Ask them."],
        ),
        (errors.DamagedCopyError("/x"), 3, errors.VisamapError, ["'/x'", "`visamap update`"]),
        (errors.OutputError("/x", "read-only"), 5, errors.VisamapError, ["'/x'", "read-only"]),
    ],
)
def test_an_error_has_its_status_its_words_and_survives_a_worker_process(
    error, status, also, words
):
    assert error.exit_status == status
    assert isinstance(error, also)
    assert all(word in str(error) for word in words)
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301
        assert type(again) is type(error)
        assert (str(again), vars(again)) == (str(error), vars(error))


def test_broken_data_shows_the_first_problems_only():
    assert "f.yaml:6:1" not in str(errors.BrokenDataError("f.yaml", PROBLEMS))
    assert "more" not in str(errors.BrokenDataError("f.yaml", PROBLEMS[:5]))
