"""Build hook of the package; see the class."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Makes what is not committed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before every build, also that of an editable install."""
