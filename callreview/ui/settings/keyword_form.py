"""One keyword list: its phrases, who says them, where in the call, and what is demanded of it."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from callreview.config.language import _, current_language, ngettext
from callreview.services.keyword_count import PhraseCount
from callreview.services.keywords import USUAL_WITHIN_S, KeywordList
from callreview.ui.review.labels import label
from callreview.ui.settings.phrase_field import PhraseField
from callreview.ui.theme.spacing import SMALL

PHRASES_HEIGHT = 260
EXCLUSIONS_HEIGHT = 88


class KeywordForm(QWidget):
    """Shows a list and says when it was changed; `value` is the list as it stands here."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list: KeywordList | None = None
        self.title = QLineEdit()
        self.language = _choice((_("English"), "en"), (_("Korean"), "ko"))
        self.role = _choice(
            (_("Anyone"), "any"), (_("Agent"), "agent"), (_("Customer"), "customer")
        )
        self.position = _choice(
            (_("Anywhere in the call"), "anywhere"),
            (_("At the start, in the first"), "start"),
            (_("At the end, in the last"), "end"),
        )
        self.within = QSpinBox()
        self.within.setAccessibleName(_("Seconds from the start or the end of the talk"))
        self.within.setRange(1, 3600)
        self.within.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.within.setSuffix(_(" s"))
        self.must = _choice(
            (_("Only show where it is said"), "none"),
            (_("One of them has to be said"), "appear"),
            (_("None of them may be said"), "not appear"),
        )
        self.near = QCheckBox(_("Also what the recogniser nearly heard, marked as such"))
        self.phrases = PhraseField(_("Phrases"), _("One phrase a line"))
        self.exclusions = PhraseField(
            _("Except in"), _("One phrase a line; hits inside these do not count")
        )
        self.count: QLabel = label("", "strong", self)
        self._lay_out()
        self._connect()

    @property
    def value(self) -> KeywordList | None:
        """The list as it stands in the fields, None when no list is shown."""
        if self._list is None:
            return None
        old = self._list
        return replace(
            old,
            title={**old.title, current_language(): self.title.text().strip() or old.name},
            language=self.language.currentData(),
            role=self.role.currentData(),
            position=self.position.currentData(),
            within_s=float(self.within.value()),
            must=self.must.currentData(),
            near=self.near.isChecked(),
            phrases=self.phrases.phrases,
            exclusions=self.exclusions.phrases,
        )

    @property
    def countable(self) -> KeywordList | None:
        """The list without phrases that cannot be looked for."""
        value = self.value
        return value and replace(
            value, phrases=self.phrases.usable, exclusions=self.exclusions.usable
        )

    def show_list(self, keyword_list: KeywordList | None) -> None:
        """Show another list; None for none."""
        self._list = None
        self.setEnabled(keyword_list is not None)
        if keyword_list is None:
            return
        self.title.setText(list_title(keyword_list))
        self.language.setCurrentIndex(max(self.language.findData(keyword_list.language), 0))
        self.role.setCurrentIndex(self.role.findData(keyword_list.role))
        self.position.setCurrentIndex(self.position.findData(keyword_list.position))
        self.within.setValue(round(keyword_list.within_s))
        self.must.setCurrentIndex(self.must.findData(keyword_list.must))
        self.near.setChecked(keyword_list.near)
        self.phrases.show_phrases(keyword_list.phrases)
        self.exclusions.show_phrases(keyword_list.exclusions)
        self.within.setEnabled(keyword_list.position != "anywhere")
        self._list = keyword_list
        self.changed.emit()

    def show_count(self, count: PhraseCount | None) -> None:
        """Show how often the list is found; None while that is being counted."""
        self.count.setText(_("Counting…") if count is None else count_text(count))

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(SMALL)
        place.addWidget(self.position, 1)
        place.addWidget(self.within)
        help_text = _(
            "Brackets: may be left out, as in “call (you) back”. A bar: one or the other, as in "
            "“call|ring me”. A Korean verb as in a dictionary, 취소하다, stands for all its forms."
        )
        form = QFormLayout()
        form.setSpacing(SMALL)
        form.addRow(_("&Name"), self.title)
        form.addRow(_("&Language"), self.language)
        form.addRow(_("Said &by"), self.role)
        where = label(_("&Where"), parent=self)
        where.setBuddy(self.position)
        form.addRow(where, place)
        form.addRow(_("De&mand"), self.must)
        form.addRow("", self.near)
        form.addRow(_("&Phrases"), self.phrases)
        form.addRow("", label(help_text, "small", self, wrap=True))
        form.addRow("", self.count)
        form.addRow(_("E&xcept in"), self.exclusions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        self.phrases.lines.setMinimumHeight(PHRASES_HEIGHT)
        self.exclusions.lines.setFixedHeight(EXCLUSIONS_HEIGHT)

    def _connect(self) -> None:
        self.title.textChanged.connect(self._tell)
        for choice in (self.language, self.role, self.must):
            choice.currentIndexChanged.connect(self._tell)
        self.position.currentIndexChanged.connect(self._place_changed)
        self.within.valueChanged.connect(self._tell)
        self.near.toggled.connect(self._tell)
        self.phrases.changed.connect(self._tell)
        self.exclusions.changed.connect(self._tell)

    def _place_changed(self) -> None:
        where = self.position.currentData()
        self.within.setEnabled(where != "anywhere")
        if self._list is not None:
            self.within.setValue(round(USUAL_WITHIN_S[where]))
        self._tell()

    def _tell(self) -> None:
        if self._list is not None:
            self.changed.emit()


def list_title(keyword_list: KeywordList) -> str:
    """The title of a list in the user's language."""
    titles = keyword_list.title
    return titles.get(current_language()) or titles.get("en") or keyword_list.name


def count_text(count: PhraseCount) -> str:
    """The count in words, "12 hits in 5 of 30 calls"."""
    text = ngettext(
        "{hits} hit in {calls} of {searched} calls",
        "{hits} hits in {calls} of {searched} calls",
        count.hits,
    )
    return text.format(hits=count.hits, calls=count.calls, searched=count.searched)


def _choice(*options: tuple[str, str]) -> QComboBox:
    box = QComboBox()
    for name, value in options:
        box.addItem(name, value)
    return box
