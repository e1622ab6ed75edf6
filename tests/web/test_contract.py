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
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
some = settings(
    max_examples=12,
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
