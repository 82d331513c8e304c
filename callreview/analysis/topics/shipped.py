"""The topics that come with CallReview, and what customers say that is no topic."""

from dataclasses import dataclass
from functools import cache

from callreview.config.language import current_language
from callreview.config.paths import resources_dir
from callreview.config.shipped import read_toml
from callreview.domain.plain_data import Fields
from callreview.domain.scorecard import Wording, wording_in
from callreview.domain.topic import Topic

CATCH_ALL = "information"
"""The topic of any question; what many ask may still become a topic of its own."""


@dataclass(frozen=True)
class ShippedTopics:
    """The topics, their titles by language, and examples of statements that are about none."""

    topics: tuple[Topic, ...]
    titles: dict[str, Wording]
    background: tuple[str, ...]


@cache
def shipped_topics() -> ShippedTopics:
    """Read the file of topics."""
    fields = Fields(read_toml(resources_dir() / "topics" / "topics.toml"))
    tables = fields.tables("topics")
    return ShippedTopics(
        tuple(Topic(one.text("name"), one.texts("examples")) for one in tables),
        {one.text("name"): one.wording("title") for one in tables},
        fields.table("background").texts("examples"),
    )


def topic_title(name: str) -> str:
    """What the user reads for a topic: its title if it came with CallReview, else its name."""
    titles = shipped_topics().titles.get(name, {})
    return wording_in(titles, current_language()) if titles else name
