"""Tell whether an Ogg file was cut off: its last page then lacks the end-of-stream mark."""

from pathlib import Path

# A page is at most 65,307 bytes (RFC 3533, 6), so the last one begins within this tail.
_TAIL_BYTES = 65307
_END_OF_STREAM = 0x04


def lacks_its_end(path: Path) -> bool:
    """Whether the last page of an Ogg file is not marked as the end of its stream (RFC 3533, 6)."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL_BYTES, 0))
        tail = file.read()
    page = tail.rfind(b"OggS")
    return page < 0 or page + 5 >= len(tail) or not tail[page + 5] & _END_OF_STREAM
