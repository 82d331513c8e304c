"""What is no recording is refused in words that say what and where; nothing is left behind."""

import errno
import os
from pathlib import Path

import pytest

from callreview.audio.decode import prepare_audio, probe
from callreview.audio.digest import sha256_of
from callreview.audio.replacing import replacing
from callreview.domain.errors import Cancelled, EnvironmentProblem, UserError
from tests.unit.made_audio import encode


def a_wave(folder: Path, codec: str = "pcm_alaw") -> bytes:
    return encode(folder / "good.wav", codec, 8000, 1).read_bytes()


def with_bytes(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + len(new) :]


def refusal_of(path: Path) -> str:
    folder = path.parent
    before = sorted(folder.iterdir())
    with pytest.raises(UserError) as refused:
        prepare_audio([path], folder / "out.pcm")
    assert sorted(folder.iterdir()) == before
    assert str(path) in str(refused.value)
    return str(refused.value)


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "call.wav").touch()
    assert "is empty" in refusal_of(tmp_path / "call.wav")


@pytest.mark.parametrize("text", ["hello", "통화 기록 " * 2000, "<html><body>404</body></html>"])
def test_text_under_the_name_of_a_recording_is_called_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "call.wav").write_text(text, encoding="utf-8")
    assert "holds text" in refusal_of(tmp_path / "call.wav")


def test_a_playlist_is_not_followed(tmp_path: Path) -> None:
    encode(tmp_path / "part.wav", "pcm_s16le", 8000, 1)
    (tmp_path / "call.m3u8").write_text("#EXTM3U\n#EXTINF:4,\npart.wav\n#EXT-X-ENDLIST\n")
    assert "holds text" in refusal_of(tmp_path / "call.m3u8")


def test_samples_without_a_header_are_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "call.wav").write_bytes(bytes(range(256)) * 100)
    assert "no WAV header" in refusal_of(tmp_path / "call.wav")


@pytest.mark.parametrize(
    ("at", "new", "said"),
    [
        (22, b"\0\0", "0 channels"),
        (24, b"\0\0\0\0", "0 samples a second"),
        (20, b"\x33\x01", "G.729"),
        (20, b"\x77\x77", "0x7777"),
    ],
)
def test_a_wave_header_that_cannot_be_played_is_explained(
    tmp_path: Path, at: int, new: bytes, said: str
) -> None:
    content = with_bytes(a_wave(tmp_path), at, new)
    (tmp_path / "call.wav").write_bytes(content)
    assert said in refusal_of(tmp_path / "call.wav")


def test_a_header_without_sound_is_refused(tmp_path: Path) -> None:
    content = a_wave(tmp_path, "pcm_s16le")
    (tmp_path / "call.wav").write_bytes(content[: content.index(b"data") + 8])
    assert "no sound" in refusal_of(tmp_path / "call.wav")


def test_half_a_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "call.wav").write_bytes(a_wave(tmp_path)[:30])
    assert "header is broken" in refusal_of(tmp_path / "call.wav")


def test_a_mobile_recording_without_its_index_is_refused_as_unfinished(tmp_path: Path) -> None:
    content = encode(tmp_path / "good.m4a", "aac", 16000, 1).read_bytes()
    (tmp_path / "call.m4a").write_bytes(content[: len(content) // 2])
    assert "never finished" in refusal_of(tmp_path / "call.m4a")


def test_a_wrong_extension_on_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "call.mp3").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    assert "cannot be read as sound" in refusal_of(tmp_path / "call.mp3")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "does not exist" in refusal_of(tmp_path / "gone.wav")
    (tmp_path / "folder").mkdir()
    assert "is a folder" in refusal_of(tmp_path / "folder")
    with pytest.raises(UserError, match="does not exist"):
        probe(tmp_path / "gone.wav")
    with pytest.raises(UserError, match="does not exist"):
        sha256_of(tmp_path / "gone.wav")


def test_one_bad_side_of_a_pair_refuses_the_pair_by_its_name(tmp_path: Path) -> None:
    good = encode(tmp_path / "agent.wav", "pcm_s16le", 8000, 1)
    (tmp_path / "caller.wav").touch()
    with pytest.raises(UserError, match=r"caller\.wav is empty"):
        prepare_audio([good, tmp_path / "caller.wav"], tmp_path / "out.pcm")
    assert not (tmp_path / "out.pcm").exists()


def test_cancelling_leaves_nothing_behind_and_an_older_file_untouched(tmp_path: Path) -> None:
    source = encode(tmp_path / "call.wav", "pcm_s16le", 8000, 1)
    (tmp_path / "out.pcm").write_bytes(b"older")
    with pytest.raises(Cancelled):
        prepare_audio([source], tmp_path / "out.pcm", cancelled=lambda: True)
    assert (tmp_path / "out.pcm").read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["call.wav", "out.pcm"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_environment_problem_that_says_so(tmp_path: Path) -> None:
    with (
        pytest.raises(EnvironmentProblem, match="disk is full"),
        replacing(tmp_path / "out.pcm") as file,
    ):
        os.dup2(os.open("/dev/full", os.O_WRONLY), file.fileno())
        file.write(b"x" * 100_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_folder_that_may_not_be_written_is_an_environment_problem(
    tmp_path: Path, code: int
) -> None:
    with (
        pytest.raises(EnvironmentProblem, match="may not be written"),
        replacing(tmp_path / "out.pcm"),
    ):
        raise OSError(code, os.strerror(code))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_output_folder_is_an_environment_problem(tmp_path: Path) -> None:
    source = encode(tmp_path / "call.wav", "pcm_s16le", 8000, 1)
    with pytest.raises(EnvironmentProblem, match="could not be written"):
        prepare_audio([source], tmp_path / "nowhere" / "out.pcm")
