"""The coaching report: what a trainer goes through with an agent, as HTML or PDF.

One file without scripts and without anything to fetch; text of calls is always escaped.
"""

from collections.abc import Mapping
from pathlib import Path

from callreview.config.files import write_whole_file
from callreview.config.language import _, current_language, ngettext
from callreview.config.paths import resources_dir
from callreview.domain.errors import UserError
from callreview.reports.coaching_data import CoachingData

SUFFIXES = (".html", ".pdf")


def write_coaching_report(data: CoachingData, path: Path) -> None:
    """Write the report to `path`, as its suffix .html or .pdf says, in the user's language.

    Raises UserError for another suffix and when there are no calls, EnvironmentProblem when the
    file cannot be written; an older report is kept then.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        text = _("{file}: a coaching report is written as {suffixes}.")
        raise UserError(text.format(file=path, suffixes=", ".join(SUFFIXES)))
    html = coaching_html(data)
    if suffix == ".html":
        write_whole_file(path, lambda beside: beside.write_text(html, encoding="utf-8"))
        return
    from callreview.reports.pdf import write_pdf

    write_whole_file(path, lambda beside: write_pdf(html, beside))


def coaching_html(data: CoachingData) -> str:
    """Render the report as one HTML page; UserError when there are no calls."""
    if not data.calls:
        text = _("There are no calls of {agent}, so there is nothing to report.")
        raise UserError(text.format(agent=data.agent))
    from callreview.reports.figures import MOST_CALLS, draw_figures
    from callreview.reports.gathering import find, in_order

    findings = find(data)
    return _render(
        {
            "data": data,
            "calls": in_order(data.calls),
            "findings": findings,
            "figures": draw_figures(data, findings),
            "most_calls": MOST_CALLS,
        }
    )


def _render(values: Mapping[str, object]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from callreview.reports import wording

    environment = Environment(
        loader=FileSystemLoader(resources_dir() / "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_=_, ngettext=ngettext, language=current_language(), wording=wording)
    environment.filters.update(wording.FILTERS)
    html = environment.get_template("coaching.html").render(values)
    return html.encode("utf-8", "replace").decode("utf-8")
