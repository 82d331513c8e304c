"""A Korean voice of which the recogniser understands two digits of three: MBROLA with the diphones of hn1.

Both come from the Debian archive (mbrola of contrib, AGPL; mbrola-hn1 of non-free: free to use with
mbrola, not to be sold). Neither is part of CallReview. Pronunciation by ko_pron (MIT). Lengths and
melody follow the recording that comes with the voice.
"""

# mypy: disable-error-code="import-not-found,import-untyped"

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import soundfile
from scipy.signal import resample_poly

from scripts.sample_calls.reading import sentences
from scripts.sample_calls.script import Voice
from scripts.sample_calls.voices import RATE_HZ, Samples, Speech, SpokenWord, joined, pitched

_DIPHONES = "/usr/share/mbrola/hn1/hn1"
_HZ = 16_000
# In the order of Unicode's syllables.
_ONSETS = r"k k_> n t t_> 4 m p p_> s s_> - ts\ ts\_> ts\_h k_h t_h p_h h".split()  # noqa: SIM905
_VOWELS = r"a E ja jE V e jV je o wa wE we jo u wV we wi ju M M\i i".split()  # noqa: SIM905
_CODAS = {0: "", 1: "k_}", 4: "n_}", 7: "t_}", 8: "l_}", 16: "m_}", 17: "p_}", 21: "N"}
_FIRST_SYLLABLE, _VOWEL_COUNT, _CODA_COUNT = 0xAC00, 21, 28
_VOICED = {"k": "g", "t": "d", "p": "b", "ts\\": "dz\\"}
_SONORANTS = {"", "n_}", "l_}", "m_}", "N"}
_CONSONANT_MS = {"4": 25, "s": 95, "s_>": 95, "s\\": 95, "h": 55, "n": 50, "m": 60, "l": 50}
_STOP_MS, _ASPIRATED_MS, _VOICED_MS, _VOWEL_MS, _CODA_MS = 45, 110, 40, 95, 65
_AT_THE_END = 1.35
_PAUSE_MS, _WORD_PAUSE_MS = 260, 80
_EDGE_MS = 80
_PITCH_HZ = 118.0


@dataclass(frozen=True)
class _Phone:
    """A sound, its length in milliseconds and its pitch in Hz."""

    name: str
    length_ms: float
    pitch_hz: float = 0.0

    def __str__(self) -> str:
        return f"{self.name} {self.length_ms:.0f}" + f" 50 {self.pitch_hz:.0f}" * bool(
            self.pitch_hz
        )


def speak_korean(text: str, voice: Voice) -> Speech:
    """Speak a text of one or more sentences."""
    return joined([_sentence(one, voice) for one in sentences(text)])


def _sentence(sentence: str, voice: Voice) -> Speech:
    words = sentence.split()
    phones, places = [_Phone("_", _EDGE_MS)], []
    for number, word in enumerate(words):
        own = [*_word(word, 1 - 0.2 * number / len(words), number == len(words) - 1, voice.speed)]
        start_s = sum(one.length_ms for one in phones) / 1000
        phones += own
        places.append(SpokenWord(word, start_s, sum(one.length_ms for one in phones) / 1000))
        pause_ms = _PAUSE_MS if word.endswith(",") else _WORD_PAUSE_MS
        phones.append(_Phone("_", pause_ms / voice.speed))
    phones.append(_Phone("_", _EDGE_MS))
    return pitched(Speech(_sound(phones), tuple(places)), voice.pitch)


def _word(word: str, height: float, is_last: bool, speed: float) -> Iterator[_Phone]:
    """A word rises from its first to its second syllable; the last one of a sentence falls."""
    from ko_pron import romanise

    # Where two ways are usual, it gives both.
    said = romanise(word.strip(".,!?"), "ph").split("/")[0]
    syllables = [divmod(ord(one) - _FIRST_SYLLABLE, _CODA_COUNT) for one in said]
    before = "_"
    for number, (onset_and_vowel, coda) in enumerate(syllables):
        onset, vowel = divmod(onset_and_vowel, _VOWEL_COUNT)
        ends = number == len(syllables) - 1
        longer = (_AT_THE_END if ends else 1.0) / speed
        pitch_hz = _PITCH_HZ * height * (0.94 if number == 0 else 1.06)
        if ends and is_last:
            pitch_hz *= 1.25 if word.endswith("?") else 0.85
        first = _onset(_ONSETS[onset], _VOWELS[vowel], before)
        if first:
            yield _Phone(first, _consonant_ms(first) / speed, pitch_hz)
        yield _Phone(_VOWELS[vowel], _VOWEL_MS * longer, pitch_hz)
        before = _CODAS[coda]
        if before:
            yield _Phone(before, _CODA_MS * longer, pitch_hz)


def _onset(sound: str, vowel: str, before: str) -> str:
    if sound == "-":
        return ""
    if sound == "4" and before == "l_}":
        return "l"
    if sound == "s" and vowel[0] in "ij":
        return "s\\"
    return _VOICED.get(sound, sound) if before in _SONORANTS else sound


def _consonant_ms(sound: str) -> float:
    if sound in _VOICED.values():
        return _VOICED_MS
    return _CONSONANT_MS.get(sound, _ASPIRATED_MS if sound.endswith("_h") else _STOP_MS)


def _sound(phones: list[_Phone]) -> Samples:
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "said.wav"
        subprocess.run(
            ["mbrola", "-e", _DIPHONES, "-", wav],
            input="\n".join(map(str, phones)) + "\n",
            text=True,
            check=True,
            capture_output=True,
        )
        samples, _rate = soundfile.read(wav)
    return resample_poly(samples, RATE_HZ, _HZ)
