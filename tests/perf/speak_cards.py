"""Let the voices of the sample calls speak card dialogues over a telephone line.

`python -m tests.perf.speak_cards en|ko COUNT|SCRIPTS FOLDER` (needs `scripts/sample_calls/requirements.txt`
and, for Korean, what `hanmal_voice` names) writes NUMBER.wav and NUMBER.json: the lines and the seconds of
every hidden stretch, with what it is of a card where the marks say so. COUNT dialogues are made up (`spoken_cards`); SCRIPTS are lines of JSON with `number` and
`lines` in the marks of `training/cards`, every number in words. Korean customers have the voice of `hanmal_voice`, over a wide-band line: over a
narrow one the recogniser does not understand it.
"""

# mypy: disable-error-code="import-not-found,import-untyped"

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import soundfile

from scripts.sample_calls import mixing
from scripts.sample_calls.mixing import Recording, record
from scripts.sample_calls.script import Accent, CallScript, Line, Speaker, Voice
from scripts.sample_calls.telephone import NARROW_BAND, WIDE_BAND, as_recorded
from scripts.sample_calls.voices import Speech, speak
from tests.perf.hanmal_voice import speak_korean
from tests.perf.spoken_cards import Lines, spoken_english, spoken_korean

_KINDS = {"{": "card", "[": "code", "«": "date"}
_CLOSE = set("}]»")
_NO_BRACKETS = str.maketrans("", "", "<>")
_NO_MARKS = str.maketrans("", "", "{}[]«»")
_said: dict[tuple[str, str], Speech] = {}


def _speak_once(text: str, voice: Voice) -> Speech:
    """Agents say the same again and again, and one of the voices takes as long as it speaks."""
    key = (text, voice.name)
    if key not in _said:
        diphones = voice.accent == "ko" and not voice.styles
        _said[key] = speak_korean(text, voice) if diphones else speak(text, voice)
    return _said[key]


setattr(mixing, "speak", _speak_once)  # noqa: B010 - it is no public name of `mixing`


def voices(language: str, random: Random) -> dict[Speaker, Voice]:
    """Agent and customer with other paces and pitches in each dialogue."""
    pitch = random.choice([0.84, 0.88, 0.92, 1.0, 1.04])
    pace = random.uniform(0.92, 1.14)
    if language == "ko":
        return {
            "agent": Voice("ko", {"jf_alpha": 1.0}, 0.95, 1.0, 0.0),
            "customer": Voice("ko", {}, 0.85 * pace, random.choice([0.95, 1.0, 1.05]), 0.0),
        }
    accents: list[Accent] = ["en-US", "en-US", "en-GB"]
    accent = random.choice(accents)
    return {
        "agent": Voice("en-US", {}, 1.05, 1.0, 0.0),
        "customer": Voice(accent, {}, pace, pitch, random.uniform(-4.0, 2.0)),
    }


def made_up(language: str, count: int) -> Iterator[tuple[int, Random, Lines]]:
    """The dialogues of the generator, their numbers and what chance holds for their sound."""
    for seed in range(count):
        random = Random(f"{language} {seed}")
        # The greeting is left out: it takes as long to speak as the card.
        yield seed, random, (spoken_korean if language == "ko" else spoken_english)(random)[2:]


def written(language: str, path: Path) -> Iterator[tuple[int, Random, Lines]]:
    """The dialogues of a file; the marks of other numbers are gone."""
    for line in path.read_text("utf-8").splitlines():
        one = json.loads(line)
        lines = [(role, text.translate(_NO_BRACKETS)) for role, text in one["lines"]]
        yield one["number"], Random(f"{language} written {one['number']}"), lines


def script(language: str, seed: int, random: Random, lines: Lines) -> CallScript:
    """The dialogue as the voices speak it."""
    spoken = tuple(
        Line(
            "agent" if role == "agent" else "customer",
            random.uniform(0.25, 0.8),
            text.translate(_NO_MARKS),
        )
        for role, text in lines
    )
    noise_db = random.uniform(-62.0, -42.0)
    return CallScript({}, seed, noise_db, voices(language, random), spoken)


def hidden(recording: Recording, lines: Lines) -> Iterator[tuple[str, list[float]]]:
    """What stands in marks: what it is of a card, and its seconds."""
    for turn, (role, text) in zip(recording.turns, lines, strict=True):
        assert turn.line.speaker == role
        kind, start_s = "", 0.0
        for word, raw in zip(turn.words, text.split(), strict=True):
            for character in raw:
                if character in _KINDS:
                    kind, start_s = _KINDS[character], word.start_s
            if kind and not _CLOSE.isdisjoint(raw):
                yield kind, [round(start_s, 3), round(word.end_s, 3)]
                kind = ""


def main(language: str, source: str, folder: Path) -> None:
    """Speak the dialogues; those that are there already are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    line = WIDE_BAND if language == "ko" else NARROW_BAND
    counted = source.isdecimal()
    dialogues = made_up(language, int(source)) if counted else written(language, Path(source))
    for number, random, lines in dialogues:
        path = folder / f"{number}.wav"
        if path.exists():
            continue
        try:
            recording = record(script(language, number, random, lines), line)
        except ValueError as error:
            print(f"{number}: {error}", flush=True)
            continue
        said = [*hidden(recording, lines)]
        truth = {
            "language": language,
            "lines": lines,
            "hidden": [seconds for _, seconds in said],
            "kinds": [kind for kind, _ in said],
        }
        (folder / f"{number}.json").write_text(json.dumps(truth, ensure_ascii=False), "utf-8")
        soundfile.write(path, as_recorded(recording.channels).T, line.rate_hz, "PCM_16")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
