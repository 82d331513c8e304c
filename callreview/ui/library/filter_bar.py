"""The filters above the call list: a menu to add one, and what was chosen as chips to remove."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from callreview.config.language import _
from callreview.domain.call import CallFilter, FilterChoices
from callreview.ui.library.filter_choices import Choice, combined, groups, with_choice
from callreview.ui.review.flow_layout import FlowLayout
from callreview.ui.review.wording import button_text
from callreview.ui.theme.colours import current_colours
from callreview.ui.theme.icons import tinted_icon
from callreview.ui.theme.spacing import TIGHT

LONGEST_CHIP = 42
"""Characters of a chip; its tooltip has all of them."""


class FilterBar(QWidget):
    """Offers what calls can be chosen by and shows what is chosen.

    `choicesRequested` asks for `open_menu` with the values that occur; `changed` carries the
    CallFilter that all chips together ask for.
    """

    choicesRequested = Signal()
    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: tuple[Choice, ...] = ()
        self.menu: QMenu | None = None
        self.add = QPushButton(_("Add filter"), self)
        self.add.setAutoDefault(False)
        self.add.setToolTip(_("Choose calls by what is known of them and what was found in them"))
        self.add.clicked.connect(lambda _checked=False: self.choicesRequested.emit())
        self.clear = QPushButton(_("Clear all"), self)
        self.clear.setProperty("kind", "quiet")
        self.clear.clicked.connect(lambda _checked=False: self._show(()))
        self.chips: list[Chip] = []
        self._flow = FlowLayout(self, gap=TIGHT)
        self._place()

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """What was chosen, oldest first."""
        return self._chosen

    @property
    def wanted(self) -> CallFilter:
        """The filter of everything chosen."""
        return combined(self._chosen)

    def open_menu(self, values: FilterChoices, list_titles: Mapping[str, str]) -> None:
        """Offer these values under the button; `list_titles` are the titles of keyword lists."""
        self.menu = QMenu(self)
        self.menu.setAccessibleName(_("Add filter"))
        self.menu.aboutToHide.connect(self.menu.deleteLater)
        for group in groups(values, list_titles):
            if group.apart:
                self.menu.addSeparator()
            _fill(self.menu.addMenu(button_text(group.title)), group.choices, self.choose)
        self.menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height() + 2)))

    def choose(self, choice: Choice) -> None:
        """Choose calls by this, too."""
        self._show(with_choice(self._chosen, choice))

    def remove(self, choice: Choice) -> None:
        """Choose calls by this no longer; the keyboard goes to the next chip."""
        place = self._chosen.index(choice)
        self._show(tuple(one for one in self._chosen if one != choice))
        target = self.chips[min(place, len(self.chips) - 1)] if self.chips else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, chosen: Sequence[Choice]) -> None:
        if tuple(chosen) == self._chosen:
            return
        self._chosen = tuple(chosen)
        self._place()
        self.changed.emit(self.wanted)

    def _place(self) -> None:
        """Lay out the button and a chip for each choice; chips that stay are kept."""
        while self._flow.count():
            self._flow.takeAt(0)
        kept = {chip.choice: chip for chip in self.chips}
        self.chips = [
            kept.pop(choice) if choice in kept else self._chip(choice) for choice in self._chosen
        ]
        for chip in kept.values():
            chip.hide()
            chip.deleteLater()
        for widget in (self.add, *self.chips, self.clear):
            self._flow.addWidget(widget)
        self.clear.setVisible(len(self.chips) > 1)
        for before, after in zip((self.add, *self.chips), (*self.chips, self.clear), strict=True):
            QWidget.setTabOrder(before, after)
        self.updateGeometry()

    def _chip(self, choice: Choice) -> "Chip":
        chip = Chip(choice, self)
        chip.clicked.connect(lambda _checked=False: self.remove(choice))
        chip.show()
        return chip


class Chip(QPushButton):
    """One choice; a click, Delete or Backspace removes it."""

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = choice
        text = choice.text
        shown = text if len(text) <= LONGEST_CHIP else text[: LONGEST_CHIP - 1] + "…"
        self.setText(button_text(shown))
        self.setProperty("kind", "filter")
        self.setAutoDefault(False)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setAccessibleName(_("Remove filter: {filter}").format(filter=text))
        self.setToolTip(self.accessibleName())
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove the choice with the keys that delete."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours when light and dark change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        self.setIcon(tinted_icon("close", current_colours().text, 12))


def _fill(menu: QMenu, choices: Sequence[Choice], choose: Callable[[Choice], None]) -> None:
    for choice in choices:
        action = menu.addAction(button_text(choice.name))
        action.triggered.connect(lambda _checked=False, one=choice: choose(one))
