"""A tiny real model, a data folder of one's own, and a hub on this computer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.model_hub import LocalHub, running
from tests.tiny_whisper import make_tiny_whisper


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny model; not to be changed."""
    return make_tiny_whisper(tmp_path_factory.mktemp("made") / "tiny-whisper")


@pytest.fixture
def models_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models folder of a computer on which nothing was done yet."""
    monkeypatch.setenv("CALLREVIEW_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "models"


@pytest.fixture
def hub(tiny: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    """A hub that has the tiny model as office/whisper."""
    local = LocalHub("office/whisper", tiny)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(local) as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        yield local
