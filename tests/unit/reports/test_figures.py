import base64
import logging
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from callreview.reports.call_figures import Shift, TalkBar, draw_shifts, draw_talk_share
from callreview.reports.coaching_data import CoachingData
from callreview.reports.figure_labels import columns_of, shortened, wrapped
from callreview.reports.figure_style import figure_style, fonts, picture
from callreview.reports.figures import draw_figures
from callreview.reports.gathering import find
from callreview.reports.score_figures import ScorePoint, SectionBar, draw_sections, draw_trend
from tests.unit.report_data import LONG_NAME, SCRIPT, many_calls, one_call, rich_data

TWO_POINTS = [ScorePoint("a", 1.0, False), ScorePoint("b", 2.0, False)]
NAMES = [
    LONG_NAME * 2,
    SCRIPT,
    "아주 긴 한국어 영역 이름이 여기에 있습니다 그리고 더 길어집니다",
    "",
    "x",
]


def drawn(data: CoachingData) -> dict[str, str]:
    figures = draw_figures(data, find(data))
    return {
        name: base64.b64decode(figure.address.partition(",")[2]).decode()
        for name, figure in figures.items()
    }


def pixels(figure: Figure) -> np.ndarray:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


@pytest.mark.parametrize("data", [rich_data(), many_calls(24)])
def test_figures_are_whole_svg_without_scripts_or_raster(data: CoachingData) -> None:
    for svg in drawn(data).values():
        root = ET.fromstring(svg)
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert "script" not in names
        assert "image" not in names
        assert "path" in names


def test_figures_are_drawn_without_a_word_from_matplotlib(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        drawn(one_call())
    assert [record for record in caplog.records if record.name.startswith("matplotlib")] == []


def test_the_same_data_gives_the_same_figure() -> None:
    first, second = (picture(lambda: draw_trend(TWO_POINTS), "x") for _n in range(2))
    assert first == second


def test_one_call_has_no_trend() -> None:
    assert "trend" not in drawn(one_call())


def test_what_is_not_known_is_not_drawn() -> None:
    data = one_call()
    (call,) = data.calls
    assert drawn(replace(data, calls=(replace(call, sentiment={}, metrics=None),))).keys() == {
        "sections"
    }


def test_hangul_is_drawn_by_a_font_that_has_it() -> None:
    if len(fonts()) == 1:
        pytest.skip("no font with Hangul is installed")
    with figure_style():
        one = pixels(draw_talk_share([TalkBar("가나다", 0.5, 0.5)], {}))
        two = pixels(draw_talk_share([TalkBar("힣흙꽃", 0.5, 0.5)], {}))
    assert one.shape == two.shape
    assert (one != two).any()


@pytest.mark.parametrize("name", NAMES)
def test_awkward_names_never_push_the_plot_away(name: str) -> None:
    with figure_style():
        figures = [
            draw_sections(
                [SectionBar(name, 104.5, 3, "strength"), SectionBar("b", 0, 1, "failed")]
            ),
            draw_trend([ScorePoint(name, 0.0, True), ScorePoint(name, 100.0, False)]),
            draw_shifts([Shift(name, -5.0, 5.0), Shift(name, None, 1.0), Shift(name, 1.0, None)]),
            draw_talk_share([TalkBar(name, 1.0, 0.0), TalkBar(name, 0.03, 0.97)], {}),
        ]
        for figure in figures:
            pixels(figure)
            box = figure.axes[0].get_position()
            assert box.width > 0.4
            assert box.height > 0.25


def test_a_label_keeps_within_its_columns() -> None:
    for name in NAMES:
        assert columns_of(shortened(name, 18)) <= 18
        lines = wrapped(name).split("\n")
        assert len(lines) <= 2
        assert all(columns_of(line) <= 30 for line in lines)


def test_the_style_leaves_no_trace_outside() -> None:
    before = dict(matplotlib.rcParams)
    level = logging.getLogger("matplotlib.font_manager").level
    picture(lambda: draw_trend(TWO_POINTS), "x")
    assert dict(matplotlib.rcParams) == before
    assert logging.getLogger("matplotlib.font_manager").level == level
