"""Where sentences end, in any language that Whisper punctuates."""

from callreview.domain.transcript import Word

_ENDS = (".", "?", "!", "。", "？", "！", "…")
_QUESTIONS = ("?", "？")
_CLOSING_MARKS = "\"'”’)]»」』"


def ends_sentence(word: Word) -> bool:
    """Whether a sentence ends with this word."""
    return word.text.rstrip(_CLOSING_MARKS).endswith(_ENDS)


def ends_question(word: Word) -> bool:
    """Whether a question ends with this word."""
    return word.text.rstrip(_CLOSING_MARKS).endswith(_QUESTIONS)
