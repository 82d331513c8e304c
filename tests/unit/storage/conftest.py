"""A workspace on disk for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import install_service


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A new workspace with one scorecard and no call."""
    with Workspace.open(tmp_path / "workspace") as opened:
        install_service(opened)
        yield opened
