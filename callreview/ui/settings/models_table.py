"""The list of the models on this computer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from callreview.config.language import _
from callreview.domain.file_size import size_text
from callreview.services.models import InstalledModel
from callreview.ui.review.wording import plain_tooltip

MODEL_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 36
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ModelsTable(QTableWidget):
    """One model a row; the one in use is marked with words, not with a colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setAccessibleName(_("Speech models on this computer"))
        titles = (_("Name"), _("Used for"), _("Languages"), _("Size"))
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT if column == len(titles) - 1 else _LEFT)
            self.setHorizontalHeaderItem(column, item)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    @property
    def selected(self) -> InstalledModel | None:
        """The chosen model."""
        return self._model(self.currentRow())

    def show_models(self, models: Sequence[InstalledModel]) -> None:
        """Show these models; the same one stays chosen, at first the one in use."""
        before = self.selected
        self.setRowCount(0)
        self.setRowCount(len(models))
        for row, model in enumerate(models):
            self._show(row, model)
        names = [model.name for model in models]
        in_use = [model.name for model in models if model.in_use]
        wanted = before.name if before is not None and before.name in names else (*in_use, "")[0]
        self.selectRow(names.index(wanted) if wanted in names else 0)

    def choose(self, name: str) -> None:
        """Choose the model of this name."""
        for row in range(self.rowCount()):
            model = self._model(row)
            if model is not None and model.name == name:
                self.selectRow(row)

    def _model(self, row: int) -> InstalledModel | None:
        item = self.item(row, 0)
        return item.data(MODEL_ROLE) if item is not None else None

    def _show(self, row: int, model: InstalledModel) -> None:
        texts = (model.name, use_text(model), languages_text(model), size_text(model.size))
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tooltip(str(model.path)))
            item.setTextAlignment(_RIGHT if column == len(texts) - 1 else _LEFT)
            item.setData(MODEL_ROLE, model)
            self.setItem(row, column, item)


def use_text(model: InstalledModel) -> str:
    """What a model is used for; "" for one that waits to be chosen."""
    if model.kind == "speakers":
        return _("✓ Speakers of mono calls")
    return _("✓ All new transcripts") if model.in_use else ""


def languages_text(model: InstalledModel) -> str:
    """Which languages a model knows."""
    if model.kind == "speakers":
        return _("any")
    names = {True: _("multilingual"), False: _("English only"), None: _("unknown")}
    return names[model.multilingual]
