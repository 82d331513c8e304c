"""Counting the hits of a keyword list over the library while it is being written."""

from itertools import groupby

from callreview.analysis.phrases.count import CountedCalls, PhraseCount
from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.domain.transcript import Turn, Word
from callreview.storage.spoken_texts import SpokenText, newest_texts
from callreview.storage.workspace import Workspace

__all__ = ["CountedCalls", "PhraseCount", "count_hits", "prepare_counting"]

MOST_CALLS = 1000
"""So many of the newest calls are counted: about 12 MB of text, and an answer while one types."""


def prepare_counting(workspace: Workspace) -> CountedCalls:
    """The newest calls of the workspace, read once and ready to be counted again and again."""
    with workspace.read() as db:
        by_call = groupby(newest_texts(db, MOST_CALLS), lambda spoken: spoken.call_id)
        return CountedCalls([[_turn(spoken) for spoken in turns] for _call, turns in by_call])


def count_hits(calls: CountedCalls, keyword_list: KeywordList) -> PhraseCount:
    """The hits of the list in the calls, without near-misses; any text may be in the list."""
    return calls.count(keyword_list)


def _turn(spoken: SpokenText) -> Turn:
    """The turn as one word: for counting, a hit is at the time of its turn."""
    word = Word(spoken.text, spoken.start_s, spoken.end_s, 1.0)
    return Turn("", spoken.role, spoken.start_s, spoken.end_s, (word,))
