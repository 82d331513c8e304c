"""Damaged recordings keep everything that can be read, in its place, and list what cannot."""

from pathlib import Path

import av
import numpy as np
import pytest

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from tests.unit.made_audio import BURST_S, SECONDS, burst_times, encode, heard_bursts, write


def prepare(source: Path) -> PreparedAudio:
    return prepare_audio([source], source.with_name("out.pcm"))


def cut(path: Path, share: float) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


@pytest.mark.parametrize(
    ("name", "codec", "rate", "container", "options"),
    [
        ("call.wav", "pcm_s16le", 8000, None, {}),
        ("call.wav", "pcm_mulaw", 8000, None, {}),
        ("call.wav", "adpcm_ms", 8000, None, {}),
        ("call.mp3", "libmp3lame", 8000, None, {}),
        ("call.flac", "flac", 8000, None, {}),
        ("call.m4a", "aac", 16000, None, {"movflags": "faststart"}),
        ("call.opus", "libopus", 48000, "ogg", {"page_duration": "200000"}),
        ("call.webm", "libopus", 48000, None, {}),
        ("call.au", "pcm_mulaw", 8000, None, {}),
    ],
)
def test_a_truncated_file_is_imported_up_to_the_break(
    tmp_path: Path, name: str, codec: str, rate: int, container: str | None, options: dict[str, str]
) -> None:
    source = encode(tmp_path / name, codec, rate, 1, container=container, options=options)
    prepared = prepare(cut(source, 0.6))
    assert 1.0 < prepared.duration_s < 0.75 * SECONDS
    expected = [t for t in burst_times(0) if t + BURST_S < prepared.duration_s]
    assert heard_bursts(prepared.samples()[:, 0], prepared.sample_rate) == pytest.approx(
        expected, abs=0.04
    )
    assert [hole.reason for hole in prepared.damage] == ["the file ends early"]
    assert prepared.damage[0].start_s == pytest.approx(prepared.duration_s)


def test_the_damage_of_a_truncated_wave_file_ends_where_its_header_says(tmp_path: Path) -> None:
    prepared = prepare(cut(encode(tmp_path / "call.wav", "pcm_s16le", 8000, 2), 0.5))
    assert prepared.damage[0].end_s == pytest.approx(SECONDS, abs=0.01)


def ogg_pages(content: bytes) -> list[bytes]:
    starts = [at for at in range(len(content)) if content.startswith(b"OggS", at)]
    return [content[a:b] for a, b in zip(starts, [*starts[1:], len(content)], strict=True)]


def test_lost_pages_in_ogg_become_silence_and_later_sounds_stay_in_place(tmp_path: Path) -> None:
    source = encode(
        tmp_path / "call.opus",
        "libopus",
        48000,
        1,
        container="ogg",
        options={"page_duration": "200000"},
    )
    pages = ogg_pages(source.read_bytes())
    source.write_bytes(b"".join(pages[:6] + pages[11:]))
    prepared = prepare(source)
    assert prepared.duration_s == pytest.approx(SECONDS, abs=0.05)
    hole = next(hole for hole in prepared.damage if hole.end_s - hole.start_s > 0.5)
    assert hole.reason == "missing in the file"
    inside = prepared.samples()[
        round((hole.start_s + 0.02) * 48000) : round((hole.end_s - 0.02) * 48000)
    ]
    assert not inside.any()
    heard = heard_bursts(prepared.samples()[:, 0], 48000)
    outside = [t for t in burst_times(0) if not hole.start_s - BURST_S < t < hole.end_s]
    assert 0 < len(outside) < len(burst_times(0))
    assert [t for t in heard if not hole.start_s <= t < hole.end_s + 0.02] == pytest.approx(
        outside, abs=0.04
    )


def packet_places(path: Path) -> list[tuple[int, int, float, float]]:
    with av.open(str(path)) as container:
        return [
            (packet.pos or 0, packet.size, float(packet.pts * packet.time_base), packet.size)
            for packet in container.demux(audio=0)
            if packet.size and packet.pts is not None
        ]


def test_packets_that_cannot_be_decoded_are_skipped_one_by_one_and_listed(tmp_path: Path) -> None:
    source = encode(tmp_path / "call.m4a", "aac", 16000, 1, options={"movflags": "faststart"})
    content = bytearray(source.read_bytes())
    bad = [place for place in packet_places(source) if 1.8 < place[2] < 2.2]
    for position, size, _start_s, _end_s in bad:
        content[position : position + size] = b"\xff" * size
    source.write_bytes(content)
    prepared = prepare(source)
    assert prepared.duration_s == pytest.approx(SECONDS, abs=0.1)
    assert {hole.reason for hole in prepared.damage} == {"could not be decoded"}
    assert all(1.7 < hole.start_s < hole.end_s < 2.3 for hole in prepared.damage)
    assert heard_bursts(prepared.samples()[:, 0], 16000) == pytest.approx(burst_times(0), abs=0.04)


def test_a_stray_byte_after_gsm_blocks_loses_nothing(tmp_path: Path) -> None:
    source = write(tmp_path / "call.wav", "WAV", "GSM610")
    content = bytearray(source.read_bytes())
    at = content.index(b"data") + 4
    size = int.from_bytes(content[at : at + 4], "little") + 1
    content[at : at + 4] = size.to_bytes(4, "little")
    source.write_bytes(content + b"\x00")
    prepared = prepare(source)
    assert heard_bursts(prepared.samples()[:, 0], 8000) == pytest.approx(burst_times(0), abs=0.03)
    assert all(hole.start_s >= SECONDS - 0.01 for hole in prepared.damage)


def test_a_recorder_whose_clock_runs_slow_gives_no_holes_and_no_drift(tmp_path: Path) -> None:
    """Timestamps that gain 0.5 % on the samples, as WebRTC recorders write them into MP4."""
    source = encode(tmp_path / "even.m4a", "aac", 16000, 1)
    slow = tmp_path / "slow.m4a"
    with av.open(str(source)) as given, av.open(str(slow), "w") as made:
        stream = made.add_stream_from_template(given.streams.audio[0])
        for packet in given.demux(audio=0):
            if packet.pts is None or packet.dts is None:
                continue
            packet.pts += max(packet.pts, 0) // 200
            packet.dts = packet.pts
            packet.stream = stream
            made.mux(packet)
    prepared = prepare(slow)
    assert prepared.damage == ()
    assert prepared.duration_s == pytest.approx(SECONDS * 1.005, abs=0.08)
    expected = [start * 1.005 for start in burst_times(0)]
    assert heard_bursts(prepared.samples()[:, 0], 16000) == pytest.approx(expected, abs=0.02)


def test_hours_of_sound_are_decoded_without_holding_them_in_memory(tmp_path: Path) -> None:
    import tracemalloc

    seconds = 2 * 3600
    source = tmp_path / "long.ulaw"
    with source.open("wb") as file:
        file.truncate(seconds * 8000 - 8000)
        file.seek(0, 2)
        file.write(bytes([0x00, 0x80] * 4000))
    tracemalloc.start()
    prepared = prepare(source)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert prepared.duration_s == seconds
    assert peak < 30e6
    assert np.abs(prepared.samples()[-1000:]).max() > 0
    prepared.path.unlink()
