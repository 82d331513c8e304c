"""Gathers the corpora, splits them by the hash of each text and writes train, dev and test.

Beside them lies vocabulary.txt: one text a line, only to choose the pieces the model keeps.
Usage: python -m training.sentiment.prepare_data TEXT_FOLDER OUT_FOLDER
"""

import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path

from training.sentiment.corpora import (
    Example,
    banking77,
    goemotions,
    kote,
    multidogo,
    nsmc,
    own_turns,
    pattern_turns,
    vocabulary_texts,
)

OWN_TURNS = Path(__file__).with_name("own_turns.tsv")
UNSEEN_TURNS = Path(__file__).with_name("unseen_turns.tsv")
"""Turns by somebody who had seen neither the own turns nor a model: only ever tested on."""
OWN_PATTERNS = Path(__file__).with_name("own_patterns.tsv")
TOO_ALIKE = 0.6
"""Patterns give no turn that shares this much of its trigrams with an own turn of dev or test."""
VOCABULARY = "vocabulary.txt"
SPLITS = ("train", "dev", "test")
TEST_SHARE = {"goemotions": 0, "kote": 20, "nsmc": 15, "banking77": 15, "multidogo": 15, "own": 25}
"""Percent of each corpus set aside; GoEmotions has its own file for it."""
DEV_SHARE = 5


def main(text_folder: Path, out: Path) -> None:
    """Write OUT/train.tsv, dev.tsv and test.tsv and print how many texts of what they hold."""
    splits = split(gather(text_folder))
    out.mkdir(parents=True, exist_ok=True)
    for name, examples in splits.items():
        write(out / f"{name}.tsv", examples)
        counts = Counter((e.language, e.source, e.label) for e in examples)
        print(name, len(examples), sorted(counts.items()))
    write_vocabulary(out / VOCABULARY, text_folder, splits["train"])


def gather(folder: Path) -> list[tuple[Example, str]]:
    """Read all corpora; the second of each pair is a fixed split or empty."""
    sentiment, dialogue = folder / "sentiment", folder / "dialogue"
    names = (sentiment / "goemotions_labels.txt").read_text(encoding="utf-8").split()
    rows = [(e, "test") for e in goemotions(sentiment / "goemotions_dev.tsv", names)]
    rows += [(e, "") for e in goemotions(sentiment / "goemotions_train.tsv", names)]
    rows += [(e, "") for e in kote(sentiment / "kote_val.tsv")]
    rows += [(e, "") for e in nsmc(sentiment / "nsmc_ratings_sample.tsv")]
    rows += [(e, "") for e in banking77(dialogue / "banking77_test.csv")]
    for path in sorted(dialogue.glob("multidogo_*_dev.tsv")):
        rows += [(e, "") for e in multidogo(path)]
    own = list(own_turns(OWN_TURNS))
    rows += [(e, "") for e in own]
    unseen = list(own_turns(UNSEEN_TURNS, "unseen"))
    rows += [(e, "test") for e in unseen]
    set_aside = unseen + [e for e in own if split_of(normalised(e.text), "own") != "train"]
    rows += [(e, "train") for e in unlike(pattern_turns(OWN_PATTERNS), set_aside)]
    return rows


def unlike(examples: Iterable[Example], others: Iterable[Example]) -> Iterator[Example]:
    """Yield the examples that are not nearly one of the others."""
    known = [trigrams(other.text) for other in others]
    for example in examples:
        own = trigrams(example.text)
        if all(len(own & one) < TOO_ALIKE * len(own | one) for one in known):
            yield example


def trigrams(text: str) -> frozenset[str]:
    """Return the runs of three letters in a text."""
    plain = f" {normalised(text)} "
    return frozenset(plain[i : i + 3] for i in range(len(plain) - 2))


def split(rows: Iterable[tuple[Example, str]]) -> dict[str, list[Example]]:
    """Divide without a text in two splits: where one occurs twice, test wins, then dev."""
    chosen: dict[str, tuple[str, Example]] = {}
    for example, fixed in rows:
        key = normalised(example.text)
        place = fixed or split_of(key, example.source)
        if key and (key not in chosen or SPLITS.index(place) > SPLITS.index(chosen[key][0])):
            chosen[key] = (place, example)
    result: dict[str, list[Example]] = {name: [] for name in SPLITS}
    for place, example in chosen.values():
        result[place].append(example)
    return result


def split_of(key: str, source: str) -> str:
    """Return the split of a normalised text; the same for ever."""
    percent = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 100
    if percent < TEST_SHARE[source]:
        return "test"
    return "dev" if percent < TEST_SHARE[source] + DEV_SHARE else "train"


def normalised(text: str) -> str:
    """Return the text without case, punctuation and spacing, to find the same text twice."""
    return re.sub(r"[\W_]+", "", text.lower())


def write(path: Path, examples: list[Example]) -> None:
    """Write the examples as a tab-separated file with a heading."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, delimiter="\t")
        rows.writerow(["text", "label", "source", "language", "kind"])
        rows.writerows(astuple(example) for example in examples)


def write_vocabulary(path: Path, text_folder: Path, train: list[Example]) -> None:
    """Write the texts that choose the vocabulary, each as it is and in lower case."""
    texts = [*vocabulary_texts(text_folder), *(example.text for example in train)]
    lines = {" ".join(text.split()) for text in texts}
    path.write_text("\n".join(sorted(lines | {line.lower() for line in lines})), encoding="utf-8")


def read(path: Path) -> list[Example]:
    """Read what `write` wrote."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return [
            Example(row["text"], int(row["label"]), row["source"], row["language"], row["kind"])
            for row in rows
        ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
