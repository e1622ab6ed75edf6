from visamap.errors import Problem, shortened
from visamap.render import problems as present
from visamap.results.data_results import Inspection

LATE = Problem("data/x.yaml", 10, 2, "positive", "error", "days: 0 is not a number of days")
EARLY = Problem("data/x.yaml", 9, 7, "unused-source", "warning", "nobody cites 'a'")


def told(*problems):
    return present.inspections([Inspection("data/x.yaml", problems, {}, None, None)], "text")


def test_text_is_sorted_by_place_and_counted():
    assert told(LATE, EARLY).splitlines() == [
        "data/x.yaml:9:7: [unused-source] warning: nobody cites 'a'",
        "data/x.yaml:10:2: [positive] days: 0 is not a number of days",
        "data/x.yaml: 1 error and 1 warning.",
    ]
    assert told(EARLY, EARLY).splitlines()[-1] == "data/x.yaml: 2 warnings."
    assert told() == "data/x.yaml: no problems."


def test_json_keeps_every_field():
    assert present.json_form([LATE, EARLY])[0] == {
        "file": "data/x.yaml",
        "line": 9,
        "column": 7,
        "rule": "unused-source",
        "severity": "warning",
        "message": "nobody cites 'a'",
    }


def test_nothing_in_a_problem_can_end_a_github_command_early():
    hostile = Problem("a,b:c%.yaml", 1, 2, "x", "error", "100%\r\n::error::, no")
    assert present.github([hostile]) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=x::100%25%0D%0A::error::, no"
    )
    assert present.github([]) == ""


def test_a_long_text_is_echoed_by_its_start():
    assert shortened("x" * 60) == "x" * 60
    assert shortened("x" * 61) == "x" * 57 + "..."
