import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.domain.errors import UserError
from callreview.domain.transcript import Role, Transcript, Turn, Word, join_words
from callreview.exchange.cues import LINE_WIDTH, LONGEST_S, cues_of, text_width
from callreview.exchange.transcript_file import write_transcript
from tests.unit.exchange.made_calls import transcript, turn

NAMES: dict[Role, str] = {"agent": "Kim & Co <b>", "customer": "고객"}
LONG = "Thank you for calling the repair shop this is Chris. " * 12
TALK = transcript(
    turn("agent", LONG, 0.5),
    turn("customer", "I said <b>no</b> --> {\\an8} & that is it.", 60.0),
    turn(
        "agent",
        "네, 환불은 영업일 기준 삼일에서 오일 정도 걸립니다. 더 도와드릴 것이 있을까요?",
        65.25,
    ),
)
CLOCK = r"(\d{2,}):([0-5]\d):([0-5]\d)%s(\d{3})"


def seconds(text: str, mark: str) -> float:
    found = re.fullmatch(CLOCK % re.escape(mark), text)
    assert found, text
    hours, minutes, secs, millis = map(int, found.groups())
    return hours * 3600 + minutes * 60 + secs + millis / 1000


def blocks(text: str) -> list[list[str]]:
    return [block.split("\n") for block in re.split(r"\n\n+", text.strip("\n"))]


def check_times(timing: str, mark: str) -> tuple[float, float]:
    start, arrow, end = timing.split(" ")
    assert arrow == "-->"
    start_s, end_s = seconds(start, mark), seconds(end, mark)
    assert start_s < end_s <= start_s + LONGEST_S + 0.001
    return start_s, end_s


def read_srt(path: Path) -> list[tuple[float, float, list[str]]]:
    """A strict reader: numbers without gaps, times that grow, one or two lines."""
    cues = []
    for number, block in enumerate(blocks(path.read_text(encoding="utf-8")), 1):
        assert block[0] == str(number)
        cues.append((*check_times(block[1], ","), block[2:]))
        assert 1 <= len(block[2:]) <= 2
        assert all(text_width(line) <= LINE_WIDTH for line in block[2:])
    assert [cue[0] for cue in cues] == sorted(cue[0] for cue in cues)
    return cues


def read_vtt(path: Path) -> list[tuple[float, float, str, str]]:
    """A strict reader after the WebVTT syntax: header, timings, voice spans, escapes."""
    header, *rest = blocks(path.read_text(encoding="utf-8"))
    assert header == ["WEBVTT"]
    cues = []
    for block in rest:
        start_s, end_s = check_times(block[0], ".")
        payload = "\n".join(block[1:])
        found = re.fullmatch(r"<v ([^\n<>]+)>([^<>]+)</v>", payload)
        assert found, payload
        assert "-->" not in payload
        assert not re.search(r"&(?!amp;|lt;|gt;)", payload)
        lines = unescape(found[2]).split("\n")
        assert len(lines) <= 2
        assert all(text_width(line) <= LINE_WIDTH for line in lines)
        cues.append((start_s, end_s, unescape(found[1]), " ".join(lines)))
    return cues


def test_srt_is_read_back_by_a_strict_reader(tmp_path: Path) -> None:
    path = tmp_path / "t.srt"
    write_transcript(TALK, path, NAMES)
    cues = read_srt(path)
    assert len(cues) > 6
    assert all(lines[0].startswith(("Kim & Co ‹b›: ", "고객: ")) for _s, _e, lines in cues)
    assert not re.search(r"[<>{}]", path.read_text(encoding="utf-8").replace("-->", ""))


def test_vtt_is_read_back_with_speakers_and_every_word(tmp_path: Path) -> None:
    path = tmp_path / "t.vtt"
    write_transcript(TALK, path, NAMES)
    cues = read_vtt(path)
    assert {name for _s, _e, name, _text in cues} == {"Kim & Co <b>", "고객"}
    read = " ".join(text for _s, _e, _name, text in cues)
    assert read.split() == " ".join(turn.text for turn in TALK.turns).split()


def test_text_is_one_paragraph_a_turn_with_its_time_and_speaker(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    write_transcript(TALK, path, {**NAMES, "agent": ""})
    first, second, third = path.read_text(encoding="utf-8").strip().split("\n\n")
    assert first.startswith("[00:00:00] agent: Thank you")
    assert second == "[00:01:00] 고객: I said <b>no</b> --> {\\an8} & that is it."
    assert third.startswith("[00:01:05] agent: 네,")


def test_json_has_the_turns_of_show_json(tmp_path: Path) -> None:
    path = tmp_path / "t.JSON"
    write_transcript(TALK, path, NAMES)
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["turns"][1]["words"][0] == {
        "text": "I", "start_s": 60.0, "end_s": 60.4, "confidence": 0.9
    }  # fmt: skip
    assert data["masked"] == [{"kind": "card", "start_s": 5.0, "end_s": 6.0}]


@pytest.mark.parametrize("suffix", [".srt", ".vtt", ".txt", ".json"])
def test_a_call_without_words_is_an_empty_but_valid_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    write_transcript(transcript(Turn("agent", "agent", 0.0, 1.0, ())), path, NAMES)
    text = path.read_text(encoding="utf-8")
    assert text.strip() == ("WEBVTT" if suffix == ".vtt" else "") or suffix == ".json"


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.srt, \.vtt, \.txt, \.json"):
        write_transcript(TALK, tmp_path / "t.docx", NAMES)


def test_a_cue_prefers_to_end_with_the_sentence() -> None:
    cues = cues_of(
        [turn("agent", "I can help you with that today. Your order is on its way.", 0.0)]
    )
    assert cues[0].lines == ("I can help you with that today.",)


def test_a_pause_in_a_turn_starts_a_new_cue() -> None:
    said = turn("agent", "One moment please", 0.0)
    late = replace(said, words=(*said.words, Word("thanks", 9.0, 9.4, 0.9)))
    assert [cue.start_s for cue in cues_of([late])] == [0.0, 9.0]


def test_a_short_cue_stays_for_a_second_unless_the_next_begins() -> None:
    yes, no, last = turn("agent", "Yes", 0.0), turn("customer", "No", 0.6), turn("agent", "Oh", 5.0)
    assert [cue.end_s for cue in cues_of([yes, no, last])] == pytest.approx([0.6, 1.6, 6.0])


word_texts = st.text(st.sampled_from("abcdefg.?가나다漢字 <&\n"), min_size=1, max_size=60).filter(
    str.strip
)


@st.composite
def some_turns(draw: st.DrawFn) -> tuple[Turn, ...]:
    turns, clock = [], 0.0
    for _n in range(draw(st.integers(1, 4))):
        words = []
        for text in draw(st.lists(word_texts, min_size=1, max_size=30)):
            clock += draw(st.floats(0, 2))
            length = draw(st.floats(0, 12))
            words.append(Word(text.strip(), clock, clock + length, 1.0, draw(st.booleans())))
            clock += length * draw(st.sampled_from([0.0, 1.0]))
        role: Role = draw(st.sampled_from(["agent", "customer"]))
        turns.append(Turn(role, role, words[0].start_s, clock, tuple(words)))
    return tuple(turns)


@given(turns=some_turns())
@settings(max_examples=40)
def test_cues_are_always_readable_and_lose_no_letter(turns: tuple[Turn, ...]) -> None:
    cues = cues_of(turns)
    for cue in cues:
        assert 0 <= cue.start_s < cue.end_s <= cue.start_s + LONGEST_S + 1e-6
        assert 1 <= len(cue.lines) <= 2
        assert all(text_width(line) <= LINE_WIDTH for line in cue.lines)
    shown = "".join("".join(cue.lines) for cue in cues)
    said = "".join(join_words(turn.words) for turn in turns)
    assert sorted("".join(shown.split())) == sorted("".join(said.split()))


@given(turns=some_turns())
@settings(max_examples=40)
def test_any_transcript_makes_files_that_strict_readers_take(
    turns: tuple[Turn, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("t")
    talk = Transcript("en", (), turns, {})
    write_transcript(talk, folder / "t.srt", NAMES)
    write_transcript(talk, folder / "t.vtt", NAMES)
    assert len(read_srt(folder / "t.srt")) >= 1
    assert len(read_vtt(folder / "t.vtt")) >= 1
