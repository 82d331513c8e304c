"""`callreview glossary`: names of products and people, for the recogniser."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence

from callreview.config.language import _
from callreview.services import glossary
from callreview.services.workspace import Workspace

Problems = Sequence[str]


def list_terms(workspace: Workspace, arguments: Namespace) -> Problems:
    """Print the terms, one a line."""
    terms = glossary.load_glossary(workspace)
    if arguments.json:
        json.dump(terms, sys.stdout, ensure_ascii=False, indent=2)
        print()
    elif terms:
        print("\n".join(terms))
    else:
        print(_("The glossary is empty."))
    return ()


def set_terms(workspace: Workspace, arguments: Namespace) -> Problems:
    """Make the terms of a file the glossary."""
    _say_count(glossary.save_glossary(workspace, glossary.read_glossary(arguments.file)))
    return ()


def add_terms(workspace: Workspace, arguments: Namespace) -> Problems:
    """Add terms to the glossary."""
    _say_count(glossary.add_terms(workspace, arguments.terms))
    return ()


def _say_count(terms: Sequence[str]) -> None:
    print(_("Terms in the glossary: {count}").format(count=len(terms)))
