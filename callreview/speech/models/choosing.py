"""Which model is in use, and where a named one lies."""

from dataclasses import replace
from pathlib import Path

from callreview.config.language import _
from callreview.config.preferences import load_preferences, save_preferences
from callreview.domain.errors import UserError
from callreview.speech.models.bundled import BUNDLED, prepare_bundled
from callreview.speech.models.names import installed_folder
from callreview.speech.models.whisper_folder import WEIGHTS, model_files


def model_folder(name_or_dir: str | None = None) -> Path:
    """The folder of a speech model, ready to be loaded.

    None is the model in use, "base" the bundled one (joined on first use); then come the names of
    installed models and folders of Whisper models converted for CTranslate2. Never downloads.
    Raises UserError when there is no such model or files are missing in it, EnvironmentProblem when
    the bundled model cannot be prepared.
    """
    name = name_or_dir or model_in_use()
    if name == BUNDLED:
        return prepare_bundled()
    installed = installed_folder(name)
    if installed is not None:
        return _whole(installed)
    if name_or_dir is None:
        raise UserError(
            _(
                'The speech model in use, "{name}", is no longer on this computer. Choose another one '
                "under Edit > Speech models, or with: callreview models use base"
            ).format(name=name)
        )
    return _whole(_given_folder(name))


def model_in_use() -> str:
    """The name of the model that transcribes when none is named."""
    return load_preferences().speech_model or BUNDLED


def use_model(name: str) -> None:
    """Let this model transcribe from now on; raises UserError when it is not installed."""
    folder = None if name == BUNDLED else installed_folder(name)
    if name != BUNDLED and folder is None:
        raise not_installed(name)
    chosen = None if folder is None else _whole(folder).name
    save_preferences(replace(load_preferences(), speech_model=chosen))


def not_installed(name: str) -> UserError:
    """The refusal of a name that no installed model has."""
    return UserError(
        _(
            'There is no model "{name}" on this computer. "callreview models list" shows those that '
            "are; add or get it first."
        ).format(name=name)
    )


def _given_folder(name: str) -> Path:
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise UserError(
            _(
                "{name} is not a speech model on this computer. Give the name of an installed model, "
                "or the folder of a Whisper model converted for CTranslate2."
            ).format(name=name)
        )
    return folder.resolve()


def _whole(folder: Path) -> Path:
    """The folder, if a model can be loaded from it as it is."""
    if model_files(folder)[WEIGHTS] != [folder / WEIGHTS]:
        raise UserError(
            _(
                "{file} is in parts in {folder}. Join them with: callreview models add {folder}"
            ).format(file=WEIGHTS, folder=folder)
        )
    return folder
