"""Phrases found in recognised calls against those of the exact scripts, and what spotting costs.

The recognised calls are the sample calls and, where they lie beside the repository, the scripted calls
of `../shared/data/synthetic_calls`, imported and processed as a user does. Truth: what the same lists
find, exactly, in the scripts. A hit counts as found when the same list has one within 2 s. Then
5,000 phrases are looked for in 900 turns of the scripts, and of the test dialogues.
Arguments: the folder of a workspace that keeps the processed calls for the next time (default: a
temporary one), and `wrong` to list what is missed or invented.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from callreview.analysis.phrases.keywords import KeywordList, PhraseSpotter, load_shipped_lists
from callreview.domain.transcript import Hit, Role, Transcript, Turn, Word
from callreview.services.browse import list_calls
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.process_calls import ProcessOptions, process_calls
from callreview.services.workspace import Workspace, open_workspace
from callreview.speech.word_errors import normalise
from callreview.storage.transcripts import load_transcript

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "data"
SAMPLES = REPOSITORY / "resources" / "samples"
DIALOGUES = REPOSITORY / "tests" / "data" / "understanding" / "dialogues.en.tsv"
CLOSE_S = 2.0
PHRASES, TURNS, SEED = 5000, 900, 4


@dataclass(frozen=True)
class Call:
    """A call as it was recognised, and the turns of its script."""

    name: str
    group: str
    heard: tuple[Turn, ...]
    script: tuple[Turn, ...]


@dataclass
class Counts:
    """Hits of the script that were found or not, and hits that are not in the script."""

    found: int = 0
    missed: int = 0
    invented: int = 0

    def __str__(self) -> str:
        """Recall and precision."""
        recall = self.found / max(self.found + self.missed, 1)
        precision = self.found / max(self.found + self.invented, 1)
        return (
            f"recall {100 * recall:5.1f} % of {self.found + self.missed:3d}   "
            f"precision {100 * precision:5.1f} % of {self.found + self.invented:3d}"
        )


@contextmanager
def processed(folder: Path | None) -> Iterator[Workspace]:
    """A workspace in which all calls are processed; what is done already is left alone."""
    with (
        tempfile.TemporaryDirectory() as temporary,
        open_workspace(folder or Path(temporary) / "workspace") as workspace,
    ):
        if not list_calls(workspace):
            import_calls(workspace, ImportOrder(manifest=SAMPLES / "manifest.csv"))
            scripted = tuple(sorted((SHARED / "synthetic_calls").glob("*.mp3")))
            if scripted:
                import_calls(workspace, ImportOrder(scripted))
        process_calls(workspace, None, ProcessOptions())
        yield workspace


def calls(workspace: Workspace) -> Iterator[Call]:
    """Every call that has a script."""
    for summary in list_calls(workspace):
        with workspace.read() as db:
            transcript = load_transcript(db, summary.id)
        if transcript is None:
            continue
        name = summary.reference
        sample = SAMPLES / "truth" / f"{name}.json"
        if sample.exists():
            truth = json.loads(sample.read_text("utf-8"))
            group = "sample calls, Korean" if truth["language"] == "ko" else "sample calls, English"
            yield Call(name, group, transcript.turns, tuple(map(_timed, truth["turns"])))
        elif (SHARED / "references" / f"{name}.json").exists():
            truth = json.loads((SHARED / "references" / f"{name}.json").read_text("utf-8"))
            script = tuple(_placed(truth["segments"], transcript))
            yield Call(name, "scripted calls, one channel", transcript.turns, script)


def _timed(turn: dict[str, Any]) -> Turn:
    words = tuple(Word(w["text"], w["start_s"], w["end_s"], 1.0) for w in turn["words"])
    return _turn(turn["speaker"], words)


def _turn(role: Role, words: tuple[Word, ...]) -> Turn:
    return Turn(role, role, words[0].start_s, words[-1].end_s, words)


def _placed(segments: Sequence[dict[str, Any]], transcript: Transcript) -> Iterator[Turn]:
    """The turns of a script without times, at the times of the words that were heard there."""
    heard = [word for turn in transcript.turns for word in turn.words]
    said = [(segment["speaker"], text) for segment in segments for text in segment["text"].split()]
    blocks = SequenceMatcher(
        None,
        [normalise(text) for _role, text in said],
        [normalise(word.text) for word in heard],
        autojunk=False,
    ).get_matching_blocks()
    number = 0
    for segment in segments:
        words = []
        for text in segment["text"].split():
            block = max((b for b in blocks if b.a <= number), key=lambda b: b.a, default=blocks[0])
            place = min(max(block.b + number - block.a, 0), len(heard) - 1)
            words.append(replace(heard[place], text=text, space_before=True))
            number += 1
        if words:
            yield _turn(segment["speaker"], tuple(words))


def compare(
    call: Call, truth: PhraseSpotter, spotter: PhraseSpotter, counts: Counts, *, show: bool
) -> None:
    """Count what of the script's hits is found in what was heard."""
    wanted = sorted(_hits(truth.find(call.script)), key=lambda hit: hit.start_s)
    found = sorted(_hits(spotter.find(call.heard)), key=lambda hit: (hit.near, hit.start_s))
    for hit in wanted:
        same = [
            other
            for other in found
            if other.list == hit.list
            and other.start_s - CLOSE_S <= hit.end_s
            and hit.start_s <= other.end_s + CLOSE_S
        ]
        if same:
            counts.found += 1
            found.remove(min(same, key=lambda other: abs(other.start_s - hit.start_s)))
        else:
            counts.missed += 1
            if show:
                print(f"  missed   {call.name[:8]} {hit.start_s:6.1f} {hit.list}: {hit.phrase}")
                print(f"           heard: {_around(call.heard, hit)}")
    counts.invented += len(found)
    for hit in found if show else ():
        near = "nearly " if hit.near else ""
        print(f"  invented {call.name[:8]} {hit.start_s:6.1f} {hit.list}: {near}{hit.phrase}")
        print(f"           heard: {_around(call.heard, hit)} script: {_around(call.script, hit)}")


def _hits(by_turn: Iterable[Sequence[Hit]]) -> list[Hit]:
    return [hit for hits in by_turn for hit in hits]


def _around(turns: Sequence[Turn], hit: Hit) -> str:
    return " ".join(
        word.text
        for turn in turns
        for word in turn.words
        if hit.start_s - 1.5 <= word.start_s <= hit.end_s + 1.5
    )


def quality(every: Sequence[Call], *, show: bool) -> None:
    """Print recall and precision with and without near-misses."""
    lists = load_shipped_lists()
    exact = PhraseSpotter([replace(one, near=False) for one in lists])
    for name, spotter in (("exactly", exact), ("with near-misses", PhraseSpotter(lists))):
        for group in sorted({call.group for call in every}):
            counts = Counts()
            for call in (call for call in every if call.group == group):
                compare(call, exact, spotter, counts, show=show and spotter is not exact)
            print(f"{group:28} {name:17} {counts}", flush=True)


def cost(texts: Sequence[str]) -> None:
    """Print what it costs to look for 5,000 phrases, exactly and nearly, in 900 turns."""
    chance = random.Random(SEED)
    turns = [_spoken(chance.choice(texts), number) for number in range(TURNS)]
    phrases = _phrases(chance, " ".join(texts).split())
    print(f"{len(phrases)} phrases, {TURNS} turns, {sum(len(t.words) for t in turns)} words")
    for near in (False, True):
        lists = [
            KeywordList(f"list {n}", {"en": "x"}, "en", "any", tuple(phrases[n::50]), near=near)
            for n in range(50)
        ]
        started = time.process_time()
        spotter = PhraseSpotter(lists)
        built_s = time.process_time() - started
        spotter.find(turns[:1])
        took, hits = [], 0
        for _run in range(7):
            started = time.process_time()
            hits = len(_hits(spotter.find(turns)))
            took.append(time.process_time() - started)
        print(
            f"{'with near-misses' if near else 'exactly':17} CPU {1000 * statistics.median(took):4.0f} ms "
            f"(best {1000 * min(took):.0f}), {hits} hits; made ready in {1000 * built_s:.0f} ms",
            flush=True,
        )


def _spoken(text: str, number: int) -> Turn:
    start_s = 4.0 * number
    words = tuple(
        Word(word, start_s + 0.3 * place, start_s + 0.3 * place + 0.25, 1.0)
        for place, word in enumerate(text.split())
    )
    return _turn("agent" if number % 2 else "customer", words)


def _phrases(chance: random.Random, spoken: Sequence[str]) -> list[str]:
    """The shipped English phrases, and as many more with some of their words exchanged."""
    shipped = [p for one in load_shipped_lists() if one.language == "en" for p in one.phrases]
    words = [word for phrase in shipped for word in phrase.split()]
    phrases = dict.fromkeys(shipped)
    while len(phrases) < PHRASES:
        made = chance.choice(shipped).split()
        for _change in range(chance.choice((1, 1, 2))):
            made[chance.randrange(len(made))] = chance.choice(words)
        if chance.random() < 0.3:
            made.append(chance.choice(spoken))
        if len(made) > 1:
            phrases[" ".join(made)] = None
    return list(phrases)


def main() -> None:
    """Measure quality and cost."""
    folders = [Path(name) for name in sys.argv[1:] if name != "wrong"]
    with processed(folders[0] if folders else None) as workspace:
        every = tuple(calls(workspace))
    quality(every, show="wrong" in sys.argv)
    cost([turn.text for call in every for turn in call.script if turn.text.isascii()])
    cost([line.split("\t")[2] for line in DIALOGUES.read_text("utf-8").splitlines()])


if __name__ == "__main__":
    main()
