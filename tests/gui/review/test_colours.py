import dataclasses
from itertools import product

import pytest
from PySide6.QtGui import QColor

from callreview.ui.theme.colours import DARK, LIGHT, contrast, current_colours

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
TEXT, MARK = 4.5, 3.0


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@BOTH
def test_all_text_can_be_read_on_every_ground(colours):
    texts = [
        colours.text,
        colours.muted,
        colours.accent,
        *colours.roles.values(),
        *colours.sentiments.values(),
    ]
    grounds = [colours.window, colours.surface, colours.sunken, colours.current_turn]
    worst = min((contrast(t, g), t, g) for t, g in product(texts, grounds))
    assert worst[0] >= TEXT, worst


@BOTH
def test_text_on_coloured_grounds_can_be_read(colours):
    pairs = [
        (colours.on_accent, colours.accent),
        (colours.on_accent, colours.accent_hover),
        (colours.text, colours.selection),
        (colours.text, colours.hover),
        (colours.muted, colours.hover),
        (colours.text, colours.found),
        (colours.text, colours.found_current),
        (colours.on_current_word, colours.current_word),
        (colours.sentiments["negative"], colours.danger_surface),
        (colours.surface, colours.muted),
    ]
    worst = min((contrast(t, g), t, g) for t, g in pairs)
    assert worst[0] >= TEXT, worst


# Machado, Oliveira, Fernandes 2009: what severe colour blindness makes of linear RGB.
BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip


def _seen(colour, matrix):
    parsed = QColor(colour)
    linear = [part**2.2 for part in (parsed.redF(), parsed.greenF(), parsed.blueF())]
    return [
        min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0.0), 1.0) ** (1 / 2.2)
        for row in matrix
    ]


@BOTH
@pytest.mark.parametrize("kind", BLINDNESS)
def test_agent_and_customer_stay_apart_in_colour_blindness(colours, kind):
    agent, customer = (_seen(colours.roles[r], BLINDNESS[kind]) for r in ("agent", "customer"))
    distance = sum((a - b) ** 2 for a, b in zip(agent, customer, strict=True)) ** 0.5
    assert distance > 0.3


def test_light_and_dark_differ_in_every_colour():
    for field in dataclasses.fields(LIGHT):
        if field.name not in ("roles", "sentiments"):
            pair = getattr(LIGHT, field.name), getattr(DARK, field.name)
            assert pair[0] != pair[1] or field.name == "on_current_word", field.name


def test_a_forced_scheme_is_applied_and_can_be_changed(theme):
    theme.set_scheme("dark")
    assert theme.colours is DARK
    assert current_colours() is DARK
    theme.set_scheme("light")
    assert current_colours() is LIGHT


def test_the_change_is_announced_once(theme, qtbot):
    changes = []
    theme.changed.connect(lambda: changes.append(theme.scheme))
    theme.set_scheme("dark")
    theme.set_scheme("dark")
    assert changes == ["dark"]
