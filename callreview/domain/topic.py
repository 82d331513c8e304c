"""What customers call about: topics with examples of what they say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """A topic by its name, and statements of customers that are about it, in any language.

    `name` is what the user calls it; those that come with CallReview have a key that is put into
    the user's language for reading.
    """

    name: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class SuggestedTopic:
    """A topic that was discovered: what `calls` of the searched calls have in common."""

    topic: Topic
    calls: int
