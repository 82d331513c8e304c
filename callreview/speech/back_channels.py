"""Back-channels: what a listener says to show that they listen, without taking the turn."""

import re
from collections.abc import Sequence

from callreview.domain.transcript import Word

_LONGEST_WORDS = 3
# docs/definitions.md, "Talk metrics": "mm-hm", "okay", "네" and their like.
_SOUNDS = frozenset(
    {
        *("mm", "mmm", "mhm", "mmhm", "mmhmm", "hm", "hmm", "uh", "uhhuh", "huh", "um", "ah", "oh"),
        *("okay", "ok", "yeah", "yep", "yes", "yup", "right", "sure", "alright", "aha", "i", "see"),
        *("네", "예", "네네", "예예", "음", "응", "아", "어", "아네", "네에", "그렇죠", "맞아요"),
    }
)


def is_back_channel(words: Sequence[Word]) -> bool:
    """Whether these words, said in one go, only show that their speaker listens."""
    spoken = [_bare(word.text) for word in words]
    return 0 < len(spoken) <= _LONGEST_WORDS and all(word in _SOUNDS for word in spoken)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
