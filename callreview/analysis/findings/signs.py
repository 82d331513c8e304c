"""What a statement does: promise, complain, ask, offer, accept, decline and why.

Linear classifiers over the letters of a statement and its meaning (`topics.text_encoder`), trained on
turns of our own (training/findings). They hear what no pattern foresaw; patterns stay surer and say
more. Only statements whose letters leave a doubt are given to the encoder, which costs most.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from callreview.analysis.arrays import Floats
from callreview.analysis.statements import Statement
from callreview.analysis.text_classifiers import TextClassifiers, read_classifiers
from callreview.analysis.topics.call_topics import is_substantial
from callreview.config.paths import resources_dir

SURE = 0.6
"""Thresholds of the classifiers are moved to this probability (training/findings/train.py)."""

_SURE_SCORE = float(np.log(SURE / (1 - SURE)))
_REASON = "reason:"
_NONE: frozenset[str] = frozenset()
_OF_ROLE = {
    "agent": frozenset({"promise", "offer"}),
    "customer": frozenset({"promise", "complaint", "question", "accept", "decline"}),
    "unknown": frozenset({"promise", "complaint", "question", "offer", "accept", "decline"}),
}


class Signs:
    """How likely each of a call's statements shows each sign."""

    def __init__(self, statements: Sequence[Statement], calm: frozenset[int] = frozenset()) -> None:
        """In the turns `calm` nobody complains; they need not be looked at for that."""
        self._rows = {said.place: row for row, said in enumerate(statements)}
        wanted = [_wanted(said, calm) for said in statements]
        self._likely = _likely([said.text for said in statements], wanted)

    def likely(self, said: Statement, sign: str) -> float:
        """How likely (0..1) the statement shows the sign; 0 where its role never does."""
        return float(self._likely[self._rows[said.place], _columns()[sign]])

    def shows(self, said: Statement, sign: str) -> bool:
        """Whether it is likely enough to be used."""
        return self.likely(said, sign) >= SURE


def _wanted(said: Statement, calm: frozenset[int]) -> frozenset[str]:
    """The signs that the statement may show; a question mark says enough of questions."""
    if not is_substantial(said.text):
        return _NONE
    wanted = _OF_ROLE.get(said.role, _NONE)
    if said.asks:
        wanted -= {"question", "promise"}
    return wanted - {"complaint"} if said.turn in calm else wanted


def reason_to_decline(text: str) -> str | None:
    """Why somebody declines, from their words; None when it is not clear."""
    reasons = frozenset(name for name in sign_model().names if name.startswith(_REASON))
    likely = _likely([text], [reasons])[0]
    best = int(likely.argmax())
    return sign_model().names[best].removeprefix(_REASON) if likely[best] >= SURE else None


def _likely(texts: Sequence[str], wanted: Sequence[frozenset[str]]) -> Floats:
    """How likely each text shows each sign that is wanted of it; 0 for the others."""
    model = sign_model()
    asked = np.array([[name in own for name in model.names] for own in wanted], bool)
    asked = asked.reshape(len(texts), len(model.names))
    scores = model.by_letters(texts)
    asked &= scores + model.lift > 0
    rows = np.flatnonzero(asked.any(axis=1)).tolist()
    if rows:
        # Loading the encoder takes a while; calls without such statements do not need it.
        from callreview.analysis.topics.text_encoder import shipped_encoder

        vectors = shipped_encoder().embed([texts[row] for row in rows])
        scores[rows] += model.by_meaning(vectors)
    likely: Floats = np.where(asked, 1 / (1 + np.exp(-(scores + _SURE_SCORE))), np.float32(0))
    return likely


@cache
def _columns() -> dict[str, int]:
    return {name: column for column, name in enumerate(sign_model().names)}


@cache
def sign_model() -> TextClassifiers:
    """The classifiers that come with CallReview."""
    return read_classifiers(signs_file())


def signs_file() -> Path:
    """The file with the classifiers' weights."""
    return resources_dir() / "findings" / "signs.npz"
