"""Says how the inputs are drawn, so that a run can be repeated."""

from hypothesis import settings
from kit_fuzz import ASKED_BY, PROFILE


def pytest_report_header():
    return f"abuse: {settings.get_profile(PROFILE)!r}; {ASKED_BY}=N draws N new ones a test"
