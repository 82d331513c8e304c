"""What a call is about is told by examples, in two languages, and not guessed where nobody says it."""

import numpy as np
import pytest

from callreview.analysis.statements import LONGEST_WORDS, statements_of
from callreview.analysis.thresholds import THRESHOLDS
from callreview.analysis.topics.call_topics import MOST_STATEMENTS, find_topics
from callreview.analysis.topics.character_grams import CharacterGrams
from callreview.analysis.topics.discover import Said, group_statements
from callreview.analysis.topics.learnt import NOTHING, learnt_file
from callreview.analysis.topics.likelihood import topic_likelihoods
from callreview.analysis.topics.scores import example_vectors
from callreview.analysis.topics.shipped import shipped_topics, topic_title
from callreview.analysis.topics.text_encoder import SIZE, TextEncoder, shipped_encoder
from callreview.config.paths import resources_dir
from callreview.domain.finding import Finding
from callreview.domain.topic import Topic
from callreview.domain.transcript import Role
from tests.unit.call_reasons import call_reasons, contact_reason
from tests.unit.dialogues import labelled, turns_of

TOPICS = shipped_topics().topics


def test_vectors_that_are_remembered_are_those_of_their_texts_in_any_order() -> None:
    encoder = TextEncoder(resources_dir() / "models" / "topics")
    texts = ["where is my parcel", "환불해 주세요", "where is my parcel", "hello"]
    first = encoder.embed(texts)
    assert first.shape == (4, SIZE)
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(encoder.embed(texts[::-1]), first[::-1])
    assert encoder.embed([]).shape == (0, SIZE)


def topics_in(lines: list[tuple[Role, str]], topics: tuple[Topic, ...] = TOPICS) -> list[Finding]:
    return find_topics(statements_of(turns_of(lines)), topics)


def reason(*said: str) -> str:
    found = topics_in([("customer", text) for text in said])
    return next((one.label for one in found if one.kind == "contact_reason"), "")


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("Hi, I just opened my bill and it is twice as high as last month.", "billing_question"),
        ("I would like to cancel my contract, please.", "cancellation"),
        ("My parcel says delivered, but I never got it.", "delivery"),
        ("요금제를 바꾸고 싶어서 전화했어요.", "plan_change"),
        ("인터넷이 자꾸 끊겨서요.", "technical_fault"),
        ("아 네 여보세요. 카드를 잃어버렸는데 어떻게 해야 하나요?", "lost_or_fraud"),
    ],
)
def test_the_contact_reason_is_what_the_customer_says_first(said: str, topic: str) -> None:
    assert reason("Hello.", said, "Okay, thank you.") == topic


def test_nothing_is_guessed_where_nobody_says_what_it_is_about() -> None:
    assert reason("Hello, this is John Smith.", "Yes, that is correct.", "Okay, I will wait.") == ""
    assert reason("네 안녕하세요.", "네 맞아요, 김민수입니다.", "감사합니다.") == ""
    assert topics_in([]) == []
    assert topics_in([("agent", "I would like to cancel my contract.")]) == []
    assert topics_in([("customer", "I want a refund, please.")], ()) == []


def test_further_topics_are_found_once_where_they_are_clearest() -> None:
    found = topics_in(
        [
            ("customer", "I want my money back for this order."),
            ("agent", "I see."),
            ("customer", "And my internet is not working at all since the update."),
            ("customer", "I cannot log in to my account, I forgot my password."),
        ]
    )
    assert [one.label for one in found if one.kind == "contact_reason"] == ["refund"]
    further = [one for one in found if one.kind == "topic"]
    assert sorted(one.label for one in further) == ["account_access", "technical_fault"]
    assert all(one.confidence >= THRESHOLDS["topic"] for one in further)
    fault = next(one for one in further if one.label == "technical_fault")
    assert (fault.turn, fault.first_word) == (2, 0)


def test_statements_that_are_no_example_are_given_their_topic() -> None:
    rows = [row for row in labelled("topics") if row[1]]
    likely = topic_likelihoods([row[2] for row in rows], TOPICS)
    best = [(row[1], TOPICS[line.argmax()].name) for row, line in zip(rows, likely, strict=True)]
    assert sum(wanted == name for wanted, name in best) / len(best) >= 0.9


@pytest.mark.parametrize(
    ("name", "right", "precise"), [("reasons.en", 0.6, 0.72), ("reasons.ko", 0.72, 0.84)]
)
def test_calls_nobody_learnt_from_get_their_reason_or_none(
    name: str, right: float, precise: float
) -> None:
    judged = [(wanted, contact_reason(lines)) for wanted, lines in call_reasons()[name]]
    clear = [found in wanted for wanted, found in judged if "none" not in wanted]
    shown = [found in wanted for wanted, found in judged if found]
    assert sum(clear) / len(clear) >= right
    assert sum(shown) / len(shown) >= precise


def test_a_topic_of_ones_own_needs_few_examples_in_any_language() -> None:
    own = (
        Topic("Warranty", ("is this still under warranty", "보증 기간이 남았나요")),
        Topic("Opening hours", ("when do you open on Sunday", "몇 시에 문을 여나요")),
    )
    said = ["the warranty is two years isn't it", "일요일에도 문 여나요"]
    for topics in (own, (*TOPICS, *own)):
        likely = topic_likelihoods(said, topics)
        best = [topics[place].name for place in likely.argmax(axis=1)]
        assert best == ["Warranty", "Opening hours"]
        assert (likely.sum(axis=1) <= 1.001).all()


def test_an_example_that_a_user_adds_outranks_what_was_learnt() -> None:
    said = ["the kiosk ate my parking ticket"]
    delivery = next(place for place, topic in enumerate(TOPICS) if topic.name == "delivery")
    taught = list(TOPICS)
    taught[delivery] = Topic("delivery", (*TOPICS[delivery].examples, "the kiosk ate my ticket"))
    before = topic_likelihoods(said, TOPICS)
    after = topic_likelihoods(said, tuple(taught))
    assert before.argmax() != delivery
    assert after.argmax() == delivery
    assert after[0, delivery] > 0.5


def test_a_shipped_topic_that_was_removed_or_written_anew_is_not_found_by_what_was_learnt() -> None:
    said = ["I lost my wallet with my card in it"]
    kept = tuple(topic for topic in TOPICS if topic.name != "lost_or_fraud")
    anew = (*kept, Topic("lost_or_fraud", ("the dog is ill",)))
    place = [topic.name for topic in TOPICS].index("lost_or_fraud")
    assert topic_likelihoods(said, TOPICS)[0, place] > 0.5
    assert topic_likelihoods(said, kept).max() < 0.5
    assert topic_likelihoods(said, anew)[0, -1] < 0.5


def test_shipped_vectors_are_those_of_the_shipped_examples() -> None:
    encoder = shipped_encoder()
    texts = [TOPICS[0].examples[0], TOPICS[3].examples[-1]]
    stored = example_vectors(texts, encoder)
    assert np.allclose(stored, encoder.embed(texts), atol=0.1)
    known = [text for topic in TOPICS for text in topic.examples]

    class Refusing:
        version = encoder.version

        def embed(self, texts: list[str]) -> None:
            raise AssertionError(texts)

    assert example_vectors([*known, *shipped_topics().background], Refusing()).shape[1] == SIZE


def test_what_was_learnt_knows_the_shipped_topics_and_their_encoder() -> None:
    with np.load(learnt_file()) as stored:
        assert str(stored["encoder"]) == shipped_encoder().version
        assert list(map(str, stored["names"])) == [NOTHING, *(topic.name for topic in TOPICS)]


def test_titles_are_in_the_users_language_and_names_of_users_stay() -> None:
    assert topic_title("refund") == "Refund"
    assert topic_title("My own topic") == "My own topic"


@pytest.mark.parametrize("text", ["", "🙂", "مرحبا كيف الحال اليوم", "\udcff oh no", "x" * 5000])
def test_odd_texts_have_vectors(text: str) -> None:
    vector = shipped_encoder().embed([text])
    assert vector.shape == (1, SIZE)
    assert np.isfinite(vector).all()


def test_a_turn_of_five_thousand_words_is_cut_and_only_its_beginning_counts() -> None:
    statements = statements_of(turns_of([("customer", " ".join(["I want a refund"] * 1250))]))
    assert max(len(one.words) for one in statements) == LONGEST_WORDS
    many = [("customer", "I want a refund, please.")] * (MOST_STATEMENTS + 50)
    assert {one.label for one in topics_in(many)} == {"refund"}


def test_sentences_end_at_their_signs_and_not_at_titles() -> None:
    said = statements_of(turns_of([("customer", "Hi Mr. Baker. I paid 3.50! 언제 와요? 네")]))
    assert [one.text for one in said] == ["Hi Mr. Baker.", "I paid 3.50!", "언제 와요?", "네"]
    assert [(one.first_word, one.last_word) for one in said] == [(0, 2), (3, 5), (6, 7), (8, 8)]


def test_letters_tell_what_is_written_alike() -> None:
    grams = CharacterGrams(["환불해 주세요", "cancel my order"])
    vectors = grams.vectors(["환불을 받고", "cancelling an order", "zzz"])
    known = grams.vectors(["환불해 주세요", "cancel my order"])
    likeness = vectors @ known.T
    assert likeness[0, 0] > 0 and likeness[0, 1] == 0
    assert likeness[1, 1] > 0.3
    assert not likeness[2].any()


def test_what_many_calls_have_in_common_is_discovered_and_named() -> None:
    parking = ["where can I park my car", "is there a parking lot", "do you have parking for cars"]
    vegan = [
        "do you have a vegan menu",
        "is there vegan food on the menu",
        "what vegan dishes do you have",
    ]
    said = [
        Said(call, text) for call, text in enumerate([*parking, *vegan, "my cat is called Tom"])
    ]
    groups = group_statements(said, shipped_encoder(), lambda: False)
    assert [group.calls for group in groups] == [3, 3]
    names = sorted(group.name for group in groups)
    assert ("park" in names[0] and "vegan" in names[1]) or "vegan" in names[0]
    one_call = [Said(1, one.text) for one in said]
    assert group_statements(one_call, shipped_encoder(), lambda: False) == []
