"""The kinds of errors CallReview knows; everything else is a bug."""


class CallReviewError(Exception):
    """An expected failure whose message can be shown to the user as it is."""


class UserError(CallReviewError):
    """What the user gave cannot be used; the message says what, where, and what to do."""


class EnvironmentProblem(CallReviewError):
    """The computer refused: disk full, file gone, no device, locked; the message says what to do."""


class Cancelled(CallReviewError):
    """The user cancelled a long piece of work; nothing half-done was kept."""
