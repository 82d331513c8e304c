"""Collects every text to translate into the template and merges it into the catalogues."""

import subprocess
import sys
from pathlib import Path

TRANSLATIONS = Path("resources/translations")
TEMPLATE = TRANSLATIONS / "callreview.pot"


def pybabel(*arguments: str) -> None:
    """Run Babel's command line."""
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments]
    subprocess.run(command, check=True)


def collect(template: Path) -> None:
    """Write all texts of the code and the report templates to `template`."""
    pybabel(
        *("extract", "-F", "babel.cfg", "-k", "N_", "-k", "ngettext:1,2", "--no-location"),
        *("--sort-output", "--omit-header", "-o", str(template), "."),
    )


def main() -> None:
    """Update the Korean catalogue; English is the language of the code."""
    collect(TEMPLATE)
    pybabel(
        *("update", "-D", "callreview", "-i", str(TEMPLATE), "-d", str(TRANSLATIONS)),
        *("--no-fuzzy-matching", "--omit-header", "--ignore-obsolete", "-l", "ko"),
    )
    TEMPLATE.unlink()


if __name__ == "__main__":
    main()
