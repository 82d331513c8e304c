"""`callreview classify`: the sentiment of turns in a text file. No workspace is needed."""

import json
from argparse import Namespace
from collections.abc import Callable, Sequence

from callreview.exchange.turn_lines import read_turn_lines
from callreview.services.classify import ClassifiedText, classify_texts


def _classify(arguments: Namespace) -> Sequence[str]:
    lines = read_turn_lines(arguments.file)
    found = classify_texts([line.text for line in lines], arguments.sentiment)
    for one, line in zip(found, lines, strict=True):
        print(_as_json(one) if arguments.json else _as_text(one, line.text))
    return ()


def _as_json(one: ClassifiedText) -> str:
    return json.dumps(
        {
            "label": one.label,
            "negative": round(one.negative, 4),
            "neutral": round(one.neutral, 4),
            "positive": round(one.positive, 4),
            "language": one.language,
        }
    )


def _as_text(one: ClassifiedText, text: str) -> str:
    shares = "\t".join(f"{share:.2f}" for share in (one.negative, one.neutral, one.positive))
    return f"{one.label}\t{shares}\t{one.language}\t{text}"


COMMANDS: dict[str, Callable[[Namespace], Sequence[str]]] = {"classify": _classify}
