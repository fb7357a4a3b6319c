"""Writes a line for each test of pytest's to the file VERDICTS: "ok NAME" or "not ok NAME".

A test that cannot begin or be cleared away has failed. One that is skipped has no line, nor has one
that its authors expect to fail and that does.
"""

import os

passed = set()
failed = set()


def pytest_runtest_logreport(report):
    name = report.nodeid.removeprefix("tests/integration/")
    if report.failed:
        failed.add(name)
    elif report.passed and report.when == "call":
        passed.add(name)
    if report.when == "teardown" and name in passed | failed:
        with open(os.environ["VERDICTS"], "a", encoding="utf-8") as verdicts:
            print("not ok" if name in failed else "ok", name, file=verdicts)
