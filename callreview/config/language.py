"""The user's language: gettext catalogues in resources/translations, English and Korean."""

import gettext
import locale
import os

from callreview.config.paths import resources_dir

DOMAIN = "callreview"
LANGUAGES = ("en", "ko")

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def _(text: str) -> str:
    """The text in the user's language."""
    return _translations.gettext(text) if text else ""


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a text for translation where it stands; `_` translates it where it is shown."""
    return text


def ngettext(singular: str, plural: str, count: int) -> str:
    """The text for `count` things in the user's language."""
    return _translations.ngettext(singular, plural, count)


def current_language() -> str:
    """The language in use: "en" or "ko"."""
    return _language


def use_language(language: str | None = None) -> str:
    """Switch to `language`, or to the computer's language when None; return what is in use."""
    global _translations, _language
    wanted = language or _computer_language()
    _language = wanted if wanted in LANGUAGES else "en"
    _translations = gettext.translation(
        DOMAIN, resources_dir() / "translations", [_language], fallback=True
    )
    return _language


def _computer_language() -> str:
    name = os.environ.get("CALLREVIEW_LANGUAGE") or os.environ.get("LC_ALL")
    name = name or os.environ.get("LANG") or locale.getlocale()[0] or "en"
    return name[:2].lower()
