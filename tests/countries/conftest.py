"""The shipped names, laid out once for all tests of this room."""

from pathlib import Path

import pytest

from visamap.data import yaml_source
from visamap.data.names import build
from visamap.schema.countries import CountryNames
from visamap.store.resolver import Resolver

NAMES = Path(__file__).parents[2] / "data" / "country_names.yaml"


@pytest.fixture(scope="session")
def curated():
    source = yaml_source.read(NAMES)
    assert source.problems == ()
    return CountryNames.model_validate(source.value).model_dump()


@pytest.fixture(scope="session")
def catalogue(curated):
    return build(curated)


@pytest.fixture(scope="session")
def resolver(catalogue):
    return Resolver(catalogue.small, lambda: catalogue.large, lambda: catalogue.people)
