"""The lobby, as the scenarios have it."""

from tests.scenarios.conftest import lobby

__all__ = ["lobby"]
