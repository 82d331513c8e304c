"""Saying who is the agent and who is the customer."""

from collections.abc import Mapping
from dataclasses import replace

from callreview.analysis.analyse import sentiment_by_role
from callreview.analysis.keywords import PhraseSpotter
from callreview.analysis.talk import measure_talk
from callreview.config.language import _
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.errors import UserError
from callreview.domain.transcript import Role, Transcript
from callreview.services.keywords import load_lists
from callreview.storage import calls, transcripts
from callreview.storage.operations.roles import AssignRoles
from callreview.storage.workspace import Workspace

OTHER: Mapping[Role, Role] = {"agent": "customer", "customer": "agent"}


def swap_roles(workspace: Workspace, call_id: int) -> None:
    """Make the agent the customer and the customer the agent, with all that follows from it.

    Raises UserError when the call was not transcribed or has nobody to swap.
    """
    with workspace.read() as db:
        transcript = transcripts.load_transcript(db, call_id)
        analysis = transcripts.load_analysis(db, call_id)
        duration_s = calls.load_recording(db, call_id).duration_s
    if transcript is None or analysis is None:
        raise UserError(_("This call was not transcribed yet: there are no speakers to swap."))
    roles = {s.id: OTHER[s.role] for s in transcript.speakers if s.role in OTHER}
    if not roles:
        raise UserError(_("This call has neither an agent nor a customer to swap."))
    turns = tuple(replace(t, role=roles.get(t.speaker, t.role)) for t in transcript.turns)
    swapped = replace(transcript, turns=turns)
    spotter = PhraseSpotter(load_lists(workspace))
    workspace.apply(
        AssignRoles(
            call_id,
            roles,
            _analysis(swapped, analysis, duration_s),
            tuple(spotter.find(turn) for turn in turns),
        )
    )


def _analysis(transcript: Transcript, before: CallAnalysis, duration_s: float) -> CallAnalysis:
    """The figures of the call by its new roles, from the same speech and the same sentiment."""
    old = before.metrics
    return CallAnalysis(
        sentiment=sentiment_by_role(transcript.turns, duration_s),
        metrics=measure_talk(
            {OTHER.get(role, role): speech for role, speech in old.speech.items()},
            transcript.turns,
            duration_s,
            transcript.masked,
            estimated=old.estimated,
        ),
        models=before.models,
    )
