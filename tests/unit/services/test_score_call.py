"""Answers files: what a script may write, and what is said of what it may not."""

import json

import pytest

from callreview.config.shipped import shipped_scorecards
from callreview.domain.errors import UserError
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.score_call import score_call
from callreview.services.workspace import open_workspace
from tests.recordings import write_wav

CARD = next(card for card in shipped_scorecards() if card.name == "inbound_service")


@pytest.fixture
def score(tmp_path):
    with open_workspace(tmp_path / "workspace") as workspace:
        import_calls(workspace, ImportOrder((write_wav(tmp_path / "call.wav"),)))

        def score(answers: object):
            file = tmp_path / "answers.json"
            file.write_text(json.dumps(answers))
            return score_call(workspace, "call", CARD.name, file, "Kim")

        yield score


def test_a_note_without_a_value_answers_nothing(score):
    given = {question.key: question.options[0].value for question in CARD.questions}
    given["greeting"] = {"note": "listen again"}
    evaluation = score(given)
    assert evaluation.status == "draft"
    assert evaluation.score.unanswered == ("greeting",)
    assert next(a for a in evaluation.answers if a.question == "greeting").note == "listen again"


def test_an_answer_in_other_words_is_refused_with_those_that_fit(score):
    with pytest.raises(UserError, match=r"greeting.*“perhaps” is none of 1, 0\.5, 0"):
        score({"greeting": "perhaps"})
