"""`callreview mask`: personal data in a text file. No workspace is needed."""

import json
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict

from callreview.exchange.turn_lines import read_turn_lines
from callreview.services.mask_texts import mask_texts


def _mask(arguments: Namespace) -> Sequence[str]:
    lines = read_turn_lines(arguments.file)
    for masked, line in zip(mask_texts(lines), lines, strict=True):
        if arguments.json:
            print(json.dumps(asdict(masked), ensure_ascii=False))
        else:
            print(f"{line.role}\t{masked.text}" if line.role else masked.text)
    return ()


COMMANDS: dict[str, Callable[[Namespace], Sequence[str]]] = {"mask": _mask}
