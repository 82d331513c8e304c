"""What calls of a workspace may be about: reading, changing and discovering topics."""

from collections.abc import Sequence

from callreview.analysis.topics.shipped import shipped_topics, topic_title
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.topic import SuggestedTopic, Topic
from callreview.services.progress import IsCancelled, OnProgress, ignore_progress, never
from callreview.storage.operations.settings import SetTopics
from callreview.storage.serialise import from_json
from callreview.storage.settings import TOPICS, load_setting
from callreview.storage.workspace import Workspace

__all__ = [
    "SuggestedTopic",
    "Topic",
    "add_topic",
    "checked_topics",
    "discover_topics",
    "load_topics",
    "remove_topic",
    "save_topics",
    "topic_title",
]

LONGEST_NAME = 60
MOST_TOPICS = 100
MOST_EXAMPLES = 200
LONGEST_EXAMPLE = 300


def load_topics(workspace: Workspace) -> tuple[Topic, ...]:
    """The workspace's topics; those that come with CallReview until someone changes them."""
    with workspace.read() as db:
        stored = load_setting(db, TOPICS)
    return shipped_topics().topics if stored is None else from_json(tuple[Topic, ...], stored)


def save_topics(workspace: Workspace, topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Make these all topics, tidied; return them. One action to undo.

    `analyse_again.analyse_again` then finds them in calls of before. Raises UserError for a topic
    without a name or without an example, for two of one name, and for too many or too long ones.
    """
    tidied = checked_topics(topics)
    if tidied != load_topics(workspace):
        workspace.apply(SetTopics(None if tidied == shipped_topics().topics else tidied), "topics")
    return tidied


def add_topic(workspace: Workspace, name: str, examples: Sequence[str]) -> tuple[Topic, ...]:
    """Add a topic, or examples to the topic of that name or title; return all topics."""
    topics = list(load_topics(workspace))
    for number, topic in enumerate(topics):
        if _same(topic, name):
            topics[number] = Topic(topic.name, (*topic.examples, *examples))
            return save_topics(workspace, topics)
    return save_topics(workspace, [*topics, Topic(name, tuple(examples))])


def remove_topic(workspace: Workspace, name: str) -> tuple[Topic, ...]:
    """Remove the topic of that name or title; return the others. UserError when there is none."""
    topics = load_topics(workspace)
    kept = [topic for topic in topics if not _same(topic, name)]
    if len(kept) == len(topics):
        titles = ", ".join(topic_title(topic.name) for topic in topics)
        text = _("There is no topic “{name}”; there are: {titles}.")
        raise UserError(text.format(name=name, titles=titles))
    return save_topics(workspace, kept)


def discover_topics(
    workspace: Workspace,
    progress: OnProgress = ignore_progress,
    cancelled: IsCancelled = never,
) -> tuple[SuggestedTopic, ...]:
    """What customers call about that no topic covers, over all calls; those of most calls first.

    Nothing is changed: `add_topic` makes a suggestion a topic. Empty after a cancel, or where too
    few calls have something in common.
    """
    from callreview.services.discovered_topics import discover

    return discover(workspace, load_topics(workspace), progress, cancelled)


def _same(topic: Topic, name: str) -> bool:
    wanted = name.strip().casefold()
    return wanted in (topic.name.casefold(), topic_title(topic.name).casefold())


def checked_topics(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics with spaces in one way and no example twice; raises UserError as `save_topics`."""
    tidied = tuple(_tidied(topic) for topic in topics)
    names = [topic.name.casefold() for topic in tidied]
    for topic in tidied:
        if names.count(topic.name.casefold()) > 1:
            raise UserError(_("There are two topics “{name}”.").format(name=topic.name))
    if len(tidied) > MOST_TOPICS:
        text = _("{count} topics are too many; a workspace has at most {most}.")
        raise UserError(text.format(count=len(tidied), most=MOST_TOPICS))
    return tidied


def _tidied(topic: Topic) -> Topic:
    name = " ".join(topic.name.split())
    texts = (" ".join(example.split()) for example in topic.examples)
    examples = tuple(dict.fromkeys(text[:LONGEST_EXAMPLE] for text in texts if text))
    if not name or len(name) > LONGEST_NAME:
        text = _("“{name}” cannot be the name of a topic: use 1 to {most} characters.")
        raise UserError(text.format(name=name[:LONGEST_NAME], most=LONGEST_NAME))
    if not examples or len(examples) > MOST_EXAMPLES:
        text = _("The topic “{name}” needs 1 to {most} examples of what customers say.")
        raise UserError(text.format(name=name, most=MOST_EXAMPLES))
    return Topic(name, examples)
