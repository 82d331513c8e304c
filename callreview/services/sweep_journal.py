"""Masking personal data in what the journal keeps for undo and redo."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from callreview.analysis.personal_data.mask import mask_personal_data
from callreview.domain.transcript import MaskedSpan
from callreview.services.mask_texts import without_personal_data
from callreview.storage import sweeping
from callreview.storage.serialise import from_json, to_json
from callreview.storage.sweeping import Image

_TEXT_COLUMNS = {"comment": "text", "answer": "note", "evidence": "quote"}


class JournalImages:
    """Masks the kinds of personal data; `quotes` are those that were quoted anew, by their old text."""

    def __init__(self, kinds: frozenset[str], quotes: Mapping[str, str]) -> None:
        self.kinds = kinds
        self.quotes = quotes

    def masked(self, images: Sequence[Image]) -> list[Image]:
        """The images of one operation without personal data."""
        turns: dict[int, Image] = {}
        spans: dict[object, tuple[MaskedSpan, ...]] = {}
        for key, group in _dialogues(images):
            rows = [*group]
            masked, found = mask_personal_data(
                [sweeping.turn_of(image) for _place, image in rows], self.kinds
            )
            spans[key] = found
            for (place, image), turn in zip(rows, masked, strict=True):
                turns[place] = sweeping.with_turn(image, turn)
        return [turns.get(place) or self._image(image, spans) for place, image in enumerate(images)]

    def _image(self, image: Image, spans: Mapping[object, tuple[MaskedSpan, ...]]) -> Image:
        row = image.row
        if image.table == "transcript" and spans.get((image.side, row["id"])):
            known = from_json(tuple[MaskedSpan, ...], str(row["masked"]))
            masked = to_json((*known, *spans[image.side, row["id"]]))
            return replace(image, row={**row, "masked": masked})
        if image.table == "analysis":
            return replace(image, row={**row, "findings": self._findings(str(row["findings"]))})
        column = _TEXT_COLUMNS.get(image.table)
        if column is None:
            return image
        text = str(row[column])
        return replace(image, row={**row, column: self.quotes.get(text) or self._without(text)})

    def _without(self, text: str) -> str:
        return without_personal_data(text, self.kinds)

    def _findings(self, findings: str) -> str:
        found = json.loads(findings)
        for one in found:
            details = one.get("details") or {}
            one["details"] = {name: self._without(value) for name, value in details.items()}
        return to_json(found)


def _dialogues(
    images: Sequence[Image],
) -> Iterator[tuple[object, Iterator[tuple[int, Image]]]]:
    """The images of turns by transcript, in the order in which they were said, with their places."""

    def place(numbered: tuple[int, Image]) -> tuple[str, int, int]:
        image = numbered[1]
        return image.side, int(image.row["transcript_id"] or 0), int(image.row["position"] or 0)

    turns = sorted(
        ((n, image) for n, image in enumerate(images) if image.table == "turn"), key=place
    )
    return groupby(turns, key=lambda numbered: place(numbered)[:2])
