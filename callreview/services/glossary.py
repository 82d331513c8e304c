"""The glossary of a workspace: names that the recogniser is told and that are put right after it."""

import hashlib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from callreview.config.files import write_whole_file
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.exchange.delimited_text import read_text
from callreview.storage import glossary
from callreview.storage.operations.glossary import SaveGlossary
from callreview.storage.workspace import Workspace

LONGEST_TERM = 80
MOST_TERMS = 2000


def load_glossary(workspace: Workspace) -> tuple[str, ...]:
    """The terms in the user's order."""
    with workspace.read() as db:
        return glossary.load_glossary(db)


def product_names(workspace: Workspace) -> tuple[str, ...]:
    """The terms to find mentions of: all but the names of agents."""
    with workspace.read() as db:
        terms = glossary.load_glossary(db)
        agents = " ".join(glossary.agents_in_calls(db)).casefold().split() if terms else ()
    return tuple(term for term in terms if not set(term.casefold().split()) <= set(agents))


def save_glossary(workspace: Workspace, terms: Iterable[str]) -> tuple[str, ...]:
    """Make these all terms, tidied; return them. UserError when one cannot be a name."""
    tidied = checked_terms(terms)
    if tidied != load_glossary(workspace):
        workspace.apply(SaveGlossary(tidied), "glossary")
    return tidied


def add_terms(workspace: Workspace, terms: Iterable[str]) -> tuple[str, ...]:
    """Add terms that are not there yet; return all. UserError when one cannot be a name."""
    return save_glossary(workspace, (*load_glossary(workspace), *terms))


def suggested_terms(workspace: Workspace) -> tuple[str, ...]:
    """Agents and campaigns of the calls that the glossary does not have; nothing is added."""
    with workspace.read() as db:
        known = {term.casefold() for term in glossary.load_glossary(db)}
        names = glossary.names_in_calls(db)
    return tuple(name for name in map(_tidied, names) if name.casefold() not in known)


def checked_terms(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms without blank ones and repetitions, spaces and accents in one way.

    Raises UserError for a term without a letter or digit, a very long one, or too many.
    """
    tidied = tuple({term.casefold(): term for term in map(_tidied, terms) if term}.values())
    for term in tidied:
        if len(term) > LONGEST_TERM or not any(character.isalnum() for character in term):
            text = _("“{term}” cannot be a name: use letters, at most {most} characters.")
            raise UserError(text.format(term=term[:LONGEST_TERM], most=LONGEST_TERM))
    if len(tidied) > MOST_TERMS:
        text = _("{count} terms are too many; a glossary has at most {most}.")
        raise UserError(text.format(count=len(tidied), most=MOST_TERMS))
    return tidied


def read_glossary(path: Path) -> tuple[str, ...]:
    """The terms of a text file, one a line; lines that begin with # are remarks.

    Encodings are those of `exchange.delimited_text`. Raises UserError when the file is absent, no
    text, or a line cannot be a name, EnvironmentProblem when it may not be read.
    """
    lines = (line.strip() for line in read_text(path).splitlines())
    try:
        return checked_terms(line for line in lines if not line.startswith("#"))
    except UserError as problem:
        raise UserError(f"{path}: {problem}") from problem


def write_glossary(terms: Iterable[str], path: Path) -> None:
    """Write the terms to a text file, one a line, UTF-8; EnvironmentProblem when that fails."""
    text = "".join(f"{term}\n" for term in terms)
    write_whole_file(path, lambda part: part.write_text(text, "utf-8"))


def fingerprint(terms: Iterable[str]) -> str:
    """How a transcript names the glossary it was made with: count and hash; "" for none."""
    known = tuple(terms)
    if not known:
        return ""
    digest = hashlib.sha256("\n".join(known).encode()).hexdigest()
    return f"{len(known)} terms, {digest[:8]}"


def _tidied(term: str) -> str:
    composed = unicodedata.normalize("NFC", term)
    return " ".join("".join(c if c.isprintable() else " " for c in composed).split())
