"""What every door does before it lets an answer be written: it says of which destination."""

import pytest

from visamap import i18n


@pytest.fixture(autouse=True)
def _spoken_of(registry):
    with i18n.entering(registry.index.profile):
        yield
