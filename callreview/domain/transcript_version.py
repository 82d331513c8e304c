"""A version of a call's transcript: what made it, without its words."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TranscriptVersion:
    """One version (numbered from 1) of a call's transcript; `created_at` is ISO 8601 in UTC.

    `models` says what made it ("speech", "sentiment", "glossary"). `fits` is false when it belongs
    to a recording that was replaced since: it can be read, but not be made the active one.
    """

    number: int
    created_at: str
    models: Mapping[str, str]
    language: str
    speakers: int
    turns: int
    words: int
    active: bool
    fits: bool
