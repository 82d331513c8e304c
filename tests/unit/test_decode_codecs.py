"""Every codec a contact centre writes becomes prepared audio with its sounds where they were."""

from pathlib import Path

import numpy as np
import pytest

from callreview.audio.decode import prepare_audio, probe
from tests.unit.made_audio import SECONDS, beeps, burst_times, encode, heard_bursts, write

# name, encoder, rate, channels, container
FFMPEG = [
    ("pcm.wav", "pcm_s16le", 8000, 2, None),
    ("pcm24.wav", "pcm_s24le", 16000, 2, None),
    ("float.wav", "pcm_f32le", 8000, 1, None),
    ("mulaw.wav", "pcm_mulaw", 8000, 2, None),
    ("alaw.wav", "pcm_alaw", 8000, 1, None),
    ("ima.wav", "adpcm_ima_wav", 8000, 2, None),
    ("microsoft.wav", "adpcm_ms", 8000, 1, None),
    ("g726.wav", "g726", 8000, 1, None),
    ("call.mp3", "libmp3lame", 8000, 2, None),
    ("call.m4a", "aac", 16000, 2, None),
    ("call.mp4", "aac", 44100, 2, None),
    ("alac.m4a", "alac", 44100, 2, "ipod"),
    ("call.flac", "flac", 8000, 2, None),
    ("call.opus", "libopus", 48000, 2, "ogg"),
    ("call.webm", "libopus", 48000, 2, None),
    ("call.mkv", "pcm_s16le", 8000, 2, None),
    ("call.3gp", "libopencore_amrnb", 8000, 1, None),
    ("call.amr", "libopencore_amrnb", 8000, 1, None),
    ("call.g722", "g722", 16000, 1, None),
    ("call.ac3", "ac3", 48000, 2, None),
    ("call.aiff", "pcm_s16be", 8000, 2, None),
    ("call.au", "pcm_mulaw", 8000, 1, None),
    ("call.w64", "pcm_s16le", 8000, 2, None),
    ("call.caf", "pcm_s16le", 8000, 2, None),
]
# name, libsndfile's container and coding
LIBSNDFILE = [
    ("gsm.wav", "WAV", "GSM610"),
    ("raw.gsm", "RAW", "GSM610"),
    ("nms.wav", "WAV", "NMS_ADPCM_32"),
    ("dialogic.vox", "RAW", "VOX_ADPCM"),
    ("asterisk.ulaw", "RAW", "ULAW"),
    ("asterisk.alaw", "RAW", "ALAW"),
    ("asterisk.sln", "RAW", "PCM_16"),
    ("nist.sph", "NIST", "ULAW"),
    ("big.rf64", "RF64", "PCM_16"),
    ("kit.htk", "HTK", "PCM_16"),
    ("dump.sds", "SDS", "PCM_16"),
    ("apple.aiff", "AIFF", "PCM_16"),
    ("creative.voc", "VOC", "PCM_16"),
]


def expect_beeps_in_place(source: Path, folder: Path, channels: int) -> None:
    prepared = prepare_audio([source], folder / "out.pcm")
    assert prepared.channels == channels == probe(source).channels
    assert prepared.damage == ()
    assert prepared.duration_s == pytest.approx(SECONDS, abs=0.1)
    for channel in range(channels):
        heard = heard_bursts(prepared.samples()[:, channel], prepared.sample_rate)
        assert heard == pytest.approx(burst_times(channel), abs=0.04)


@pytest.mark.parametrize(("name", "codec", "rate", "channels", "container"), FFMPEG)
def test_every_channel_of_a_file_that_ffmpeg_reads_has_its_sounds_in_place(
    tmp_path: Path, name: str, codec: str, rate: int, channels: int, container: str | None
) -> None:
    source = encode(tmp_path / name, codec, rate, channels, container=container)
    expect_beeps_in_place(source, tmp_path, channels)


@pytest.mark.parametrize(("name", "kind", "subtype"), LIBSNDFILE)
def test_a_telephony_file_that_libsndfile_writes_has_its_sounds_in_place(
    tmp_path: Path, name: str, kind: str, subtype: str
) -> None:
    expect_beeps_in_place(write(tmp_path / name, kind, subtype), tmp_path, 1)


def test_sixteen_bit_samples_are_kept_to_the_bit(tmp_path: Path) -> None:
    source = encode(tmp_path / "call.wav", "pcm_s16le", 8000, 2)
    prepared = prepare_audio([source], tmp_path / "out.pcm")
    assert np.array_equal(prepared.samples(), beeps(8000, 2))
    assert (tmp_path / "out.pcm").stat().st_size == prepared.frames * 2 * 2


def test_telephone_sound_in_opus_is_stored_at_the_rate_it_had_before_coding(tmp_path: Path) -> None:
    source = encode(tmp_path / "call.opus", "libopus", 8000, 1, container="ogg")
    assert probe(source).sample_rate == 8000
    assert prepare_audio([source], tmp_path / "out.pcm").sample_rate == 8000
    expect_beeps_in_place(source, tmp_path, 1)


@pytest.mark.parametrize("wrong", ["call.mp3", "call.vox", "call.txt", "we:ird %03d 통화.ogg"])
def test_a_wrong_or_odd_file_name_does_not_matter_when_the_content_is_sound(
    tmp_path: Path, wrong: str
) -> None:
    encode(tmp_path / "call.wav", "pcm_mulaw", 8000, 2).rename(tmp_path / wrong)
    expect_beeps_in_place(tmp_path / wrong, tmp_path, 2)


def test_a_wave_file_whose_recorder_never_wrote_the_length_is_read_whole(tmp_path: Path) -> None:
    source = encode(tmp_path / "call.wav", "pcm_s16le", 8000, 1)
    content = bytearray(source.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = b"\xff\xff\xff\xff"
    source.write_bytes(content)
    expect_beeps_in_place(source, tmp_path, 1)


def test_probe_tells_rate_channels_codec_and_length_without_decoding(tmp_path: Path) -> None:
    info = probe(encode(tmp_path / "call.wav", "pcm_alaw", 8000, 2))
    assert (info.sample_rate, info.channels, info.codec) == (8000, 2, "pcm_alaw")
    assert info.duration_s == pytest.approx(SECONDS)


@pytest.mark.shared
def test_every_shared_recording_decodes_or_says_why_not(shared_data: Path, tmp_path: Path) -> None:
    from callreview.domain.errors import UserError

    files = [path for name in ("calls", "edge") for path in sorted((shared_data / name).iterdir())]
    refused = []
    for path in files:
        try:
            prepared = prepare_audio([path], tmp_path / "out.pcm")
        except UserError as error:
            assert str(path) in str(error)
            refused.append(path.name)
        else:
            assert prepared.damage == ()
            assert prepared.frames > 0
    assert refused == ["missing_wav_header.wav"]
