"""`callreview analyse`: analysing stored calls again, without recognising them again."""

from argparse import Namespace
from collections.abc import Sequence

from callreview.cli.progress import ProgressLine
from callreview.services.workspace import Workspace

Problems = Sequence[str]


def analyse_calls(workspace: Workspace, arguments: Namespace) -> Problems:
    """Analyse the calls that are named, or all that are due, and print their references."""
    from callreview.services.analyse_again import analyse_again
    from callreview.services.browse import find_call

    wanted = [find_call(workspace, name) for name in arguments.calls] or None
    with ProgressLine() as progress:
        report = analyse_again(workspace, wanted, progress=progress)
    for reference in report.done:
        print(reference)
    return report.problems
