"""`callreview versions`: the versions of a call's transcript, their differences, choosing one."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict

from callreview.cli.tables import GAP, aligned
from callreview.config.language import _
from callreview.domain.figure_text import clock
from callreview.domain.transcript import Word, join_words
from callreview.domain.transcript_diff import ComparedTurn, Comparison, Difference
from callreview.services import browse, versions
from callreview.services.workspace import Workspace

Problems = Sequence[str]


def reads_only(arguments: Namespace) -> bool:
    """Whether the command only shows something."""
    return arguments.use is None


def show_versions(workspace: Workspace, arguments: Namespace) -> Problems:
    """Do what the options say: compare with a version, or use one and list all."""
    call_id = browse.find_call(workspace, arguments.call)
    if arguments.diff is not None:
        compared = versions.compare_versions(workspace, call_id, arguments.diff)
        _print(arguments, comparison_to_json(compared), comparison_lines(compared))
        return ()
    if arguments.use is not None:
        versions.use_version(workspace, call_id, arguments.use)
    found = versions.list_versions(workspace, call_id)
    _print(arguments, [asdict(version) for version in found], version_lines(found))
    return ()


def version_lines(found: Sequence[versions.TranscriptVersion]) -> list[str]:
    """The versions as an aligned table; the active one has a star."""
    if not found:
        return [_("This call was not transcribed yet.")]
    head = ("", _("Version"), _("Date"), _("Model"), _("Language"), _("Words"), _("Remark"))
    return aligned([head, *(_version_cells(version) for version in found)])


def comparison_lines(compared: Comparison) -> list[str]:
    """The counts, then the turns that differ: [-removed-] and {+added+} words."""
    counts = _("Words: {same} the same, {changed} changed, {added} added, {removed} removed")
    return [
        counts.format(
            same=compared.same,
            changed=compared.changed,
            added=compared.added,
            removed=compared.removed,
        ),
        *(_turn_line(one) for one in compared.turns if one.differs),
    ]


def comparison_to_json(compared: Comparison) -> dict[str, object]:
    """The counts and every difference with its times (seconds) and words."""
    return {
        "same": compared.same,
        "changed": compared.changed,
        "added": compared.added,
        "removed": compared.removed,
        "differences": [
            _difference(one, piece)
            for one in compared.turns
            for piece in one.pieces
            if piece.kind != "same"
        ],
    }


def _version_cells(version: versions.TranscriptVersion) -> tuple[str, ...]:
    return (
        "*" if version.active else "",
        str(version.number),
        version.created_at[:16].replace("T", " "),
        version.models.get("speech", ""),
        version.language,
        str(version.words),
        "" if version.fits else _("of a replaced recording"),
    )


def _turn_line(one: ComparedTurn) -> str:
    said = " ".join(_marked(piece) for piece in one.pieces)
    return f"{clock(one.turn.start_s):>8}{GAP}{one.turn.role}: {said}"


def _marked(piece: Difference) -> str:
    if piece.kind == "same":
        return _text(piece.new)
    old = f"[-{_text(piece.old)}-]" if piece.old else ""
    new = f"{{+{_text(piece.new)}+}}" if piece.new else ""
    return f"{old} {new}".strip()


def _difference(one: ComparedTurn, piece: Difference) -> dict[str, object]:
    return {
        "kind": piece.kind,
        "start_s": round(piece.start_s, 3),
        "end_s": round(piece.end_s, 3),
        "role": one.turn.role,
        "old": _text(piece.old),
        "new": _text(piece.new),
    }


def _text(words: Sequence[Word]) -> str:
    return join_words(tuple(words))


def _print(arguments: Namespace, data: object, lines: Sequence[str]) -> None:
    if arguments.json:
        json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        print("\n".join(lines))
