"""Where things live: the files that come with CallReview and the folders of the user."""

import os
from functools import cache
from pathlib import Path

import platformdirs


@cache
def resources_dir() -> Path:
    """The folder of icons, themes, scorecards, models and samples that comes with CallReview."""
    package = Path(__file__).resolve().parents[1]
    beside = package.parent / "resources"
    return beside if beside.is_dir() else package / "resources"


def data_dir() -> Path:
    """The user's data folder; the environment variable CALLREVIEW_DATA replaces it."""
    chosen = os.environ.get("CALLREVIEW_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path("callreview", False)


def default_workspace_dir() -> Path:
    """The workspace that is opened when none is named."""
    return data_dir() / "workspace"


def models_dir() -> Path:
    """Where prepared speech models live."""
    return data_dir() / "models"


def log_path() -> Path:
    """The log file of the app and the command line."""
    return data_dir() / "logs" / "callreview.log"
