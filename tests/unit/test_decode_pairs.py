"""The files of one call become one recording, channel beside channel."""

import hashlib
from pathlib import Path

import av
import numpy as np
import pytest

from callreview.audio.decode import prepare_audio, probe
from callreview.audio.digest import sha256_of
from tests.unit.made_audio import beeps, burst_times, encode, heard_bursts


def test_two_mono_files_become_two_channels_in_the_order_given(tmp_path: Path) -> None:
    sound = beeps(8000, 2)
    agent = encode(tmp_path / "a.wav", "pcm_s16le", 8000, 1, samples=sound[:, :1].copy())
    caller = encode(tmp_path / "b.wav", "pcm_s16le", 8000, 1, samples=sound[:, 1:].copy())
    prepared = prepare_audio([agent, caller], tmp_path / "out.pcm")
    assert np.array_equal(prepared.samples(), sound)
    swapped = prepare_audio([caller, agent], tmp_path / "out.pcm")
    assert np.array_equal(swapped.samples(), sound[:, ::-1])
    assert prepared.sha256 != swapped.sha256


def test_the_shorter_file_of_a_pair_is_padded_with_silence(tmp_path: Path) -> None:
    long = encode(tmp_path / "a.wav", "pcm_s16le", 8000, 1)
    short = encode(
        tmp_path / "b.wav", "pcm_s16le", 8000, 1, samples=np.full((8000, 1), 99, dtype=np.int16)
    )
    prepared = prepare_audio([short, long], tmp_path / "out.pcm")
    assert prepared.frames == 32000
    assert (prepared.samples()[:8000, 0] == 99).all()
    assert not prepared.samples()[8000:, 0].any()


def test_a_pair_of_different_rates_is_brought_to_the_higher_one_in_step(tmp_path: Path) -> None:
    low = encode(tmp_path / "a.wav", "pcm_mulaw", 8000, 1)
    high = encode(tmp_path / "b.wav", "pcm_s16le", 16000, 1)
    prepared = prepare_audio([low, high], tmp_path / "out.pcm")
    assert prepared.sample_rate == 16000
    for channel in (0, 1):
        heard = heard_bursts(prepared.samples()[:, channel], 16000)
        assert heard == pytest.approx(burst_times(0), abs=0.01)


def test_two_audio_tracks_of_one_file_are_two_channels(tmp_path: Path) -> None:
    path, sound = tmp_path / "tracks.mkv", beeps(8000, 2)
    with av.open(str(path), "w") as output:
        streams = [output.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in range(2)]
        for channel, stream in enumerate(streams):
            plane = np.ascontiguousarray(sound[:, channel]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(plane, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 8000, 0
            output.mux([*stream.encode(frame), *stream.encode(None)])
    assert probe(path).channels == 2
    assert np.array_equal(prepare_audio([path], tmp_path / "out.pcm").samples(), sound)


def test_the_fingerprint_of_a_file_is_its_sha256_and_of_a_pair_the_sha256_of_both(
    tmp_path: Path,
) -> None:
    one = encode(tmp_path / "a.wav", "pcm_s16le", 8000, 1)
    two = encode(tmp_path / "b.wav", "pcm_alaw", 8000, 1)
    digests = [hashlib.sha256(path.read_bytes()) for path in (one, two)]
    assert prepare_audio([one], tmp_path / "out.pcm").sha256 == digests[0].hexdigest()
    assert sha256_of(two) == digests[1].hexdigest()
    both = hashlib.sha256(b"".join(digest.digest() for digest in digests)).hexdigest()
    assert prepare_audio([one, two], tmp_path / "out.pcm").sha256 == both


def test_damage_in_a_pair_names_the_file_it_is_in(tmp_path: Path) -> None:
    whole = encode(tmp_path / "agent.wav", "pcm_s16le", 8000, 1)
    broken = encode(tmp_path / "caller.wav", "pcm_s16le", 8000, 1)
    broken.write_bytes(broken.read_bytes()[:30000])
    prepared = prepare_audio([whole, broken], tmp_path / "out.pcm")
    assert [hole.reason for hole in prepared.damage] == ["caller.wav: the file ends early"]


def test_progress_rises_to_the_whole(tmp_path: Path) -> None:
    samples = np.tile(beeps(8000, 1), (40, 1))
    source = encode(tmp_path / "call.wav", "pcm_s16le", 8000, 1, samples=samples)
    seen: list[float] = []
    prepare_audio([source], tmp_path / "out.pcm", progress=seen.append)
    assert seen == sorted(seen)
    assert len(seen) > 5
    assert seen[-1] == 1.0
