from pathlib import Path

import pytest

from visamap.dataset import store
from visamap.errors import OutputError
from visamap.tables import PACKAGE


def test_tables_are_made_anew_when_a_model_changes_and_not_only_the_data():
    watched = {path.relative_to(PACKAGE).as_posix() for path in store._layout()}
    models = {path.name for path in Path(PACKAGE, "models").glob("*.py")}
    assert {f"models/{name}" for name in models} | {"dataset/compiler.py"} <= watched
    assert all(path.is_file() for path in store._layout())


def test_a_checkout_that_cannot_be_written_is_said_to_be_so(monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(store, "_stamp", lambda _: "of changed data")
    monkeypatch.setattr(store, "write", refused)
    with pytest.raises(OutputError, match=r"_compiled.*cannot be written \(Permission denied\)"):
        store.renew()
