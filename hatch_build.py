"""The build hook: compiles ``data/`` into the tables that the wheel carries, and the catalogues,
which it sorts.

Data with problems stops the build; the message lists them.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class DataBuildHook(BuildHookInterface):  # type: ignore[misc, type-arg]
    """Compiles the data before a wheel is made, editable ones included."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write the tables into the package; hatch takes them along as artifacts."""
        if self.target_name != "wheel":
            return
        sys.path.insert(0, str(ROOT))
        try:
            from tools.messages import LANGUAGES, build  # noqa: PLC0415  needs the path above
            from visamap.data.cache import renew  # noqa: PLC0415

            renew()
            for language in LANGUAGES:
                build(language)
        finally:
            sys.path.remove(str(ROOT))
