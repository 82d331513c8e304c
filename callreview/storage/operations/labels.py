"""What users call their actions and the things these touch."""

from callreview.config.language import _


def action_label(name: str) -> str:
    """The name of an action of the journal in the user's language, as in "Undo: Add a comment"."""
    return {
        "import_calls": _("Import calls"),
        "delete_call": _("Delete calls"),
        "edit_call_metadata": _("Edit the call's details"),
        "assign_roles": _("Assign speakers"),
        "add_comment": _("Add a comment"),
        "edit_comment": _("Edit a comment"),
        "delete_comment": _("Delete a comment"),
        "start_evaluation": _("Start an evaluation"),
        "set_answer": _("Answer a question"),
        "clear_answer": _("Clear an answer"),
        "finish_evaluation": _("Finish the evaluation"),
        "reopen_evaluation": _("Reopen the evaluation"),
        "check_evaluation": _("Check an evaluation"),
        "delete_evaluation": _("Delete the evaluation"),
        "save_scored_evaluation": _("Score a call"),
        "set_agent_channel": _("Set the agent's channel"),
        "set_topics": _("Change the topics"),
        "set_readable_kinds": _("Choose the personal data to mask"),
        "set_talk_thresholds": _("Set the thresholds of talk metrics"),
        "save_keyword_lists": _("Save keyword lists"),
        "save_glossary": _("Save the glossary"),
        "use_version": _("Use another version of the transcript"),
    }[name]


def thing_of(table: str, reference: str) -> str:
    """What a row of `table` is to the user, with the reference of its call unless that is ""."""
    things = {
        "call": _("the call"),
        "recording": _("the recording"),
        "speaker": _("the speaker"),
        "analysis": _("the analysis"),
        "comment": _("the comment"),
        "evaluation": _("the evaluation"),
        "answer": _("the answer"),
        "evidence": _("the evidence"),
        "setting": _("the setting"),
        "keyword_list": _("the keyword list"),
        "glossary_term": _("the glossary"),
        "transcript": _("the transcript"),
    }
    thing = things.get(table, table)
    return _("{thing} ({call})").format(thing=thing, call=reference) if reference else thing
