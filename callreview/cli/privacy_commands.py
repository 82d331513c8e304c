"""`callreview privacy`: which personal data a workspace hides in its calls."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence

from callreview.cli.progress import ProgressLine
from callreview.cli.tables import aligned
from callreview.config.language import _
from callreview.domain.personal_data import KINDS
from callreview.services.browse import find_call
from callreview.services.personal_data import (
    kind_name,
    personal_data_kinds,
    set_personal_data_kind,
)
from callreview.services.workspace import Workspace

Problems = Sequence[str]


def list_kinds(workspace: Workspace, arguments: Namespace) -> Problems:
    """Print the kinds, whether each is hidden, and whether that can be changed."""
    kinds = personal_data_kinds(workspace)
    if arguments.json:
        rows = [{"kind": kind, "on": on, "always": locked} for kind, on, locked in kinds]
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return ()
    for line in aligned(
        [(kind, _state(on, locked), kind_name(kind)) for kind, on, locked in kinds]
    ):
        print(line)
    return ()


def hide(workspace: Workspace, arguments: Namespace) -> Problems:
    """Mask kinds in calls that are processed from now on."""
    return _set(workspace, arguments, on=True)


def leave(workspace: Workspace, arguments: Namespace) -> Problems:
    """Leave kinds readable in calls that are processed from now on."""
    return _set(workspace, arguments, on=False)


def _set(workspace: Workspace, arguments: Namespace, *, on: bool) -> Problems:
    for kind in arguments.kinds:
        set_personal_data_kind(workspace, _spelled(kind), on)
    return ()


def _spelled(kind: str) -> str:
    """The kind that was typed; "phone-number" and "phone_number" save the quotation marks."""
    typed = _bare(kind)
    return next((known for known in KINDS if _bare(known) == typed), kind)


def _bare(kind: str) -> str:
    return kind.lower().replace("-", "").replace("_", "").replace(" ", "")


def _state(on: bool, locked: bool) -> str:
    if locked:
        return _("always masked")
    return _("masked") if on else _("readable")


def sweep(workspace: Workspace, arguments: Namespace) -> Problems:
    """Mask in stored calls what the rules of now find."""
    from callreview.services.sweep_personal_data import calls_due, sweep_personal_data

    wanted = [find_call(workspace, name) for name in arguments.calls] or calls_due(workspace)
    if arguments.check:
        text = _("Calls that were masked with older rules or fewer kinds: {count}")
        print(text.format(count=len(wanted)))
        return ()
    with ProgressLine() as progress:
        report = sweep_personal_data(workspace, wanted, progress)
    print(_("Calls looked at: {count}").format(count=report.calls))
    for kind, count in sorted(report.found.items()):
        print(_("Newly masked, {kind}: {count}").format(kind=kind_name(kind), count=count))
    if report.notes:
        print(_("Comments, notes and quotes masked: {count}").format(count=report.notes))
    for path in report.copies:
        text = _("This was made before and may still hold what is masked now: {path}")
        print(f"callreview: {text.format(path=path)}", file=sys.stderr)
    held = _("Another program reads the workspace; close it and sweep again to leave no trace.")
    return (held,) if report.held else ()
