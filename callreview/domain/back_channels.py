"""Back-channels: what listeners say to show that they listen, without taking the turn."""

import re
from collections.abc import Iterable

# As the recogniser may write them, without punctuation: "mm-hm" is "mm hm".
_ENGLISH = (
    "m{2,}|h[mu]{1,}h?m*|mm?hm+|u[hm]+|uhhuh|a+h+a?|o+h+|okay|ok|kay|ye(?:ah|ap|p|s)|yup|right|sure"
    "|all ?right|i see|got it|gotcha"
)
_KOREAN = (
    "(?:아|네|예|어){1,3}|넵|넹|네에|예에|으?음+|흠+|응+|오|아하|그렇죠|그쵸|그죠|그렇군요|그러시군요"
    "|그러셨군요|그래요|맞아요|맞습니다|알겠습니다"
)
_BACK_CHANNELS = re.compile(rf"(?:(?:{_ENGLISH}|{_KOREAN})(?: |$))+")
_NOT_A_LETTER = re.compile(r"[\W_]+")


def is_back_channel(texts: Iterable[str]) -> bool:
    """Whether these words, all of them, only show that the speaker listens."""
    words = _NOT_A_LETTER.sub(" ", " ".join(texts).lower()).strip()
    return _BACK_CHANNELS.fullmatch(words) is not None
