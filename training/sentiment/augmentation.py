"""Makes training texts look like what a recogniser writes in a call."""

import random
import re

_PUNCTUATION = re.compile(r"[^\w\s'%]+")
_OPENINGS = {
    "en": ("okay", "um", "yeah", "so", "well", "right", "hi", "hello", "uh", "i mean", "okay so"),
    "ko": ("네", "아", "저기", "음", "아 네", "그", "여보세요", "예", "그게", "안녕하세요"),
}
PLAIN_SHARE = 0.5
OPENING_SHARE = 0.15
JOINED_SHARE = 0.2


def varied(text: str, language: str, neutral_turns: list[str], chance: random.Random) -> str:
    """Return the text with, by chance, an opening word, a neutral turn beside it, no case and
    punctuation. None of these changes its class."""
    if chance.random() < OPENING_SHARE:
        text = f"{chance.choice(_OPENINGS[language])} {text}"
    if neutral_turns and chance.random() < JOINED_SHARE:
        pair = [text, chance.choice(neutral_turns)]
        chance.shuffle(pair)
        text = " ".join(pair)
    return plain(text) if chance.random() < PLAIN_SHARE else text


def plain(text: str) -> str:
    """Return the text in lower case without punctuation."""
    return " ".join(_PUNCTUATION.sub(" ", text.lower()).split())
