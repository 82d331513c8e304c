"""Say in plain words why a file cannot be read as sound, and refuse early what is no sound at all."""

import errno
from pathlib import Path

from callreview.audio.wave_header import WaveHeader, read_wave_header
from callreview.config.language import _
from callreview.domain.errors import CallReviewError, EnvironmentProblem, UserError

_HEAD_BYTES = 4096
# Headers of sound files that are themselves text.
_TEXT_HEADERS = (b"NIST_1A", b"#!AMR", b"PVF1", b"#!SILK")
_G729_TAG = 0x0133


def refuse_what_is_no_sound(path: Path) -> None:
    """Raise UserError for a missing file, a folder, an empty file or text; else return.

    Raises EnvironmentProblem when the file may not be read.
    """
    if path.is_dir():
        raise UserError(_("{path} is a folder, not a recording.").format(path=path))
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise read_problem(path, error) from error
    if not head:
        raise UserError(_("{path} is empty (0 bytes). Copy the recording again.").format(path=path))
    if _is_text(head):
        raise UserError(
            _(
                "{path} holds text, not sound (perhaps a web page or a note saved under this name). "
                "Get the recording itself."
            ).format(path=path)
        )


def read_problem(path: Path, error: OSError) -> CallReviewError:
    """Build the error to raise when the operating system would not let us read `path`."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return UserError(_("{path} does not exist. Check the name and folder.").format(path=path))
    if error.errno in (errno.EACCES, errno.EPERM):
        return EnvironmentProblem(
            _("{path} may not be read. Ask for permission to read it.").format(path=path)
        )
    return EnvironmentProblem(
        _("{path} could not be read: {problem}. Check the disk or the network drive.").format(
            path=path, problem=error.strerror or error
        )
    )


def unreadable(path: Path) -> UserError:
    """Build the error for a file that no decoder opens, as exact as its header allows."""
    return UserError(
        _("{path} cannot be read as sound: {reason}.").format(path=path, reason=_reason(path))
    )


def _reason(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    header = read_wave_header(path)
    if header is not None:
        return _wave_reason(header)
    if head[:4] == b"RIFF":
        return _("its WAV header is broken or cut off; export the recording again")
    if head[4:8] == b"ftyp":
        return _("its index is missing, because the recording was never finished or is cut off")
    if path.suffix.lower() in (".wav", ".wave"):
        return _("it has no WAV header, so nobody knows its rate and codec; export it again")
    return _("the format is unknown or damaged; export the recording as WAV")


def _wave_reason(header: WaveHeader) -> str:
    if header.channels == 0:
        return _("its header says 0 channels; export the recording again")
    if header.sample_rate == 0:
        return _("its header says 0 samples a second; export the recording again")
    if header.present_bytes == 0:
        return _("it holds a header but no sound; export the recording again")
    if header.format_tag == _G729_TAG:
        return _("it is coded as G.729 in WAV, which cannot be decoded; export it as plain WAV")
    return _("its WAV codec (tag {tag}) is not known; export it as plain WAV").format(
        tag=f"0x{header.format_tag:04x}"
    )


def _is_text(head: bytes) -> bool:
    """Whether a file begins as UTF-8 text: no control characters other than white space."""
    if head.startswith(_TEXT_HEADERS):
        return False
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The block may end in the middle of a character.
        if error.start < len(head) - 3 or error.start == 0:
            return False
        text = head[: error.start].decode("utf-8")
    return all(character.isprintable() or character.isspace() for character in text)
