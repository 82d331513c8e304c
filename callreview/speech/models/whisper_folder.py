"""What the folder of a Whisper model for CTranslate2 has to hold, and whether it really is one."""

import json
import re
from pathlib import Path
from typing import Any

from callreview.config.language import _
from callreview.domain.errors import UserError

WEIGHTS = "model.bin"
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
SMALL_FILES = ("config.json", "tokenizer.json", "preprocessor_config.json", *VOCABULARIES)

_NEEDED = ("config.json", "tokenizer.json")
_LANGUAGE = re.compile(r"<\|([a-z]{2,3})\|>")
_PART = re.compile(re.escape(WEIGHTS) + r"\.part(\d+)")
# Whisper's vocabularies, language and time tokens included: English alone, and all languages.
_ENGLISH_TOKENS, _MULTILINGUAL_TOKENS = 51864, 51865
_USUAL_MEL_BANDS = 80


def model_files(folder: Path) -> dict[str, list[Path]]:
    """The files a model is installed from and where their bytes lie, in order.

    `model.bin` may be one file or stand there in parts, `model.bin.part1` and so on. Raises
    UserError when the folder is none, or no whole model: it names what is missing.
    """
    if not folder.is_dir():
        raise UserError(_("The folder {folder} does not exist.").format(folder=folder))
    found = {name: [folder / name] for name in SMALL_FILES if (folder / name).is_file()}
    weights = _weights(folder)
    if weights:
        found[WEIGHTS] = weights
    missing = missing_files(set(found))
    if missing:
        raise UserError(
            _(
                "{folder} is not a complete speech model: {missing} is missing. Convert a Whisper "
                "model for CTranslate2 and copy its tokenizer.json beside it."
            ).format(folder=folder, missing=", ".join(missing))
        )
    return found


def missing_files(names: set[str]) -> list[str]:
    """What a model needs and is not among these names of files; parts of `model.bin` count."""
    missing = [name for name in _NEEDED if name not in names]
    if WEIGHTS not in names and not part_names(names):
        missing.insert(0, WEIGHTS)
    if not names.intersection(VOCABULARIES):
        missing.append(VOCABULARIES[0])
    return missing


def part_names(names: set[str]) -> list[str]:
    """The parts of `model.bin` among these names, in their order.

    Raises UserError when one between the first and the last is missing.
    """
    parts = {int(match[1]): name for name in names if (match := _PART.fullmatch(name))}
    for number in range(1, max(parts, default=0) + 1):
        if number not in parts:
            raise UserError(
                _("The speech model is not complete: {file} is missing.").format(
                    file=f"{WEIGHTS}.part{number}"
                )
            )
    return [parts[number] for number in sorted(parts)]


def _weights(folder: Path) -> list[Path]:
    if (folder / WEIGHTS).is_file():
        return [folder / WEIGHTS]
    names = {path.name for path in folder.iterdir() if path.is_file()}
    return [folder / name for name in part_names(names)]


def check_loads(folder: Path, name: str) -> None:
    """Load the model once, as recognition will; raises UserError that says what is wrong with it.

    The message calls the model `name`. Takes as much memory as the model; a damaged file can end
    the process.
    """
    try:
        _check_words(folder)
        _check_weights(folder)
    except _BrokenModel as problem:
        text = _("The speech model {name} cannot be used: {problem}.")
        raise UserError(text.format(name=name, problem=str(problem).rstrip("."))) from problem


def is_multilingual(folder: Path) -> bool | None:
    """Whether the model knows other languages than English, by its vocabulary; None: unreadable."""
    try:
        return _vocabulary_size(folder) >= _MULTILINGUAL_TOKENS
    except _BrokenModel:
        return None


def known_languages(folder: Path) -> tuple[str, ...]:
    """The codes of the languages that the model in `folder` knows, in alphabetical order."""
    if is_multilingual(folder) is False:
        return ("en",)
    tokens = json.loads((folder / "tokenizer.json").read_text("utf-8")).get("added_tokens", ())
    found = (_LANGUAGE.fullmatch(token["content"]) for token in tokens)
    return tuple(sorted(match[1] for match in found if match))


def check_language(folder: Path, language: str) -> None:
    """Raise UserError when the model in `folder` does not know this language code."""
    tokens = json.loads((folder / "tokenizer.json").read_text("utf-8")).get("added_tokens", ())
    if f"<|{language}|>" not in {token["content"] for token in tokens if len(token["content"]) < 8}:
        raise UserError(
            _(
                'The speech model does not know the language "{language}". Give a code such as en or ko.'
            ).format(language=language)
        )
    # The tokenizers of English models list all languages; the models have not learnt them.
    if language != "en" and is_multilingual(folder) is False:
        raise UserError(
            _(
                'The speech model {name} knows English only, not "{language}". Choose another model.'
            ).format(name=folder.name, language=language)
        )


class _BrokenModel(Exception):
    """Something in the folder of a model is not as it must be."""


def _check_words(folder: Path) -> None:
    """CTranslate2 takes any vocabulary and then writes nonsense; so count and read it here."""
    import tokenizers

    count = _vocabulary_size(folder)
    if count < _ENGLISH_TOKENS:
        text = _("its vocabulary has {count} entries, Whisper's have {wanted} or more")
        raise _BrokenModel(text.format(count=count, wanted=_ENGLISH_TOKENS))
    try:
        tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as problem:
        # The library raises nothing more special.
        raise _cannot_be_read("tokenizer.json", problem) from problem


def _check_weights(folder: Path) -> None:
    import ctranslate2

    bands = _settings(folder / "preprocessor_config.json").get("feature_size", _USUAL_MEL_BANDS)
    _settings(folder / "config.json")
    try:
        model = ctranslate2.models.Whisper(str(folder), device="cpu", compute_type="int8")
    except (RuntimeError, ValueError) as problem:
        raise _cannot_be_read(WEIGHTS, problem) from problem
    if model.n_mels != bands:
        text = _("it hears {wanted} frequency bands and preprocessor_config.json gives {given}")
        raise _BrokenModel(text.format(wanted=model.n_mels, given=bands))


def _vocabulary_size(folder: Path) -> int:
    listed, lines = (folder / name for name in VOCABULARIES)
    if listed.is_file():
        return len(_parsed(listed))
    try:
        return len(lines.read_bytes().rstrip(b"\n").split(b"\n"))
    except OSError as problem:
        raise _cannot_be_read(lines.name, problem) from problem


def _settings(file: Path) -> dict[str, Any]:
    """The object in a JSON file, {} when there is no such file."""
    data = _parsed(file) if file.is_file() else {}
    if not isinstance(data, dict):
        raise _cannot_be_read(file.name, _("it is no JSON object"))
    return data


def _parsed(file: Path) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise _cannot_be_read(file.name, problem) from problem


def _cannot_be_read(file: str, problem: object) -> _BrokenModel:
    return _BrokenModel(_("{file} cannot be read: {problem}").format(file=file, problem=problem))
