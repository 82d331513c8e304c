import codecs
import os
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.exchange.cell_values import read_date, read_seconds
from callreview.exchange.manifest import Manifest, read_manifest

HEADER = "reference,agent,started_at,audio_file"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.wav", "b.wav", "통화.wav", "call, two.wav"):
        (tmp_path / name).write_bytes(b"sound")
    return tmp_path


def read(folder: Path, text: str, encoding: str = "utf-8") -> Manifest:
    path = folder / "calls.csv"
    path.write_bytes(text.encode(encoding))
    return read_manifest(path)


def only_problem(manifest: Manifest) -> str:
    assert len(manifest.problems) == 1, manifest.problems
    return manifest.problems[0]


def test_a_row_becomes_a_call_with_all_its_metadata(folder: Path) -> None:
    manifest = read(
        folder,
        HEADER + ",direction,queue,campaign,source,customer id,caller,hold,outcome,csat,team,"
        "language,agent_channel,Shift lead,duration\n"
        "A-1,Kim,2025-02-19T06:01:22,a.wav,Inbound,Refunds,Spring,Web,C9,+4930,1:15,resolved,4.5,"
        "Blue,en-US,right,Maria,245.4\n",
    )
    row = manifest.rows[0]
    assert manifest.problems == ()
    assert row.row_number == 2
    assert row.audio_files == (folder / "a.wav",)
    assert row.metadata.started_at == "2025-02-19T06:01:22"
    assert (row.metadata.direction, row.metadata.language) == ("inbound", "en")
    assert (row.metadata.csat, row.metadata.hold_s, row.metadata.agent_channel) == (4.5, 75.0, 1)
    assert row.metadata.caller == "+4930"
    assert row.metadata.extra == {"Shift lead": "Maria", "duration": "245.4"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949"]
)
def test_korean_manifests_are_read_in_every_common_encoding(folder: Path, encoding: str) -> None:
    text = (
        "통화 번호;상담원;시작 시간;음성 파일;메모\nK1;김민수;2025-02-19 06:01;통화.wav;환불 요청\n"
    )
    row = read(folder, text, encoding).rows[0]
    assert row.metadata.agent == "김민수"
    assert row.metadata.extra == {"메모": "환불 요청"}
    assert row.audio_files[0].is_file()


def test_a_big_endian_file_with_byte_order_mark_is_read(folder: Path) -> None:
    path = folder / "calls.csv"
    text = f"{HEADER}\nA,Zoë,2025-02-19,a.wav\n"
    path.write_bytes(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    assert read_manifest(path).rows[0].metadata.agent == "Zoë"


@pytest.mark.parametrize("name", ["김", "환불팀", "이서연"])
def test_a_single_korean_word_in_cp949_is_enough_to_know_the_encoding(
    folder: Path, name: str
) -> None:
    manifest = read(folder, f"{HEADER}\nA,{name},2025-02-19,a.wav\n", "cp949")
    assert manifest.rows[0].metadata.agent == name


@pytest.mark.parametrize("name", ["Zoë Müller", "José Peña", "Änne Österreich", "“Bob”"])
def test_western_names_in_cp1252_are_read(folder: Path, name: str) -> None:
    manifest = read(folder, f"{HEADER}\nA,{name},2025-02-19,a.wav\n", "cp1252")
    assert manifest.rows[0].metadata.agent == name


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_though_cells_hold_the_others(folder: Path, separator: str) -> None:
    cells = ["A", "Kim; Lee, Jr.", "2025-02-19", "a.wav", "x;y,z"]
    header = ["Reference", "AGENT NAME", "Start-Time", "Audio_File", "note, or; remark"]
    lines = [separator.join(f'"{cell}"' for cell in row) for row in (header, cells)]
    row = read(folder, "\r\n".join(lines)).rows[0]
    assert row.metadata.agent == "Kim; Lee, Jr."
    assert row.metadata.extra == {"note, or; remark": "x;y,z"}


def test_excels_separator_line_is_not_a_row(folder: Path) -> None:
    row = read(folder, "sep=;\nreference;agent;date;file\nA;Kim;2025-02-19;a.wav\n").rows[0]
    assert (row.row_number, row.metadata.agent) == (2, "Kim")


def test_quoted_newlines_stay_in_the_cell_and_rows_count_as_in_a_spreadsheet(folder: Path) -> None:
    manifest = read(
        folder,
        f'{HEADER},note\nA,Kim,2025-02-19,a.wav,"two\nlines"\n\nB,Lee,someday,b.wav,\n',
    )
    assert manifest.rows[0].metadata.extra["note"] == "two\nlines"
    assert "row 4" in only_problem(manifest)


def test_a_pair_is_agent_first_then_customer(folder: Path) -> None:
    header = "reference,agent,started_at,customer_audio,agent_audio\n"
    row = read(folder, header + "A,Kim,2025-02-19,b.wav,a.wav\n").rows[0]
    assert row.audio_files == (folder / "a.wav", folder / "b.wav")
    assert row.metadata.agent_channel == 0


def test_two_files_in_one_cell_are_a_pair(folder: Path) -> None:
    row = read(folder, f"{HEADER}\nA,Kim,2025-02-19,a.wav;b.wav\n").rows[0]
    assert row.audio_files == (folder / "a.wav", folder / "b.wav")


def test_files_are_found_with_windows_separators_and_in_folders(folder: Path) -> None:
    (folder / "march").mkdir()
    (folder / "march" / "x.wav").write_bytes(b"sound")
    row = read(folder, f"{HEADER}\nA,Kim,2025-02-19,march\\x.wav\n").rows[0]
    assert row.audio_files[0].read_bytes() == b"sound"


def test_hangul_file_names_from_a_mac_are_found(folder: Path) -> None:
    (folder / unicodedata.normalize("NFD", "녹취.wav")).write_bytes(b"sound")
    assert read(folder, f"{HEADER}\nA,Kim,2025-02-19,녹취.wav\n").rows[0].audio_files


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("A,Kim,03/04/2025,a.wav", "03/04/2025"),
        ("A,Kim,2025-02-30,a.wav", "2025-02-30"),
        ("A,Kim,,a.wav", "started_at"),
        ("A,,2025-02-19,a.wav", "agent"),
        (",Kim,2025-02-19,a.wav", "reference"),
        ("A,Kim,2025-02-19,", "no audio file"),
        ("A,Kim,2025-02-19,gone.wav", "gone.wav"),
        ("A,Kim,2025-02-19,a.wav;gone.wav", "gone.wav"),
        ("A,Kim,2025-02-19,a.wav;b.wav;a.wav", "more than two"),
        ("A,Kim,2025-02-19," + "x" * 300, "no file"),
        ("A,Kim,2025-02-19,.", "no file"),
        ("A,Kim,2025-02-19,call, two.wav,4,x", "more cells"),
        ("A,Kim,2025-02-19,a.wav,good", "csat"),
        ("A,Kim,2025-02-19,a.wav,nan", "csat"),
        ("B,Kim,2025-02-19,a.wav", "already used in row 3"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_on(folder: Path, cells: str, reason: str) -> None:
    good = "B,Lee,2025-02-19,b.wav"
    rows = [cells, good] if reason != "already used in row 3" else ["", good, cells]
    manifest = read(folder, "\n".join([f"{HEADER},csat", *rows]))
    problem = only_problem(manifest)
    assert [row.metadata.reference for row in manifest.rows] == ["B"]
    assert str(folder / "calls.csv") in problem
    assert f"row {rows.index(cells) + 2}" in problem
    assert reason in problem


def test_a_missing_transcript_is_a_problem_of_its_row(folder: Path) -> None:
    manifest = read(folder, f"{HEADER},transcript\nA,Kim,2025-02-19,a.wav,talk.srt\n")
    assert "talk.srt" in only_problem(manifest)


@pytest.mark.parametrize(
    ("tail", "number"), [('A,"Kim" x,2025-02-19,a.wav', 2), ('\nA,"Kim,2025-02-19,a.wav', 3)]
)
def test_broken_quotation_marks_are_named_with_their_row(
    folder: Path, tail: str, number: int
) -> None:
    manifest = read(folder, f"{HEADER}\n{tail}\n")
    assert f"row {number}" in only_problem(manifest)
    assert "quotation" in manifest.problems[0]


def test_a_row_after_a_broken_one_is_still_read(folder: Path) -> None:
    manifest = read(folder, f'{HEADER}\nA,"K" x,2025-02-19,a.wav\nB,Lee,2025-02-19,b.wav\n')
    assert [row.metadata.reference for row in manifest.rows] == ["B"]


def test_missing_columns_are_named_with_those_that_were_found(folder: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(folder, "reference,agent,colour\nA,Kim,red\n")
    message = str(caught.value)
    assert "calls.csv" in message
    assert "started_at, audio_file" in message
    assert "reference, agent, colour" in message


def test_of_two_columns_for_one_field_the_commoner_name_counts(folder: Path) -> None:
    text = "agent id,agent,reference,date,file,,note,note\n77,Kim,A,2025-02-19,a.wav,z,1,2\n"
    row = read(folder, text).rows[0]
    assert row.metadata.agent == "Kim"
    assert row.metadata.extra == {"agent id": "77", "column 6": "z", "note": "1", "note (2)": "2"}


def test_a_direction_we_do_not_know_is_kept(folder: Path) -> None:
    row = read(folder, f"{HEADER},direction\nA,Kim,2025-02-19,a.wav,Internal\n").rows[0]
    assert (row.metadata.direction, row.metadata.extra) == ("", {"direction": "Internal"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\r\n  \n", "is empty"),
        (f"{HEADER}\n".encode(), "no rows"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00", "not a text file"),
        (os.urandom(64) + b"\0" * 64, "not a text file"),
        (b"PK\x03\x04rest of a workbook", "Save it as CSV"),
    ],
)
def test_a_file_that_is_no_manifest_is_a_clear_error(
    folder: Path, content: bytes, words: str
) -> None:
    path = folder / "calls.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=words) as caught:
        read_manifest(path)
    assert str(path) in str(caught.value)


def test_an_absent_manifest_and_a_folder_are_clear_errors(folder: Path) -> None:
    for path in (folder / "gone.csv", folder, folder / "a.wav" / "calls.csv"):
        with pytest.raises(UserError, match="There is no file"):
            read_manifest(path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_manifest_without_permission_is_the_computers_problem(folder: Path) -> None:
    path = folder / "calls.csv"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(EnvironmentProblem):
        read_manifest(path)


@given(data=st.binary(max_size=300))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_bring_the_reader_down(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(data)
    with pytest.raises(UserError):
        read_manifest(path)


@given(tail=st.text(st.characters(exclude_characters="\0"), max_size=200))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_read_or_named(tmp_path: Path, tail: str) -> None:
    (tmp_path / "a.wav").touch()
    path = tmp_path / "any.csv"
    text = f"{HEADER}\nA,Kim,2025-02-19,a.wav\n{tail}"
    path.write_text(text, encoding="utf-8-sig", errors="replace", newline="")
    manifest = read_manifest(path)
    assert manifest.rows[0].metadata.reference == "A"
    assert manifest.problems or not tail.strip('"\ufeff\u200b \t\r\n\xa0,;')


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-02-19T06:01:22+09:00", "2025-02-19T06:01:22+09:00"),
        ("2025-02-19 06:01:22 UTC", "2025-02-19T06:01:22+00:00"),
        ("2025-02-19 06:01", "2025-02-19T06:01:00"),
        ("20250219T060122", "2025-02-19T06:01:22"),
        ("2025/2/9 6:01", "2025-02-09T06:01:00"),
        ("2025-02-19", "2025-02-19"),
        ("2025. 2. 19. 오후 3:05", "2025-02-19T15:05:00"),
        ("2025년 2월 19일 오전 12시 5분", "2025-02-19T00:05:00"),
        ("19 Feb 2025 06:01", "2025-02-19T06:01:00"),
        ("February 19, 2025 12:05 PM", "2025-02-19T12:05:00"),
        ("02/19/2025", "2025-02-19"),
        ("19.02.2025 06:01:22", "2025-02-19T06:01:22"),
        ("05/05/2025", "2025-05-05"),
    ],
)
def test_clear_dates_become_iso(text: str, iso: str) -> None:
    assert read_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        *("03/04/2025", "4.3.2025", "45707", "someday", "", "2025-02-19 25:00", "2025-13-01"),
        *(
            "0025-02-19",
            "2025-02-19 13:00 PM",
            "2025/2/19 6",
            "12 Foo 2025",
            "2025-02-19 06:01 KST",
        ),
    ],
)
def test_a_date_that_is_not_clear_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(text)


@given(moment=st.datetimes(min_value=datetime(1970, 1, 1)))
def test_iso_dates_are_kept_exactly(moment: datetime) -> None:
    assert read_date(moment.isoformat()) == moment.isoformat()


@given(total=st.integers(0, 359_999))
def test_lengths_of_time_read_back(total: int) -> None:
    clock = f"{total // 3600}:{total // 60 % 60:02d}:{total % 60:02d}"
    assert read_seconds(clock) == read_seconds(str(total)) == total


@pytest.mark.parametrize("text", ["-5", "1:-2", "x", "1:2:3:4", "inf", "٣:a"])
def test_lengths_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_seconds(text)
