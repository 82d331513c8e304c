"""What all tests share: no network, own data folder, no leaked threads, no stray warnings."""

import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from callreview.config.paths import models_dir

# A busy machine is no reason to fail: how long an example takes says nothing about the code.
settings.register_profile("callreview", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("callreview")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"
# Where `make setup` put the networks that tell speakers apart; tests never download.
SPEAKER_MODELS = models_dir() / "speakers"
# Models and settings of the tests live apart from those of the person who runs them.
DATA_DIR = os.environ["CALLREVIEW_DATA"] = tempfile.mkdtemp(prefix="callreview-tests-")

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need recordings which lie beside the repository, where absent."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="the shared recordings are not on this machine")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


def pytest_unconfigure() -> None:
    """Remove the data folder of this test run."""
    shutil.rmtree(DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def speaker_models() -> Path:
    """The networks that tell speakers apart, put into the data folder of the tests."""
    if not SPEAKER_MODELS.is_dir():
        pytest.skip("the networks that tell speakers apart are not prepared (make setup)")
    folder = Path(DATA_DIR, "models", "speakers")
    shutil.copytree(SPEAKER_MODELS, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def shared_data() -> Path:
    """The folder of shared recordings and texts; only in tests marked `shared`."""
    return SHARED


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test that leaves a thread of ours running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 3
    while leaked := [t for t in threading.enumerate() if t not in before and t.is_alive()]:
        if time.monotonic() > deadline:
            pytest.fail(f"leaked threads: {[t.name for t in leaked]}")
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def no_stray_log_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which our code logs a warning that the test does not clear."""
    yield
    stray = [
        f"{record.name}: {record.getMessage()}"
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name.startswith("callreview")
    ]
    if stray:
        pytest.fail(f"unexpected log warnings: {stray}")
