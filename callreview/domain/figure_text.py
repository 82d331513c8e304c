"""Times and figures as people read them, the same in windows, reports and the command line."""


def clock(seconds: float) -> str:
    """A time in a call, seconds, cut to whole ones: 0:42, 12:05, 1:02:03."""
    hours, rest = divmod(int(max(seconds, 0.0)), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def clock_range(start_s: float, end_s: float) -> str:
    """A stretch of time: 0:42–0:47, or one time when both read the same."""
    start, end = clock(start_s), clock(end_s)
    return start if start == end or end_s <= start_s else f"{start}–{end}"


def signed(value: float | None) -> str:
    """A figure such as a sentiment score with its sign and one decimal; a dash when there is none."""
    if value is None:
        return "–"
    text = f"{value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "\N{MINUS SIGN}")
