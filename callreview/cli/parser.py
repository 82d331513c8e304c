"""What can be typed: commands, arguments and their help."""

import argparse
from pathlib import Path
from typing import TypeAlias

from callreview import __version__
from callreview.cli import calls_commands
from callreview.config.language import _
from callreview.config.paths import default_workspace_dir


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; wrong use exits with 2."""
    parser = argparse.ArgumentParser(
        prog="callreview", description=_("Review, score and coach contact-centre calls.")
    )
    parser.add_argument("--version", action="version", version=f"callreview {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    _import(commands)
    _process(commands)
    _look(commands)
    _roles(commands)
    _versions(commands)
    _glossary(commands)
    _topics(commands)
    _score(commands)
    _export(commands)
    _report(commands)
    _keep(commands)
    _models(commands)
    _diarize(commands)
    _classify(commands)
    _mask(commands)
    _privacy(commands)
    _thresholds(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: _Commands, name: str, help_text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=help_text)
    _workspace(command)
    return command


def _workspace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workspace",
        type=Path,
        default=default_workspace_dir(),
        metavar="DIR",
        help=_("the folder of the workspace (default: {folder})").format(
            folder=str(default_workspace_dir()).replace("%", "%%")
        ),
    )


def _import(commands: _Commands) -> None:
    parser = _command(
        commands, "import", _("import recordings: files, folders, a manifest, a pair")
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--manifest", type=Path, metavar="FILE.csv")
    parser.add_argument(
        "--pair",
        nargs=2,
        metavar=("agent=FILE", "customer=FILE"),
        help=_("two mono files of one call"),
    )
    parser.add_argument(
        "--agent-channel",
        type=_channel,
        metavar="left|right|0|1",
        help=_("where the agent is in calls for which the manifest does not say it"),
    )


def _channel(text: str) -> int:
    """Read "left", "right" or a 0-based number; argparse names the option on ValueError."""
    from callreview.exchange.cell_values import read_channel

    return read_channel(text)


def _process(commands: _Commands) -> None:
    parser = _command(commands, "process", _("transcribe and analyse what is not yet done"))
    parser.add_argument("calls", nargs="*", metavar="CALL", help=_("id or reference"))
    parser.add_argument("--model", metavar="NAME_OR_DIR", help=_("speech model"))
    _sentiment(parser)
    parser.add_argument("--language", metavar="CODE", help=_("language of the calls, such as en"))
    parser.add_argument(
        "--speakers",
        type=int,
        choices=range(1, 7),
        metavar="N",
        help=_("how many people speak on the one channel of a call (1 to 6)"),
    )

    again = _command(
        commands, "analyse", _("analyse stored calls again after settings or rules changed")
    )
    again.add_argument("calls", nargs="*", metavar="CALL", help=_("id or reference"))


def _look(commands: _Commands) -> None:
    calls = _command(commands, "calls", _("list the calls"))
    calls.add_argument("--json", action="store_true")
    calls_commands.add_filters(calls)
    show = _command(commands, "show", _("show one call"))
    show.add_argument("call", metavar="CALL")
    show.add_argument("--json", action="store_true")
    findings = _command(commands, "findings", _("show what was found in a call"))
    findings.add_argument("call", metavar="CALL")
    findings.add_argument("--json", action="store_true")
    search = _command(commands, "search", _("search what was said and noted"))
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--json", action="store_true")
    calls_commands.add_speaker(search)


def _roles(commands: _Commands) -> None:
    parser = _command(commands, "roles", _("show who speaks in a call, or say who it is"))
    parser.add_argument("call", metavar="CALL")
    parser.add_argument("--json", action="store_true")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--swap", action="store_true", help=_("swap agent and customer"))
    change.add_argument(
        "--assign",
        nargs="+",
        metavar="SPEAKER=ROLE",
        help=_("roles: agent, customer, ivr, supervisor, unknown"),
    )


def _versions(commands: _Commands) -> None:
    parser = _command(
        commands, "versions", _("list, compare and choose the versions of a transcript")
    )
    parser.add_argument("call", metavar="CALL")
    parser.add_argument("--json", action="store_true")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--use", type=int, metavar="N", help=_("make version N the active one"))
    choice.add_argument(
        "--diff", type=int, metavar="N", help=_("what the active version says differently from N")
    )


def _glossary(commands: _Commands) -> None:
    parser = commands.add_parser(
        "glossary", help=_("names of products and people, for the recogniser")
    )
    kinds = parser.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    listed = _command(kinds, "list", _("list the terms"))
    listed.add_argument("--json", action="store_true")
    replaced = _command(kinds, "set", _("make the lines of a text file the glossary"))
    replaced.add_argument("file", type=Path, metavar="FILE")
    added = _command(kinds, "add", _("add terms"))
    added.add_argument("terms", nargs="+", metavar="TERM")


def _topics(commands: _Commands) -> None:
    parser = commands.add_parser("topics", help=_("what calls may be about, told by examples"))
    kinds = parser.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    listed = _command(kinds, "list", _("list the topics"))
    listed.add_argument("--json", action="store_true")
    added = _command(kinds, "add", _("add a topic, or examples to a topic"))
    added.add_argument("name", metavar="NAME")
    added.add_argument("examples", nargs="+", metavar="EXAMPLE")
    removed = _command(kinds, "remove", _("remove topics"))
    removed.add_argument("names", nargs="+", metavar="NAME")
    found = _command(kinds, "discover", _("find what customers call about beside the topics"))
    found.add_argument("--json", action="store_true")


def _score(commands: _Commands) -> None:
    parser = _command(commands, "score", _("score a call with a scorecard"))
    parser.add_argument("call", metavar="CALL")
    parser.add_argument("--scorecard", required=True, metavar="NAME")
    parser.add_argument("--answers", required=True, type=Path, metavar="FILE.json")
    parser.add_argument("--reviewer", default="", metavar="NAME")


def _export(commands: _Commands) -> None:
    parser = commands.add_parser("export", help=_("export the call list or a transcript"))
    kinds = parser.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    calls = _command(kinds, "calls", _("the scored call list as .csv, .xlsx or .json"))
    calls.add_argument("out", type=Path, metavar="OUT")
    transcript = _command(kinds, "transcript", _("a transcript as .srt, .vtt, .txt or .json"))
    transcript.add_argument("call", metavar="CALL")
    transcript.add_argument("out", type=Path, metavar="OUT")


def _report(commands: _Commands) -> None:
    parser = commands.add_parser("report", help=_("write a report"))
    kinds = parser.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    coaching = _command(kinds, "coaching", _("a coaching report of one agent as .html or .pdf"))
    coaching.add_argument("--agent", required=True, metavar="NAME")
    coaching.add_argument("out", type=Path, metavar="OUT")


def _keep(commands: _Commands) -> None:
    _command(commands, "undo", _("undo the last action"))
    _command(commands, "redo", _("redo what was undone"))
    backup = _command(commands, "backup", _("write a backup of the workspace"))
    backup.add_argument("out", type=Path, metavar="OUT")
    _command(commands, "verify", _("check the workspace"))


def _models(commands: _Commands) -> None:
    parser = commands.add_parser("models", help=_("list, add, get, use and remove speech models"))
    kinds = parser.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    listed = _standalone(kinds, "list", _("list the models of this computer"))
    listed.add_argument("--json", action="store_true")
    add = _standalone(kinds, "add", _("add the folder of a Whisper model for CTranslate2"))
    add.add_argument("folder", type=Path, metavar="DIR")
    get = _standalone(kinds, "get", _("download a model, after its size was shown"))
    name = _("such as small or large-v3, owner/repository of the hub, or speakers")
    get.add_argument("name", metavar="NAME", help=name)
    get.add_argument("--yes", action="store_true", help=_("download without asking"))
    remove = _standalone(kinds, "remove", _("remove a model from this computer"))
    remove.add_argument("name", metavar="NAME")
    use = _standalone(kinds, "use", _("transcribe with this model from now on"))
    use.add_argument("name", metavar="NAME")


def _diarize(commands: _Commands) -> None:
    parser = _standalone(commands, "diarize", _("write who speaks when in a recording as RTTM"))
    parser.add_argument("recording", type=Path, metavar="FILE")
    parser.add_argument("out", type=Path, metavar="OUT.rttm")
    parser.add_argument(
        "--speakers",
        type=int,
        metavar="N",
        help=_("how many speak (default: as many as are heard)"),
    )


def _classify(commands: _Commands) -> None:
    parser = _standalone(commands, "classify", _("tell the sentiment of turns in a text file"))
    parser.add_argument(
        "file",
        metavar="FILE",
        help=_("one turn a line: text, or role, tab and text; - for standard input"),
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    _sentiment(parser)


def _mask(commands: _Commands) -> None:
    parser = _standalone(commands, "mask", _("mask personal data in a text file"))
    parser.add_argument(
        "file",
        metavar="FILE",
        help=_("one turn a line: text, or role, tab and text; - for standard input"),
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))


def _thresholds(commands: _Commands) -> None:
    parser = _command(
        commands, "thresholds", _("show or change the thresholds of the talk metrics")
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--set",
        nargs="+",
        metavar="NAME=SECONDS",
        help=_("such as dead_air=2.5; all calls are counted again"),
    )
    parser.add_argument("--usual", action="store_true", help=_("begin from the usual thresholds"))


def _privacy(commands: _Commands) -> None:
    parser = commands.add_parser("privacy", help=_("which personal data is masked in calls"))
    choices = parser.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    listed = _command(choices, "list", _("list the kinds of personal data"))
    listed.add_argument("--json", action="store_true")
    for name, text in (
        ("on", _("mask kinds in calls that are processed from now on")),
        ("off", _("leave kinds readable in calls that are processed from now on")),
    ):
        switch = _command(choices, name, text)
        switch.add_argument("kinds", nargs="+", metavar="KIND")
    sweep = _command(
        commands, "sweep", _("mask in stored calls what the rules of now find; cannot be undone")
    )
    sweep.add_argument("calls", nargs="*", metavar="CALL", help=_("id or reference"))
    sweep.add_argument(
        "--check", action="store_true", help=_("only say how many calls are due, change nothing")
    )


def _sentiment(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sentiment",
        metavar="NAME_OR_DIR",
        help=_("sentiment model: a folder, or a name of Hugging Face (default: CallReview's own)"),
    )


def _standalone(commands: _Commands, name: str, help_text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=help_text)
    # No workspace is needed; scripts may give one to every command alike.
    command.add_argument("--workspace", help=argparse.SUPPRESS)
    return command
