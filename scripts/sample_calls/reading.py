# mypy: disable-error-code="import-not-found,import-untyped"
"""Text -> phonemes in Kokoro's alphabet, one group of phonemes for every written word."""

from __future__ import annotations

import functools
import re
import subprocess
from collections.abc import Callable

from scripts.sample_calls.script import Accent, ScriptError

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_MARKS = ".,!?;:"
# espeak-ng's Korean alphabet -> the sounds that Kokoro knows. A "-" of espeak marks a tense
# sound, an "h" an aspirated one; q is a plain g, released or not.
_VOWELS = "aeiouɯʌjwɛ"
_KOREAN_SOUNDS = (
    (r"[ˈˌ͡]|\(\w+\)", ""),
    ("ɐ", "a"),
    ("ɛ", "e"),
    ("ɫ", "l"),
    ("tʃ|tɕ", "ʨ"),
    ("dʒ|dʑ", "ʥ"),
    (f"q(?=[{_VOWELS}])", "ɡ"),
    ("q", "k"),
    (f"^ʨ(?=[{_VOWELS}])", "ʥ"),
    (f"^d(?=[{_VOWELS}])", "t"),
    ("ʨh", "ʨʰ"),
    ("t-s-", "s"),
    ("-", ""),
    ("nɾ", "ll"),
    ("p(?=[nm])", "m"),
    ("t(?=[nm])", "n"),
    ("k(?=[nm])", "ŋ"),
    ("hɯj", "hi"),
)


def sentences(text: str) -> list[str]:
    """Split a line where its sentences end: the voices breathe there."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def phonemes(sentence: str, accent: Accent) -> list[str]:
    """Return one phoneme string per written word of ``sentence``, punctuation at its end.

    Raises ScriptError when words and phonemes do not pair up: write numbers in words then.
    """
    words = sentence.split()
    if accent == "ko":
        return [_korean_word(word) for word in words]
    spoken = str(_english(accent == "en-GB")(sentence)).split()
    if len(spoken) != len(words):
        raise ScriptError(f"{len(words)} words but {len(spoken)} spoken: {sentence!r} -> {spoken}")
    return spoken


@functools.cache
def _english(british: bool) -> Callable[[str], object]:
    from hibari.g2p import G2P

    reader: Callable[[str], object] = G2P(british=british)
    return reader


@functools.cache
def _korean_word(word: str) -> str:
    """Only the text reading of espeak-ng is used, none of its sound."""
    bare = word.rstrip(_MARKS)
    command = ["espeak-ng", "-v", "ko", "-q", "--ipa", bare]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    sounds = "".join(done.stdout.split())
    for espeak, kokoro in _KOREAN_SOUNDS:
        sounds = re.sub(espeak, kokoro, sounds)
    return sounds + word[len(bare) :]
