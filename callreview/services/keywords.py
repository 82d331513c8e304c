"""The keyword lists of a workspace: reading, changing, and finding their phrases again."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from callreview.analysis.phrases.keyword_lists import (
    USUAL_WITHIN_S,
    KeywordList,
    list_to_data,
    load_shipped_lists,
    parse_list,
)
from callreview.analysis.phrases.keywords import DEFINITION, PhraseSpotter
from callreview.analysis.phrases.list_checks import check_lists
from callreview.analysis.phrases.variants import has_too_many, variants
from callreview.config.language import _, current_language
from callreview.domain.changes import TRANSCRIPTS
from callreview.domain.errors import UserError
from callreview.domain.finding import Finding
from callreview.domain.plain_data import FieldError
from callreview.domain.transcript import Transcript
from callreview.services.progress import IsCancelled, never
from callreview.storage import (
    keyword_lists,
    phrase_hits,
    settings,
    transcript_versions,
    transcripts,
)
from callreview.storage.calls import list_calls
from callreview.storage.keyword_lists import StoredKeywordList
from callreview.storage.operations.keyword_lists import SaveKeywordLists
from callreview.storage.phrase_hits import FoundAgain
from callreview.storage.workspace import Workspace

__all__ = [
    "USUAL_WITHIN_S",
    "KeywordList",
    "checked_list",
    "find_phrases",
    "list_titles",
    "load_lists",
    "phrase_problem",
    "refresh_hits",
    "save_lists",
]

FOUND_WITH = "hits found with"

BATCH = 20
"""So many calls are written in one transaction."""


def checked_list(keyword_list: KeywordList) -> KeywordList:
    """The list if it can be used; UserError naming the field or phrase that cannot."""
    try:
        return parse_list(list_to_data(keyword_list))
    except FieldError as problem:
        raise UserError(_(problem.template).format(**problem.values)) from problem


def phrase_problem(phrase: str) -> str:
    """What is wrong with a phrase, in the user's language; "" when it can be looked for."""
    if not variants(phrase):
        return _("A phrase needs a letter or a digit.")
    if has_too_many(phrase):
        return _("There are too many ways to say it; write several phrases.")
    return ""


def load_lists(workspace: Workspace) -> tuple[KeywordList, ...]:
    """The workspace's lists; those that come with CallReview until someone changes them."""
    with workspace.read() as db:
        stored = keyword_lists.load_keyword_lists(db)
    return tuple(parse_list(item.body) for item in stored) or load_shipped_lists()


def list_titles(workspace: Workspace) -> dict[str, str]:
    """The titles of the workspace's lists in the user's language, by the names that hits carry."""
    language = current_language()
    return {
        one.name: one.title.get(language) or one.title.get("en") or one.name
        for one in load_lists(workspace)
    }


def save_lists(workspace: Workspace, lists: Sequence[KeywordList]) -> None:
    """Make these the workspace's lists; `refresh_hits` then finds their phrases."""
    stored = tuple(StoredKeywordList(i.name, i.language, list_to_data(i)) for i in lists)
    workspace.apply(SaveKeywordLists(stored), "keywords")


def refresh_hits(workspace: Workspace, cancelled: IsCancelled = never) -> None:
    """Find the phrases in all transcripts again if the lists changed since the last time.

    The lists are remembered only at the end, so that an interrupted run is done again.
    """
    lists = load_lists(workspace)
    fingerprint = _fingerprint(lists)
    with workspace.read() as db:
        if settings.load_setting(db, FOUND_WITH) == fingerprint:
            return
        call_ids = [call.id for call in list_calls(db)]
    spotter = PhraseSpotter(lists)
    for first in range(0, len(call_ids), BATCH):
        if cancelled():
            return
        _refresh(workspace, spotter, lists, call_ids[first : first + BATCH])
    workspace.write(
        lambda db: settings.save_setting(db, FOUND_WITH, fingerprint), {TRANSCRIPTS}, "keywords"
    )


def remember_first_lists(workspace: Workspace) -> None:
    """Note which lists the first transcripts are searched with, so that undo need not search all."""
    with workspace.read() as db:
        known = settings.load_setting(db, FOUND_WITH)
    if known is None:
        fingerprint = _fingerprint(load_lists(workspace))
        workspace.write(lambda db: settings.save_setting(db, FOUND_WITH, fingerprint))


def find_phrases(workspace: Workspace, call_id: int) -> None:
    """Find the phrases of the workspace's lists in all versions of a call's transcript again."""
    lists = load_lists(workspace)
    _refresh(workspace, PhraseSpotter(lists), lists, [call_id])


def _refresh(
    workspace: Workspace,
    spotter: PhraseSpotter,
    lists: Sequence[KeywordList],
    call_ids: Sequence[int],
) -> None:
    """Find the phrases of some calls again, and what lists demand; write what is different."""
    changed: dict[int, FoundAgain] = {}
    with workspace.read() as db:
        for call_id in call_ids:
            for one in transcript_versions.transcript_ids(db, call_id):
                transcript = transcripts.read_transcript(db, call_id, one)
                before = phrase_hits.load_findings(db, one)
                found = _found_again(transcript, before, spotter, lists)
                if found is not None:
                    changed[one] = found
    if changed:
        workspace.write(partial(phrase_hits.replace_found, found=changed))


def _found_again(
    transcript: Transcript,
    before: tuple[Finding, ...] | None,
    spotter: PhraseSpotter,
    lists: Sequence[KeywordList],
) -> FoundAgain | None:
    """Hits and checks of a transcript, None when they are those that it has."""
    hits = spotter.find(transcript.turns)
    turns = tuple(replace(turn, hits=own) for turn, own in zip(transcript.turns, hits, strict=True))
    others = [one for one in before or () if one.kind != "list_check"]
    checked = check_lists(replace(transcript, turns=turns), lists)
    findings = tuple(sorted((*others, *checked), key=lambda one: (one.start_s, one.end_s)))
    if turns == transcript.turns and findings == (before or ()):
        return None
    return FoundAgain(hits, None if before is None else findings)


def _fingerprint(lists: Sequence[KeywordList]) -> str:
    plain = [DEFINITION, *(list_to_data(item) for item in lists)]
    data = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(data.encode()).hexdigest()
