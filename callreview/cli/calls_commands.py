"""`callreview calls` and `search`: choosing calls by all that is known, and places by who spoke."""

from argparse import ArgumentParser, Namespace
from typing import get_args

from callreview.config.language import _
from callreview.domain.call import CallFilter, Found, Status, sentiment_range
from callreview.domain.finding import FindingKind
from callreview.domain.sentiment import SentimentLabel
from callreview.domain.transcript import Role


def add_filters(parser: ArgumentParser) -> None:
    """Add the options of `calls`; each narrows the list."""
    for option, help_text in (
        ("agent", _("calls of this agent")),
        ("queue", _("calls of this queue")),
        ("language", _("calls in this language, such as en")),
        ("reason", _("calls with this contact reason")),
        ("topic", _("calls about this topic")),
    ):
        parser.add_argument(f"--{option}", default="", metavar=option.upper(), help=help_text)
    parser.add_argument("--status", choices=get_args(Status))
    parser.add_argument(
        "--sentiment", choices=get_args(SentimentLabel), help=_("how the customer felt")
    )
    parser.add_argument(
        "--found",
        action="append",
        default=[],
        choices=get_args(FindingKind),
        help=_("calls in which this was found; may be given several times"),
    )
    parser.add_argument(
        "--keyword-list",
        action="append",
        default=[],
        metavar="NAME",
        help=_("calls with a hit of this keyword list; may be given several times"),
    )


def add_speaker(parser: ArgumentParser) -> None:
    """Add the option of `search` that says who has to have spoken."""
    parser.add_argument("--speaker", choices=get_args(Role), help=_("only what this speaker said"))


def wanted_calls(arguments: Namespace) -> CallFilter:
    """The filter that the options of `calls` describe."""
    found = [Found(kind) for kind in arguments.found]
    if arguments.topic:
        found.append(Found("topic", arguments.topic))
    label: SentimentLabel | None = arguments.sentiment
    return CallFilter(
        agent=arguments.agent,
        queue=arguments.queue,
        language=arguments.language,
        status=arguments.status,
        reason=arguments.reason,
        found=tuple(found),
        lists=tuple(arguments.keyword_list),
        figures=(sentiment_range(label),) if label else (),
    )
