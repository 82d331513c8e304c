"""The stylesheet: what the palette cannot say about buttons, fields, tabs and scroll bars.

Widgets choose their part with the dynamic properties `kind` ("primary", "quiet", "segment",
"danger", "chip") and `tone` ("title", "section", "muted", "figure", "strong").
"""

from string import Template

from callreview.config.paths import resources_dir
from callreview.ui.theme import fonts
from callreview.ui.theme.colours import DARK, Colours
from callreview.ui.theme.spacing import FOCUS_WIDTH, RADIUS, TARGET

_SHEET = Template(
    """
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 6px; }

QLabel[tone="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[tone="section"] { font-size: ${section}pt; font-weight: 600; }
QLabel[tone="figure"] { font-size: ${figure}pt; font-weight: 600; }
QLabel[tone="strong"] { font-weight: 600; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="small"] { color: $muted; font-size: ${small}pt; }
QLabel[tone="badge"] { color: $muted; background: $sunken; border-radius: 4px;
  padding: 2px 6px; font-size: ${small}pt; }
QLabel[tone="danger"] { color: $negative; background: $danger_surface;
  border-radius: ${radius}px; padding: 10px 12px; }
QLabel[tone="problem"] { color: $negative; }

QPushButton, QToolButton { background: $sunken; color: $text; border: ${focus}px solid transparent;
  border-radius: ${radius}px; padding: 3px 12px; min-height: ${inner}px; }
QToolButton { padding: 3px; min-width: ${inner}px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $border; }
QPushButton:focus, QToolButton:focus { border-color: $accent; }
QPushButton:disabled, QToolButton:disabled { color: $muted; }
QPushButton:checked, QToolButton:checked { background: $accent; color: $on_accent; }
QPushButton:checked:disabled { background: $muted; color: $surface; }
QPushButton:checked:focus, QToolButton:checked:focus { border-color: $text; }

QPushButton[kind="primary"], QToolButton[kind="primary"] { background: $accent;
  color: $on_accent; font-weight: 600; }
QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus, QToolButton[kind="primary"]:focus { border-color: $text; }
QPushButton[kind="primary"]:disabled { background: $sunken; color: $muted; }

QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent; color: $muted; }
QPushButton[kind="quiet"] { padding: 3px 8px; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $hover;
  color: $text; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border-color: $accent; }
QToolButton[kind="quiet"]:checked { background: $selection; color: $text; }

QPushButton[kind="time"] { background: transparent; color: $accent; padding: 2px 6px;
  font-weight: 600; text-align: left; }
QPushButton[kind="time"]:hover { background: $hover; }
QPushButton[kind="time"]:focus { border-color: $accent; }

QPushButton[kind="chip"] { background: transparent; text-align: left; padding: 2px 8px; }
QPushButton[kind="chip"]:hover { background: $hover; }
QPushButton[kind="chip"]:focus { border-color: $accent; }

QPushButton[kind="filter"] { background: $selection; border-radius: 13px; padding: 2px 10px; }
QPushButton[kind="filter"]:hover { background: $hover; }
QPushButton[kind="filter"]:focus { border-color: $accent; }

QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox { background: $sunken; color: $text;
  border: ${focus}px solid transparent; border-radius: ${radius}px; padding: 3px 8px;
  selection-background-color: $selection; selection-color: $text; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${inner}px; }
QLineEdit > QToolButton { background: transparent; border: none; padding: 0; min-width: 0; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { background: $hover; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border-color: $accent; background: $surface; }
QPlainTextEdit:read-only { background: transparent; }
QComboBox:disabled { color: $muted; background: transparent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$arrow"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $border;
  selection-background-color: $selection; selection-color: $text; padding: 4px; outline: none; }

QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $muted; border-radius: 4px;
  background: $surface; }
QCheckBox::indicator:hover { border-color: $text; }
QCheckBox::indicator:focus { border: ${focus}px solid $accent; width: 14px; height: 14px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QCheckBox::indicator:checked:focus { border-color: $text; }
QCheckBox::indicator:checked:disabled { background: $muted; border-color: $muted; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; border: none; padding: 8px 4px;
  margin: 0 5px; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }

QScrollArea, QListView { border: none; background: $surface; }
QListView { outline: none; }
QDialog QListWidget::item { padding: 4px 6px; border-radius: 4px; }
QDialog QListWidget::item:selected { background: $selection; color: $text; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent; }

QTableView { border: none; background: $surface; outline: none;
  selection-background-color: $selection; selection-color: $text; }
QTableView::item { padding: 0 6px; border: none; }
QHeaderView { background: $surface; }
QHeaderView::section { background: $surface; color: $muted; border: none;
  border-bottom: 1px solid $border; padding: 6px; font-size: ${small}pt; }
QHeaderView::section:hover { color: $text; }
QTableView:focus { border: ${focus}px solid $accent; }
#notice { background: $sunken; border-bottom: 1px solid $border; }
QProgressBar { background: $sunken; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QMenuBar { background: $window; color: $text; border-bottom: 1px solid $border; padding: 2px 8px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { menu-scrollable: 1; background: $surface; color: $text; border: 1px solid $border; padding: 6px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 6px 4px; }

#question { border: ${focus}px solid transparent; border-radius: ${radius}px; }
#question[current="true"] { background: $current_turn; }
#question:focus { border-color: $accent; }
#sheet { background: $surface; }
#line { background: $border; }
"""
)


def stylesheet(colours: Colours) -> str:
    """The application's stylesheet in these colours."""
    return _SHEET.substitute(
        {name: value for name, value in vars(colours).items() if isinstance(value, str)},
        negative=colours.sentiments["negative"],
        arrow=_in_colours("arrow", colours),
        tick=_in_colours("tick", colours),
        radius=RADIUS,
        focus=FOCUS_WIDTH,
        inner=TARGET - 2 * FOCUS_WIDTH - 6,
        small=fonts.SMALL_POINTS,
        title=fonts.TITLE_POINTS,
        section=fonts.SECTION_POINTS,
        figure=fonts.FIGURE_POINTS,
    )


def _in_colours(icon: str, colours: Colours) -> str:
    """The file of an icon that a stylesheet shows: it cannot tint one."""
    name = f"{icon}-dark" if colours is DARK else f"{icon}-light"
    return (resources_dir() / "icons" / f"{name}.svg").as_posix()
