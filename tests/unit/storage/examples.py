"""Calls, transcripts and scorecards that the tests of the workspace store."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from callreview.domain.call import CallMetadata
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.evaluation import Answer, Evidence
from callreview.domain.finding import Finding
from callreview.domain.recording import Damage, Recording, SourceFile
from callreview.domain.scorecard import Option, Question, Scorecard, Section
from callreview.domain.sentiment import SpeakerSentiment, TurnSentiment
from callreview.domain.talk_metrics import Interval, Stretches, TalkMetrics
from callreview.domain.transcript import Hit, MaskedSpan, Speaker, Transcript, Turn, Word
from callreview.storage.operations.calls import ImportCalls, ImportedCall
from callreview.storage.processing import set_processing
from callreview.storage.scorecards import install_scorecards
from callreview.storage.transcripts import store_transcript
from callreview.storage.workspace import Workspace

YES_NO = (Option(0.0, {"en": "No"}), Option(1.0, {"en": "Yes"}))
NOTHING = Stretches(0, 0.0, 0.0, ())

SERVICE = Scorecard(
    "inbound-service",
    1,
    {"en": "Inbound service", "ko": "수신 서비스"},
    "points",
    (
        Section(
            "opening",
            {"en": "Opening"},
            40.0,
            (
                Question("greeting", {"en": "Greeting?"}, {"en": ""}, YES_NO),
                Question("identity", {"en": "Identity?"}, {"en": ""}, YES_NO, auto_fail="form"),
            ),
        ),
        Section(
            "solution",
            {"en": "Solution"},
            20.0,
            (Question("solved", {"en": "Solved?"}, {"en": ""}, YES_NO, allows_na=False),),
        ),
    ),
)


def a_recording(sha256: str = "aa", frames: int = 480_000, channels: int = 2) -> Recording:
    return Recording(
        sources=(SourceFile(f"/calls/{sha256}.wav", sha256),),
        sha256=sha256,
        pcm_file=f"{sha256}.pcm",
        peaks_file=f"{sha256}.peaks",
        channels=channels,
        sample_rate=8000,
        frames=frames,
        damage=(Damage(1.5, 2.0, "packet lost"),),
    )


def import_call(workspace: Workspace, reference: str = "R-1", **metadata: Any) -> int:
    call = ImportedCall(CallMetadata(reference, **metadata), a_recording())
    return workspace.apply(ImportCalls((call,)))[0].call_id


def a_turn(speaker: str, text: str, start_s: float) -> Turn:
    words = tuple(
        Word(word, start_s + 0.5 * i, start_s + 0.5 * i + 0.4, 0.9, space_before=i > 0)
        for i, word in enumerate(text.split())
    )
    return Turn(
        speaker,
        "agent" if speaker == "0" else "customer",
        start_s,
        words[-1].end_s,
        words,
        "en",
        TurnSentiment("negative", 0.7, 0.2, 0.1),
        (Hit("refund", words[0].text, start_s, words[0].end_s, 0, len(words[0].text)),),
    )


def a_transcript(texts: Sequence[str] = ("hello there", "I want my refund 환불을")) -> Transcript:
    return Transcript(
        "en",
        (Speaker("0", "agent", 0), Speaker("1", "customer", 1)),
        tuple(a_turn(str(i % 2), text, 4.0 * i) for i, text in enumerate(texts)),
        {"speech": "whisper-base"},
        (MaskedSpan("card", 2.0, 3.0),),
    )


def an_analysis(customer: float = -2.5) -> CallAnalysis:
    talk = Interval(0.0, 4.25)
    return CallAnalysis(
        {
            "agent": SpeakerSentiment(0.0, (0.0, None, None, 1.0), 1.0),
            "customer": SpeakerSentiment(customer, (None, -5.0, -1.0, None), None),
        },
        TalkMetrics(
            talk_s={"agent": 4.25, "customer": 3.0},
            talk_share={"agent": 0.5, "customer": 0.5},
            talk_share_of_call={"agent": 0.1, "customer": 0.1},
            dead_air=Stretches(1, 3.5, 3.5, (Interval(5.0, 8.5),)),
            overtalk=NOTHING,
            interruptions={"agent": (), "customer": (talk,)},
            words_per_minute={"agent": 120.0, "customer": 90.0},
            response_time_s=None,
            longest_monologue_s={"agent": 4.25, "customer": 3.0},
            questions={"agent": 1, "customer": 0},
            turns_per_minute=2.0,
            speech={"agent": (talk,), "customer": (talk,)},
        ),
        {"sentiment": "own-1"},
        findings=(
            Finding("promise", "call back", 4.0, 5.0, "agent", 0.9, 0, 0, 1, {"when": "tomorrow"}),
        ),
    )


def process_call(workspace: Workspace, call_id: int, transcript: Transcript | None = None) -> None:
    """What the machine does with a call: speech, analysis and status in one transaction."""

    def work(db: Any) -> None:
        store_transcript(db, call_id, transcript or a_transcript(), an_analysis())
        set_processing(db, call_id, "processed")

    workspace.write(work, {"transcripts"})


def install_service(workspace: Workspace) -> None:
    workspace.write(lambda db: install_scorecards(db, [SERVICE]))


def an_answer(question: str = "greeting", value: float | None = 1.0, note: str = "") -> Answer:
    return Answer(question, value, note, (Evidence(1.0, 2.0, "hello there"),))


def all_answers(**values: float | None) -> tuple[Answer, ...]:
    """An answer to every question of SERVICE: yes, unless another value is given."""
    return tuple(an_answer(q.key, values.get(q.key, 1.0)) for q in SERVICE.questions)


def write_audio(folder: Path, recording: Recording) -> None:
    """Files as the import makes them, of the size that the recording has."""
    (folder / recording.pcm_file).write_bytes(b"\0" * recording.frames * recording.channels * 2)
    (folder / recording.peaks_file).write_bytes(b"peaks")


def dump(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the journal and the search indexes, in order."""
    with workspace.read() as db:
        tables = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if "_fts" not in name and not name.startswith(("sqlite_", "_sqlite", "operation"))
        ]
        return {
            table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in tables
        }
