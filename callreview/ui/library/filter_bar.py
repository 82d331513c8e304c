"""The filters above the call list: agent, queue, outcome and status."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from callreview.config.language import N_, _
from callreview.domain.call import CallSummary, Status
from callreview.ui.library.columns import status_name
from callreview.ui.theme.spacing import SMALL

FILTERS = {
    "agent": N_("All agents"),
    "queue": N_("All queues"),
    "outcome": N_("All outcomes"),
    "status": N_("All states"),
}
STATUSES: tuple[Status, ...] = ("imported", "processing", "processed", "failed")


class FilterBar(QWidget):
    """One drop-down for each attribute, filled with the values that occur."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        self.boxes: dict[str, QComboBox] = {}
        for attribute, everything in FILTERS.items():
            box = QComboBox()
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setAccessibleName(_(everything))
            box.setToolTip(_(everything))
            box.addItem(_(everything), "")
            box.currentIndexChanged.connect(
                lambda _index, name=attribute, of=box: self.chosen.emit(name, of.currentData())
            )
            layout.addWidget(box, 1)
            self.boxes[attribute] = box

    def set_values(self, calls: Sequence[CallSummary]) -> None:
        """Offer the values that occur in these calls; what is chosen stays chosen."""
        for attribute, box in self.boxes.items():
            values = {str(getattr(call, attribute)) for call in calls} - {""}
            names = sorted(values, key=str.casefold)
            if names != [box.itemData(row) for row in range(1, box.count())]:
                self._fill(attribute, box, names)

    def _fill(self, attribute: str, box: QComboBox, values: Sequence[str]) -> None:
        chosen = box.currentData()
        box.blockSignals(True)
        while box.count() > 1:
            box.removeItem(1)
        for value in values:
            box.addItem(_shown(attribute, value), value)
        row = max(box.findData(chosen), 0)
        box.setCurrentIndex(row)
        box.blockSignals(False)
        if chosen and row == 0:
            self.chosen.emit(attribute, "")


def _shown(attribute: str, value: str) -> str:
    for status in STATUSES:
        if attribute == "status" and status == value:
            return status_name(status)
    return value
