"""Names of models: those that can be fetched, those that are taken, and their folders."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from callreview.config import paths
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.speech.models.bundled import BUNDLED
from callreview.speech.models.bundled import FOLDER as BUNDLED_FOLDER
from callreview.speech.models.whisper_folder import WEIGHTS

SPEAKERS = "speakers"
"""The networks that tell speakers apart: a folder of their own among the models."""

KNOWN_MODELS: Mapping[str, str] = MappingProxyType(
    {
        "tiny": "Systran/faster-whisper-tiny",
        "tiny.en": "Systran/faster-whisper-tiny.en",
        "base.en": "Systran/faster-whisper-base.en",
        "small": "Systran/faster-whisper-small",
        "small.en": "Systran/faster-whisper-small.en",
        "medium": "Systran/faster-whisper-medium",
        "medium.en": "Systran/faster-whisper-medium.en",
        "large-v2": "Systran/faster-whisper-large-v2",
        "large-v3": "Systran/faster-whisper-large-v3",
        "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        "distil-small.en": "Systran/faster-distil-whisper-small.en",
        "distil-medium.en": "Systran/faster-distil-whisper-medium.en",
        "distil-large-v3": "Systran/faster-distil-whisper-large-v3",
    }
)
"""Short names, as faster-whisper gives them, and the hub's repositories behind them."""

DOWNLOADS = ".downloads"
"""Where unfinished downloads wait to be continued, a folder for each name."""

_FOLDER = re.compile(r"\w[\w.+-]*")


def repository(name: str) -> str:
    """The hub's repository of a short name or of "owner/repository"; UserError for others."""
    if name in KNOWN_MODELS:
        return KNOWN_MODELS[name]
    if re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        return name
    raise UserError(
        _(
            '"{name}" is not the name of a model. Give one of {names}, or owner/repository of a '
            "Whisper model converted for CTranslate2."
        ).format(name=name, names=", ".join(KNOWN_MODELS))
    )


def installed_folder(name: str) -> Path | None:
    """The folder of an installed model other than the bundled one; None when there is none."""
    folder = paths.models_dir() / folder_name(name)
    return folder if _may_be_name(folder.name) and is_installed(folder) else None


def unfinished_folder(name: str) -> Path | None:
    """Where the unfinished download of this name is; None when there is none."""
    folder = paths.models_dir() / DOWNLOADS / folder_name(name)
    return folder if _may_be_name(folder.name) and folder.is_dir() else None


def is_installed(folder: Path) -> bool:
    """Whether a folder among the models holds a speech model of the user."""
    return folder.name not in (BUNDLED_FOLDER, SPEAKERS) and (folder / WEIGHTS).is_file()


def free_folder(name: str) -> Path:
    """Where a new model of this name goes; UserError when the name is taken or cannot be used."""
    folder = paths.models_dir() / folder_name(name)
    if not _may_be_name(folder.name):
        raise UserError(
            _(
                '"{name}" cannot be the name of a model: use letters, digits, points and hyphens only. '
                "Rename the folder."
            ).format(name=name)
        )
    if folder.name in (BUNDLED, BUNDLED_FOLDER, SPEAKERS) or folder.exists():
        raise UserError(
            _('There is a model "{name}" already. Remove it first, or rename the folder.').format(
                name=name
            )
        )
    return folder


def folder_name(name: str) -> str:
    """The name of the folder of a model: "owner/repository" becomes "owner--repository"."""
    return name.replace("/", "--")


def _may_be_name(name: str) -> bool:
    """Whether this names a folder right here: not above, not hidden, on every system."""
    return _FOLDER.fullmatch(name) is not None
