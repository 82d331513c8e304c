"""What a person chose for this computer; kept apart from the window's own settings."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from callreview.config.files import write_whole_file
from callreview.config.language import _
from callreview.config.paths import data_dir
from callreview.domain.errors import EnvironmentProblem


@dataclass(frozen=True)
class Preferences:
    """`speech_model` is the name of an installed speech model; None is the one that comes along.

    `sentiment_model` is a folder or a name of the hub; None is CallReview's own.
    """

    speech_model: str | None = None
    sentiment_model: str | None = None


def load_preferences() -> Preferences:
    """What was chosen; the defaults when nothing was, or when the file cannot be understood."""
    try:
        data = json.loads(_path().read_text("utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(data, dict):
        return Preferences()
    return Preferences(_name(data, "speech_model"), _name(data, "sentiment_model"))


def save_preferences(preferences: Preferences) -> None:
    """Keep what was chosen; raises EnvironmentProblem when it cannot be written."""
    text = json.dumps(asdict(preferences), ensure_ascii=False, indent=2)
    try:
        _path().parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        message = _("The folder {folder} cannot be used: {problem}")
        raise EnvironmentProblem(
            message.format(folder=_path().parent, problem=problem.strerror)
        ) from problem
    write_whole_file(_path(), lambda path: path.write_text(text, "utf-8"))


def _name(data: dict[str, object], key: str) -> str | None:
    value = data.get(key)
    return value if isinstance(value, str) and value else None


def _path() -> Path:
    return data_dir() / "preferences.json"
