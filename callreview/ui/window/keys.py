"""The keys of the window, for those who use no mouse."""

from callreview.config.language import _


def keys_text() -> str:
    """What each key does, one a line."""
    lines = (
        ("Space", _("play or pause")),
        ("← →", _("5 seconds back or forward")),
        ("[ ]", _("slower or faster")),
        ("↑ ↓", _("previous or next turn, call, question")),
        ("Enter", _("open the call; play from the turn")),
        ("1 … 9, 0", _("answer the question; 0: not applicable")),
        ("R", _("say who speaks in the turn")),
        ("Ctrl+Shift+W", _("swap agent and customer")),
        ("Ctrl+Shift+R", _("transcribe again")),
        ("Ctrl+D, N, P", _("compare versions; next and previous difference")),
        ("Ctrl+Enter", _("save the note or comment")),
        ("Ctrl+Shift+F, Enter", _("findings; play the moment of a finding")),
        ("Ctrl+F", _("find in the transcript")),
        ("Ctrl+K", _("search all calls")),
        ("Ctrl+Shift+K", _("filter the calls")),
        ("Delete", _("delete the selected calls")),
        ("Ctrl+Z, Ctrl+Shift+Z", _("undo, redo")),
        ("Tab", _("next field")),
    )
    return "\n".join(f"{keys}\t{what}" for keys, what in lines)
