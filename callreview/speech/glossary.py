"""Names of products and people: told to the recogniser, and put right in what it heard.

The recogniser writes a name that it does not know as words that sound alike ("Lark field home",
"Larkfeld Home"). `name_repair` puts near-matches right. Where the words are only somewhat like a name,
the window is heard a second time with the names told (`names_heard`). The words of that second hearing
are not taken, only where it heard names: a recogniser that is told names leaves out whole sentences.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from callreview.speech.name_repair import repair_names
from callreview.speech.recognised import ChannelWords

LONGEST_PROMPT = 400
"""Most characters handed to the recogniser; one outside ASCII counts as four, as its tokens do."""

# The scripts of languages that are not written in Latin letters, by their names in Unicode.
_SCRIPTS = {
    code: frozenset(scripts.split())
    for codes, scripts in (
        ("ko", "HANGUL"),
        ("ja", "HIRAGANA KATAKANA CJK"),
        ("zh yue", "CJK"),
        ("ru uk be bg mk kk mn tg tt ba", "CYRILLIC"),
        ("ar fa ur ps sd", "ARABIC"),
        ("hi mr ne sa", "DEVANAGARI"),
        ("bn as", "BENGALI"),
        ("he yi", "HEBREW"),
        *(("el", "GREEK"), ("th", "THAI"), ("ta", "TAMIL"), ("te", "TELUGU"), ("kn", "KANNADA")),
        *(("ml", "MALAYALAM"), ("gu", "GUJARATI"), ("pa", "GURMUKHI"), ("si", "SINHALA")),
        *(("my", "MYANMAR"), ("km", "KHMER"), ("lo", "LAO"), ("bo", "TIBETAN")),
        *(("ka", "GEORGIAN"), ("hy", "ARMENIAN"), ("am", "ETHIOPIC")),
    )
    for code in codes.split()
}


def hotwords(terms: Sequence[str]) -> str:
    """The terms as `Recogniser.recognise` takes them, one a line, in their order."""
    return "\n".join(dict.fromkeys(term for term in terms if term.strip()))


def told_in(hotwords: str, language: str) -> str:
    """The names to listen for in one language: those in its script, as many as can be heeded.

    On Korean calls English names in the prompt cost 7 points of character errors and Korean names
    none: the model takes the prompt for what was said before, and its language with it.
    """
    taken: list[str] = []
    room = LONGEST_PROMPT
    for term in hotwords.splitlines():
        if _written_in(language, term):
            room -= sum(1 if character.isascii() else 4 for character in term) + 2
            if room < 0:
                break
            taken.append(term)
    # Without a full stop the model goes on with the list and leaves out what is said.
    return ", ".join(taken) + "." if taken else ""


def _written_in(language: str, term: str) -> bool:
    found = {
        unicodedata.name(character, "?").split()[0] for character in term if character.isalpha()
    }
    own = _SCRIPTS.get(language)
    return not found.isdisjoint(own) if own else found <= {"LATIN"}


def with_names(
    channels: Sequence[ChannelWords], terms: Sequence[str], folder: Path
) -> list[ChannelWords]:
    """What was heard on all channels by the model in `folder`, with its names repaired."""
    if not terms:
        return list(channels)
    ordinary = ordinary_words(folder)
    return [replace(one, words=repair_names(one.words, terms, ordinary)) for one in channels]


@lru_cache(maxsize=2)
def ordinary_words(folder: Path) -> frozenset[str]:
    """The common words of a speech model's languages: those it writes in one piece in lower case."""
    model = json.loads((folder / "tokenizer.json").read_text("utf-8")).get("model", {})
    # In this vocabulary Ġ stands for the space before a word.
    found = (piece[1:] for piece in model.get("vocab", ()) if piece.startswith("Ġ"))
    return frozenset(word for word in found if word.isalpha() and word.islower())
