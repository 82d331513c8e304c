"""`callreview thresholds`: where silence, overtalk and interruptions begin in a workspace."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace

from callreview.cli.tables import aligned
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.talk_thresholds import USUAL, TalkThresholds
from callreview.services.talk_thresholds import (
    recount_talk,
    set_talk_thresholds,
    talk_thresholds,
)
from callreview.services.workspace import Workspace

Problems = Sequence[str]


def reads_only(arguments: Namespace) -> bool:
    """Whether the command only shows the thresholds."""
    return not (arguments.set or arguments.usual)


def thresholds(workspace: Workspace, arguments: Namespace) -> Problems:
    """Change thresholds and count all calls again, or only show them."""
    if not reads_only(arguments):
        now = USUAL if arguments.usual else talk_thresholds(workspace)
        set_talk_thresholds(workspace, _changed(now, arguments.set or ()))
        recount_talk(workspace)
    _print(talk_thresholds(workspace), as_json=arguments.json)
    return ()


def _changed(now: TalkThresholds, settings: Sequence[str]) -> TalkThresholds:
    """The thresholds with some changed, written as in "dead_air=2.5"."""
    values = dict(vars(now))
    for setting in settings:
        name, _equals, seconds = setting.partition("=")
        field = f"{name.strip()}_s"
        if field not in values:
            known = ", ".join(one.removesuffix("_s") for one in values)
            text = _("There is no threshold “{name}”. Known are: {known}.")
            raise UserError(text.format(name=name, known=known))
        try:
            values[field] = float(seconds)
        except ValueError:
            text = _("“{setting}”: write seconds, as in dead_air=2.5.")
            raise UserError(text.format(setting=setting)) from None
    return replace(now, **values)


def _print(now: TalkThresholds, *, as_json: bool) -> None:
    values = {name.removesuffix("_s"): seconds for name, seconds in vars(now).items()}
    if as_json:
        json.dump({**values, "definition": now.definition}, sys.stdout, indent=2)
        print()
        return
    for line in aligned([(name, f"{seconds:g} s") for name, seconds in values.items()]):
        print(line)
    print(now.definition)
