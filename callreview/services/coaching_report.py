"""The coaching report of one agent."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from callreview import __version__
from callreview.config.language import _
from callreview.domain.call import CallFilter, CallSummary
from callreview.domain.errors import UserError
from callreview.domain.evaluation import Evaluation
from callreview.reports.coaching_data import CoachedCall, CoachingData
from callreview.storage import calls, comments, evaluations, transcripts
from callreview.storage.workspace import Workspace

if TYPE_CHECKING:
    from callreview.storage.connection import Database

SYNTHETIC = "synthetic"
"""The manifest column that says that nobody really called."""


def coaching_report(workspace: Workspace, agent: str, out: Path) -> None:
    """Write the report on all calls of `agent` to `out` (.html or .pdf).

    Raises UserError for an agent without calls (naming those who have some) or another suffix,
    EnvironmentProblem when the file cannot be written.
    """
    # Drawing figures takes seconds to load; nothing else that a service does needs it.
    from callreview.reports.coaching import write_coaching_report

    write_coaching_report(coaching_data(workspace, agent), out)


def agents(workspace: Workspace) -> list[str]:
    """The agents who have calls, in alphabetical order."""
    with workspace.read() as db:
        return sorted({call.agent for call in calls.list_calls(db) if call.agent})


def coaching_data(workspace: Workspace, agent: str) -> CoachingData:
    """All that is known of an agent's calls, in one snapshot; UserError when there are none."""
    with workspace.read() as db:
        found = calls.list_calls(db, CallFilter(agent=agent))
        if not found:
            raise UserError(
                _("There are no calls of “{agent}”. Agents with calls: {agents}.").format(
                    agent=agent, agents=", ".join(agents(workspace)) or "–"
                )
            )
        finished = evaluations.list_evaluations(db, status="final")
        newest = {evaluation.call_id: evaluation for evaluation in reversed(finished)}
        ids = {call.id for call in found}
        return CoachingData(
            agent=agent,
            calls=tuple(_coached(db, call, newest.get(call.id)) for call in reversed(found)),
            made_at=datetime.now().astimezone().isoformat(timespec="seconds"),
            team=next((call.team for call in found if call.team), ""),
            team_scores=_team_scores(newest, ids),
            program=f"CallReview {__version__}",
        )


def _coached(db: "Database", call: CallSummary, evaluation: Evaluation | None) -> CoachedCall:
    analysis = transcripts.load_analysis(db, call.id)
    transcript = transcripts.load_transcript(db, call.id)
    return CoachedCall(
        summary=call,
        evaluation=evaluation,
        sentiment=analysis.sentiment if analysis else {},
        metrics=analysis.metrics if analysis else None,
        comments=tuple(comments.list_comments(db, call.id)),
        models=transcript.models if transcript else {},
        synthetic=SYNTHETIC in calls.load_metadata(db, call.id).extra,
    )


def _team_scores(newest: dict[int, Evaluation], own: set[int]) -> tuple[float, ...]:
    cards = {e.scorecard.name for call_id, e in newest.items() if call_id in own}
    return tuple(
        evaluation.score.final
        for call_id, evaluation in newest.items()
        if call_id not in own
        and evaluation.scorecard.name in cards
        and evaluation.score.final is not None
    )
