"""A workspace with real recognised calls, made once for all end-to-end tests."""

import shutil
from pathlib import Path

import pytest

from callreview.config.paths import resources_dir
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.process_calls import ProcessOptions, process_calls
from callreview.services.workspace import open_workspace

SAMPLES = resources_dir() / "samples"
CALLS = ("S05-card-payment", "S02-delivery-question", "K02-plan-change")


@pytest.fixture(scope="session")
def recognised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace folder in which three sample calls went through the real models."""
    folder = tmp_path_factory.mktemp("recognised") / "workspace"
    with open_workspace(folder) as workspace:
        import_calls(workspace, ImportOrder(manifest=SAMPLES / "manifest.csv"))
        report = process_calls(workspace, CALLS, ProcessOptions())
    assert report.problems == ()
    return folder


@pytest.fixture
def workspace_folder(recognised: Path, tmp_path: Path) -> Path:
    """A copy of that workspace that a test may change."""
    return Path(shutil.copytree(recognised, tmp_path / "workspace"))
