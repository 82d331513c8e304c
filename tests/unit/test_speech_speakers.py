from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.call import CallMetadata
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Role, Speaker
from callreview.speech.recognised import ChannelWords, HeardWord
from callreview.speech.speakers import assign_roles

NOTHING_KNOWN = CallMetadata("call")


def channel(number: int | None, text: str, start_s: float = 0.0) -> ChannelWords:
    words = tuple(
        HeardWord(one, start_s + index * 0.4, start_s + index * 0.4 + 0.3, 0.9)
        for index, one in enumerate(text.split())
    )
    speech = (Interval(words[0].start_s, words[-1].end_s),) if words else ()
    return ChannelWords(number, "en", 1.0, words, speech)


def conversation(*said: tuple[str, str], shared: bool = True) -> list[ChannelWords]:
    """Voices that take turns, in the order in which they first speak."""
    words: dict[str, list[HeardWord]] = {}
    now_s = 0.0
    for who, text in said:
        heard = channel(0, text, now_s).words
        words.setdefault(who, []).extend(heard)
        now_s = heard[-1].end_s + 0.5
    return [
        ChannelWords(
            None if shared else number,
            "en",
            1.0,
            tuple(one),
            tuple(Interval(word.start_s, word.end_s) for word in one),
        )
        for number, one in enumerate(words.values())
    ]


def named(*channels: ChannelWords) -> tuple[Speaker, ...]:
    return assign_roles(channels, NOTHING_KNOWN)


def roles(*channels: ChannelWords, metadata: CallMetadata = NOTHING_KNOWN) -> list[Role]:
    return [speaker.role for speaker in assign_roles(channels, metadata)]


GREETING = channel(1, "Thank you for calling Platinum Motors, how can I help you today?", 0.5)
COMPLAINT = channel(0, "Hello? Hi, I'm calling because my car doesn't work and I bought it here.")


def test_the_known_channel_of_the_agent_is_believed() -> None:
    known = CallMetadata("call", agent_channel=0)
    assert roles(COMPLAINT, GREETING, metadata=known) == ["agent", "customer"]


def test_the_agent_is_who_greets_and_offers_help_even_after_the_customers_hello() -> None:
    assert roles(COMPLAINT, GREETING) == ["customer", "agent"]


def test_a_korean_agent_is_known_by_the_greeting() -> None:
    agent = channel(1, "안녕하세요 고객센터 상담원입니다. 무엇을 도와드릴까요?", 1.0)
    customer = channel(0, "네 저 환불받고 싶어서요 주문했는데 안 왔어요")
    assert roles(customer, agent) == ["customer", "agent"]


def test_who_speaks_first_is_the_agent_when_the_words_do_not_tell() -> None:
    assert roles(channel(0, "seven eight", 2.0), channel(1, "one two", 0.0)) == [
        "customer",
        "agent",
    ]


def test_nobody_has_a_role_when_nobody_speaks() -> None:
    assert roles(channel(0, ""), channel(1, "")) == ["unknown", "unknown"]


def test_a_channel_that_does_not_exist_is_no_agent() -> None:
    assert roles(COMPLAINT, GREETING, metadata=CallMetadata("call", agent_channel=7)) == [
        "customer",
        "agent",
    ]


def test_further_parties_are_unknown() -> None:
    music = channel(2, "la la", 9.0)
    assert roles(COMPLAINT, GREETING, music) == ["customer", "agent", "unknown"]


def test_a_dead_channel_takes_nobodys_role() -> None:
    message = channel(1, "Hi, I'm calling about my order, I bought a lamp and it doesn't work.")
    assert roles(channel(0, ""), message) == ["unknown", "customer"]
    assert roles(channel(0, ""), channel(1, "one two three")) == ["unknown", "unknown"]


def test_the_import_names_the_agent_for_certain_and_words_do_not() -> None:
    known = assign_roles((COMPLAINT, GREETING), CallMetadata("call", agent_channel=0))
    assert [speaker.confidence for speaker in known] == [1.0, 1.0]
    heard = named(COMPLAINT, GREETING)
    assert all(0.9 < speaker.confidence < 1.0 for speaker in heard)


def test_words_that_do_not_tell_leave_the_roles_unsure() -> None:
    both = named(channel(0, "seven eight", 2.0), channel(1, "one two", 0.0))
    assert all(0.5 <= speaker.confidence < 0.75 for speaker in both)


def test_one_channel_may_hold_both_people_so_its_speaker_is_unknown() -> None:
    talk = channel(
        0,
        "Thank you for calling, how can I help you? Hi, I'm calling because my car doesn't work. "
        "I am sorry to hear that. May I have your name? Yes, my name is Jack.",
    )
    (speaker,) = named(talk)
    assert (speaker.role, speaker.channel, speaker.confidence) == ("unknown", None, 0.0)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Thank you for calling Platinum Motors, how can I help you today?", "agent"),
        ("I'm calling about my order, I bought a lamp last week and it doesn't work.", "customer"),
        (
            "안녕하세요 고객님 무엇을 도와드릴까요? 본인 확인을 위하여 성함이 어떻게 되시나요?",
            "agent",
        ),
        ("제가 지난주에 주문했는데 아직 안 왔거든요 환불받고 싶어서 전화했어요", "customer"),
        ("Well, the weather has been lovely here, has it not, so warm and so dry.", "unknown"),
    ],
)
def test_a_voice_alone_has_a_role_only_when_it_clearly_speaks_for_one_side(
    text: str, role: Role
) -> None:
    assert roles(channel(0, text)) == [role]


TALK = (
    ("agent", "Thank you for calling Larkfield Home, how can I help you today?"),
    ("customer", "Hi, I'm calling because I bought a lamp and it doesn't work."),
    ("agent", "I am sorry to hear that. May I have your order number?"),
    ("customer", "Sure, it's four five six one. I want my money back."),
)


def test_voices_on_one_channel_have_roles_and_no_channel() -> None:
    agent, customer = named(*conversation(*TALK))
    assert (agent.role, agent.channel, agent.estimated) == ("agent", None, True)
    assert (customer.role, customer.channel) == ("customer", None)


@pytest.mark.parametrize(
    "menu",
    [
        "Your call is important to us. For billing, press one. For everything else, press two.",
        "All of our agents are busy. This call may be recorded. Please stay on the line.",
        "통화 내용은 녹음됩니다. 요금 문의는 1번을 눌러 주세요. 모든 상담원이 통화 중입니다.",
    ],
)
@pytest.mark.parametrize("shared", [True, False])
def test_an_announcement_before_the_call_is_no_person(menu: str, shared: bool) -> None:
    voices = conversation(("menu", menu), *TALK, shared=shared)
    assert roles(*voices) == ["ivr", "agent", "customer"]


def test_an_agent_who_says_that_the_call_is_recorded_is_no_announcement() -> None:
    talk = list(TALK)
    talk[2] = ("agent", "This call is recorded. If the phone asks, press one. May I help you?")
    assert roles(*conversation(*talk)) == ["agent", "customer"]


def test_a_supervisor_who_takes_over_is_not_the_agent() -> None:
    talk = (
        *TALK,
        ("customer", "I want to speak to a manager."),
        ("agent", "I understand. Let me transfer you to my supervisor, thank you for waiting."),
        ("other", "Hello, I'm the supervisor, thank you for holding. How can I help you?"),
        ("customer", "Nobody called me back and I was charged twice."),
        ("other", "I am sorry about that. I can see your order and I'll check your account."),
    )
    voices = named(*conversation(*talk))
    assert [one.role for one in voices] == ["agent", "customer", "supervisor"]
    assert voices[2].confidence > 0.75


def test_a_second_agent_after_a_transfer_is_told_from_the_first() -> None:
    talk = (
        *TALK,
        ("agent", "Let me transfer you to the returns team, one moment."),
        ("other", "Hello, thank you for holding, this is Mia speaking. May I have your name?"),
        ("customer", "My name is Jack."),
        ("other", "Thank you for waiting. I have cancelled your order and refunded your card."),
    )
    assert roles(*conversation(*talk)) == ["agent", "customer", "supervisor"]


def test_somebody_in_the_background_takes_nobodys_role() -> None:
    talk = (*TALK[:3], ("child", "Mummy look"), *TALK[3:])
    assert roles(*conversation(*talk)) == ["agent", "customer", "unknown"]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_every_channel_has_a_speaker_of_its_own(count: int) -> None:
    channels = [channel(number, "hello there") for number in range(count)]
    assert len({speaker.id for speaker in assign_roles(channels, NOTHING_KNOWN)}) == count


WORDS = st.lists(st.sampled_from((*" ".join(text for _who, text in TALK).split(), "press", "one")))


@given(said=st.lists(WORDS, max_size=6), shuffled=st.randoms(use_true_random=False))
def test_roles_do_not_depend_on_the_order_of_the_voices(
    said: list[list[str]], shuffled: Random
) -> None:
    voices = [channel(None, " ".join(words), 0.1 * n) for n, words in enumerate(said)]
    order = list(range(len(voices)))
    shuffled.shuffle(order)
    speakers = named(*voices)
    found = [speaker.role for speaker in speakers]
    assert len({speaker.id for speaker in speakers}) == len(voices)
    assert found.count("agent") <= 1
    assert all(0.0 <= speaker.confidence < 1.0 for speaker in speakers)
    assert all(
        one.role == "unknown" for one, words in zip(speakers, said, strict=True) if not words
    )
    if len({voice.words for voice in voices}) == len(voices):
        assert roles(*(voices[n] for n in order)) == [found[n] for n in order]
