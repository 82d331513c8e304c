"""What the call list can be filtered by: every choice with its words and the filter it stands for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callreview.config.language import N_, _, ngettext
from callreview.domain.call import (
    CallFilter,
    FigureName,
    FigureRange,
    FilterChoices,
    Found,
    Status,
    sentiment_range,
)
from callreview.domain.finding import FindingKind
from callreview.domain.sentiment import SentimentLabel
from callreview.services.finding_labels import label_name
from callreview.services.finding_words import kind_name
from callreview.ui.library.columns import SHAPES, status_name
from callreview.ui.review.wording import language_name, sentiment_name

STATUSES: tuple[Status, ...] = ("imported", "processing", "processed", "failed")
SIDES: tuple[SentimentLabel, ...] = ("negative", "neutral", "positive")
ANY_OF: tuple[FindingKind, ...] = (
    *("complaint", "promise", "purchase_given_up", "list_check", "question"),
    *("mention", "topic", "personal_data"),
)
DEAD_AIR_S = (10, 30, 60, 120)
INTERRUPTIONS = (1, 3, 5)
SHARES = (FigureRange("talk_share", most=0.4), *(FigureRange("talk_share", s) for s in (0.6, 0.7)))
SHIFTS = (FigureRange("shift", most=-0.5), FigureRange("shift", 0.5))


@dataclass(frozen=True)
class Choice:
    """One value of what `title` names; `wanted` is a filter that asks for nothing else.

    A choice takes the place of another one of its title, unless they count `together`.
    """

    title: str
    name: str
    wanted: CallFilter
    together: bool = False

    @property
    def text(self) -> str:
        """The choice where its title does not stand above it."""
        return _("{what}: {value}").format(what=self.title, value=self.name)


@dataclass(frozen=True)
class Group:
    """Choices of one title; `apart` says that a line stands before them."""

    title: str
    choices: tuple[Choice, ...]
    apart: bool = False


_METADATA = (
    ("agent", "agents", N_("Agent")),
    ("team", "teams", N_("Team")),
    ("queue", "queues", N_("Queue")),
    ("outcome", "outcomes", N_("Outcome")),
)
_LABELLED: tuple[tuple[FindingKind, str], ...] = (
    ("topic", N_("Topic")),
    ("complaint", N_("Complaint")),
    ("purchase_given_up", N_("Purchase given up")),
    ("mention", N_("Mention")),
    ("list_check", N_("Required phrases")),
    ("personal_data", N_("Personal data")),
)


def combined(choices: Iterable[Choice]) -> CallFilter:
    """The filter that asks for all of these."""
    values: dict[str, object] = {}
    for choice in choices:
        for name, value in vars(choice.wanted).items():
            if isinstance(value, tuple):
                values[name] = (*values.get(name, ()), *value)  # type: ignore[misc]
            elif value not in ("", None):
                values[name] = value
    return CallFilter(**values)  # type: ignore[arg-type]


def with_choice(chosen: Sequence[Choice], choice: Choice) -> tuple[Choice, ...]:
    """The choices with one more, in the place of what it replaces."""
    if choice in chosen:
        return tuple(chosen)
    others = (one for one in chosen if choice.together or one.title != choice.title)
    return (*others, choice)


def groups(values: FilterChoices, list_titles: Mapping[str, str]) -> list[Group]:
    """All that can be chosen among these values, in the order of the menu; none is empty."""
    every = [*_of_metadata(values), *_of_findings(values, list_titles), *_of_figures()]
    return [group for group in every if group.choices]


def _of_metadata(values: FilterChoices) -> list[Group]:
    made = [
        _group(_(title), [(value, CallFilter(**{field: value})) for value in getattr(values, many)])
        for field, many, title in _METADATA
    ]
    languages = [(language_name(code), CallFilter(language=code)) for code in values.languages]
    statuses = [(status_name(status), CallFilter(status=status)) for status in STATUSES]
    scored = [(_("Scored"), CallFilter(scored=True)), (_("Not scored"), CallFilter(scored=False))]
    return [
        *made,
        _group(_("Language"), languages),
        _group(_("Status"), statuses),
        _group(_("Score"), scored),
    ]


def _of_findings(values: FilterChoices, list_titles: Mapping[str, str]) -> list[Group]:
    reasons = [
        (label_name("contact_reason", one), CallFilter(reason=one)) for one in values.reasons
    ]
    anything = [(kind_name(kind), CallFilter(found=(Found(kind),))) for kind in ANY_OF]
    lists = [(list_titles.get(one, one), CallFilter(lists=(one,))) for one in values.lists]
    labelled = [
        _group(
            _(title),
            [
                (
                    list_titles.get(label, label_name(kind, label)),
                    CallFilter(found=(Found(kind, label),)),
                )
                for label in values.found.get(kind, ())
            ],
            together=True,
        )
        for kind, title in _LABELLED
    ]
    return [
        _group(_("Contact reason"), reasons, apart=True),
        _group(_("Has"), anything, together=True),
        *labelled,
        _group(_("Keyword list"), lists, together=True),
    ]


def _of_figures() -> list[Group]:
    sides = [
        (f"{SHAPES[side]} {sentiment_name(side)}", CallFilter(figures=(sentiment_range(side),)))
        for side in SIDES
    ]
    shifts = zip((_("▼ Got worse"), _("▲ Got better")), map(_figure, SHIFTS), strict=True)
    shares = [(_share(one), _figure(one)) for one in SHARES]
    return [
        _group(_("Customer's sentiment"), sides, apart=True),
        _group(_("Change of sentiment"), list(shifts)),
        _group(_("Dead air"), [(_seconds(s), _at_least("dead_air_s", s)) for s in DEAD_AIR_S]),
        _group(
            _("Interruptions by the agent"),
            [(_times(count), _at_least("interruptions", count)) for count in INTERRUPTIONS],
        ),
        _group(_("Agent's talk share"), shares),
    ]


def _group(
    title: str,
    values: Iterable[tuple[str, CallFilter]],
    *,
    together: bool = False,
    apart: bool = False,
) -> Group:
    choices = (Choice(title, name, wanted, together) for name, wanted in values)
    return Group(title, tuple(choices), apart)


def _figure(wanted: FigureRange) -> CallFilter:
    return CallFilter(figures=(wanted,))


def _at_least(figure: FigureName, least: float) -> CallFilter:
    return _figure(FigureRange(figure, float(least)))


def _share(wanted: FigureRange) -> str:
    if wanted.least is None:
        return _("at most {share}").format(share=f"{wanted.most:.0%}")
    return _("{share} or more").format(share=f"{wanted.least:.0%}")


def _seconds(seconds: int) -> str:
    return _("{seconds} s or more").format(seconds=seconds)


def _times(count: int) -> str:
    return ngettext("{count} or more", "{count} or more", count).format(count=count)
