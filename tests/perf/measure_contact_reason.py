"""Contact reasons: CallReview's topics against tf-idf with logistic regression, same texts, same run.

As the product is used: a few examples for each intent, drawn thirty times (Banking77, which is larger,
three times); all other texts are the test. Banking77 (its test split) and the customers' turns of MultiDoGO (five domains, what is about
nothing left out, every text once; intents with fewer than twice the examples are left out). The peer
is shown with its default penalty and with the best of three, chosen on the test texts themselves. Then the shipped topics on
statements of our own, English and Korean, which were not among the examples, and the contact reason
of whole calls: `reasons` by hands that knew neither product nor training, and `dialogues`.
"""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from callreview.analysis.thresholds import THRESHOLDS
from callreview.analysis.topics.likelihood import topic_likelihoods
from callreview.analysis.topics.scores import TopicScores
from callreview.analysis.topics.shipped import shipped_topics
from callreview.analysis.topics.text_encoder import shipped_encoder
from callreview.domain.topic import Topic
from tests.conftest import SHARED
from tests.perf.tfidf_baseline import HAS_SKLEARN, predict
from tests.unit.call_reasons import call_reasons, contact_reason
from tests.unit.dialogues import labelled

DIALOGUES = SHARED / "text" / "dialogue"
DRAWS, LARGE_DRAWS = 30, 3
PENALTIES = (1.0, 10.0, 100.0)
DEFAULT_PENALTY = 1.0
NO_INTENT = {"", "contentonly", "openinggreeting", "closinggreeting", "thankyou", "confirmation"}
NO_INTENT |= {"rejection", "outofdomain"}
Example = tuple[str, str]


class _Remembering:
    """The encoder, each text embedded once."""

    def __init__(self) -> None:
        self._encoder = shipped_encoder()
        self.version = "measured"
        self._known: dict[str, np.ndarray] = {}

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            self._known.update(zip(missing, self._encoder.embed(missing), strict=True))
        return np.stack([self._known[text] for text in texts])


def main() -> None:
    encoder = _Remembering()
    print(f"accuracy %, mean of draws; peer by {'scikit-learn' if HAS_SKLEARN else 'numpy'}")
    print(
        f"{'texts':20} {'examples':>8} {'intents':>8} {'test':>6} {'tf-idf + LR':>12} {'its best':>9} "
        f"{'topics':>8}"
    )
    for name, examples in _sets().items():
        for count in (5, 10, 20):
            _compare(name, examples, count, encoder)
    _own()
    _calls()


def _sets() -> dict[str, list[Example]]:
    sets: dict[str, list[Example]] = {}
    path = DIALOGUES / "banking77_test.csv"
    if not path.is_file():
        print("../shared is not there: only texts of our own")
        return sets
    sets["Banking77"] = [(row["text"], row["category"]) for row in _rows(path, ",")]
    for path in sorted(DIALOGUES.glob("multidogo_*_dev.tsv")):
        turns = {
            row["utterance"].strip().lower(): row["intent"].strip() for row in _rows(path, "\t")
        }
        sets[f"MultiDoGO {path.stem.split('_')[1]}"] = [
            (text, intent)
            for text, intent in turns.items()
            if intent not in NO_INTENT and "<div>" not in intent
        ]
    return sets


def _compare(name: str, examples: list[Example], count: int, encoder: _Remembering) -> None:
    ours, theirs = [], defaultdict(list)
    for seed in range(1, 1 + (LARGE_DRAWS if name == "Banking77" else DRAWS)):
        known, asked = _draw(examples, count, seed)
        if len({intent for _text, intent in known}) < 2:
            return
        intents = sorted({intent for _text, intent in known})
        wanted = np.array([intents.index(intent) for _text, intent in asked])
        texts = [text for text, _intent in asked]
        topics = [Topic(i, tuple(t for t, own in known if own == i)) for i in intents]
        scores = TopicScores(topics, (), encoder).scores(texts)
        ours.append((scores.argmax(axis=1) == wanted).mean())
        for penalty in PENALTIES:
            labels = [intents.index(intent) for _text, intent in known]
            guessed = predict([text for text, _intent in known], labels, texts, penalty)
            theirs[penalty].append((guessed == wanted).mean())
    means = {penalty: 100 * np.mean(values) for penalty, values in theirs.items()}
    print(
        f"{name:20} {count:8} {len(intents):8} {len(asked):6} "
        f"{means[DEFAULT_PENALTY]:12.1f} {max(means.values()):9.1f} {100 * np.mean(ours):8.1f}",
        flush=True,
    )


def _draw(examples: list[Example], count: int, seed: int) -> tuple[list[Example], list[Example]]:
    frequent = {i for i, n in Counter(i for _text, i in examples).items() if n >= 2 * count}
    kept = [example for example in examples if example[1] in frequent]
    random.Random(seed).shuffle(kept)
    taken: Counter[str] = Counter()
    known, asked = [], []
    for text, intent in kept:
        (known if taken[intent] < count else asked).append((text, intent))
        taken[intent] += 1
    return known, asked


def _own() -> None:
    rows = labelled("topics")
    topics = shipped_topics().topics
    likely = topic_likelihoods([text for _language, _wanted, text in rows], topics)
    for language in ("en", "ko"):
        pairs = [
            (wanted, topics[int(line.argmax())].name, float(line.max()))
            for (own, wanted, _text), line in zip(rows, likely, strict=True)
            if own == language
        ]
        right = [wanted == best for wanted, best, _sure in pairs if wanted]
        shown = [w == best for w, best, sure in pairs if sure >= THRESHOLDS["contact_reason"]]
        print(
            f"shipped topics, own statements {language}: {len(right)} about a topic, "
            f"{100 * np.mean(right):.1f} % right; likelier than not {len(shown)} of {len(pairs)}, "
            f"of these {100 * np.mean(shown):.1f} % right"
        )


def _calls() -> None:
    print("contact reason of calls: clear ones have one; shown are those above the threshold")
    for name, calls in call_reasons().items():
        judged = [(wanted, contact_reason(lines)) for wanted, lines in calls]
        clear = [found in wanted for wanted, found in judged if "none" not in wanted]
        shown = [found in wanted for wanted, found in judged if found]
        wrong = sum(found != "" and found not in w for w, found in judged if "none" in w)
        print(
            f"  {name:14} {len(clear):4} clear calls, {100 * np.mean(clear):.1f} % right; shown for "
            f"{len(shown)}, of these {100 * np.mean(shown):.1f} % right; "
            f"wrong in {wrong} of {len(judged) - len(clear)} without",
            flush=True,
        )


def _rows(path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


if __name__ == "__main__":
    main()
