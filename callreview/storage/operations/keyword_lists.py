"""Changing the keyword lists."""

from dataclasses import dataclass
from typing import ClassVar

from callreview.domain.changes import KEYWORD_LISTS
from callreview.storage.keyword_lists import StoredKeywordList, load_keyword_lists
from callreview.storage.operations.action import Action
from callreview.storage.recorder import Recorder, Row
from callreview.storage.serialise import to_json


@dataclass(frozen=True)
class SaveKeywordLists(Action):
    """Make these, in this order, all keyword lists of the workspace."""

    lists: tuple[StoredKeywordList, ...]
    name: ClassVar[str] = "save_keyword_lists"
    topics: ClassVar[frozenset[str]] = frozenset({KEYWORD_LISTS})

    def run(self, recorder: Recorder) -> None:
        """Add, change and remove rows until they match."""
        stored = {(item.name, item.language) for item in load_keyword_lists(recorder.db)}
        wanted = {(item.name, item.language) for item in self.lists}
        for name, language in sorted(stored - wanted):
            recorder.delete("keyword_list", {"name": name, "language": language})
        for position, item in enumerate(self.lists):
            key: Row = {"name": item.name, "language": item.language}
            columns: Row = {"body": to_json(item.body), "position": position}
            if (item.name, item.language) in stored:
                recorder.update("keyword_list", key, columns)
            else:
                recorder.insert("keyword_list", {**key, **columns})
