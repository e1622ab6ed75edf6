import pytest

from visamap.cli.app import run


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["THA", "--on", "2026-11-24"], 0),
        (["KAZ", "--on", "2020-06-01"], 0),  # a citizen may always come home
        (["IND", "--on", "2020-06-01"], 1),  # suspended
        (["GBD", "--on", "2026-11-24"], 1),  # unknown
        (["GBD", "THA", "--on", "2026-11-24"], 0),  # one of two passports is enough
        (["KGZ", "--on", "2020-06-01"], 1),  # free by law, the border closed
        (["KGZ", "--on", "2020-06-01", "--law-only"], 0),
        (["THA", "--on", "2026-11-24", "--days", "30"], 0),
        (["THA", "--on", "2026-11-24", "--days", "31"], 1),
        (["ARE", "--on", "2026-11-24", "--passport", "diplomatic"], 0),
        # Free, but nobody knows for how long: no certain yes to so many days.
        (["ARE", "--on", "2026-11-24", "--passport", "diplomatic", "--days", "40"], 1),
    ],
)
def test_visa_free_can_be_required(capsys, arguments, status):
    assert run(["check", *arguments, "--require", "visa-free"]) == status
    assert capsys.readouterr().out  # the answer is given all the same
    without = [word for word in arguments if word != "--law-only"]
    assert run(["check", *without]) == 0


def test_an_act_that_names_the_passport_is_told_where_its_terms_were_not_worked_through(capsys):
    assert run(["check", "QAT", "--passport", "service", "--on", "2026-11-24"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "names the service passport of Qatar" in said
    assert "was not worked through: kaz-qat-2022-protocol." in said
    assert run(["check", "XXA", "NPL", "--passport", "service", "--on", "2026-11-24"]) == 0
    assert "was not worked through: " not in " ".join(capsys.readouterr().out.split())
