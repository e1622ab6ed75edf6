from datetime import date

import pytest
from kit import act, event, index_of, per_visit, regime, rolling, treaty

from visamap.domain.verdict import Visitor, judge

TREATY = treaty(events=[event("in-force", "2012-01-01")])
BEFORE_ALL = [act(), act("kz-gov-148-2012")]


def judged(index, on, code="XAA", passport="ordinary"):
    return judge(index, Visitor(code, passport, date.fromisoformat(on)))


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        ("2020-02-29", "visa_required"),  # the day before it enters into force
        ("2020-03-01", "visa_free"),  # the first day counts
        ("2024-06-30", "visa_free"),  # so does the last
        ("2024-07-01", "visa_required"),
    ],
)
def test_regime_holds_from_first_to_last_day(on, verdict):
    index = index_of(regime(start="2020-03-01", end="2024-06-30"))
    assert judged(index, on).verdict == verdict


@pytest.mark.parametrize(
    ("on", "verdict", "reason"),
    [
        ("2020-12-31", "visa_required", "no_regime"),
        ("2021-01-01", "unknown", "start_uncertain"),  # it may have begun
        ("2021-06-30", "unknown", "start_uncertain"),
        ("2021-07-01", "visa_free", "unilateral"),  # seen working
    ],
)
def test_uncertain_start_is_unknown_until_the_rule_was_seen_working(on, verdict, reason):
    index = index_of(regime(between=("2021-01-01", "2021-07-01")))
    found = judged(index, on)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_uncertain_end_is_unknown():
    index = index_of(regime(to_not_before="2021-01-01", to_not_after="2021-03-01"))
    assert judged(index, "2021-01-01").verdict == "visa_free"
    assert judged(index, "2021-01-02").reason == "end_uncertain"
    assert judged(index, "2021-03-02").verdict == "visa_required"


def test_newer_terms_of_uncertain_start_stand_beside_the_older():
    index = index_of(
        regime("older", end="2021-08-25"),
        regime("newer", between=("2021-07-01", "2021-08-26"), limits=[per_visit(90)]),
    )
    found = judged(index, "2021-07-15")
    assert (found.verdict, found.chosen.max_stay_days) == ("visa_free", 30)
    assert [rule.regime.id for rule in found.possible] == ["newer"]
    assert judged(index, "2021-08-26").chosen.max_stay_days == 90


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ([per_visit(90)], [per_visit(30)], [("per_visit", 30)]),
        ([per_visit(30)], [per_visit(90), rolling(90, 180)], [("per_visit", 30), ("rolling", 90)]),
        ([], [per_visit(30)], [("per_visit", 30)]),
        ([rolling(60, 180)], [rolling(90, 180)], [("rolling", 60)]),
    ],
)
def test_between_older_and_newer_terms_the_stricter_ones_may_bind(before, after, between):
    index = index_of(
        regime("older", end="2021-08-25", limits=before),
        regime("newer", between=("2021-07-01", "2021-08-26"), limits=after),
    )
    found = judged(index, "2021-07-15").chosen
    assert found.regime.id == "older"
    assert [(limit.kind, limit.days) for limit in found.doubtful] == between
    assert set(found.doubtful) <= set(found.limits)
    assert len(judged(index, "2021-06-30").chosen.limits) == len(before)


def test_a_rule_that_goes_on_keeps_its_terms_beside_one_that_may_have_begun():
    index = index_of(
        regime("lasting", limits=[per_visit(90)]),
        regime("stricter", between=("2021-07-01", "2021-08-26"), limits=[per_visit(30)]),
    )
    assert judged(index, "2021-07-15").chosen.max_stay_days == 90


@pytest.mark.parametrize(
    ("doubt", "reason"),
    [
        ({"confidence": "low"}, "low_confidence"),
        (
            {
                "disputed": {
                    "what": "existence",
                    "sides": [
                        {"says": "yes", "sources": ["a-source"]},
                        {"says": "no", "sources": ["a-source"]},
                    ],
                }
            },
            "existence_doubtful",
        ),
    ],
)
def test_doubtful_rule_never_says_yes_and_never_enters_the_choice(doubt, reason):
    alone = index_of(regime("weak", limits=[per_visit(90)], **doubt))
    assert judged(alone, "2020-01-01")[:2] == ("unknown", reason)
    beside = index_of(regime("weak", limits=[per_visit(90)], **doubt), regime("sure"))
    found = judged(beside, "2020-01-01")
    assert (found.verdict, found.chosen.regime.id) == ("visa_free", "sure")


def test_disputed_terms_leave_the_verdict_alone():
    sides = [{"says": s, "sources": ["a-source"]} for s in ("30 days", "90 days")]
    index = index_of(regime(disputed={"what": "terms", "sides": sides}))
    assert judged(index, "2020-01-01").verdict == "visa_free"


@pytest.mark.parametrize(
    ("one", "other", "chosen"),
    [
        # the longest single stay wins
        ({"limits": [per_visit(90)]}, {"instrument": "a-treaty"}, "one"),
        # a stay that is not known comes last
        ({"limits": []}, {"limits": [per_visit(14)], "instrument": "a-treaty"}, "other"),
        # on a tie the agreement goes before the decree
        ({}, {"instrument": "a-treaty"}, "other"),
        # then the later start
        ({"instrument": "a-treaty"}, {"instrument": "b-treaty", "start": "2015-01-01"}, "other"),
        # then the id
        ({"instrument": "a-treaty"}, {"instrument": "b-treaty"}, "one"),
    ],
)
def test_choice_between_rules_of_one_day(one, other, chosen):
    acts = [act(), treaty(), treaty("b-treaty"), act("kz-gov-148-2012")]
    index = index_of(regime("one", **one), regime("other", **other), instruments=acts)
    found = judged(index, "2020-01-01")
    assert found.chosen.regime.id == chosen
    assert len(found.others) == 1


def test_longest_stay_minds_the_cumulative_limit():
    short = {"limits": [per_visit(90), rolling(14, 180)]}
    index = index_of(regime("short", **short), regime("long", instrument="a-treaty"))
    assert judged(index, "2020-01-01").chosen.regime.id == "long"


class TestSuspension:
    HALT = {
        "id": "a-halt",
        "act": "a-decree",
        "instruments": ["a-decree"],
        "from": "2020-04-17",
        "to": "2021-12-31",
        "confidence": "high",
        "sources": ["a-source"],
    }

    @pytest.mark.parametrize(
        ("on", "verdict", "reason"),
        [
            ("2020-04-16", "visa_free", "unilateral"),
            ("2020-04-17", "visa_required", "suspended"),
            ("2021-12-31", "visa_required", "suspended"),
            ("2022-01-01", "visa_free", "unilateral"),
        ],
    )
    def test_halts_from_first_to_last_day(self, on, verdict, reason):
        index = index_of(regime(), suspensions=[self.HALT])
        assert judged(index, on)[:2] == (verdict, reason)

    def test_spares_its_exceptions_and_other_instruments(self):
        halt = {**self.HALT, "except_nationalities": ["XBB"]}
        index = index_of(
            regime("list", nationalities=["XAA", "XBB", "XCC"]),
            regime("treaty", instrument="a-treaty", nationalities=["XCC"]),
            suspensions=[halt],
        )
        assert judged(index, "2020-06-01", "XAA").reason == "suspended"
        assert judged(index, "2020-06-01", "XBB").reason == "unilateral"
        assert judged(index, "2020-06-01", "XCC").reason == "agreement"


class TestClosedWorld:
    def test_no_record_means_required_only_from_the_day_of_coverage(self):
        index = index_of()
        assert judged(index, "2004-12-31")[:2] == ("unknown", "not_covered")
        assert judged(index, "2005-01-01")[:2] == ("visa_required", "no_regime")

    def test_passport_kind_without_coverage_is_unknown(self):
        assert judged(index_of(), "2020-01-01", passport="diplomatic").reason == "not_covered"

    def test_border_residents_rule_is_no_general_yes(self):
        index = index_of(regime(scope="border-residents"))
        assert judged(index, "2020-01-01")[:2] == ("visa_required", "border_residents_only")

    @pytest.mark.parametrize(
        ("code", "outcome"),
        [
            ("XST", ("visa_required", "document_not_covered")),
            ("XBR", ("unknown", "document_unknown")),
            ("XOR", ("unknown", "document_unknown")),
            ("KAZ", ("citizen", "citizen")),
        ],
    )
    def test_documents_of_their_own_and_citizens(self, code, outcome):
        assert judged(index_of(), "2020-01-01", code)[:2] == outcome


class TestApprovedAgreement:
    EVENTS = [event("signed", "2018-01-01"), event("approved", "2019-05-01", by="KAZ")]

    def test_is_unknown_from_its_approval(self):
        index = index_of(instruments=[treaty(events=self.EVENTS), *BEFORE_ALL])
        assert judged(index, "2019-04-30").verdict == "visa_required"
        assert judged(index, "2019-05-01")[:2] == ("unknown", "approved_not_in_force")

    @pytest.mark.parametrize(
        "events",
        [
            [event("signed", "2018-01-01")],
            [event("draft-approved", "2018-01-01", by="KAZ")],
            [event("approved", "2018-01-01", by="XAA")],
        ],
    )
    def test_signature_draft_and_the_partner_alone_change_nothing(self, events):
        index = index_of(instruments=[treaty(events=events), *BEFORE_ALL])
        assert judged(index, "2020-01-01").verdict == "visa_required"

    def test_does_not_shake_a_rule_that_holds(self):
        index = index_of(regime(), instruments=[treaty(events=self.EVENTS), *BEFORE_ALL])
        found = judged(index, "2020-01-01")
        assert found.verdict == "visa_free"
        assert [pending.act.id for pending in found.pending] == ["a-treaty"]

    def test_signed_and_no_more_is_named_where_a_missing_rule_says_nothing(self):
        signed = treaty(passports=["ordinary", "diplomatic"], events=self.EVENTS[:1])
        index = index_of(instruments=[signed, *BEFORE_ALL])
        assert judged(index, "2017-12-31", passport="diplomatic").pending == ()
        found = judged(index, "2018-01-01", passport="diplomatic")
        assert found[:2] == ("unknown", "not_covered")
        assert [(one.act.id, one.approved) for one in found.pending] == [("a-treaty", None)]
        assert judged(index, "2018-01-01").pending == ()


class TestOverlays:
    LAW = {
        "id": "law",
        "act": "a-decree",
        "applies_to": {"basis": "unilateral", "passports": ["ordinary"]},
        "limits": [rolling(90, 180)],
        "from": "2020-01-11",
        "confidence": "high",
        "sources": ["a-source"],
    }
    UNION = {
        "id": "a-union",
        "name": "A union",
        "members": [{"code": "XBB", "from": "2015-01-01"}],
        "sources": ["a-source"],
    }

    def limits(self, index, on, code="XAA"):
        return [
            (limit.kind, limit.days, limit.per_days)
            for limit in judged(index, on, code).chosen.limits
        ]

    def test_adds_a_kind_of_limit_that_the_rule_leaves_open(self):
        index = index_of(regime(), overlays=[self.LAW])
        assert self.limits(index, "2020-01-10") == [("per_visit", 30, None)]
        assert self.limits(index, "2020-01-11") == [("per_visit", 30, None), ("rolling", 90, 180)]

    def test_never_touches_a_limit_that_the_rule_states(self):
        own = [per_visit(30), rolling(60, 180)]
        index = index_of(regime(limits=own), overlays=[self.LAW])
        assert self.limits(index, "2020-06-01") == [("per_visit", 30, None), ("rolling", 60, 180)]

    def test_is_chosen_by_ground_and_group(self):
        union = {**self.LAW, "id": "union", "limits": [per_visit(90)]}
        union["applies_to"] = {"groups": ["a-union"]}
        index = index_of(
            regime("list", nationalities=["XAA", "XBB"], limits=[]),
            overlays=[union],
            groups=[self.UNION],
        )
        assert self.limits(index, "2020-06-01", "XAA") == []
        assert self.limits(index, "2020-06-01", "XBB") == [("per_visit", 90, None)]


def test_identity_card_stands_in_for_the_passport_it_is_accepted_for():
    paper = {
        "id": "card",
        "title": "Identity card",
        "nationalities": ["XAA"],
        "document": "id_card",
        "in_place_of": "ordinary",
        "from": "2015-01-01",
        "terms": "accepted",
        "confidence": "medium",
        "sources": ["a-source"],
    }
    index = index_of(regime(), entry_documents=[paper])
    assert judged(index, "2014-12-31", passport="id_card").verdict == "unknown"
    assert judged(index, "2015-01-01", passport="id_card").verdict == "visa_free"


def test_agreement_without_dates_of_its_own_takes_those_of_its_act():
    index = index_of(
        {k: v for k, v in regime(instrument="a-treaty").items() if k != "from"},
        instruments=[TREATY, *BEFORE_ALL],
    )
    assert judged(index, "2011-12-31").verdict == "visa_required"
    assert judged(index, "2012-01-01").verdict == "visa_free"


SOME = {"scope": "conditional", "needs": {"min_age": 55}}
UNKNOWN_ACT = {
    "id": "a-list",
    "kind": "act-not-identified",
    "title": "A list",
    "confidence": "high",
    "sources": ["a-source"],
}


def asked(index, on="2020-01-01"):
    return judge(index, Visitor("XAA", "ordinary", date.fromisoformat(on)))


class TestRulesForSome:
    def test_a_conditional_rule_is_no_yes_and_is_told(self):
        told = asked(index_of(regime(**SOME)))
        assert (told.verdict, told.reason) == ("visa_required", "no_regime")
        assert [rule.regime.id for rule, _ in told.conditional] == ["a-regime"]

    def test_one_without_nationalities_is_for_all_but_home(self):
        index = index_of(regime(nationalities=[], **SOME))
        assert asked(index).conditional
        assert not judge(index, Visitor("KAZ", "ordinary", date(2020, 1, 1))).conditional
        assert index.nationalities == []

    def test_it_stands_beside_a_rule_for_all_and_never_replaces_it(self):
        index = index_of(regime(limits=[per_visit(10)]), regime("some", **SOME))
        told = asked(index)
        assert told.chosen.regime.id == "a-regime"
        assert told.others == ()

    @pytest.mark.parametrize(
        ("fields", "possible"),
        [
            ({}, False),
            ({"confidence": "low"}, True),
            ({"between": ("2019-01-01", "2021-01-01")}, True),
        ],
    )
    def test_a_doubtful_one_is_only_possible(self, fields, possible):
        ((_, doubtful),) = asked(index_of(regime(**SOME, **fields))).conditional
        assert doubtful is possible


class TestActsNotIdentified:
    def test_the_basis_is_not_known_and_the_start_may_be_open(self):
        index = index_of(
            regime(instrument="a-list", start=None, from_not_after="2018-01-01"),
            instruments=[UNKNOWN_ACT],
        )
        told = asked(index)
        assert (told.verdict, told.reason) == ("visa_free", "act_not_identified")
        assert told.chosen.regime.act.basis is None
        assert asked(index, "2017-12-31").reason == "start_uncertain"


class TestAnyLength:
    def test_a_stay_without_a_limit_comes_first_and_an_untold_one_last(self):
        rules = {"short": [per_visit(10)], "any": [{"kind": "unlimited"}], "untold": []}
        acts = [act(name) for name in rules]
        index = index_of(
            *(regime(f"r-{n}", instrument=n, limits=of) for n, of in rules.items()),
            instruments=acts,
        )
        told = asked(index)
        order = [told.chosen, *told.others]
        assert [rule.regime.id for rule in order] == ["r-any", "r-short", "r-untold"]
        assert [rule.max_stay_days for rule in order] == [None, 10, None]
