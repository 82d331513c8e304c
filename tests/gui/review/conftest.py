"""The theme is on, and every widget is shown before a test uses it."""

import pytest
from PySide6.QtWidgets import QApplication

from callreview.ui.theme.theme import Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture(autouse=True)
def light(theme: Theme) -> None:
    theme.set_scheme("light")
