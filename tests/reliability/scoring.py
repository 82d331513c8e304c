"""A program that does nothing but score: the tests kill it and starve it of disk.

Run as `python -m tests.reliability.scoring FOLDER FIRST [LARGEST_FILE]`. Every action is known by
its number; the number is printed when the action was confirmed.
"""

import resource
import sys
from pathlib import Path

from callreview.domain.errors import EnvironmentProblem
from callreview.domain.evaluation import Answer, Evidence
from callreview.storage.operations.answers import SetAnswer
from callreview.storage.workspace import Workspace

QUESTIONS = ("greeting", "identity", "solved")
EVALUATION = 1


def action(number: int) -> SetAnswer:
    """The action with this number; its traces tell it from all others."""
    evidence = tuple(Evidence(float(i), i + 1.5, f"quote {number}") for i in range(number % 3))
    question = QUESTIONS[number % len(QUESTIONS)]
    return SetAnswer(EVALUATION, Answer(question, float(number % 2), f"note {number}", evidence))


def answers_after(number: int) -> dict[str, Answer]:
    """The answers by question when the actions 1 to `number` were done."""
    done = (action(n) for n in range(1, number + 1))
    return {act.answer.question: act.answer for act in done}


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder: str, first: str, largest_file: str = "") -> None:
    """Score until the process is killed or the disk refuses."""
    number = int(first)
    with Workspace.open(Path(folder)) as workspace:
        if largest_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest_file), resource.RLIM_INFINITY))
        while True:
            try:
                workspace.apply(action(number))
            except EnvironmentProblem as problem:
                tell(str(problem))
                return
            tell(str(number))
            number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
