"""Which language a text is in, by its letters and its smallest words: for turns that came as text.

The recogniser tells the language of what it heard; this is only for text without sound.
"""

import re
from collections import Counter
from collections.abc import Mapping
from unicodedata import name

UNKNOWN = ""
"""No letters, or letters that say nothing of the language."""

_SCRIPTS: Mapping[str, str] = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "LATIN": "en",
}
_LETTERS_IN_ONE = {"ko": 2, "ja": 2, "zh": 2}
"""A syllable or word sign says about as much as so many letters."""
_WORDS: Mapping[str, str] = {
    "en": "the is and you to i my it that was this have not for me your what can",
    "es": "el los las que es y no un una por mi con para está muy gracias se lo",
    "fr": "le les et est je vous pas une que pour mon merci avec ce ne c'est des votre",
    "de": "der die das und ist ich nicht sie ein eine mein mit für wie danke wir",
    "it": "il che è non un una per mi con grazie sono la di ho mio questo gli",
    "pt": "o os que é não um uma por com para obrigado meu minha está você eu",
    "nl": "de het een en is ik niet dat van mijn dank voor met u wat heb",
}
_SMALL_WORDS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def language_of(text: str) -> str:
    """Return the language's ISO 639-1 code, "" where there are no letters to tell it by.

    By script; Latin letters are English unless small words of another language prevail. In a mixed
    text the script with more to say wins.
    """
    counts = Counter(filter(None, map(_of_letter, text)))
    if not counts:
        return UNKNOWN
    if counts["ja"] and counts["zh"]:
        counts["ja"] += counts.pop("zh")
    language = max(counts, key=lambda code: counts[code] * _LETTERS_IN_ONE.get(code, 1))
    return _latin_language(text) if language == "en" else language


def _of_letter(letter: str) -> str:
    if not letter.isalpha():
        return ""
    return _SCRIPTS.get(name(letter, "").split(" ")[0], "")


def _latin_language(text: str) -> str:
    words = Counter(_WORD.findall(text.lower()))
    scores = {code: sum(words[word] for word in small) for code, small in _SMALL_WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= scores["en"] + 2 else "en"
