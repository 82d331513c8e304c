"""What keyword lists demand: phrases that have to be said, and phrases that may not."""

from collections.abc import Iterable, Iterator, Sequence

from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.analysis.talk.extent import talk_extent
from callreview.analysis.word_times import WordTimes
from callreview.domain.finding import Finding
from callreview.domain.transcript import Hit, Transcript, Turn

NEAR_CONFIDENCE = 0.85
"""How sure it is that words are the phrase that they are nearly."""


def check_lists(transcript: Transcript, lists: Iterable[KeywordList]) -> tuple[Finding, ...]:
    """What was said though it may not be, and what was not though it has to be.

    The turns carry their hits. A list that must appear is missing when none of its phrases was
    found where it is looked for; it is only asked for in calls of its own language, when somebody
    of its role speaks. `details["check"]` is "missing" or "forbidden".
    """
    demanded = [one for one in lists if one.must != "none"]
    forbidden = {one.name for one in demanded if one.must == "not appear"}
    needed = [one for one in demanded if one.must == "appear" and _applies(one, transcript)]
    said = {hit.list for turn in transcript.turns for hit in turn.hits}
    missing = {one.name: one for one in needed if one.name not in said}
    return (
        *(_missing(one, transcript.turns) for one in missing.values()),
        *_forbidden(transcript.turns, forbidden),
    )


def _applies(keyword_list: KeywordList, transcript: Transcript) -> bool:
    spoken = {turn.language for turn in transcript.turns if turn.language}
    languages = spoken | {transcript.language} - {""}
    roles = {turn.role for turn in transcript.turns}
    return (not languages or keyword_list.language in languages) and bool(
        roles if keyword_list.role == "any" else roles & {keyword_list.role, "unknown"}
    )


def _missing(keyword_list: KeywordList, turns: Sequence[Turn]) -> Finding:
    window = talk_extent(turns).window(keyword_list)
    return Finding(
        kind="list_check",
        label=keyword_list.name,
        start_s=window.start_s,
        end_s=window.end_s,
        role="unknown" if keyword_list.role == "any" else keyword_list.role,
        details={"check": "missing"},
    )


def _forbidden(turns: Sequence[Turn], names: set[str]) -> Iterator[Finding]:
    for number, turn in enumerate(turns):
        for hit in turn.hits:
            if hit.list in names:
                yield _said(number, turn, hit)


def _said(number: int, turn: Turn, hit: Hit) -> Finding:
    first, last = WordTimes(turn).words(hit.start_char, hit.end_char)
    return Finding(
        kind="list_check",
        label=hit.list,
        start_s=hit.start_s,
        end_s=hit.end_s,
        role=turn.role,
        confidence=NEAR_CONFIDENCE if hit.near else 1.0,
        turn=number,
        first_word=first,
        last_word=last,
        details={"check": "forbidden", "words": turn.text[hit.start_char : hit.end_char]},
    )
