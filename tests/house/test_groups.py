"""Tests that share something dear to make run in one process: a site, a browser, a JVM."""

import os

import pytest


@pytest.mark.xdist_group("together")
def test_tests_of_a_group_are_kept_together(request):
    side_by_side = "PYTEST_XDIST_WORKER" in os.environ
    assert request.node.nodeid.endswith("@together") is side_by_side
