"""Changing the glossary."""

from dataclasses import dataclass
from typing import ClassVar

from callreview.domain.changes import GLOSSARY
from callreview.storage.glossary import load_glossary
from callreview.storage.operations.action import Action
from callreview.storage.recorder import Recorder


@dataclass(frozen=True)
class SaveGlossary(Action):
    """Make these, in this order, all terms of the workspace's glossary."""

    terms: tuple[str, ...]
    name: ClassVar[str] = "save_glossary"
    topics: ClassVar[frozenset[str]] = frozenset({GLOSSARY})

    def run(self, recorder: Recorder) -> None:
        """Add, move and remove rows until they match."""
        stored = set(load_glossary(recorder.db))
        for term in sorted(stored - set(self.terms)):
            recorder.delete("glossary_term", {"term": term})
        for position, term in enumerate(self.terms):
            if term in stored:
                recorder.update("glossary_term", {"term": term}, {"position": position})
            else:
                recorder.insert("glossary_term", {"term": term, "position": position})
