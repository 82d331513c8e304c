"""Questions in a text as the recogniser writes it."""

import re

_SENTENCE = re.compile(r"[^.?!。？！]+[.?!。？！]*")
# Korean endings that only questions have. The recogniser often leaves out their question mark;
# "-니까" and "-나요" alone would also match "그러니까" (because) and "끝나요" (it ends).
_KOREAN_QUESTION = re.compile(
    r"(?:습니까|입니까|합니까|됩니까|십니까|옵니까|갑니까|까요|(?:있|없|되|하|했|됐|았|었|였|겠|시)나요"
    r"|(?:인|신|은|한|된|던|런|건)가요|는지요)$"
)


def count_questions(text: str) -> int:
    """How many sentences of the text are questions."""
    return sum(_is_question(sentence.strip()) for sentence in _SENTENCE.findall(text))


def _is_question(sentence: str) -> bool:
    if sentence.endswith(("?", "？")) or "?!" in sentence:
        return True
    return bool(_KOREAN_QUESTION.search(sentence.rstrip(".!。！ ")))
