"""The words of codes that are shown alone: how sure, what kind of source, passport or purpose.

A lone word needs its context, for other languages have another one in another context. Most codes
are their own English words, written with hyphens: only what is said otherwise stands here.
"""

from typing import get_args

from visamap.i18n import trc
from visamap.vocabulary import CONFIDENCES, PASSPORTS, PURPOSES, SOURCE_KINDS, STATUSES, RateFor

CODES: dict[str, tuple[str, ...]] = {
    "confidence": CONFIDENCES,
    "kind of passport": PASSPORTS,
    "kind of source": SOURCE_KINDS,
    "line of a tariff": get_args(RateFor),
    "purpose of a journey": PURPOSES,
    "status of an act": STATUSES,
}
"""The codes of each context; ``make messages`` puts their words into the catalogues."""
OTHERWISE = {
    "id_card": "identity card",
    "laissez_passer": "laissez-passer",
    "sport-culture": "sport and culture",
}


def english(code: str) -> str:
    """Return a code in English words."""
    return OTHERWISE.get(code, code.replace("-", " ").replace("_", " "))


def confidence(code: str) -> str:
    """Return how sure something is."""
    return trc("confidence", english(code))


def source_kind(code: str) -> str:
    """Return what kind of source one is, to stand in brackets behind it."""
    return trc("kind of source", english(code))


def passport_kind(code: str) -> str:
    """Return a kind of passport, where it stands under or behind "passports"."""
    return trc("kind of passport", english(code))


def act_status(code: str | None) -> str:
    """Return how an act stands, for tables."""
    return trc("status of an act", english(code)) if code else trc("status of an act", "not yet")


def purpose(code: str) -> str:
    """Return what a journey is for."""
    return trc("purpose of a journey", english(code))


def rate(code: str) -> str:
    """Return what an amount of a tariff is paid for."""
    return trc("line of a tariff", english(code))


def section(code: str) -> str:
    """Return what the records of a section of the data are."""
    return {
        "instruments": trc("section of the data", "acts"),
        "regimes": trc("section of the data", "rules of entry"),
        "suspensions": trc("section of the data", "suspensions"),
        "open_questions": trc("section of the data", "open questions"),
        "overlays": trc("section of the data", "limits for all"),
        "advisories": trc("section of the data", "practice"),
        "duties": trc("section of the data", "duties"),
        "transit": trc("section of the data", "transit"),
        "entry_documents": trc("section of the data", "entry documents"),
        "visas": trc("section of the data", "visas"),
        "country_lists": trc("section of the data", "lists of countries"),
        "procedures": trc("section of the data", "procedures"),
        "penalties": trc("section of the data", "penalties"),
        "residence_documents": trc("section of the data", "residence documents"),
        "claims": trc("section of the data", "published figures"),
        "findings": trc("section of the data", "findings"),
        "outbound_rules": trc("section of the data", "rules of other states"),
    }.get(code, code)


def open_to(code: str) -> str:
    """Return who may pass a border, or whether a train over it runs."""
    return {
        "all": trc("a border crossing", "all"),
        "citizens": trc("a border crossing", "citizens of the two"),
        "unknown": trc("a border crossing", "open, others not known"),
        "closed": trc("a border crossing", "closed to travellers"),
        "runs": trc("a border crossing", "runs"),
        "stopped": trc("a border crossing", "does not run"),
        "not_known": trc("a border crossing", "not known"),
    }[code]


def crossing_kind(code: str) -> str:
    """Return what crosses a border at a place."""
    return {
        "road": trc("a border crossing", "road"),
        "rail": trc("a border crossing", "rail"),
        "foot": trc("a border crossing", "foot"),
        "train": trc("a border crossing", "train"),
    }[code]


def currency(code: str) -> str:
    """Return the name of a currency as it stands behind an amount."""
    return {
        "KGS": trc("behind an amount", "som"),
        "KZT": trc("behind an amount", "tenge"),
        "TJS": trc("behind an amount", "somoni"),
        "TMT": trc("behind an amount", "manat"),
        "UZS": trc("behind an amount", "soum"),
    }.get(code, code)
