"""`callreview topics`: what calls of a workspace may be about."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence

from callreview.cli.progress import ProgressLine
from callreview.config.language import _
from callreview.services import topics
from callreview.services.topics import Topic, topic_title
from callreview.services.workspace import Workspace

Problems = Sequence[str]


def list_topics(workspace: Workspace, arguments: Namespace) -> Problems:
    """Print the topics with the number of their examples, or all of it as JSON."""
    known = topics.load_topics(workspace)
    if arguments.json:
        _print_json([_data(topic) for topic in known])
        return ()
    for topic in known:
        _print_topic(topic)
    return ()


def add_topic(workspace: Workspace, arguments: Namespace) -> Problems:
    """Add a topic, or examples to one that is there."""
    topics.add_topic(workspace, arguments.name, arguments.examples)
    return ()


def remove_topics(workspace: Workspace, arguments: Namespace) -> Problems:
    """Remove topics."""
    for name in arguments.names:
        topics.remove_topic(workspace, name)
    return ()


def discover_topics(workspace: Workspace, arguments: Namespace) -> Problems:
    """Print what customers call about that no topic covers."""
    with ProgressLine() as progress:
        found = topics.discover_topics(workspace, progress)
    if arguments.json:
        _print_json([{**_data(one.topic), "calls": one.calls} for one in found])
        return ()
    for one in found:
        calls = _("{name}: in {count} calls").format(name=one.topic.name, count=one.calls)
        print(calls)
        for example in one.topic.examples:
            print(f"    {example}")
    if not found:
        print(_("No topics were found beside those that are known."))
    return ()


def _print_topic(topic: Topic) -> None:
    text = _("{title} ({name}): {count} examples")
    print(text.format(title=topic_title(topic.name), name=topic.name, count=len(topic.examples)))


def _data(topic: Topic) -> dict[str, object]:
    return {
        "name": topic.name,
        "title": topic_title(topic.name),
        "examples": list(topic.examples),
    }


def _print_json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    print()
