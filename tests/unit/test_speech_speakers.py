import pytest

from callreview.domain.call import CallMetadata
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Role, Word
from callreview.speech.recognised import ChannelWords
from callreview.speech.speakers import assign_roles

NOTHING_KNOWN = CallMetadata("call")


def channel(number: int, text: str, start_s: float = 0.0) -> ChannelWords:
    words = tuple(
        Word(one, start_s + index * 0.4, start_s + index * 0.4 + 0.3, 0.9)
        for index, one in enumerate(text.split())
    )
    speech = (Interval(words[0].start_s, words[-1].end_s),) if words else ()
    return ChannelWords(number, "en", 1.0, words, speech)


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


def test_the_first_channel_is_the_agent_when_nobody_speaks() -> None:
    assert roles(channel(0, ""), channel(1, "")) == ["agent", "customer"]


def test_a_channel_that_does_not_exist_is_no_agent() -> None:
    assert roles(COMPLAINT, GREETING, metadata=CallMetadata("call", agent_channel=7)) == [
        "customer",
        "agent",
    ]


def test_further_parties_are_unknown() -> None:
    music = channel(2, "please hold", 9.0)
    assert roles(COMPLAINT, GREETING, music) == ["customer", "agent", "unknown"]


def test_one_channel_may_hold_both_people_so_its_speaker_is_unknown() -> None:
    (speaker,) = assign_roles((GREETING,), NOTHING_KNOWN)
    assert (speaker.role, speaker.channel) == ("unknown", None)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_every_channel_has_a_speaker_of_its_own(count: int) -> None:
    channels = [channel(number, "hello there") for number in range(count)]
    assert len({speaker.id for speaker in assign_roles(channels, NOTHING_KNOWN)}) == count
