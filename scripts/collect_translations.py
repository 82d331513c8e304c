"""Collects every text to translate and merges the texts into the Korean catalogue."""

import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

CATALOGUE = Path("resources/translations/ko/LC_MESSAGES/callreview.po")


def collect() -> Catalog:
    """All texts of the code and the report templates; the code is written in English."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "callreview.pot"
        command = [
            *(sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"),
            *("-F", "babel.cfg", "-k", "N_", "-k", "ngettext:1,2"),
            *("--no-location", "--sort-output", "-o", str(template), "."),
        ]
        subprocess.run(command, check=True)
        with template.open("rb") as file:
            return read_po(file)


def korean() -> Catalog:
    """The Korean catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ko")


def main() -> None:
    """Bring the Korean catalogue up to date: new texts empty, unused ones dropped."""
    catalogue = korean()
    # A guess from a similar text would be a wrong translation that no check can see.
    catalogue.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, sort_output=True, ignore_obsolete=True)


if __name__ == "__main__":
    main()
