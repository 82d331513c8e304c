"""Any series of actions can be undone and redone exactly."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from callreview.domain.call import CallMetadata
from callreview.domain.errors import UserError
from callreview.domain.evaluation import Answer, Evidence
from callreview.storage.integrity import verify
from callreview.storage.keyword_lists import StoredKeywordList
from callreview.storage.operations.answers import ClearAnswer, SetAnswer
from callreview.storage.operations.calls import (
    DeleteCalls,
    EditCallMetadata,
    ImportCalls,
    ImportedCall,
)
from callreview.storage.operations.comments import AddComment, DeleteComment, EditComment
from callreview.storage.operations.evaluations import (
    DeleteEvaluation,
    FinishEvaluation,
    ReopenEvaluation,
    SaveScoredEvaluation,
    StartEvaluation,
)
from callreview.storage.operations.keyword_lists import SaveKeywordLists
from callreview.storage.operations.roles import AssignRoles
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import (
    SERVICE,
    a_recording,
    a_transcript,
    all_answers,
    an_analysis,
    dump,
    install_service,
    process_call,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TIMES = st.floats(0, 600)
PIECES = st.lists(st.builds(lambda at, q: Evidence(at, at + 1, q), TIMES, TEXT), max_size=3)
ANSWERS = st.builds(
    Answer,
    st.sampled_from([question.key for question in SERVICE.questions]),
    st.sampled_from([0.0, 1.0, None]),
    TEXT,
    PIECES.map(tuple),
    st.booleans(),
)
CALLS = st.lists(
    st.builds(
        lambda number, agent, sound: ImportedCall(
            CallMetadata(f"R-{number}", agent=agent), a_recording(sound)
        ),
        st.integers(1, 4),
        TEXT,
        st.sampled_from(["aa", "bb"]),
    ),
    min_size=1,
    max_size=3,
)


class History(RuleBasedStateMachine):
    """Users act, undo and redo; the machine processes calls in between; the program restarts."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="history-"))
        self.workspace = Workspace.open(self.folder)
        install_service(self.workspace)
        self.done: list[Any] = []
        self.undone: list[Any] = []

    def teardown(self) -> None:
        self.workspace.close()
        shutil.rmtree(self.folder)

    @initialize(calls=CALLS)
    def first_import(self, calls: list[ImportedCall]) -> None:
        self.act(ImportCalls(tuple(calls)))

    @rule(calls=CALLS)
    def import_calls(self, calls: list[ImportedCall]) -> None:
        self.act(ImportCalls(tuple(calls)))

    @rule(data=st.data(), text=TEXT, start_s=TIMES)
    def comment(self, data: st.DataObject, text: str, start_s: float) -> None:
        comment_id = self.one_of(data, "comment")
        if comment_id is None or data.draw(st.booleans()):
            self.act_on(data, "call", lambda call: AddComment(call, start_s, start_s, text, "Jo"))
        elif data.draw(st.booleans()):
            self.act(EditComment(comment_id, start_s, start_s + 1, text))
        else:
            self.act(DeleteComment(comment_id))

    @rule(data=st.data())
    def start_evaluation(self, data: st.DataObject) -> None:
        self.act_on(data, "call", lambda call: StartEvaluation(call, SERVICE.name, "Jo"))

    @rule(data=st.data(), answers=st.lists(ANSWERS, max_size=3), finish=st.booleans())
    def score_at_once(self, data: st.DataObject, answers: list[Answer], finish: bool) -> None:
        given = (*all_answers(), *answers)

        def action(call: int) -> SaveScoredEvaluation:
            return SaveScoredEvaluation(call, SERVICE.name, "Mina", given, finish)

        self.act_on(data, "call", action)

    @rule(data=st.data(), answer=ANSWERS)
    def answer(self, data: st.DataObject, answer: Answer) -> None:
        def action(draft: int) -> SetAnswer | ClearAnswer:
            if data.draw(st.integers(0, 3)):
                return SetAnswer(draft, answer)
            return ClearAnswer(draft, answer.question)

        self.act_on(data, "evaluation WHERE status = 'draft'", action)

    @rule(data=st.data())
    def finish_or_reopen(self, data: st.DataObject) -> None:
        self.act_on(data, "evaluation WHERE status = 'draft'", FinishEvaluation)
        if data.draw(st.booleans()):
            self.act_on(data, "evaluation WHERE status = 'final'", ReopenEvaluation)

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if data.draw(st.booleans()):
            self.act_on(data, "call", lambda call: DeleteCalls((call,)))
        else:
            self.act_on(data, "evaluation", DeleteEvaluation)

    @rule(data=st.data(), agent=TEXT)
    def edit_metadata(self, data: st.DataObject, agent: str) -> None:
        def action(call: int) -> EditCallMetadata:
            return EditCallMetadata(call, CallMetadata(f"edited-{call}", agent=agent))

        self.act_on(data, "call", action)

    @rule(data=st.data())
    def assign_roles(self, data: st.DataObject) -> None:
        def action(call: int) -> AssignRoles:
            return AssignRoles(call, {"0": "customer", "1": "agent"}, an_analysis(1.0))

        processed = "call WHERE id IN (SELECT call_id FROM speaker)"
        self.act_on(data, processed, action)

    @rule(names=st.lists(st.sampled_from(["refund", "anger", "promise"]), unique=True))
    def save_keyword_lists(self, names: list[str]) -> None:
        lists = tuple(StoredKeywordList(n, "en", {"phrases": [n]}) for n in names)
        self.act(SaveKeywordLists(lists))

    @precondition(lambda self: self.done)
    @rule(count=st.integers(1, 4))
    def undo(self, count: int) -> None:
        for _ in range(min(count, len(self.done))):
            before, after = self.done.pop()
            self.workspace.undo()
            self.undone.append((before, after))
            self.expect(before)

    @precondition(lambda self: self.undone)
    @rule(count=st.integers(1, 4))
    def redo(self, count: int) -> None:
        for _ in range(min(count, len(self.undone))):
            before, after = self.undone.pop()
            self.workspace.redo()
            self.done.append((before, after))
            self.expect(after)

    @rule()
    def restart(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.folder)

    @rule(data=st.data())
    def process(self, data: st.DataObject) -> None:
        """Machine work is no action: from here on only undoing and redoing all of it is exact."""
        call = self.one_of(data, "call")
        if call is not None:
            process_call(self.workspace, call, a_transcript(["heard again", "환불 please"]))
            self.done = [(None, None)] * len(self.done)
            self.undone = [(None, None)] * len(self.undone)

    @precondition(lambda self: self.done)
    @rule()
    def undo_everything_and_redo_everything(self) -> None:
        state = dump(self.workspace)
        for _ in self.done:
            self.workspace.undo()
        assert self.workspace.undo_label() == ""
        for _ in self.done:
            self.workspace.redo()
        assert dump(self.workspace) == state

    @invariant()
    def the_workspace_is_whole(self) -> None:
        assert [p for p in verify(self.workspace) if "sound" not in p] == []
        assert bool(self.workspace.undo_label()) == bool(self.done)
        assert bool(self.workspace.redo_label()) == bool(self.undone)

    def act_on(self, data: st.DataObject, table: str, action: Any) -> None:
        chosen = self.one_of(data, table)
        if chosen is not None:
            self.act(action(chosen))

    def act(self, action: Any) -> None:
        before = dump(self.workspace)
        try:
            self.workspace.apply(action)
        except UserError:
            assert dump(self.workspace) == before
            return
        self.done.append((before, dump(self.workspace)))
        self.undone.clear()

    def expect(self, state: Any) -> None:
        if state is not None:
            assert dump(self.workspace) == state

    def one_of(self, data: st.DataObject, table: str) -> int | None:
        with self.workspace.read() as db:
            ids = [i for (i,) in db.execute(f"SELECT id FROM {table}" + " ORDER BY id")]
        return data.draw(st.sampled_from(ids)) if ids else None


History.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestHistory = History.TestCase
