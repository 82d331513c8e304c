"""Draws the pictures of the documentation from the demo workspace: run `make demo` first."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from callreview.app import App
from callreview.config.language import use_language
from callreview.services.browse import filter_choices, find_call
from callreview.services.coaching_report import coaching_report
from callreview.services.workspace import open_workspace
from callreview.ui.library.filter_choices import groups

PICTURES = Path("docs/screenshots")
DEMO = Path("demo")
SIZE = (1680, 940)
CALL = "S01-refund-complaint"
KOREAN_CALL = "K01-refund-complaint"


def main() -> None:
    """Draw every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(shutil.copytree(DEMO / "workspace", Path(folder) / "workspace"))
        draw(app, workspace, "review", "light", "en", review(CALL))
        draw(app, workspace, "review-dark", "dark", "en", review(CALL))
        draw(app, workspace, "review-ko", "light", "ko", review(KOREAN_CALL))
        draw(app, workspace, "review-ko-dark", "dark", "ko", review(KOREAN_CALL))
        draw(app, workspace, "findings", "light", "en", findings(CALL))
        draw(app, workspace, "findings-ko-dark", "dark", "ko", findings(KOREAN_CALL))
        draw(app, workspace, "filters", "light", "en", unhappy_customers)
        draw(app, workspace, "library", "light", "en", search("refund"))
        draw(app, workspace, "library-ko", "light", "ko", search("전화"))
        draw(app, Path(folder) / "empty", "empty", "light", "en", lambda _window: None)
        picture_of_report(workspace, "Helen Park", "report", "en")
        picture_of_report(workspace, "김민지", "report-ko", "ko")


def draw(
    app: QApplication, workspace: Path, name: str, scheme: str, language: str, show: Callable
) -> None:
    """Draw the window in one look and language."""
    use_language(language)
    settings = QSettings(str(workspace.parent / f"{name}.ini"), QSettings.Format.IniFormat)
    settings.setValue("scheme", scheme)
    with open_workspace(workspace) as opened:
        window = App(app, opened, settings)
        window.window.resize(*SIZE)
        wait(app, 1.0)
        show(window)
        wait(app, 2.0)
        # There is no loudspeaker where pictures are drawn; the reader has one.
        window.window.review.set_problem("")
        wait(app, 0.2)
        window.window.grab().save(str(PICTURES / f"{name}.png"))
        window.window.close()
        window.player.close()


def review(reference: str) -> Callable[[App], None]:
    """A call on the screen, half a minute into it."""

    def show(app: App) -> None:
        call_id = find_call(app.workspace, reference)
        app.window.reviewing.open(call_id, 31.0)
        app.window.library.select_call(call_id)

    return show


def findings(reference: str) -> Callable[[App], None]:
    """A call with what was found in it, its first moment chosen."""

    def show(app: App) -> None:
        review(reference)(app)
        wait(app.app, 1.0)
        app.window.review.open_findings()

    return show


def unhappy_customers(app: App) -> None:
    """The library with the calls of unhappy customers only."""
    filters = app.window.library.filters
    values = filter_choices(app.workspace)
    chosen = {choice.text: choice for group in groups(values, {}) for choice in group.choices}
    filters.choose(chosen["Customer's sentiment: ▼ Negative"])


def search(text: str) -> Callable[[App], None]:
    """The library with a search."""

    def show(app: App) -> None:
        app.window.library.search.setText(text)

    return show


def wait(app: QApplication, seconds: float) -> None:
    """Let the window do its work."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)


def picture_of_report(workspace: Path, agent: str, name: str, language: str) -> None:
    """The first page of a coaching report."""
    if shutil.which("pdftoppm") is None:
        print(f"no picture of the report on {agent}: install poppler-utils", file=sys.stderr)
        return
    use_language(language)
    pdf = workspace.parent / "report.pdf"
    with open_workspace(workspace, read_only=True) as opened:
        coaching_report(opened, agent, pdf)
    pages = ["-f", "1", "-l", "1", "-singlefile"]
    subprocess.run(["pdftoppm", "-r", "80", *pages, "-png", pdf, PICTURES / name], check=True)


if __name__ == "__main__":
    main()
