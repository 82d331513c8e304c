"""What a glossary gains: names written as they are, without and with hotwords and repair.

Each sample call and, where they lie beside the repository, each scripted call is recognised without
and with hotwords (then windows that may hold names are heard twice), and both are read without and
with repaired names. Counted are the names of the
glossary (the company, the agent and products, not customers) that were said and are written right,
names that are written where nobody said them, and word errors. "All names" repairs with the
glossary of all calls together: more names, more chances to be wrong. Run as a module; arguments:
how many recordings of each set (default: all).
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.domain.transcript import Word, join_words
from callreview.speech.glossary import hotwords, ordinary_words
from callreview.speech.models import model_folder
from callreview.speech.name_repair import repair_names
from callreview.speech.recognise import Recogniser
from callreview.speech.word_errors import WordErrors, count_word_errors, total_word_errors

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "data"
SAMPLES = REPOSITORY / "resources" / "samples"

SAMPLE_TERMS = (
    *("Larkfield Home", "Bright Line Energy", "Quickwire Broadband", "Quickwire", "Telenova"),
    *("Helen", "James", "Dana", "하늘빛모바일", "김민지", "박준호"),
)
_NAMES = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: (?:and |& )?[A-Z][a-z]+)+")
_AGENT = re.compile(r"(?:name is|[Tt]his is|I'm|I am) ([A-Z][a-z]+)")


@dataclass(frozen=True)
class Recording:
    """A recording, what is said on each channel, and the names its workspace would know."""

    path: Path
    language: str
    said: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass
class Measured:
    """Names said, written right, and written where nobody said them; word errors by language."""

    said: int = 0
    right: int = 0
    wrong: int = 0
    errors: dict[str, list[WordErrors]] = field(default_factory=dict)


def sample_calls() -> Iterator[Recording]:
    """The calls that come with CallReview; one glossary for all."""
    for path in sorted((SAMPLES / "truth").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        said = ["", ""]
        for turn in truth["turns"]:
            channel = truth["channels"].index(turn["speaker"])
            said[channel] += " " + " ".join(word["text"] for word in turn["words"])
        (sound,) = SAMPLES.glob(f"{path.stem}.[!j]*")
        yield Recording(sound, truth["language"], tuple(said), SAMPLE_TERMS)


def scripted_calls() -> Iterator[Recording]:
    """The scripted calls beside the repository; each has the names its agent says."""
    for path in sorted((SHARED / "synthetic_calls").glob("*.mp3")):
        truth = json.loads((SHARED / "references" / f"{path.stem}.json").read_text("utf-8"))
        agent = [one["text"] for one in truth["segments"] if one["speaker"] == "agent"]
        opening = " ".join(agent[:2])
        names = dict.fromkeys((*_NAMES.findall(opening), *_AGENT.findall(opening)))
        text = " ".join(segment["text"] for segment in truth["segments"])
        yield Recording(path, "en", (text,), tuple(names))


def count_names(text: str, terms: Sequence[str]) -> dict[str, int]:
    """How often each term stands in a text, as it is written; a particle may follow in Korean."""
    return {term: len(re.findall(rf"(?<!\w){re.escape(term)}(?![A-Za-z])", text)) for term in terms}


def add(measured: Measured, recording: Recording, heard: Sequence[Sequence[Word]]) -> None:
    """Add what was heard of one recording."""
    text = " ".join(join_words(tuple(words)) for words in heard)
    said = count_names(" ".join(recording.said), recording.terms)
    written = count_names(text, recording.terms)
    for term, count in said.items():
        measured.said += count
        measured.right += min(count, written[term])
        measured.wrong += max(written[term] - count, 0)
    for expected, words in zip(recording.said, heard, strict=True):
        found = count_word_errors(expected, join_words(tuple(words)), recording.language)
        measured.errors.setdefault(recording.language, []).append(found)


def measure(recordings: Sequence[Recording], recogniser: Recogniser, folder: Path) -> None:
    """Recognise every recording twice and print a line for each way to use the glossary."""
    ordinary = ordinary_words(folder)
    every = tuple(dict.fromkeys(term for one in recordings for term in one.terms))
    results = {name: Measured() for name in ("without", "hotwords", "repair", "both", "all names")}
    plain_s = told_s = 0.0
    for recording in recordings:
        with tempfile.TemporaryDirectory() as scratch:
            prepared = prepare_audio([recording.path], Path(scratch) / "call.pcm")
            begun_s = time.process_time()
            plain = heard(recogniser, prepared, "")
            between_s = time.process_time()
            told = heard(recogniser, prepared, hotwords(recording.terms))
            plain_s += between_s - begun_s
            told_s += time.process_time() - between_s
        ways: dict[str, tuple[list[Sequence[Word]], Sequence[str]]] = {
            "without": (plain, ()),
            "hotwords": (told, ()),
            "repair": (plain, recording.terms),
            "both": (told, recording.terms),
            "all names": (told, every),
        }
        for name, (words, terms) in ways.items():
            repaired = [repair_names(one, terms, ordinary) for one in words]
            add(results[name], recording, repaired)
            show_changes(name, words, repaired)
    print(f"processor time with hotwords {told_s / plain_s:.2f} times that without", flush=True)
    for name, measured in results.items():
        show(name, measured)


def heard(recogniser: Recogniser, prepared: PreparedAudio, told: str) -> list[Sequence[Word]]:
    """The words of each channel."""
    channels = recogniser.recognise(prepared, hotwords=told)
    by_channel: dict[int | None, Sequence[Word]] = {one.channel: one.words for one in channels}
    return [by_channel.get(number, ()) for number in range(prepared.channels)]


def show_changes(name: str, words: list[Sequence[Word]], repaired: list[tuple[Word, ...]]) -> None:
    """Print what repairing has changed, to be looked at."""
    for before, after in zip(words, repaired, strict=True):
        old, new = (" ".join(word.text for word in one) for one in (before, after))
        if old != new:
            print(f"    {name}: {differing(old, new)}", flush=True)


def differing(old: str, new: str) -> str:
    """The words that differ, before and after."""
    from difflib import SequenceMatcher

    left, right = old.split(), new.split()
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return "; ".join(
        f"{' '.join(left[a:b])} -> {' '.join(right[c:d])}"
        for tag, a, b, c, d in codes
        if tag != "equal"
    )


def show(name: str, measured: Measured) -> None:
    """Print one line."""
    errors = "  ".join(
        f"{language}: {100 * total_word_errors(found).rate:.2f} %"
        for language, found in sorted(measured.errors.items())
    )
    print(
        f"{name:10} names right {measured.right} of {measured.said}, "
        f"written where not said {measured.wrong}, word errors {errors}",
        flush=True,
    )


def main() -> None:
    """Measure both sets."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else None
    folder = model_folder()
    recogniser = Recogniser(folder)
    sets: dict[str, Callable[[], Iterator[Recording]]] = {
        "sample calls": sample_calls,
        "scripted calls": scripted_calls,
    }
    for title, recordings in sets.items():
        print(title, flush=True)
        measure(list(recordings())[:count], recogniser, folder)


if __name__ == "__main__":
    main()
