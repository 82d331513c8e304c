"""Talk metrics against the published definition, and laws that hold for every call."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.analysis.talk.metrics import measure_talk
from callreview.analysis.talk.questions import count_questions
from callreview.domain.back_channels import is_back_channel
from callreview.domain.plain_data import FieldError
from callreview.domain.talk_metrics import Interval, TalkMetrics
from callreview.domain.talk_thresholds import TalkThresholds, checked_thresholds
from callreview.domain.transcript import MaskedSpan, Role, Turn, Word


def turn(role: Role, start_s: float, end_s: float, text: str) -> Turn:
    """A turn whose words share its time evenly."""
    texts = text.split()
    step = (end_s - start_s) / max(len(texts), 1)
    words = tuple(
        Word(word, start_s + n * step, start_s + (n + 1) * step, 1.0)
        for n, word in enumerate(texts)
    )
    return Turn(role, role, start_s, end_s, words)


def spans(*times: tuple[float, float]) -> list[Interval]:
    return [Interval(start_s, end_s) for start_s, end_s in times]


def measure(
    agent: list[Interval],
    customer: list[Interval],
    duration_s: float = 60,
    turns: tuple[Turn, ...] = (),
    masked: tuple[MaskedSpan, ...] = (),
) -> TalkMetrics:
    return measure_talk({"agent": agent, "customer": customer}, turns, duration_s, masked)


def test_gaps_under_three_tenths_of_a_second_are_closed() -> None:
    metrics = measure(spans((0, 1), (1.25, 2), (2.3125, 3)), [])
    assert metrics.speech["agent"] == (Interval(0, 2), Interval(2.3125, 3))
    assert metrics.talk_s == {"agent": 2.6875, "customer": 0}


def test_talk_share_is_of_all_speech_and_of_the_whole_call() -> None:
    metrics = measure(spans((0, 30)), spans((30, 40)), 80)
    assert metrics.talk_share == {"agent": 0.75, "customer": 0.25}
    assert metrics.talk_share_of_call == {"agent": 0.375, "customer": 0.125}


def test_a_call_without_speech_has_shares_of_zero_and_is_all_dead_air() -> None:
    metrics = measure([], [], 10)
    assert metrics.talk_share == {"agent": 0, "customer": 0}
    assert metrics.dead_air.instances == (Interval(0, 10),)
    assert metrics.response_time_s is None


def test_an_empty_call_has_no_figures_and_no_error() -> None:
    metrics = measure_talk({}, (), 0.0)
    assert (metrics.turns_per_minute, metrics.dead_air.count, metrics.talk_s) == (0, 0, {})


def test_dead_air_is_silence_of_more_than_three_seconds() -> None:
    metrics = measure(spans((0, 2), (5, 6), (12, 20)), spans((9.5, 10)), 24)
    assert metrics.dead_air.instances == (Interval(6, 9.5), Interval(20, 24))
    assert metrics.dead_air.count == 2
    assert metrics.dead_air.total_s == 7.5
    assert metrics.dead_air.longest_s == 4


def test_a_masked_span_is_not_silence() -> None:
    masked = (MaskedSpan("card number", 10, 18),)
    metrics = measure(spans((0, 10)), spans((18, 20)), 20, masked=masked)
    assert metrics.dead_air.count == 0


def test_overtalk_is_both_speaking_for_half_a_second() -> None:
    metrics = measure(spans((0, 5), (10, 15)), spans((4.5, 6), (14.75, 16)))
    assert metrics.overtalk.instances == (Interval(4.5, 5),)
    assert metrics.overtalk.total_s == 0.5


@pytest.mark.parametrize(
    ("start_s", "text", "counts"),
    [
        (9.25, "no wait that is wrong", True),
        (9.0, "no wait that is wrong", True),
        (8.75, "no wait that is wrong", False),  # the other went on for more than a second
        (9.625, "no wait that is wrong", False),  # the overlap is under half a second
        (9.25, "mm-hm", False),
        (9.25, "네 네", False),
        (9.25, "Okay. Yeah, right.", False),
    ],
)
def test_an_interruption_makes_the_other_stop_and_is_no_back_channel(
    start_s: float, text: str, counts: bool
) -> None:
    turns = (turn("customer", 0, 10, "so what I mean is"), turn("agent", start_s, 12, text))
    metrics = measure(spans((start_s, 12)), spans((0, 10)), turns=turns)
    assert metrics.interruptions["agent"] == ((Interval(start_s, 10),) if counts else ())
    assert metrics.interruptions["customer"] == ()


def test_a_short_overlap_with_a_back_channel_is_no_interruption_whatever_follows() -> None:
    words = (Word("Okay", 9.25, 9.75, 1), Word("let's", 10.5, 11, 1), Word("look", 11, 12, 1))
    turns = (turn("customer", 0, 10, "that was it"), Turn("agent", "agent", 9.25, 12, words))
    assert measure(spans((9.25, 12)), spans((0, 10)), turns=turns).interruptions["agent"] == ()


def test_speech_in_which_no_word_was_recognised_interrupts_nobody() -> None:
    turns = (turn("customer", 0, 10, "so what I mean"), turn("agent", 20, 22, "I see what"))
    metrics = measure(spans((9.25, 10.5), (20, 22)), spans((0, 10)), turns=turns)
    assert metrics.interruptions["agent"] == ()


def test_response_time_is_the_mean_gap_from_customer_to_agent() -> None:
    turns = (
        turn("agent", 0, 2, "hello"),
        turn("customer", 3, 5, "hi"),
        turn("agent", 6, 8, "yes"),
        turn("customer", 9, 12, "so"),
        turn("agent", 11, 13, "well"),
    )
    assert measure(spans((0, 2)), spans((3, 5)), turns=turns).response_time_s == 0.5


def test_words_per_minute_count_words_against_own_speech() -> None:
    turns = (turn("agent", 0, 30, "word " * 60), turn("customer", 30, 60, "one - two"))
    metrics = measure(spans((0, 30)), spans((30, 31)), turns=turns)
    assert metrics.words_per_minute == {"agent": 120, "customer": 120}


def test_korean_words_are_what_stands_between_spaces() -> None:
    words = (
        Word("환불", 0, 1, 1),
        Word("을", 1, 2, 1, space_before=False),
        Word("해", 2, 3, 1),
        Word("주세요.", 3, 6, 1, space_before=False),
    )
    turns = (Turn("customer", "customer", 0, 6, words, "ko"),)
    assert measure([], spans((0, 6)), turns=turns).words_per_minute["customer"] == 20


def test_a_masked_span_does_not_slow_the_speaking_rate() -> None:
    words = (*turn("customer", 0, 6, "it is " * 6).words, Word("[card", 6, 16, 1))
    turns = (Turn("customer", "customer", 0, 16, words),)
    masked = (MaskedSpan("card number", 6, 16),)
    metrics = measure([], spans((0, 16)), turns=turns, masked=masked)
    assert metrics.words_per_minute["customer"] == 120


def test_a_monologue_goes_on_over_back_channels_and_ends_with_a_real_turn() -> None:
    turns = (
        turn("agent", 0, 10, "first of all"),
        turn("customer", 10, 11, "uh-huh"),
        turn("agent", 11, 25, "and then"),
        turn("customer", 25, 30, "wait a moment"),
        turn("agent", 30, 40, "well"),
    )
    metrics = measure(spans((0, 40)), spans((25, 30)), turns=turns)
    assert metrics.longest_monologue_s == {"agent": 25, "customer": 5}


def test_an_answer_of_one_word_ends_the_monologue_of_who_asked() -> None:
    turns = (
        turn("agent", 0, 10, "is that right?"),
        turn("customer", 10, 11, "yes"),
        turn("agent", 11, 15, "good then"),
    )
    assert measure([], [], turns=turns).longest_monologue_s["agent"] == 10


def test_dead_air_ends_a_monologue() -> None:
    turns = (turn("agent", 0, 10, "one"), turn("agent", 14, 20, "two"))
    assert measure([], [], turns=turns).longest_monologue_s["agent"] == 10


def test_turns_per_minute_count_all_turns() -> None:
    turns = (turn("agent", 0, 1, "a"), turn("customer", 1, 2, "b"), turn("agent", 2, 3, "c"))
    assert measure([], [], 90, turns).turns_per_minute == 2


def test_metrics_name_their_definition_and_whether_they_are_estimated() -> None:
    metrics = measure_talk({}, (), 10, estimated=True)
    assert (metrics.definition, metrics.estimated) == ("talk-1", True)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("How are you? I am fine. And you?", 2),
        ("What?! No.", 1),
        ("I asked why.", 0),
        ("성함이 어떻게 되십니까", 1),
        ("확인해 드릴까요. 네, 그러니까 배송이 끝나요.", 1),
        ("주문하신 상품이 맞으신가요", 1),
        ("", 0),
    ],
)
def test_questions_are_counted_in_english_and_korean(text: str, questions: int) -> None:
    assert count_questions(text) == questions


@pytest.mark.parametrize(
    "text", ["Mm-hm.", "Okay", "네, 네.", "아 네", "I see", "Uh-huh", "hmm", "예"]
)
def test_listening_sounds_are_back_channels(text: str) -> None:
    assert is_back_channel([text])


@pytest.mark.parametrize("text", ["", "...", "I", "No", "Okay so", "아니요", "네 그런데", "see"])
def test_what_takes_the_turn_is_no_back_channel(text: str) -> None:
    assert not is_back_channel([text])


DURATION_S = 60
times = st.integers(0, DURATION_S * 8).map(lambda n: n / 8)
speech = st.lists(st.tuples(times, times).map(lambda pair: Interval(*sorted(pair))), max_size=8)
sentences = st.sampled_from(["okay", "how is it?", "네", "환불해 주세요", "well I think so"])
turn_lists = st.lists(
    st.builds(
        lambda role, span, text: turn(role, *sorted(span), text),
        st.sampled_from(["agent", "customer"]),
        st.tuples(times, times),
        sentences,
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(speech, speech, turn_lists, speech)
def test_figures_stay_within_the_call(
    agent: list[Interval], customer: list[Interval], turns: list[Turn], hidden: list[Interval]
) -> None:
    masked = tuple(MaskedSpan("card number", i.start_s, i.end_s) for i in hidden)
    metrics = measure(agent, customer, DURATION_S, tuple(turns), masked)
    spoken_s = metrics.talk_s["agent"] + metrics.talk_s["customer"]
    assert sum(metrics.talk_share.values()) == pytest.approx(1.0 if spoken_s else 0.0)
    assert all(0 <= share <= 1 for share in metrics.talk_share_of_call.values())
    quiet_s = DURATION_S - max(metrics.talk_s.values())
    assert metrics.dead_air.total_s <= quiet_s
    assert all(i.length_s > 3.0 for i in metrics.dead_air.instances)
    assert metrics.overtalk.total_s <= min(metrics.talk_s.values())
    assert all(i.length_s >= 0.5 for i in metrics.overtalk.instances)
    assert all(rate >= 0 for rate in metrics.words_per_minute.values())
    assert all(length <= DURATION_S for length in metrics.longest_monologue_s.values())


@settings(max_examples=60)
@given(speech, speech)
def test_swapping_the_speakers_swaps_the_figures(
    agent: list[Interval], customer: list[Interval]
) -> None:
    one, other = measure(agent, customer), measure(customer, agent)
    assert one.talk_s["agent"] == other.talk_s["customer"]
    assert one.interruptions["agent"] == other.interruptions["customer"]
    assert (one.dead_air, one.overtalk) == (other.dead_air, other.overtalk)


@settings(max_examples=60)
@given(speech, speech)
def test_every_interruption_is_part_of_overtalk_with_a_voice_before_it(
    agent: list[Interval], customer: list[Interval]
) -> None:
    metrics = measure(agent, customer)
    for found in metrics.interruptions["agent"]:
        assert 0.5 <= found.length_s <= 1.0
        assert any(
            i.start_s <= found.start_s and found.end_s <= i.end_s
            for i in metrics.overtalk.instances
        )


def test_lengths_are_compared_to_the_microsecond() -> None:
    metrics = measure(spans((0, 4.6), (10, 12.1), (12.4, 13)), spans((4.1, 6), (15.9, 16)), 19)
    assert metrics.overtalk.instances == (Interval(4.1, 4.6),)
    assert metrics.speech["agent"] == (Interval(0, 4.6), Interval(10, 12.1), Interval(12.4, 13))
    assert metrics.dead_air.instances == (Interval(6, 10),)


def test_thresholds_of_the_workspace_count_and_stand_in_the_definition() -> None:
    thresholds = TalkThresholds(dead_air_s=2.0, overtalk_s=1.0)
    speech: dict[Role, list[Interval]] = {
        "agent": spans((0, 4)),
        "customer": spans((3.25, 5), (7.5, 8)),
    }
    metrics = measure_talk(speech, (), 10, thresholds=thresholds)
    assert metrics.dead_air.instances == (Interval(5, 7.5),)
    assert metrics.overtalk.count == 0
    assert metrics.definition == "talk-1 dead_air=2.0 overtalk=1.0"
    assert measure_talk(speech, (), 10).definition == "talk-1"


def test_an_interruption_may_be_given_longer_to_yield() -> None:
    agent, customer = spans((0, 5)), spans((3.5, 8))
    speech: dict[Role, list[Interval]] = {"agent": agent, "customer": customer}
    patient = measure_talk(speech, (), 10, thresholds=TalkThresholds(yield_s=1.5))
    assert measure(agent, customer).interruptions["customer"] == ()
    assert patient.interruptions["customer"] == (Interval(3.5, 5),)


@pytest.mark.parametrize(
    ("thresholds", "named"),
    [
        (TalkThresholds(dead_air_s=0.0), "dead_air"),
        (TalkThresholds(overtalk_s=-1.0), "overtalk"),
        (TalkThresholds(gap_s=math.nan), "gap"),
        (TalkThresholds(dead_air_s=601.0), "dead_air"),
        (TalkThresholds(interruption_s=1.5), "yield"),
    ],
)
def test_a_threshold_that_cannot_be_used_is_named(thresholds: TalkThresholds, named: str) -> None:
    with pytest.raises(FieldError, match=f"^{named}: "):
        checked_thresholds(thresholds)
