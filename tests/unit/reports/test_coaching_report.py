import os
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from callreview.config.language import use_language
from callreview.domain.errors import EnvironmentProblem, UserError
from callreview.reports.coaching import coaching_html, write_coaching_report
from callreview.reports.coaching_data import CoachingData
from tests.unit.report_data import LONG_NAME, SCRIPT, many_calls, one_call, rich_data

LOADING = {"src", "href", "srcset", "data", "poster", "action", "background"}


class Page(HTMLParser):
    """What a browser would find in the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.inside: list[str] = []
        self.quotes: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.inside.append(tag)
        if tag == "blockquote":
            self.quotes.append("")
        if tag in ("meta", "img", "br"):
            self.inside.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.inside:
            self.texts.append(data)
        if "blockquote" in self.inside:
            self.quotes[-1] += data

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


@pytest.fixture(scope="module")
def rich_page() -> str:
    use_language("en")
    return coaching_html(rich_data())


@pytest.fixture(scope="module")
def long_page() -> str:
    return coaching_html(many_calls(24))


def shown_by(tool: str, *arguments: str) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def test_the_page_loads_nothing_and_runs_nothing(rich_page: str) -> None:
    page = Page(rich_page)
    for tag, attributes in page.tags:
        assert tag not in ("script", "link", "iframe", "object", "embed", "base", "form")
        assert not [name for name in attributes if name.startswith("on")]
        for name in LOADING & attributes.keys():
            assert attributes[name].startswith("data:image/svg+xml;base64,")
    style = re.search(r"<style>(.*?)</style>", rich_page, re.DOTALL)
    assert style
    assert not re.search(r"url\(|@import|expression", style[1])


def test_every_tag_is_closed_and_the_words_of_the_call_are_only_words(rich_page: str) -> None:
    page = Page(rich_page)
    assert page.inside == []
    assert SCRIPT in page.text
    assert "A<b>-2</b>" in page.text
    assert "{{ 7*7 }}" in page.text


def test_every_quote_has_its_call_and_time(rich_page: str) -> None:
    quotes = Page(rich_page).quotes
    assert len(quotes) >= 8
    for quote in quotes:
        assert re.search(r"(S0\d-|A<b>-2|K01-).*·\s*\d+:\d\d(–\d+:\d\d)?\s*$", quote, re.DOTALL)


def test_every_figure_says_in_words_what_it_shows(rich_page: str) -> None:
    figures = [attributes for tag, attributes in Page(rich_page).tags if tag == "img"]
    assert len(figures) == 5
    assert all(len(figure["alt"]) > 20 for figure in figures)


def test_the_report_follows_the_order_of_a_coaching_talk(rich_page: str) -> None:
    titles = re.findall(r"<h2>(.*?)</h2>", rich_page)
    assert titles == [
        *("Overall score", "Score by section", "How the customers felt", "How the talk went"),
        *("Calls", "Strengths", "What to work on", "Actions to agree on"),
        *("Comments by the reviewer", "Definitions and versions"),
    ]


def test_scores_reviewers_causes_and_versions_are_named(rich_page: str) -> None:
    text = Page(rich_page).text
    assert "5, of which 4 reviewed" in text
    assert "Rosa Lind, 박서준" in text
    assert "S05-card-payment was failed: the final score is 0" in text
    assert "Was payment and other sensitive data handled safely?" in text
    assert "Inbound service, version 1" in text
    assert "normalised" in text
    assert "speech: whisper-base, sentiment: callreview-sentiment 1" in text
    assert "Nobody really called: S01-refund-complaint, K01-환불-불만." in text
    assert "estimated" in text
    assert "not reviewed" in text


def test_actions_carry_the_advice_of_the_failed_questions(rich_page: str) -> None:
    actions = rich_page.partition("Actions to agree on</h2>")[2].partition("</section>")[0]
    assert "names the situation" in Page(actions).text
    assert actions.count('<span class="line">') == 2 * actions.count('<span class="box">') > 0


def test_few_calls_are_not_called_a_trend(rich_page: str) -> None:
    text = Page(rich_page).text
    assert "not enough to speak of a trend" in text
    assert text.count("not enough calls yet") == 2


def test_with_enough_calls_trend_and_comparison_are_shown(long_page: str) -> None:
    text = Page(long_page).text
    assert "not enough calls yet" not in text
    assert "74.5%" in text
    assert "mean of 30 evaluations" in text
    assert "show the newest 20" in text


def test_a_small_team_is_not_compared_with() -> None:
    data = replace(many_calls(12), team_scores=tuple([70.0] * 9))
    assert Page(coaching_html(data)).text.count("not enough calls yet") == 1


def test_one_call_makes_a_whole_report() -> None:
    html = coaching_html(one_call())
    text = Page(html).text
    assert "rests on 1 reviewed call." in text
    assert "Final score of each reviewed call" not in text


def test_a_score_whose_roles_changed_since_says_so(rich_page: str) -> None:
    data = rich_data()
    first = next(call for call in data.calls if call.evaluation)
    assert first.evaluation is not None
    marked = replace(first, evaluation=replace(first.evaluation, roles_changed=True))
    page = coaching_html(replace(data, calls=(marked,)))
    assert "roles changed since: to be checked" in page
    assert "roles changed since" not in rich_page


def test_calls_without_evaluation_say_so_and_show_no_score() -> None:
    text = Page(coaching_html(without_figures())).text
    assert "None of these calls has a finished evaluation yet" in text
    assert "Overall score" not in text
    assert "What to work on" not in text


def test_no_calls_are_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no calls of Chris L\."):
        write_coaching_report(replace(rich_data(), calls=()), tmp_path / "r.html")
    assert list(tmp_path.iterdir()) == []


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.html, \.pdf"):
        write_coaching_report(rich_data(), tmp_path / "r.docx")


def test_the_html_file_is_the_page(tmp_path: Path, rich_page: str) -> None:
    path = tmp_path / "r.html"
    write_coaching_report(rich_data(), path)
    assert path.read_text(encoding="utf-8") == rich_page


def without_figures() -> CoachingData:
    data = one_call()
    calls = tuple(replace(c, evaluation=None, metrics=None, sentiment={}) for c in data.calls)
    return replace(data, calls=calls)


def awkward(data: CoachingData) -> CoachingData:
    return replace(data, agent=f"{LONG_NAME} \udc80 </style> \\ \" '", team="상담 1팀")


def test_a_pdf_has_pages_text_in_both_scripts_and_its_fonts(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    write_coaching_report(awkward(rich_data()), path)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    pages = shown_by("pdftotext", "-enc", "UTF-8", str(path), "-")
    assert pages.count("\f") >= 3
    text = " ".join(pages.split())
    assert "Hohenstein" in text
    assert "환불 처리해 드리겠습니다" in text
    assert '<script>alert("x")</script>' in text
    assert re.search(r"\b2 ?/ ?\d\b", text)
    fonts = shown_by("pdffonts", str(path)).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)


def test_a_korean_report_is_marked_as_korean() -> None:
    use_language("ko")
    try:
        html = coaching_html(rich_data())
    finally:
        use_language("en")
    assert '<html lang="ko">' in html
    assert "고객의 감정에 진심 어린 구체적인 표현으로 응대했습니까?" in Page(html).text


@pytest.mark.parametrize("suffix", [".html", ".pdf"])
@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file sizes")
def test_a_full_disk_leaves_the_older_report(tmp_path: Path, suffix: str) -> None:
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    path = tmp_path / f"r{suffix}"
    path.write_text("older")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, limits[1]))
    try:
        with pytest.raises(EnvironmentProblem, match="cannot be written"):
            write_coaching_report(without_figures(), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]
