"""What an import will do: which files make which call, with which metadata."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from os.path import commonprefix
from pathlib import Path

from callreview.config.language import _
from callreview.domain.call import CallMetadata
from callreview.domain.errors import UserError
from callreview.exchange.file_names import metadata_from_name

AUDIO_SUFFIXES = frozenset(
    (
        *(".wav", ".wave", ".rf64", ".w64", ".aif", ".aiff", ".au", ".snd", ".caf", ".sph"),
        *(".mp3", ".mp4", ".m4a", ".aac", ".ac3", ".wma", ".webm", ".mkv", ".mka", ".flac"),
        *(".ogg", ".oga", ".opus", ".amr", ".3gp", ".gsm", ".vox", ".g722"),
    )
)


@dataclass(frozen=True)
class Pair:
    """The two mono files of one call."""

    agent: Path
    customer: Path


@dataclass(frozen=True)
class ImportOrder:
    """What the user asked to import: files and folders, a manifest, a pair.

    `agent_channel` (0-based) is that of all calls for which nothing else says it.
    """

    paths: tuple[Path, ...] = ()
    manifest: Path | None = None
    pair: Pair | None = None
    agent_channel: int | None = None


@dataclass(frozen=True)
class PlannedCall:
    """One call to be: its files (two for a pair), metadata, and whether a manifest describes it."""

    files: tuple[Path, ...]
    metadata: CallMetadata
    described: bool = False


@dataclass(frozen=True)
class ImportPlan:
    """The calls to import and what is wrong with the rest, one line each."""

    calls: tuple[PlannedCall, ...]
    problems: tuple[str, ...]


def plan_import(order: ImportOrder) -> ImportPlan:
    """Read the manifest and the folders of an order; raises UserError for an unusable manifest.

    Files named beside a manifest take their metadata from its row; the others from their name.
    """
    planned: list[PlannedCall] = []
    problems: list[str] = []
    if order.manifest is not None:
        from callreview.exchange.manifest import read_manifest

        manifest = read_manifest(order.manifest)
        problems += manifest.problems
        planned += [
            PlannedCall(row.audio_files, row.metadata, described=True) for row in manifest.rows
        ]
    if order.pair is not None:
        planned.append(_planned_pair(order.pair))
    described = {file.resolve() for call in planned for file in call.files}
    for path in _files(order.paths, problems):
        if path.resolve() not in described:
            planned.append(PlannedCall((path,), metadata_from_name(path)))
    planned = [_with_agent_channel(call, order.agent_channel) for call in planned]
    return ImportPlan(tuple(_without_duplicates(planned, problems)), tuple(problems))


def _with_agent_channel(call: PlannedCall, channel: int | None) -> PlannedCall:
    if channel is None or call.metadata.agent_channel is not None:
        return call
    return replace(call, metadata=replace(call.metadata, agent_channel=channel))


def _planned_pair(pair: Pair) -> PlannedCall:
    for path in (pair.agent, pair.customer):
        if not path.is_file():
            raise UserError(_("{path}: there is no such file.").format(path=path))
    named = metadata_from_name(pair.agent)
    stems = [pair.agent.stem, pair.customer.stem]
    shared = commonprefix(stems).rstrip(" _-.")  # noqa: RUF071 - characters are what is meant
    if shared and named.reference == pair.agent.stem:
        named = replace(named, reference=shared)
    return PlannedCall((pair.agent, pair.customer), replace(named, agent_channel=0))


def _files(paths: Sequence[Path], problems: list[str]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from _audio_files_in(path, problems)
        elif path.exists():
            yield path
        else:
            problems.append(_("{path}: there is no such file or folder.").format(path=path))


def _audio_files_in(folder: Path, problems: list[str]) -> list[Path]:
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix.lower() in AUDIO_SUFFIXES
    ]
    if not found:
        problems.append(
            _("{folder}: there are no recordings in this folder.").format(folder=folder)
        )
    return found


def _without_duplicates(
    planned: Sequence[PlannedCall], problems: list[str]
) -> Iterator[PlannedCall]:
    first: dict[str, PlannedCall] = {}
    for call in planned:
        same = first.get(call.metadata.reference)
        if same is not None and same.files == call.files:
            continue
        free = next((c for c in _names_for(call) if c.metadata.reference not in first), None)
        if free is None:
            problems.append(_taken(call, first[call.metadata.reference]))
        else:
            first[free.metadata.reference] = free
            yield free


def _names_for(call: PlannedCall) -> Iterator[PlannedCall]:
    """The call under its reference and, when that came from the file's name, under longer names."""
    yield call
    file = call.files[0]
    if not call.described and call.metadata.reference == file.stem:
        for name in (file.name, f"{file.parent.name}/{file.name}"):
            yield replace(call, metadata=replace(call.metadata, reference=name))


def _taken(call: PlannedCall, other: PlannedCall) -> str:
    text = _(
        "{path}: the reference {reference} is already taken by {other}. "
        "Rename one of the files or give references in a manifest."
    )
    return text.format(path=call.files[0], reference=call.metadata.reference, other=other.files[0])
