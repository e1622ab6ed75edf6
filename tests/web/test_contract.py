"""What the OpenAPI document promises is kept, whatever is asked."""

import pytest

schemathesis = pytest.importorskip(
    "schemathesis", reason="schemathesis is not installed: pip install 'visamap[dev]'"
)
from hypothesis import HealthCheck, Phase, settings  # noqa: E402
from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from visamap.web.app import create_app  # noqa: E402

# Read when they are asked for: their cases take seconds to think out, and each process would, at
# once. One generator makes all routes of their words: the bounds of each kind of word are tried at
# a few of them, which have every kind, all others are asked at random.
schema = schemathesis.pytest.from_fixture("api")
bounds = schemathesis.pytest.from_fixture("api_at_its_bounds")
EVERY_KIND_OF_WORD = (
    "/api/v1/check/{nationality}",
    "/api/v1/agreements",
    "/api/v1/outbound/{passport}",
    "/api/v1/stay/{nationality}",
)
LEGS = ["KAZ:2027-05-01/2027-05-12", "UZB:2027-05-12/2027-06-01"]
UNDERSTOOD = {
    "/check": {"nationality": ["TUR", "DEU"]},
    "/check/{nationality}": {"nationality": "THA", "days": 45},
    "/partners": {"possible": "true"},
    "/stay/{nationality}": {"nationality": "THA", "trip": ["2026-01-03/2026-01-28"]},
    "/trip": {"nationality": ["TUR", "DEU"], "leg": LEGS},
    "/trip/{nationality}": {"nationality": "DEU", "leg": LEGS},
    "/visas/{code}": {"code": "B12-1"},
    "/agreements/{act}": {"act": "kaz-tha-2024"},
    "/outbound/{passport}": {"passport": "KAZ"},
    "/claims/{figure}": {"figure": "kaz-rank-2024"},
    "/timeline/{nationality}": {"nationality": "THA"},
    "/diff/{first}/{second}": {"first": "2024-01-01", "second": "2026-01-01"},
    "/reciprocity": {"state": "KAZ", "year": 2024},
    "/ranks": {"passport": "KAZ"},
}
"""Questions that chance seldom puts so that they are answered."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
some = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def api_at_its_bounds():
    return schemathesis.openapi.from_asgi("/openapi.json", create_app())


@pytest.fixture(scope="module")
def api(api_at_its_bounds):
    described = api_at_its_bounds.clone()
    described.config.phases.coverage.enabled = False
    return described


@schema.parametrize()
@some
def test_no_server_error_and_no_undocumented_status(case):
    case.call_and_validate(checks=CHECKS)


@bounds.include(path=[*EVERY_KIND_OF_WORD]).parametrize()
@some
def test_nor_at_the_bounds_of_what_is_asked(case):
    case.call_and_validate(checks=CHECKS)


def test_what_is_understood_is_answered_as_promised(api_at_its_bounds):
    for path, words in UNDERSTOOD.items():
        placed = {name: word for name, word in words.items() if f"{{{name}}}" in path}
        query = {name: word for name, word in words.items() if name not in placed}
        case = api_at_its_bounds[f"/api/v1{path}"]["GET"].Case(path_parameters=placed, query=query)
        assert case.call_and_validate(checks=CHECKS).status_code == 200, path
