from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Speaker, Turn, Word
from callreview.speech.recognised import ChannelWords, HeardWord
from callreview.speech.turns import LONGEST_TURN_S, build_turns

AGENT, CUSTOMER = Speaker("S1", "agent", 0), Speaker("S2", "customer", 1)
BOTH = (AGENT, CUSTOMER)


def said(text: str, start_s: float, word_s: float = 0.3) -> list[HeardWord]:
    """The words of a text, spoken one after the other without a pause."""
    return [
        HeardWord(one, start_s + index * word_s, start_s + (index + 1) * word_s, 0.9)
        for index, one in enumerate(text.split())
    ]


def channel(number: int, *groups: list[HeardWord]) -> ChannelWords:
    words = tuple(word for group in groups for word in group)
    return ChannelWords(number, "en", 1.0, words, ())


def dialogue(
    agent: Sequence[list[HeardWord]], customer: Sequence[list[HeardWord]]
) -> list[tuple[str, str]]:
    turns = build_turns((channel(0, *agent), channel(1, *customer)), BOTH)
    return [(turn.role, turn.text) for turn in turns]


def test_question_and_answer_alternate() -> None:
    agent = [said("How can I help?", 0.0), said("I am sorry.", 4.0)]
    customer = [said("My car broke down.", 1.5)]
    assert dialogue(agent, customer) == [
        ("agent", "How can I help?"),
        ("customer", "My car broke down."),
        ("agent", "I am sorry."),
    ]


def test_a_short_answer_in_a_short_pause_after_a_sentence_comes_in_its_place() -> None:
    agent = [said("Is that right?", 0.0), said("Great.", 1.5)]
    customer = [said("Yes.", 1.0)]
    assert dialogue(agent, customer) == [
        ("agent", "Is that right?"),
        ("customer", "Yes."),
        ("agent", "Great."),
    ]


def test_a_back_channel_is_its_own_turn_and_does_not_break_the_talkers() -> None:
    agent = [said("So what we do now", 0.0), said("is send you a new one.", 2.4)]
    customer = [said("Mm-hm.", 1.8)]
    assert dialogue(agent, customer) == [
        ("agent", "So what we do now is send you a new one."),
        ("customer", "Mm-hm."),
    ]


def test_a_korean_back_channel_does_not_break_the_talkers_turn() -> None:
    agent = [said("그래서 지금 저희가", 0.0), said("새 제품을 보내 드리겠습니다.", 2.0)]
    customer = [said("네.", 1.2)]
    assert dialogue(agent, customer) == [
        ("agent", "그래서 지금 저희가 새 제품을 보내 드리겠습니다."),
        ("customer", "네."),
    ]


def test_a_pause_in_which_nobody_speaks_keeps_the_turn_together_up_to_two_seconds() -> None:
    agent = [said("One moment please.", 0.0), said("Here it is.", 2.7), said("Found.", 6.0)]
    assert dialogue(agent, [said("Good.", 90.0)]) == [
        ("agent", "One moment please. Here it is."),
        ("agent", "Found."),
        ("customer", "Good."),
    ]


def test_talking_over_each_other_keeps_the_true_times() -> None:
    long = said("I told you three times already that I want it back today", 0.0)
    turns = build_turns((channel(0, said("Let me just", 1.0)), channel(1, long)), BOTH)
    assert [turn.role for turn in turns] == ["customer", "agent"]
    assert turns[1].start_s < turns[0].end_s
    assert turns[1].start_s == 1.0


def test_on_one_channel_with_two_people_a_finished_sentence_and_a_pause_end_a_turn() -> None:
    words = channel(0, said("How can I help?", 0.0), said("My car broke down.", 2.2))
    turns = build_turns((words,), (Speaker("S1", "unknown"),))
    assert [turn.text for turn in turns] == ["How can I help?", "My car broke down."]


def test_on_one_channel_with_two_people_an_answer_needs_no_long_pause() -> None:
    words = channel(0, said("Anything else?", 0.0), said("No, thank you.", 1.0), said("Bye.", 2.3))
    turns = build_turns((words,), (Speaker("S1", "unknown"),))
    assert [turn.text for turn in turns] == ["Anything else?", "No, thank you. Bye."]


def test_a_long_monologue_is_cut_after_a_sentence() -> None:
    sentence = "we look at this again and then we call you back."
    words = said(" ".join([sentence] * 10), 0.0, word_s=0.45)
    turns = build_turns((channel(0, words),), (AGENT,))
    assert len(turns) > 1
    assert all(turn.text.endswith("back.") for turn in turns)
    assert all(turn.end_s - turn.start_s <= LONGEST_TURN_S for turn in turns)


def test_a_turn_knows_how_long_others_speak_in_it() -> None:
    agent = said("we will send it to you again", 0.0, word_s=0.5)
    customer = said("okay", 1.0)
    speech = (Interval(1.0, 1.3),)
    heard = channel(0, agent), replace(channel(1, customer), speech=speech)
    turns = build_turns(heard, BOTH)
    assert {turn.role: round(turn.overlap_s, 3) for turn in turns} == {"agent": 0.3, "customer": 0}


def test_a_turn_is_in_the_language_of_most_of_its_words_and_as_sure_as_they_are() -> None:
    german = [replace(word, language="de") for word in said("das ist gut", 0.0)]
    english = [replace(word, language="en", speaker_confidence=0.2) for word in said("okay", 0.9)]
    (turn,) = build_turns((channel(0, [*german, *english]),), (AGENT,))
    assert (turn.language, round(turn.speaker_confidence, 3)) == ("de", 0.8)


def test_words_without_spaces_between_them_stay_so() -> None:
    words = [
        HeardWord("안녕", 0.0, 0.5, 0.9),
        HeardWord("하세요", 0.5, 1.0, 0.9, space_before=False),
    ]
    (turn,) = build_turns((channel(0, words),), (AGENT,))
    assert turn.text == "안녕하세요"


@st.composite
def channel_words(draw: st.DrawFn, number: int) -> ChannelWords:
    words, at_s = [], 0.0
    spoken = st.tuples(
        st.floats(-0.05, 5.0),
        st.floats(0.05, 2.0),
        st.sampled_from(["yes", "no.", "okay", "why?", "네", "refund", "mm-hm."]),
    )
    for gap_s, length_s, text in draw(st.lists(spoken, max_size=60)):
        start_s = max(at_s + gap_s, 0.0)
        words.append(HeardWord(text, start_s, start_s + length_s, 0.5))
        at_s = start_s + length_s
    return ChannelWords(number, "en", 1.0, tuple(words), ())


def of_speaker(turns: Sequence[Turn], speaker: Speaker) -> list[Word]:
    return [word for turn in turns if turn.speaker == speaker.id for word in turn.words]


@given(channel_words(0), channel_words(1))
def test_every_word_is_in_exactly_one_turn_and_each_speaker_keeps_the_order(
    agent: ChannelWords, customer: ChannelWords
) -> None:
    turns = build_turns((agent, customer), BOTH)
    assert of_speaker(turns, AGENT) == [word.plain() for word in agent.words]
    assert of_speaker(turns, CUSTOMER) == [word.plain() for word in customer.words]


@given(channel_words(0), channel_words(1))
def test_turns_are_in_the_order_of_the_talk_and_none_is_too_long(
    agent: ChannelWords, customer: ChannelWords
) -> None:
    turns = build_turns((agent, customer), BOTH)
    assert all(left.start_s <= right.start_s for left, right in pairwise(turns))
    for turn in turns:
        assert turn.words
        assert turn.end_s - turn.start_s <= LONGEST_TURN_S
        assert turn.start_s == min(word.start_s for word in turn.words)


@given(channel_words(0), channel_words(1))
def test_a_turn_never_holds_two_seconds_of_silence(
    agent: ChannelWords, customer: ChannelWords
) -> None:
    for turn in build_turns((agent, customer), BOTH):
        assert all(b.start_s - a.end_s <= 2.0 + 1e-9 for a, b in pairwise(turn.words))
