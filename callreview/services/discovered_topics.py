"""Discovering topics over the library: what customers say at the beginning of many calls."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from callreview.analysis.statements import statements_of
from callreview.analysis.thresholds import THRESHOLDS
from callreview.analysis.topics.call_topics import OPENING_STATEMENTS, is_substantial
from callreview.config.language import _
from callreview.domain.topic import SuggestedTopic, Topic
from callreview.services.progress import IsCancelled, OnProgress, Progress
from callreview.storage import transcripts
from callreview.storage.calls import list_calls
from callreview.storage.workspace import Workspace

if TYPE_CHECKING:
    from callreview.analysis.topics.discover import Said

NOTHING_SAID = 0.65
"""Statements so near to those that are about nothing are left out."""


def discover(
    workspace: Workspace,
    topics: Sequence[Topic],
    progress: OnProgress,
    cancelled: IsCancelled,
) -> tuple[SuggestedTopic, ...]:
    """Suggestions of topics that are not among `topics`; those of most calls first."""
    # The encoder takes a while to load; the screens start without it.
    from callreview.analysis.topics.discover import MOST_STATEMENTS, group_statements
    from callreview.analysis.topics.likelihood import topic_likelihoods
    from callreview.analysis.topics.scores import scores_of
    from callreview.analysis.topics.shipped import CATCH_ALL, shipped_topics
    from callreview.analysis.topics.text_encoder import shipped_encoder

    said = list(islice(_said(workspace, progress, cancelled), MOST_STATEMENTS))
    if topics and said:
        named = tuple(topic for topic in topics if topic.name != CATCH_ALL)
        likely = topic_likelihoods([one.text for one in said], named).max(axis=1, initial=0.0)
        pairs = zip(said, likely, strict=True)
        said = [one for one, sure in pairs if sure < THRESHOLDS["contact_reason"]]
    background = scores_of((Topic("", shipped_topics().background),)) if said else None
    if background is not None:
        scores = background.scores([one.text for one in said])
        said = [one for one, near in zip(said, scores[:, 0], strict=True) if near < NOTHING_SAID]
    if cancelled():
        return ()
    groups = group_statements(said, shipped_encoder(), cancelled)
    return tuple(SuggestedTopic(Topic(g.name, g.examples), g.calls) for g in groups)


def _said(workspace: Workspace, progress: OnProgress, cancelled: IsCancelled) -> "Iterator[Said]":
    """The customers' first statements, newest calls first."""
    from callreview.analysis.topics.discover import Said

    with workspace.read() as db:
        found = list_calls(db)
    for number, call in enumerate(found, 1):
        if cancelled():
            return
        progress(Progress(number, len(found), call.reference, _("topics"), 0.0))
        with workspace.read() as db:
            transcript = transcripts.load_transcript(db, call.id)
        if transcript is not None:
            statements = statements_of(transcript.turns)
            own = (s for s in statements if s.role == "customer" and is_substantial(s.text))
            for said in islice(own, OPENING_STATEMENTS):
                yield Said(call.id, said.text)
