"""Sizes of files as people read them."""

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def size_text(size: int) -> str:
    """A size in bytes in decimal units: "0 bytes", "75 MB", "3.1 GB"."""
    value = float(size)
    unit = 0
    while round(value) >= 1000 and unit < len(_UNITS) - 1:
        value /= 1000
        unit += 1
    digits = 1 if unit >= 3 else 0
    return f"{value:.{digits}f} {_UNITS[unit]}"
