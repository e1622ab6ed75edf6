"""The words of codes that are shown alone: how sure, what kind of source, passport or purpose.

A lone word needs its context, for other languages have another one in another context. A code that
has no word here is shown as it is.
"""

from visamap.i18n import trc


def confidence(code: str) -> str:
    """Return how sure something is."""
    return {
        "high": trc("confidence", "high"),
        "medium": trc("confidence", "medium"),
        "low": trc("confidence", "low"),
    }.get(code, code)


def source_kind(code: str) -> str:
    """Return what kind of source one is, to stand in brackets behind it."""
    return {
        "law": trc("kind of source", "law"),
        "official": trc("kind of source", "official"),
        "government-page": trc("kind of source", "government page"),
        "news": trc("kind of source", "news"),
        "reference": trc("kind of source", "reference"),
        "dataset": trc("kind of source", "dataset"),
    }.get(code, code)


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


def passport_kind(code: str) -> str:
    """Return a kind of passport, where it stands under or behind "passports"."""
    return {
        "ordinary": trc("kind of passport", "ordinary"),
        "diplomatic": trc("kind of passport", "diplomatic"),
        "service": trc("kind of passport", "service"),
        "special": trc("kind of passport", "special"),
        "id_card": trc("kind of passport", "identity card"),
        "laissez_passer": trc("kind of passport", "laissez-passer"),
    }.get(code, code)


def act_status(code: str | None) -> str:
    """Return how an act stands, for tables."""
    return {
        None: trc("status of an act", "not yet"),
        "draft": trc("status of an act", "draft"),
        "signed": trc("status of an act", "signed"),
        "approved": trc("status of an act", "approved"),
        "possibly_in_force": trc("status of an act", "possibly in force"),
        "in_force": trc("status of an act", "in force"),
        "suspended": trc("status of an act", "suspended"),
        "ended": trc("status of an act", "ended"),
    }[code]


def purpose(code: str) -> str:
    """Return what a journey is for."""
    return {
        "tourism": trc("purpose of a journey", "tourism"),
        "business": trc("purpose of a journey", "business"),
        "private": trc("purpose of a journey", "private"),
        "official": trc("purpose of a journey", "official"),
        "transit": trc("purpose of a journey", "transit"),
        "study": trc("purpose of a journey", "study"),
        "treatment": trc("purpose of a journey", "treatment"),
        "investment": trc("purpose of a journey", "investment"),
        "family": trc("purpose of a journey", "family"),
        "work": trc("purpose of a journey", "work"),
        "remote-work": trc("purpose of a journey", "remote work"),
        "religious": trc("purpose of a journey", "religious"),
        "humanitarian": trc("purpose of a journey", "humanitarian"),
        "transport": trc("purpose of a journey", "transport"),
        "sport-culture": trc("purpose of a journey", "sport and culture"),
        "residence": trc("purpose of a journey", "residence"),
        "exit": trc("purpose of a journey", "exit"),
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


def rate(code: str) -> str:
    """Return what an amount of a tariff is paid for."""
    return {
        "single": trc("line of a tariff", "single"),
        "multiple": trc("line of a tariff", "multiple"),
        "multiple-1-year": trc("line of a tariff", "multiple 1 year"),
        "multiple-2-years": trc("line of a tariff", "multiple 2 years"),
        "multiple-3-years": trc("line of a tariff", "multiple 3 years"),
        "multiple-4-years": trc("line of a tariff", "multiple 4 years"),
        "multiple-5-years": trc("line of a tariff", "multiple 5 years"),
        "tourist": trc("line of a tariff", "tourist"),
        "tourist-single": trc("line of a tariff", "tourist single"),
        "tourist-multiple": trc("line of a tariff", "tourist multiple"),
        "transit": trc("line of a tariff", "transit"),
        "transit-single": trc("line of a tariff", "transit single"),
        "transit-multiple": trc("line of a tariff", "transit multiple"),
        "study-single": trc("line of a tariff", "study single"),
        "study-multiple": trc("line of a tariff", "study multiple"),
        "exit": trc("line of a tariff", "exit"),
        "invitation": trc("line of a tariff", "invitation"),
        "visa-support-single": trc("line of a tariff", "visa support single"),
        "visa-support-multiple": trc("line of a tariff", "visa support multiple"),
        "visa-note": trc("line of a tariff", "visa note"),
        "residence-petition": trc("line of a tariff", "residence petition"),
        "residence-permit": trc("line of a tariff", "residence permit"),
        "return-certificate": trc("line of a tariff", "return certificate"),
        "programme-entry": trc("line of a tariff", "programme entry"),
        "programme-entry-with-spouse": trc("line of a tariff", "programme entry with spouse"),
        "programme-year": trc("line of a tariff", "programme year"),
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
