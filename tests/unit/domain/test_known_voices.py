"""A voice keeps its id when a call is transcribed again."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.domain.known_voices import known_voices, renamed, spoken_by
from callreview.domain.transcript import Speaker, Transcript
from tests.unit.spoken_words import one_turn, transcript


def told_apart(spoken: Transcript) -> Transcript:
    """The transcript as if all voices shared one channel."""
    return replace(spoken, speakers=tuple(replace(s, channel=None) for s in spoken.speakers))


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 5), st.randoms(use_true_random=False))
def test_voices_numbered_in_any_order_get_their_ids_back(seed, voices, random):
    spoken = told_apart(transcript(seed, turns=15, voices=voices))
    ids = [speaker.id for speaker in spoken.speakers]
    shuffled = random.sample(ids, len(ids))
    again = renamed(spoken, dict(zip(ids, shuffled, strict=True)))
    back = renamed(again, known_voices(again, spoken_by(spoken)))
    assert back.turns == spoken.turns


def test_ids_that_fit_already_stay():
    spoken = told_apart(transcript(1))
    assert known_voices(spoken, spoken_by(spoken)) == {}


def test_speakers_with_channels_of_their_own_are_never_renamed():
    spoken = transcript(1)
    swapped = renamed(spoken, {"S1": "S2", "S2": "S1"})
    assert known_voices(swapped, spoken_by(spoken)) == {}


def test_a_voice_that_was_not_there_before_gets_an_id_of_its_own():
    first = one_turn("hello there my friend", speaker="S1").turns
    second = one_turn("good morning to you", start_s=8.0, speaker="S2").turns
    third = one_turn("somebody else joins now", start_s=16.0, speaker="S3").turns
    known = {"S1": spoken_by(_of(first))["S1"], "S2": spoken_by(_of(second))["S2"]}
    numbered = _of(
        (
            *(replace(turn, speaker="S3") for turn in first),
            *(replace(turn, speaker="S1") for turn in second),
            *(replace(turn, speaker="S2") for turn in third),
        )
    )
    assert known_voices(numbered, known) == {"S3": "S1", "S1": "S2", "S2": "S3"}


def test_nothing_known_changes_nothing():
    assert known_voices(told_apart(transcript(1)), {}) == {}


def _of(turns) -> Transcript:
    ids = dict.fromkeys(turn.speaker for turn in turns)
    return Transcript("en", tuple(Speaker(i, "unknown") for i in ids), tuple(turns), {})
