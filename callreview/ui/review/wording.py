"""How roles, sentiments and text of calls are put into words on the screen."""

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QLocale

from callreview.config.language import _
from callreview.domain.sentiment import SentimentLabel
from callreview.domain.transcript import Hit, Role


def role_name(role: Role) -> str:
    """The role in the user's language."""
    return {
        "agent": _("Agent"),
        "customer": _("Customer"),
        "ivr": _("Announcement"),
        "supervisor": _("Supervisor"),
        "unknown": _("Speaker"),
    }[role]


def sentiment_name(label: SentimentLabel) -> str:
    """The sentiment label in the user's language."""
    return {
        "positive": _("Positive"),
        "neutral": _("Neutral"),
        "negative": _("Negative"),
    }[label]


def describe_hit(hit: Hit, list_titles: Mapping[str, str]) -> str:
    """A keyword hit with the title of its list, and whether only something like it was heard."""
    text = _("{list}: {phrase} (heard as something like it)") if hit.near else _("{list}: {phrase}")
    return text.format(list=list_titles.get(hit.list, hit.list), phrase=hit.phrase)


def language_name(code: str) -> str:
    """A language in its own words with its code: "한국어 (ko)"; the code alone where unknown."""
    locale = QLocale(code)
    known = locale.language() not in (QLocale.Language.C, QLocale.Language.AnyLanguage)
    name = "English" if code == "en" else locale.nativeLanguageName() if known else ""
    return f"{name[:1].upper()}{name[1:]} ({code})" if name else code


def precise(seconds: float) -> str:
    """A length in seconds with one decimal: 3.4 s."""
    return _("{seconds} s").format(seconds=f"{seconds:.1f}")


def percent(value: float | None) -> str:
    """A score in percent, or a dash when there is none."""
    return "–" if value is None else f"{value:.1f}%".replace(".0%", "%")


def plain_tooltip(text: str) -> str:
    """Text as a tooltip that shows every character as it is: text of calls is never markup."""
    return "<qt>" + escape(text).replace("\n", "<br>") + "</qt>" if text else ""


def button_text(text: str) -> str:
    """Text for a button or a tab, where Qt would take "&" for a shortcut."""
    return text.replace("&", "&&")
