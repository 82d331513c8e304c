"""`callreview diarize`: who speaks when in a recording. No workspace is needed."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from callreview.cli.progress import ProgressLine
from callreview.config.language import _
from callreview.services.diarize import diarize


def _diarize(arguments: Namespace) -> Sequence[str]:
    with ProgressLine() as progress:
        alike = diarize(arguments.recording, arguments.out, arguments.speakers, progress)
    if alike:
        text = _("{file}: the voices are hard to tell apart and may be mixed up.")
        print(f"callreview: {text.format(file=arguments.recording)}", file=sys.stderr)
    return ()


COMMANDS: dict[str, Callable[[Namespace], Sequence[str]]] = {"diarize": _diarize}
