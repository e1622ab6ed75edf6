from pathlib import Path

from visamap.dataset import store
from visamap.tables import PACKAGE


def test_tables_are_made_anew_when_a_model_changes_and_not_only_the_data():
    watched = {path.relative_to(PACKAGE).as_posix() for path in store._layout()}
    models = {path.name for path in Path(PACKAGE, "models").glob("*.py")}
    assert {f"models/{name}" for name in models} | {"dataset/compiler.py"} <= watched
    assert all(path.is_file() for path in store._layout())
