"""`callreview findings`: what was found in a call."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any, cast

from callreview.cli.tables import aligned
from callreview.config.language import _
from callreview.domain.figure_text import clock
from callreview.domain.finding import FindingKind
from callreview.services.finding_words import kind_name
from callreview.services.findings import list_findings
from callreview.services.workspace import Workspace

Problems = Sequence[str]


def show_findings(workspace: Workspace, arguments: Namespace) -> Problems:
    """Print the findings of a call in the order of time."""
    found = list_findings(workspace, arguments.call)
    if arguments.json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        print("\n".join(finding_lines(found)))
    return ()


def finding_lines(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Findings as an aligned table: time, kind, confidence in percent, and what it is in words."""
    if not found:
        return [_("Nothing was found in this call.")]
    return aligned(
        [
            (
                clock(one["start_s"]),
                kind_name(cast(FindingKind, one["kind"])),
                f"{100 * one['confidence']:.0f} %",
                one["description"],
            )
            for one in found
        ]
    )
