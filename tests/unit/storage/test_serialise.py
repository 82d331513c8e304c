"""Domain data as JSON text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.recording import Damage
from callreview.domain.scorecard import Scorecard
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import TalkMetrics
from callreview.domain.transcript import Role, Word
from callreview.storage.serialise import from_json, to_json, words_from_json, words_to_json
from tests.unit.storage.examples import SERVICE, an_analysis

FINITE = st.floats(allow_nan=False, allow_infinity=False)


def test_scorecards_and_metrics_come_back_equal() -> None:
    assert from_json(Scorecard, to_json(SERVICE)) == SERVICE
    analysis = an_analysis()
    assert from_json(TalkMetrics, to_json(analysis.metrics)) == analysis.metrics
    sentiment = from_json(dict[Role, SpeakerSentiment], to_json(analysis.sentiment))
    assert sentiment == analysis.sentiment


@given(st.lists(st.builds(Word, st.text(), FINITE, FINITE, FINITE, st.booleans())).map(tuple))
def test_words_come_back_equal(words: tuple[Word, ...]) -> None:
    assert words_from_json(words_to_json(words)) == words


@given(st.lists(st.builds(Damage, FINITE, FINITE, st.text())).map(tuple))
def test_damage_comes_back_equal(damage: tuple[Damage, ...]) -> None:
    assert from_json(tuple[Damage, ...], to_json(damage)) == damage


def test_a_missing_field_takes_its_default_and_an_unknown_one_is_ignored() -> None:
    text = to_json(an_analysis().metrics).replace(',"estimated":false', ',"later":1')
    assert from_json(TalkMetrics, text) == an_analysis().metrics


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (tuple[Damage, ...], '[{"start_s": "1", "end_s": 2.0, "reason": ""}]'),
        (tuple[Damage, ...], '[{"start_s": 1.0}]'),
        (tuple[Damage, ...], "{}"),
        (Damage, "[]"),
        (dict[str, str], "[]"),
        (SpeakerSentiment, '{"score": 1.0, "quarters": [1.0], "shift": null}'),
        (Scorecard, to_json(SERVICE).replace('"points"', '"stars"')),
        (int, "true"),
    ],
)
def test_text_of_another_shape_is_refused(kind: type, text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|missing"):
        from_json(kind, text)


def test_a_whole_number_is_read_as_seconds() -> None:
    (damage,) = from_json(tuple[Damage, ...], '[{"start_s": 1, "end_s": 2, "reason": ""}]')
    assert isinstance(damage.start_s, float)
