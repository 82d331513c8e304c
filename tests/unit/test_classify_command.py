"""`callreview classify`: one line in, one line out."""

import io
import json
import sys
from pathlib import Path

import pytest

from callreview.cli.main import main
from callreview.config.preferences import load_preferences, save_preferences
from callreview.domain.errors import UserError
from callreview.domain.text_language import language_of
from callreview.exchange.turn_lines import TurnLine, parse_turn_lines
from callreview.services.sentiment_model import sentiment_model, use_sentiment_model

FIELDS = {"label", "negative", "neutral", "positive", "language"}
NASTY = (
    "this is unacceptable, i want my money back\r\n"
    "customer\t정말 짜증나요. 환불해 주세요.\r\n"
    "\r\n"
    "agent\tYour order number, please?\n"
    "😡😡😡😡😡\n"
    "هذا غير مقبول\n"
    "아니 this is ridiculous, 지금 장난하세요?\n"
    f"{'the parcel never came and nobody answers ' * 714}\n"
)


def classified(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict]:
    assert main(["classify", *arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_line_gets_one_object_with_label_probabilities_and_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "turns.txt"
    file.write_bytes(b"\xef\xbb\xbf" + NASTY.encode())
    rows = classified(capsys, str(file))
    assert all(set(row) == FIELDS for row in rows)
    for row in rows:
        total = row["negative"] + row["neutral"] + row["positive"]
        assert total == pytest.approx(1, abs=0.001)
    assert [row["language"] for row in rows] == ["en", "ko", "", "en", "", "ar", "ko", "en"]
    labels = [row["label"] for row in rows]
    assert labels[:4] == ["negative", "negative", "neutral", "neutral"]
    assert labels[6:] == ["negative", "negative"]
    assert rows[2] == {
        "label": "neutral",
        "negative": 0,
        "neutral": 1,
        "positive": 0,
        "language": "",
    }


def test_standard_input_is_read_for_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    lines = io.TextIOWrapper(io.BytesIO("정말 감사합니다\nwhere is it".encode()))
    monkeypatch.setattr(sys, "stdin", lines)
    rows = classified(capsys, "-")
    assert [row["label"] for row in rows] == ["positive", "neutral"]


def test_without_json_the_lines_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "turns.txt"
    file.write_text("thank you so much for your help\n")
    assert main(["classify", str(file)]) == 0
    label, *shares, language, text = capsys.readouterr().out.strip().split("\t")
    assert (label, language, text) == ("positive", "en", "thank you so much for your help")
    assert all(0 <= float(share) <= 1 for share in shares)


def test_an_empty_file_gives_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "empty.txt").touch()
    assert classified(capsys, str(tmp_path / "empty.txt")) == []


@pytest.mark.parametrize("name", ["absent.txt", "."])
def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["classify", str(tmp_path / name), "--json"]) == 2
    assert name in capsys.readouterr().err


def test_a_model_folder_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "turns.txt"
    file.write_text("hello")
    assert main(["classify", str(file), "--sentiment", str(tmp_path / "none")]) == 2
    assert "no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "turn"),
    [
        ("agent\thello there", TurnLine("agent", "hello there")),
        ("Speaker 2:\thello\tthere", TurnLine("Speaker 2", "hello\tthere")),
        ("고객\t안녕하세요", TurnLine("고객", "안녕하세요")),
        ("no tab here", TurnLine("", "no tab here")),
        ("agent\t", TurnLine("", "agent ")),
        ("\thello", TurnLine("", " hello")),
        ("i said no\tyes i did", TurnLine("", "i said no yes i did")),
    ],
)
def test_a_role_is_one_word_before_the_first_tab(line: str, turn: TurnLine):
    assert parse_turn_lines(line) == (turn,)


def test_only_line_feeds_end_a_line():
    text = "one\u2028still one\x0bstill one\r\n\ntwo\x85still two\n"
    assert [line.text for line in parse_turn_lines(text)] == [
        "one\u2028still one\x0bstill one",
        "",
        "two\x85still two",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where is my parcel", "en"),
        ("iPhone 케이스 주문했어요", "ko"),
        ("I ordered the 케이스 from your online store last week", "en"),
        ("dónde está mi pedido, por favor, no ha llegado", "es"),
        ("merci beaucoup pour votre aide", "fr"),
        ("ich habe die Rechnung nicht bekommen", "de"),
        ("это моя посылка", "ru"),
        ("荷物はどこですか", "ja"),
        ("我的包裹在哪里", "zh"),
        ("4 4 7 1", ""),
        ("👍", ""),
        ("", ""),
    ],
)
def test_the_language_is_told_by_letters_and_small_words(text: str, language: str):
    assert language_of(text) == language


def test_a_model_that_cannot_be_used_is_not_chosen(tmp_path: Path):
    (tmp_path / "model.onnx").touch()
    with pytest.raises(UserError, match=r"tokenizer\.json"):
        use_sentiment_model(str(tmp_path))
    assert sentiment_model() is None


def test_the_chosen_model_is_kept_beside_the_other_preferences():
    from callreview.analysis.sentiment.classifier import shipped_model_dir

    before = load_preferences()
    try:
        name = use_sentiment_model(f" {shipped_model_dir()} ")
        assert name.startswith("callreview-sentiment")
        assert sentiment_model() == str(shipped_model_dir())
        assert load_preferences().speech_model == before.speech_model
        use_sentiment_model("")
        assert sentiment_model() is None
    finally:
        save_preferences(before)


def test_results_are_utf8_whatever_the_code_page(monkeypatch: pytest.MonkeyPatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="cp1252"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("정말 짜증나요".encode())))
    assert main(["mask", "-", "--json"]) == 0
    assert json.loads(written.getvalue().decode())["text"] == "정말 짜증나요"
