"""What the analysis of a one-hour call costs, on one core, and what it costs to begin.

The call has 900 turns, nearly all different: those of the English dialogues of the tests, one after the
other, with their times stretched to an hour. Each figure is measured in a fresh process with all libraries
on one thread: processor seconds, which other work on the computer hardly changes. "start" is what
the first call pays more: loading both models and all rules, up to the first results for one short
turn; "libraries" is what Python takes to import them before that. Parts come after the whole: "topics"
and "signs" find most vectors of statements remembered.
"""

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
TURNS = 900
HOUR_S = 3600.0
RUNS = 3
DIALOGUES = Path("tests/data/understanding/dialogues.en.tsv")


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(_measure()))
        return
    _child()
    runs = [_child() for _run in range(RUNS)]
    names = list(runs[0])
    print(f"processor seconds, best and worst of {RUNS} runs; {TURNS} turns in an hour")
    for name in names:
        values = [run[name] for run in runs]
        print(f"{name:24} {min(values):7.3f} {max(values):7.3f}")
    print("goals: whole analysis at most 4 s, start under 0.5 s")


def _child() -> dict[str, float]:
    command = [sys.executable, "-m", "tests.perf.measure_analysis_cost", "child"]
    inherited = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env=inherited | ONE_THREAD
    )
    return json.loads(done.stdout.splitlines()[-1])


def _measure() -> dict[str, float]:
    # The domain is imported before: the program has it loaded anyway.
    from callreview.domain.talk_metrics import Interval

    call = _call()
    speech = {
        role: [Interval(t.start_s, t.end_s) for t in call.turns if t.role == role]
        for role in ("agent", "customer")
    }
    took: dict[str, float] = {}
    took["libraries"] = _timed(_import)
    took["start"] = _timed(lambda: _start(call))
    from callreview.analysis.analyse import analyse

    settings, classifier = _settings(), _classifier()
    took["whole analysis"] = _timed(lambda: analyse(call, speech, HOUR_S, settings, classifier))
    took.update(_parts(call, speech))
    return took


def _import() -> None:
    for name in ("numpy", "onnxruntime", "tokenizers", "callreview.analysis.analyse"):
        importlib.import_module(name)


def _start(call) -> None:
    from dataclasses import replace

    from callreview.analysis.analyse import analyse

    short = replace(call, turns=call.turns[1:2])
    analyse(short, {}, 10.0, _settings(), _classifier())


def _parts(call, speech) -> dict[str, float]:
    from callreview.analysis.findings import find as findings
    from callreview.analysis.findings.complaints import find_complaints
    from callreview.analysis.findings.promises import find_promises
    from callreview.analysis.findings.purchases import find_purchases_given_up
    from callreview.analysis.findings.questions_answered import find_questions
    from callreview.analysis.findings.signs import Signs
    from callreview.analysis.personal_data.mask import mask_personal_data
    from callreview.analysis.phrases.keywords import PhraseSpotter
    from callreview.analysis.statements import statements_of
    from callreview.analysis.talk.metrics import talk_of_call
    from callreview.analysis.topics.call_topics import find_topics

    settings, turns = _settings(), call.turns
    statements = statements_of(turns)
    signs = Signs(statements)
    parts: Sequence[tuple[str, Callable[[], object]]] = (
        ("  personal data", lambda: mask_personal_data(turns, settings.hidden_kinds)),
        ("  sentiment", lambda: _classifier().classify([turn.text for turn in turns])),
        ("  phrases", lambda: PhraseSpotter(settings.lists).find(turns)),
        ("  talk metrics", lambda: talk_of_call(call, speech, HOUR_S, settings.talk)),
        ("  findings, all", lambda: findings.find_findings(call, HOUR_S, settings)),
        ("    topics", lambda: find_topics(statements, settings.topics)),
        ("    signs", lambda: Signs(statements)),
        ("    promises", lambda: find_promises(statements, signs)),
        ("    complaints", lambda: find_complaints(statements, signs)),
        ("    questions", lambda: find_questions(statements, signs)),
        ("    purchases", lambda: find_purchases_given_up(statements, signs)),
    )
    return {name: _timed(work) for name, work in parts}


def _settings():
    from callreview.analysis.phrases.keyword_lists import load_shipped_lists
    from callreview.analysis.settings import AnalysisSettings
    from callreview.analysis.topics.shipped import shipped_topics

    return AnalysisSettings(
        lists=load_shipped_lists(), topics=shipped_topics().topics, products=("AirCube",)
    )


_KNOWN: list = []


def _classifier():
    from callreview.analysis.sentiment.classifier import load_sentiment

    if not _KNOWN:
        _KNOWN.append(load_sentiment(None))
    return _KNOWN[0]


def _call():
    from callreview.domain.transcript import Speaker, Transcript, Turn, Word

    lines = [line.split("\t")[1:3] for line in DIALOGUES.read_text("utf-8").splitlines()]
    step = HOUR_S / TURNS
    turns = []
    for number in range(TURNS):
        role, text = lines[number]
        words = text.split()
        each = step / (len(words) + 1)
        made = [
            Word(word, number * step + n * each, number * step + (n + 0.9) * each, 0.9)
            for n, word in enumerate(words)
        ]
        turns.append(Turn(role, role, made[0].start_s, made[-1].end_s, tuple(made)))
    speakers = (Speaker("agent", "agent", 0), Speaker("customer", "customer", 1))
    return Transcript("en", speakers, tuple(turns), {})


def _timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    main()
