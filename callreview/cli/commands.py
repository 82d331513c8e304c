"""What each command does: calls one service and prints what comes back.

Each function returns the problems of single items, one line each; the rest was done.
"""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from callreview.cli import (
    analyse_commands,
    calls_commands,
    classify_commands,
    diarize_commands,
    findings_commands,
    glossary_commands,
    mask_commands,
    models_commands,
    privacy_commands,
    roles_commands,
    talk_commands,
    topics_commands,
    versions_commands,
)
from callreview.cli.progress import ProgressLine
from callreview.cli.tables import call_lines, conversation_lines, hit_lines
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.services import browse, history, keywords, safekeeping
from callreview.services.import_plan import ImportOrder, Pair
from callreview.services.talk_thresholds import recount_talk
from callreview.services.workspace import Workspace, open_workspace

Problems = Sequence[str]
Command = Callable[[Workspace, Namespace], Problems]
StandaloneCommand = Callable[[Namespace], Problems]


def run(arguments: Namespace) -> bool:
    """Run the chosen command; return whether some items failed (each is named on stderr)."""
    name = f"{arguments.command} {getattr(arguments, 'what', '')}".rstrip()
    if name in WITHOUT_WORKSPACE:
        problems = WITHOUT_WORKSPACE[name](arguments)
    else:
        problems = _run_in_workspace(name, arguments)
    for problem in problems:
        print(f"callreview: {problem}", file=sys.stderr)
    return bool(problems)


def _run_in_workspace(name: str, arguments: Namespace) -> Problems:
    if name != "import":
        # A folder name with a typing error is no reason to make a new workspace.
        Workspace.require(arguments.workspace)
    command, read_only = COMMANDS[name]
    if callable(read_only):
        read_only = read_only(arguments)
    with open_workspace(arguments.workspace, read_only=read_only) as workspace:
        return command(workspace, arguments)


def _import(workspace: Workspace, arguments: Namespace) -> Problems:
    from callreview.services.import_calls import import_calls

    pair = _pair(arguments.pair) if arguments.pair else None
    if not (arguments.paths or arguments.manifest or pair):
        raise UserError(_("Say what to import: files, folders, --manifest or --pair."))
    order = ImportOrder(tuple(arguments.paths), arguments.manifest, pair, arguments.agent_channel)
    with ProgressLine() as progress:
        report = import_calls(workspace, order, progress)
    for call in report.imported:
        print(f"{call.call_id}\t{call.reference}")
    _print_notes(report.notes)
    return report.problems


def _pair(values: Sequence[str]) -> Pair:
    files = dict(value.split("=", 1) for value in values if "=" in value)
    if set(files) != {"agent", "customer"}:
        raise UserError(_("Write the pair as --pair agent=FILE customer=FILE."))
    return Pair(Path(files["agent"]), Path(files["customer"]))


def _process(workspace: Workspace, arguments: Namespace) -> Problems:
    from callreview.services.process_calls import ProcessOptions, process_calls

    options = ProcessOptions(
        arguments.model,
        arguments.language,
        sentiment=arguments.sentiment,
        speakers=arguments.speakers,
    )
    with ProgressLine() as progress:
        report = process_calls(workspace, arguments.calls or None, options, progress)
    for reference in report.done:
        print(reference)
    for mark in report.lost:
        text = _("its words are not in the new transcript: {mark}").format(mark=mark)
        print(f"callreview: {text}", file=sys.stderr)
    _print_notes(report.notes)
    return report.problems


def _calls(workspace: Workspace, arguments: Namespace) -> Problems:
    calls = browse.list_calls(workspace, calls_commands.wanted_calls(arguments))
    if arguments.json:
        _print_json([vars(call) for call in calls])
    else:
        _print_lines(call_lines(calls))
    return ()


def _show(workspace: Workspace, arguments: Namespace) -> Problems:
    call = browse.show_call(workspace, arguments.call)
    if arguments.json:
        _print_json(call)
    else:
        _print_lines(conversation_lines(call))
    return ()


def _roles(workspace: Workspace, arguments: Namespace) -> Problems:
    speakers = roles_commands.change_roles(workspace, arguments)
    if arguments.json:
        _print_json([vars(speaker) for speaker in speakers])
    else:
        _print_lines(roles_commands.speaker_lines(speakers))
    return ()


def _search(workspace: Workspace, arguments: Namespace) -> Problems:
    hits = browse.search(workspace, arguments.text, arguments.speaker)
    if arguments.json:
        _print_json([vars(hit) for hit in hits])
    else:
        _print_lines(hit_lines(hits))
    return ()


def _score(workspace: Workspace, arguments: Namespace) -> Problems:
    from callreview.exchange.conversation_json import evaluation_to_json
    from callreview.services.score_call import score_call

    evaluation = score_call(
        workspace, arguments.call, arguments.scorecard, arguments.answers, arguments.reviewer
    )
    _print_json(evaluation_to_json(evaluation))
    if evaluation.score.unanswered:
        keys = ", ".join(evaluation.score.unanswered)
        message = _("Saved as a draft; these questions have no answer: {keys}.")
        print(f"callreview: {message.format(keys=keys)}", file=sys.stderr)
    return ()


def _export_calls(workspace: Workspace, arguments: Namespace) -> Problems:
    from callreview.services.export import export_calls

    export_calls(workspace, arguments.out)
    return ()


def _export_transcript(workspace: Workspace, arguments: Namespace) -> Problems:
    from callreview.services.export import export_transcript

    export_transcript(workspace, arguments.call, arguments.out)
    return ()


def _report_coaching(workspace: Workspace, arguments: Namespace) -> Problems:
    from callreview.services.coaching_report import coaching_report

    coaching_report(workspace, arguments.agent, arguments.out)
    return ()


def _undo(workspace: Workspace, _arguments: Namespace) -> Problems:
    print(_("Undone: {action}").format(action=history.undo(workspace, "cli")))
    _bring_up_to_date(workspace)
    return ()


def _redo(workspace: Workspace, _arguments: Namespace) -> Problems:
    print(_("Done again: {action}").format(action=history.redo(workspace, "cli")))
    _bring_up_to_date(workspace)
    return ()


def _bring_up_to_date(workspace: Workspace) -> None:
    """Find and count again what lists and thresholds that were undone or redone decide."""
    keywords.refresh_hits(workspace)
    recount_talk(workspace)


def _backup(workspace: Workspace, arguments: Namespace) -> Problems:
    safekeeping.backup(workspace, arguments.out)
    return ()


def _verify(workspace: Workspace, _arguments: Namespace) -> Problems:
    problems = safekeeping.verify(workspace)
    if not problems:
        print(_("The workspace is in order."))
    return problems


def _print_notes(notes: Sequence[str]) -> None:
    """Tell on stderr what is no problem but should be known."""
    for note in notes:
        print(f"callreview: {note}", file=sys.stderr)


def _print_json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=list)
    print()


def _print_lines(lines: Sequence[str]) -> None:
    for line in lines:
        print(line)


READ_ONLY = True
COMMANDS: dict[str, tuple[Command, bool | Callable[[Namespace], bool]]] = {
    "import": (_import, not READ_ONLY),
    "process": (_process, not READ_ONLY),
    "calls": (_calls, READ_ONLY),
    "show": (_show, READ_ONLY),
    "roles": (_roles, roles_commands.reads_only),
    "versions": (versions_commands.show_versions, versions_commands.reads_only),
    "glossary list": (glossary_commands.list_terms, READ_ONLY),
    "glossary set": (glossary_commands.set_terms, not READ_ONLY),
    "glossary add": (glossary_commands.add_terms, not READ_ONLY),
    "sweep": (privacy_commands.sweep, lambda arguments: bool(arguments.check)),
    "privacy list": (privacy_commands.list_kinds, READ_ONLY),
    "privacy on": (privacy_commands.hide, not READ_ONLY),
    "privacy off": (privacy_commands.leave, not READ_ONLY),
    "analyse": (analyse_commands.analyse_calls, not READ_ONLY),
    "findings": (findings_commands.show_findings, READ_ONLY),
    "topics list": (topics_commands.list_topics, READ_ONLY),
    "topics add": (topics_commands.add_topic, not READ_ONLY),
    "topics remove": (topics_commands.remove_topics, not READ_ONLY),
    "topics discover": (topics_commands.discover_topics, READ_ONLY),
    "thresholds": (talk_commands.thresholds, talk_commands.reads_only),
    "search": (_search, READ_ONLY),
    "score": (_score, not READ_ONLY),
    "export calls": (_export_calls, READ_ONLY),
    "export transcript": (_export_transcript, READ_ONLY),
    "report coaching": (_report_coaching, READ_ONLY),
    "undo": (_undo, not READ_ONLY),
    "redo": (_redo, not READ_ONLY),
    "backup": (_backup, READ_ONLY),
    "verify": (_verify, READ_ONLY),
}
WITHOUT_WORKSPACE: dict[str, StandaloneCommand] = {
    **models_commands.COMMANDS,
    **diarize_commands.COMMANDS,
    **classify_commands.COMMANDS,
    **mask_commands.COMMANDS,
}
"""Commands about this computer or about files, whose first argument is not a workspace."""
