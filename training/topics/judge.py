"""Fits how sure the reason of a call is: MUCH, RIVAL and LITTLE of callreview.analysis.topics.call_topics.

Each hand's calls are judged by what was learnt from the other hands' (five trainings), so the
figures printed are also those of calls by a hand that the training has not seen.
Usage: python -m training.topics.judge
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from callreview.analysis.thresholds import THRESHOLDS
from callreview.analysis.topics.call_topics import is_substantial, weigh_opening
from callreview.analysis.topics.shipped import shipped_topics
from callreview.analysis.topics.text_encoder import shipped_encoder
from training.classifiers import Weights, letters
from training.topics.learn import NOTHING, calls, said_in, said_outright, train


@dataclass(frozen=True)
class Judged:
    """Of a call: how much is said of the best topic and of the next, and whether the best is right."""

    much: float
    rival: float
    right: bool


def main() -> None:
    """Judge all calls, fit, and print."""
    torch.set_num_threads(1)
    names = [NOTHING, *(topic.name for topic in shipped_topics().topics)]
    judged = [one for hand in "abcde" for one in _judged(hand, names)]
    features = torch.tensor([[one.much, one.rival, 1.0] for one in judged], dtype=torch.float32)
    right = torch.tensor([float(one.right) for one in judged])
    much, rival, little = _logistic(features, right).tolist()
    print(f"MUCH, RIVAL, LITTLE = {much:.2f}, {-rival:.2f}, {-little:.2f}")
    likely = torch.sigmoid(features @ torch.tensor([much, rival, little]))
    shown = likely >= THRESHOLDS["contact_reason"]
    print(f"shown {shown.float().mean():.3f} of {len(judged)}, right {right[shown].mean():.3f}")


def _judged(hand: str, names: Sequence[str]) -> Iterator[Judged]:
    own = [call for call in calls() if call.name.startswith(hand)]
    others = [call for call in calls() if not call.name.startswith(hand)]
    trained = train([*said_in(others), *said_outright()], names)
    for call in own:
        texts = [one.text for one in call.said if is_substantial(one.text)]
        if texts:
            much = weigh_opening(_likely(texts, trained)).sum(axis=0)
            rival, best = np.sort(much)[-2:]
            yield Judged(best, rival, names[1 + int(much.argmax())] in call.reasons)


def _likely(texts: Sequence[str], trained: Weights) -> np.ndarray:
    vectors = torch.tensor(shipped_encoder().embed(texts))
    scores = vectors @ trained.vectors + torch.sparse.mm(letters(texts), trained.grams)
    likely: np.ndarray = torch.softmax(scores + trained.bias, dim=1)[:, 1:].numpy()
    return likely


def _logistic(features: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    weights = torch.zeros(features.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> float:
        optimiser.zero_grad()
        lost = torch.nn.functional.binary_cross_entropy_with_logits(features @ weights, right)
        lost.backward()
        return lost.item()

    optimiser.step(loss)
    return weights.detach()


if __name__ == "__main__":
    main()
