"""The menu bar: every command of the window with its keys."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from callreview.config.language import _

Keys = QKeySequence.StandardKey


@dataclass(frozen=True)
class Commands:
    """What the menus call."""

    import_recordings: Callable[[], None]
    import_folder: Callable[[], None]
    import_manifest: Callable[[], None]
    import_pair: Callable[[], None]
    export_calls: Callable[[], None]
    export_transcript: Callable[[], None]
    coaching_report: Callable[[], None]
    backup: Callable[[], None]
    verify: Callable[[], None]
    undo: Callable[[], None]
    redo: Callable[[], None]
    find_call: Callable[[], None]
    filter_calls: Callable[[], None]
    choose_columns: Callable[[], None]
    show_findings: Callable[[], None]
    process_selected: Callable[[], None]
    process_all: Callable[[], None]
    process_again: Callable[[], None]
    analyse_again: Callable[[], None]
    compare_versions: Callable[[], None]
    swap_roles: Callable[[], None]
    set_agent_channel: Callable[[int | None], None]
    delete_calls: Callable[[], None]
    keyword_lists: Callable[[], None]
    topics: Callable[[], None]
    personal_data: Callable[[], None]
    thresholds: Callable[[], None]
    glossary: Callable[[], None]
    speech_models: Callable[[], None]
    sentiment_model: Callable[[], None]
    set_reviewer: Callable[[], None]
    set_scheme: Callable[[str], None]
    set_language: Callable[[str], None]
    show_keys: Callable[[], None]
    about: Callable[[], None]


class Menus:
    """Builds the menu bar of a window; undo and redo say what they would do.

    `chosen` are the values that are ticked among the choices. The key of `delete` works where that
    action is added to the widget that shows what is deleted, never while text is being written.
    """

    def __init__(
        self, window: QMainWindow, commands: Commands, chosen: Collection[str] = ()
    ) -> None:
        self._window = window
        self._commands = commands
        self._chosen = chosen
        self._file()
        self._edit()
        self._call()
        self._view()
        self._help()

    def set_history(self, undo: str, redo: str) -> None:
        """Name the actions that undo and redo would revert; "" when there is none."""
        self.undo.setText(_("&Undo: {action}").format(action=undo) if undo else _("&Undo"))
        self.undo.setEnabled(bool(undo))
        self.redo.setText(_("&Redo: {action}").format(action=redo) if redo else _("&Redo"))
        self.redo.setEnabled(bool(redo))

    def _file(self) -> None:
        menu = self._menu(_("&File"))
        c = self._commands
        self._add(menu, _("&Import recordings…"), c.import_recordings, "Ctrl+O")
        self._add(menu, _("Import a &folder…"), c.import_folder, "Ctrl+Shift+O")
        self._add(menu, _("Import a &manifest…"), c.import_manifest)
        self._add(menu, _("Import two &sides of one call…"), c.import_pair)
        menu.addSeparator()
        self._add(menu, _("&Export the call list…"), c.export_calls, "Ctrl+E")
        self._add(menu, _("Export the &transcript…"), c.export_transcript, "Ctrl+Shift+E")
        self._add(menu, _("&Coaching report…"), c.coaching_report, "Ctrl+R")
        menu.addSeparator()
        self._add(menu, _("&Back up the workspace…"), c.backup)
        self._add(menu, _("Chec&k the workspace"), c.verify)
        menu.addSeparator()
        self._add(menu, _("&Quit"), self._quit, "Ctrl+Q")

    def _quit(self) -> None:
        self._window.close()

    def _edit(self) -> None:
        menu = self._menu(_("&Edit"))
        self.undo = self._add(menu, _("&Undo"), self._commands.undo, Keys.Undo)
        self.redo = self._add(menu, _("&Redo"), self._commands.redo, Keys.Redo)
        menu.addSeparator()
        self._add(menu, _("&Search calls"), self._commands.find_call, "Ctrl+K")
        self._add(menu, _("&Filter calls…"), self._commands.filter_calls, "Ctrl+Shift+K")
        menu.addSeparator()
        self._add(menu, _("&Keyword lists…"), self._commands.keyword_lists)
        self._add(menu, _("T&opics…"), self._commands.topics)
        self._add(menu, _("&Personal data…"), self._commands.personal_data)
        self._add(menu, _("Talk metri&cs…"), self._commands.thresholds)
        self._add(menu, _("&Glossary…"), self._commands.glossary)
        self._add(menu, _("Speech &models…"), self._commands.speech_models)
        self._add(menu, _("Sen&timent model…"), self._commands.sentiment_model)
        self._add(menu, _("&Reviewer…"), self._commands.set_reviewer)

    def _call(self) -> None:
        menu = self._menu(_("&Call"))
        c = self._commands
        self.process = self._add(
            menu, _("&Transcribe selected calls"), c.process_selected, "Ctrl+T"
        )
        self._add(menu, _("Transcribe &all new calls"), c.process_all, "Ctrl+Shift+T")
        self.again = self._add(menu, _("Transcribe agai&n…"), c.process_again, "Ctrl+Shift+R")
        self._add(menu, _("Anal&yse all calls again"), c.analyse_again)
        self.compare = self._add(
            menu, _("&Compare versions of the transcript"), c.compare_versions, "Ctrl+D"
        )
        self._add(menu, _("S&wap agent and customer"), c.swap_roles, "Ctrl+Shift+W")
        self._agent_channel(menu.addMenu(_("A&gent's channel in new calls")))
        menu.addSeparator()
        self.delete = self._add(menu, _("&Delete selected calls"), c.delete_calls, Keys.Delete)
        self.delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def _agent_channel(self, menu: QMenu) -> None:
        group = QActionGroup(self._window)
        choices = (
            (None, _("&Found out from what is said")),
            (0, _("The &left channel")),
            (1, _("The &right channel")),
        )
        self.agent_channels: dict[int | None, QAction] = {}
        for channel, text in choices:
            action = self._add(menu, text, partial(self._commands.set_agent_channel, channel))
            action.setCheckable(True)
            group.addAction(action)
            self.agent_channels[channel] = action

    def set_agent_channel(self, channel: int | None) -> None:
        """Tick the channel (0-based) that agents are on, None when it is found out."""
        for known, action in self.agent_channels.items():
            action.setChecked(known == channel)

    def _view(self) -> None:
        menu = self._menu(_("&View"))
        schemes = (("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark")))
        self._choices(menu.addMenu(_("&Appearance")), schemes, self._commands.set_scheme)
        languages = (("en", "English"), ("ko", "한국어"))
        self._choices(menu.addMenu(_("&Language")), languages, self._commands.set_language)
        menu.addSeparator()
        self._add(menu, _("&Findings of the call"), self._commands.show_findings, "Ctrl+Shift+F")
        self._add(menu, _("&Columns of the call list…"), self._commands.choose_columns)

    def _help(self) -> None:
        menu = self._menu(_("&Help"))
        self._add(menu, _("&Keys"), self._commands.show_keys, "F1")
        self._add(menu, _("&About CallReview"), self._commands.about)

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _add(
        self,
        menu: QMenu,
        text: str,
        command: Callable[[], None],
        keys: str | QKeySequence.StandardKey = "",
    ) -> QAction:
        action = QAction(text, self._window)
        action.triggered.connect(lambda _checked=False: command())
        if keys:
            action.setShortcut(QKeySequence(keys))
        menu.addAction(action)
        return action

    def _choices(
        self, menu: QMenu, choices: tuple[tuple[str, str], ...], choose: Callable[[str], None]
    ) -> None:
        group = QActionGroup(self._window)
        for value, text in choices:
            action = self._add(menu, text, partial(choose, value))
            action.setCheckable(True)
            action.setChecked(value in self._chosen)
            action.setData(value)
            group.addAction(action)
