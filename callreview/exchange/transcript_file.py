"""Transcripts as files: subtitles (SRT, WebVTT), text to read, and JSON."""

import json
from collections.abc import Mapping
from pathlib import Path

from callreview.config.files import write_whole_file
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.transcript import Role, Transcript
from callreview.exchange.conversation_json import transcript_to_json
from callreview.exchange.cues import Cue, cues_of, text_width

SUFFIXES = (".srt", ".vtt", ".txt", ".json")
_LONGEST_NAME = 16
# SRT has no way to escape what players take for markup, so look-alikes stand in for it.
_SRT_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")"})


def write_transcript(transcript: Transcript, path: Path, names: Mapping[Role, str]) -> None:
    """Write the transcript to `path`; its suffix .srt, .vtt, .txt or .json decides the form.

    `names` are the speakers' names by role; a role without one is shown by its own name. Raises
    UserError for another suffix, EnvironmentProblem when the file cannot be written.
    """
    writers = {".srt": _srt, ".vtt": _vtt, ".txt": _txt, ".json": _json}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        text = _("{file}: a transcript is written as {suffixes}.")
        raise UserError(text.format(file=path, suffixes=", ".join(SUFFIXES)))
    data = writer(transcript, names).encode("utf-8", "replace")
    write_whole_file(path, lambda beside: beside.write_bytes(data))


def _srt(transcript: Transcript, names: Mapping[Role, str]) -> str:
    roles = {turn.role for turn in transcript.turns}
    labels = {role: _short(_name(role, names)).translate(_SRT_LOOKALIKES) + ": " for role in roles}
    room = max((text_width(label) for label in labels.values()), default=0)
    blocks = [
        f"{number}\n{_clock(cue.start_s, ',')} --> {_clock(cue.end_s, ',')}\n"
        f"{labels[cue.role]}{_lines(cue).translate(_SRT_LOOKALIKES)}\n"
        for number, cue in enumerate(cues_of(transcript.turns, room), 1)
    ]
    return "\n".join(blocks)


def _vtt(transcript: Transcript, names: Mapping[Role, str]) -> str:
    blocks = [
        f"{_clock(cue.start_s, '.')} --> {_clock(cue.end_s, '.')}\n"
        f"<v {_escaped(_name(cue.role, names))}>{_escaped(_lines(cue))}</v>\n"
        for cue in cues_of(transcript.turns)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _txt(transcript: Transcript, names: Mapping[Role, str]) -> str:
    turns = [
        f"[{_clock(turn.start_s, '.')[:-4]}] {_name(turn.role, names)}: {_one_line(turn.text)}\n"
        for turn in transcript.turns
        if turn.text
    ]
    return "\n".join(turns)


def _json(transcript: Transcript, names: Mapping[Role, str]) -> str:  # noqa: ARG001 - roles suffice
    return json.dumps(transcript_to_json(transcript), ensure_ascii=False, indent=2) + "\n"


def _name(role: Role, names: Mapping[Role, str]) -> str:
    return _one_line(names.get(role, "")) or role


def _short(name: str) -> str:
    if text_width(name) <= _LONGEST_NAME:
        return name
    while text_width(name) > _LONGEST_NAME - 1:
        name = name[:-1]
    return f"{name.rstrip()}…"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(cue: Cue) -> str:
    return "\n".join(cue.lines)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(seconds: float, mark: str) -> str:
    millis = round(max(0.0, seconds) * 1000)
    minutes, millis = divmod(millis, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{millis // 1000:02d}{mark}{millis % 1000:03d}"
