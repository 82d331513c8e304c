"""Makes training texts look like what a recogniser writes in a call."""

import random
import re

_PUNCTUATION = re.compile(r"[^\w\s'%]+")
_OPENINGS = {
    "en": ("okay", "um", "yeah", "so", "well", "right", "hi", "hello", "uh", "i mean", "okay so"),
    "ko": ("네", "아", "저기", "음", "아 네", "그", "여보세요", "예", "그게", "안녕하세요"),
}
_FILLERS = {
    "en": ("um", "uh", "like", "you know", "er", "i mean"),
    "ko": ("음", "그", "어", "저기", "그니까", "막"),
}
PLAIN_SHARE = 0.5
FILLER_SHARE = 0.1
SLIP_SHARE = 0.08
OPENING_SHARE = 0.15
JOINED_SHARE = 0.2


def varied(text: str, language: str, neutral_turns: list[str], chance: random.Random) -> str:
    """Return the text with, by chance, a filler or a slip inside, an opening word, a neutral turn
    beside it, no case and punctuation. None of these changes its class."""
    if chance.random() < FILLER_SHARE:
        text = _with_filler(text, language, chance)
    if chance.random() < SLIP_SHARE:
        text = _with_slip(text, language, chance)
    if chance.random() < OPENING_SHARE:
        text = f"{chance.choice(_OPENINGS[language])} {text}"
    if neutral_turns and chance.random() < JOINED_SHARE:
        pair = [text, chance.choice(neutral_turns)]
        chance.shuffle(pair)
        text = " ".join(pair)
    return plain(text) if chance.random() < PLAIN_SHARE else text


def _with_filler(text: str, language: str, chance: random.Random) -> str:
    words = text.split()
    words.insert(chance.randint(0, len(words)), chance.choice(_FILLERS[language]))
    return " ".join(words)


def _with_slip(text: str, language: str, chance: random.Random) -> str:
    """Say a word twice; or, in Korean, lose the space after it."""
    words = text.split()
    place = chance.randrange(len(words))
    if language == "ko" and place + 1 < len(words):
        words[place : place + 2] = ["".join(words[place : place + 2])]
    else:
        words.insert(place, words[place])
    return " ".join(words)


def plain(text: str) -> str:
    """Return the text in lower case without punctuation."""
    return " ".join(_PUNCTUATION.sub(" ", text.lower()).split())
