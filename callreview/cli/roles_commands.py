"""`callreview roles`: who speaks in a call, and saying who it is."""

from argparse import Namespace
from collections.abc import Sequence
from typing import get_args

from callreview.cli.tables import aligned
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.transcript import Role, Speaker
from callreview.services import browse, roles
from callreview.services.workspace import Workspace

ROLES: tuple[Role, ...] = get_args(Role)


def reads_only(arguments: Namespace) -> bool:
    """Whether the command only shows the speakers."""
    return not (arguments.swap or arguments.assign)


def change_roles(workspace: Workspace, arguments: Namespace) -> Sequence[Speaker]:
    """Do what the options say; return the speakers as they are then."""
    call_id = browse.find_call(workspace, arguments.call)
    if arguments.swap:
        roles.swap_roles(workspace, call_id)
    elif arguments.assign:
        roles.assign_roles(workspace, call_id, _assignments(arguments.assign))
    return roles.speakers_of(workspace, call_id)


def speaker_lines(speakers: Sequence[Speaker]) -> list[str]:
    """The speakers as an aligned table with a header."""
    head = (_("Speaker"), _("Role"), _("Confidence"), _("Channel"))
    return aligned(
        [
            head,
            *(
                (
                    speaker.id,
                    speaker.role,
                    f"{speaker.confidence:.0%}",
                    _("by voice") if speaker.channel is None else str(speaker.channel),
                )
                for speaker in speakers
            ),
        ]
    )


def _assignments(values: Sequence[str]) -> dict[str, Role]:
    known = {role: role for role in ROLES}
    chosen: dict[str, Role] = {}
    for value in values:
        speaker, _sign, role = value.partition("=")
        if role not in known or speaker in chosen:
            raise UserError(
                _(
                    "Write --assign SPEAKER=ROLE, each speaker once, with one of the roles {roles}."
                ).format(roles=", ".join(ROLES))
            )
        chosen[speaker] = known[role]
    return chosen
