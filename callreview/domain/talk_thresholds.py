"""The thresholds of the talk metrics; docs/definitions.md, "Talk metrics", has the usual ones."""

from dataclasses import dataclass, fields

from callreview.domain.plain_data import N_, FieldError

RULES = "talk-1"
"""The version of the rules that the thresholds belong to."""

LARGEST_S = 600.0


@dataclass(frozen=True)
class TalkThresholds:
    """Where silence, overtalk and interruptions begin, in seconds.

    `gap_s`: shorter gaps in one's speech are closed. `dead_air_s`: longer silence is dead air.
    `overtalk_s`: both speak for at least that long. An interruption overlaps for at least
    `interruption_s`, and the other stops within `yield_s`.
    """

    gap_s: float = 0.3
    dead_air_s: float = 3.0
    overtalk_s: float = 0.5
    interruption_s: float = 0.5
    yield_s: float = 1.0

    @property
    def definition(self) -> str:
        """The version of the definition: "talk-1", or "talk-1 dead_air=2.0" where it differs."""
        changed = (
            f"{field.name.removesuffix('_s')}={getattr(self, field.name)}"
            for field in fields(self)
            if getattr(self, field.name) != getattr(USUAL, field.name)
        )
        return " ".join((RULES, *changed))


USUAL = TalkThresholds()
"""The thresholds of docs/definitions.md."""


def checked_thresholds(thresholds: TalkThresholds) -> TalkThresholds:
    """The thresholds if they can be used; FieldError that names the one that cannot."""
    for name, value in vars(thresholds).items():
        if not 0 < value <= LARGEST_S:
            raise FieldError(
                N_("{where}: more than 0 and at most {most} seconds, found {found}"),
                where=name.removesuffix("_s"),
                most=LARGEST_S,
                found=value,
            )
    if thresholds.yield_s < thresholds.interruption_s:
        raise FieldError(
            N_("{where}: at least {least} seconds, as long as an interruption; found {found}"),
            where="yield",
            least=thresholds.interruption_s,
            found=thresholds.yield_s,
        )
    return thresholds
