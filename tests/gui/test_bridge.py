"""Work beside the main thread: what waits for what, and what is dropped."""

import threading

import pytest

from callreview.ui.bridge import Bridge
from callreview.ui.window.job_bar import JobBar


@pytest.fixture
def bridge(qtbot):
    opened = Bridge()
    yield opened
    opened.close()


def test_jobs_of_another_kind_do_not_wait_for_a_long_one(bridge, qtbot):
    hours, done = threading.Event(), []
    bridge.start("process", "Transcribing", lambda _job: hours.wait(10), done.append)
    bridge.start("files", "Writing", lambda _job: "written", done.append)
    qtbot.waitUntil(lambda: done == ["written"])
    hours.set()
    qtbot.waitUntil(lambda: done == ["written", True])


def test_a_job_that_waits_is_gone_at_once_when_it_is_cancelled(bridge, qtbot):
    first, begun, jobs = threading.Event(), [], JobBar()
    qtbot.addWidget(jobs)
    jobs.watch(bridge.start("process", "<b>one</b>", lambda _job: first.wait(10), begun.append))
    jobs.watch(bridge.start("process", "two", lambda _job: begun.append("two"), begun.append))
    assert [row.text.text() for row in jobs.rows] == ["<b>one</b>", "two"]
    jobs.rows[1].cancel.click()
    assert [row.text.text() for row in jobs.rows] == ["<b>one</b>"]
    first.set()
    qtbot.waitUntil(lambda: jobs.isHidden())
    assert begun == [True]


def test_a_read_that_a_newer_one_has_overtaken_is_not_shown(bridge, qtbot):
    slow, shown = threading.Event(), []
    bridge.run_newest("calls", lambda: slow.wait(10) and "old", shown.append)
    bridge.run_newest("calls", lambda: "new", shown.append)
    qtbot.waitUntil(lambda: shown == ["new"])
    slow.set()
    bridge.run(lambda: "last", shown.append)
    qtbot.waitUntil(lambda: "last" in shown)
    assert shown == ["new", "last"]
