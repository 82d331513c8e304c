"""A supervisor's work, typed: each test runs the real command in a process of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from callreview.config.shipped import shipped_scorecards
from tests.e2e.conftest import CALLS, SAMPLES
from tests.recordings import write_wav

pytestmark = pytest.mark.e2e

CARD_CALL, DELIVERY_CALL, KOREAN_CALL = CALLS


def run(folder: Path, *arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "callreview.cli", *map(str, arguments)]
    done = subprocess.run(
        [*command, "--workspace", str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    return done


def shown(folder: Path, call: str) -> dict:
    return json.loads(run(folder, "show", call, "--json").stdout)


def answers_for(name: str) -> dict[str, object]:
    card = next(card for card in shipped_scorecards() if card.name == name)
    return {question.key: question.options[0].value for question in card.questions}


def test_the_whole_way_from_a_file_to_a_report(workspace_folder, tmp_path):
    name = next(card.name for card in shipped_scorecards())
    answers = tmp_path / "answers.json"
    given = answers_for(name)
    first = next(iter(given))
    given[first] = {"value": given[first], "note": "good", "evidence": [{"start_s": 0, "end_s": 8}]}
    answers.write_text(json.dumps({"answers": given}))
    scored = run(
        *(workspace_folder, "score", DELIVERY_CALL, "--scorecard", name),
        *("--answers", answers, "--reviewer", "Kim"),
    )
    evaluation = json.loads(scored.stdout)
    assert evaluation["status"] == "final"
    assert evaluation["answers"][0]["evidence"][0]["quote"]
    assert shown(workspace_folder, DELIVERY_CALL)["evaluations"][0]["reviewer"] == "Kim"

    agent = shown(workspace_folder, DELIVERY_CALL)["metadata"]["agent"]
    run(workspace_folder, "report", "coaching", "--agent", agent, tmp_path / "report.html")
    run(workspace_folder, "report", "coaching", "--agent", agent, tmp_path / "report.pdf")
    assert evaluation["answers"][0]["evidence"][0]["quote"].split()[0] in (
        tmp_path / "report.html"
    ).read_text("utf-8")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")

    run(workspace_folder, "export", "calls", tmp_path / "calls.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "calls.xlsx").active.values)
    assert any(
        evaluation["score"]["final"] == pytest.approx(value, abs=0.01)
        for row in rows
        for value in row
        if isinstance(value, float)
    )

    run(workspace_folder, "undo")
    assert shown(workspace_folder, DELIVERY_CALL)["evaluations"] == []
    run(workspace_folder, "redo")
    assert shown(workspace_folder, DELIVERY_CALL)["evaluations"][0]["score"] == evaluation["score"]
    run(workspace_folder, "backup", tmp_path / "backup.zip")
    assert run(workspace_folder, "verify").stdout.strip()


def test_a_recognised_call_shows_everything_that_scripts_rely_on(recognised):
    call = shown(recognised, DELIVERY_CALL)
    for key in ("id", "reference", "started_at", "duration_s", "channels", "language", "metadata"):
        assert call[key], key
    assert {speaker["role"] for speaker in call["speakers"]} == {"agent", "customer"}
    turn = call["turns"][0]
    assert turn["text"] and turn["start_s"] < turn["end_s"]
    assert turn["sentiment"]["label"] in ("negative", "neutral", "positive")
    assert {"text", "start_s", "end_s", "confidence"} <= set(turn["words"][0])
    assert len(call["sentiment"]["agent"]["quarters"]) == 4
    assert {
        "talk_s",
        "talk_share",
        "dead_air",
        "overtalk",
        "interruptions",
        "words_per_minute",
    } <= set(call["metrics"])
    assert call["models"]
    assert len(call["audio"]["sha256"]) == 64
    assert any(turn["hits"] for turn in call["turns"])


def test_the_dialogue_reads_as_it_was_spoken(recognised):
    truth = json.loads((SAMPLES / "truth" / f"{DELIVERY_CALL}.json").read_text("utf-8"))
    turns = shown(recognised, DELIVERY_CALL)["turns"]
    assert turns[0]["role"] == truth["turns"][0]["speaker"] == "agent"
    starts = [turn["start_s"] for turn in turns]
    assert starts == sorted(starts)
    assert abs(len(turns) - len(truth["turns"])) <= len(truth["turns"]) // 3


def test_a_spoken_card_number_is_nowhere_in_the_workspace(recognised):
    text = json.dumps(shown(recognised, CARD_CALL), ensure_ascii=False)
    assert "[card number]" in text
    for spoken in ("5105", "1051 0510", "105105"):
        assert spoken not in text
    for file in recognised.glob("callreview.db*"):
        assert not re.search(rb"5105[ -]?1051|1051[ -]?0510", file.read_bytes())


def test_korean_is_found_by_the_beginning_of_a_word(recognised):
    call = shown(recognised, KOREAN_CALL)
    assert call["language"] == "ko"
    word = max((w["text"] for t in call["turns"] for w in t["words"]), key=len)
    hits = json.loads(run(recognised, "search", word[:2], "--json").stdout)
    assert KOREAN_CALL in {hit["reference"] for hit in hits}


@pytest.mark.parametrize("suffix", [".srt", ".vtt", ".txt", ".json"])
def test_a_transcript_is_exported_in_every_form(recognised, tmp_path, suffix):
    out = tmp_path / f"call{suffix}"
    run(recognised, "export", "transcript", DELIVERY_CALL, out)
    assert "delivery" in out.read_text("utf-8").lower()


def test_some_failures_exit_with_1_and_name_each(tmp_path):
    (tmp_path / "empty.wav").write_bytes(b"")
    write_wav(tmp_path / "good.wav")
    done = run(tmp_path / "ws", "import", tmp_path / "empty.wav", tmp_path / "good.wav", code=1)
    assert "empty.wav" in done.stderr
    assert "good" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nobody", "--json"),
        ("score", "x", "--scorecard", "none"),
        ("export", "calls", "out.doc"),
        ("dance",),
        ("import",),
    ],
)
def test_wrong_use_exits_with_2(recognised, arguments):
    assert run(recognised, *arguments, code=2).stderr


@pytest.mark.parametrize("options", [("--model", "/nowhere"), ("--language", "xx")])
def test_a_wrong_model_or_language_is_wrong_use_and_marks_no_call(tmp_path, options):
    run(tmp_path / "ws", "import", write_wav(tmp_path / "call.wav"))
    assert options[1] in run(tmp_path / "ws", "process", *options, code=2).stderr
    (call,) = json.loads(run(tmp_path / "ws", "calls", "--json").stdout)
    assert call["status"] == "imported"


@pytest.mark.parametrize("arguments", [("process",), ("undo",), ("redo",)])
def test_a_mistyped_workspace_is_named_and_not_made(tmp_path, arguments):
    assert "mistyped" in run(tmp_path / "mistyped", *arguments, code=2).stderr
    assert not (tmp_path / "mistyped").exists()


def test_a_log_that_cannot_be_written_stops_no_work(recognised, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    command = [sys.executable, "-m", "callreview.cli", "calls", "--workspace", str(recognised)]
    environment = {**os.environ, "CALLREVIEW_DATA": str(tmp_path / "data")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, "")


def test_unusable_answers_are_named_and_change_nothing(workspace_folder, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text('{"answers": {"no_such_question": 1}}')
    name = next(card.name for card in shipped_scorecards())
    command = ("score", DELIVERY_CALL, "--scorecard", name, "--answers", answers)
    assert "no_such_question" in run(workspace_folder, *command, code=2).stderr
    answers.write_text("not json")
    assert str(answers) in run(workspace_folder, *command, code=2).stderr
    assert shown(workspace_folder, DELIVERY_CALL)["evaluations"] == []


def test_processing_silence_gives_a_call_without_words(tmp_path):
    import numpy as np
    import soundfile

    soundfile.write(tmp_path / "silence.wav", np.zeros(16000), 8000)
    run(tmp_path / "ws", "import", tmp_path / "silence.wav")
    run(tmp_path / "ws", "process", "silence")
    assert shown(tmp_path / "ws", "silence")["turns"] == []
