"""Which personal data a workspace hides in its calls; data of payment cards always is."""

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.personal_data import (
    ALWAYS_HIDDEN,
    BANK_ACCOUNT,
    BIRTH_DATE,
    CARD_NUMBER,
    EMAIL_ADDRESS,
    EXPIRY_DATE,
    KINDS,
    NATIONAL_ID,
    PHONE_NUMBER,
    POSTAL_ADDRESS,
    SECURITY_CODE,
)
from callreview.storage.operations.settings import SetReadableKinds
from callreview.storage.settings import load_readable_kinds
from callreview.storage.workspace import Workspace

__all__ = ["hidden_kinds", "kind_name", "personal_data_kinds", "set_personal_data_kind"]


def personal_data_kinds(workspace: Workspace) -> tuple[tuple[str, bool, bool], ...]:
    """Every kind in the order to show, whether it is hidden, and whether that cannot be changed."""
    hidden = hidden_kinds(workspace)
    return tuple((kind, kind in hidden, kind in ALWAYS_HIDDEN) for kind in KINDS)


def hidden_kinds(workspace: Workspace) -> frozenset[str]:
    """The kinds that are masked in calls which are processed from now on."""
    with workspace.read() as db:
        return frozenset(KINDS) - (load_readable_kinds(db) - ALWAYS_HIDDEN)


def set_personal_data_kind(workspace: Workspace, kind: str, on: bool) -> None:
    """Hide a kind, or leave it readable, in calls that are processed from now on; can be undone.

    What was masked stays masked: the value was never stored. Raises UserError for a kind that is
    not known, and for card data that is to be left readable.
    """
    if kind not in KINDS:
        known = ", ".join(KINDS)
        text = _("There is no personal data “{kind}”. Known are: {known}.")
        raise UserError(text.format(kind=kind, known=known))
    if kind in ALWAYS_HIDDEN and not on:
        raise UserError(_("Data of payment cards is always masked; it cannot be switched off."))
    readable = frozenset(KINDS) - hidden_kinds(workspace)
    wanted = readable - {kind} if on else readable | {kind}
    if wanted != readable:
        workspace.apply(SetReadableKinds(tuple(sorted(wanted))), "personal data")


def kind_name(kind: str) -> str:
    """The name of a kind in the language of the user."""
    return {
        CARD_NUMBER: _("card number"),
        SECURITY_CODE: _("security code"),
        EXPIRY_DATE: _("expiry date"),
        PHONE_NUMBER: _("phone number"),
        EMAIL_ADDRESS: _("e-mail address"),
        NATIONAL_ID: _("national id number"),
        BIRTH_DATE: _("date of birth"),
        BANK_ACCOUNT: _("bank account"),
        POSTAL_ADDRESS: _("address"),
    }.get(kind, kind)
