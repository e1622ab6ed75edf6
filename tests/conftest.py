"""The shipped data, opened once; and in CI no test may skip unnoticed."""

import os

import pytest

import visamap


@pytest.fixture(scope="session")
def registry():
    return visamap.load()


@pytest.fixture(scope="session")
def index(registry):
    return registry.index


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """A test that skips prints why; where everything must be installed, a skip is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if "VISAMAP_CI" in os.environ and reporter and reporter.stats.get("skipped"):
        reporter.write_line("tests were skipped, which is a failure in CI", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
