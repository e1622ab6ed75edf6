"""The shipped data, opened once; and in CI no test may skip unnoticed."""

import gc
import os
import shutil
import signal
from functools import cache
from pathlib import Path

import kit_fuzz
import pytest
from hypothesis import settings

import visamap
from visamap.data.text import digest_of
from visamap.store import fetched_data
from visamap.store.tables import CHECKOUT

# No test is timed: a busy machine breaks no promise. CI draws the same each time: no change is to
# fail there for what it did not touch. Whoever runs the tests at home draws anew.
settings.register_profile("untimed", deadline=None, derandomize="VISAMAP_CI" in os.environ)
settings.load_profile("untimed")

# The records stay for the whole run; to look through them for garbage at every turn costs a tenth.
gc.set_threshold(100_000, 50, 100)

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in the background so; our children are to hear Ctrl-C even then.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header():
    """How the abuse suite draws its inputs, so that a run can be repeated."""
    return kit_fuzz.told()


@pytest.fixture(scope="session", autouse=True)
def _no_data_of_the_user(tmp_path_factory):
    """What the person at this machine has fetched with ``visamap update`` decides no test."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("data-of-the-user")
        patch.setenv("XDG_DATA_HOME", str(folder))
        for name in ("VISAMAP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
            patch.delenv(name, raising=False)  # nor does the language of the machine
        for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)  # nor the width and the colours of the terminal
        patch.setenv("VISAMAP_QUIET", "1")  # nor does the age of the data
        yield folder


@pytest.fixture(scope="session")
def registry():
    opened = visamap.load()
    for made in ("dyads", "export", "rules"):  # seconds each, and the same for every reader
        setattr(opened, made, cache(getattr(opened, made)))
    return opened


@pytest.fixture(scope="session", autouse=True)
def _opened_once(registry, _no_data_of_the_user):
    """Commands run in this process share what they read of the shipped data.

    That a command opens it by itself is shown by those that run as programs.
    """

    def opened(data=None, release=None):
        elsewhere = os.environ.get("XDG_DATA_HOME") != str(_no_data_of_the_user)
        fetched = elsewhere or any(fetched_data.stamp())
        shipped = data is None and release is None and not fetched
        return registry if shipped else visamap.load(data, release)

    @cache
    def of_checkout(paths):
        return digest_of(paths, Path(CHECKOUT))

    def digest(paths, folder):
        ours = str(folder) == CHECKOUT
        return of_checkout(tuple(paths)) if ours else digest_of(paths, folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("visamap.cli.output.load", opened)
        # No test changes the files of the checkout, so they need not be hashed at each opening.
        patch.setattr("visamap.data.cache.digest_of", digest)
        yield


@pytest.fixture(scope="session")
def index(registry):
    return registry.index


@pytest.fixture(scope="session")
def export(registry):
    return registry.export()


@pytest.fixture(scope="session")
def spark():
    """The one session of a run: who asks for it stands in the group "spark"."""
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    if not (shutil.which("java") or "JAVA_HOME" in os.environ):
        pytest.skip("no Java runtime on this machine; Spark needs one")
    from visamap.screen.spark import session  # noqa: PLC0415

    started = session(
        "local[2]",
        {
            # Short lists: what Java would win by compiling well is less than that costs.
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "1",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "3000",  # a list is several batches
            "spark.sql.session.timeZone": "Asia/Almaty",  # which must not move a day
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
        },
    )
    yield started
    started.stop()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """A test that skips prints why; where everything must be installed, a skip is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if "VISAMAP_CI" in os.environ and reporter and reporter.stats.get("skipped"):
        reporter.write_line("tests were skipped, which is a failure in CI", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
