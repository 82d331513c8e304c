"""Distances and sizes in device-independent pixels."""

TIGHT = 4
SMALL = 8
MEDIUM = 12
LARGE = 16
WIDE = 24
SECTION = 32

RADIUS = 6
TARGET = 28
"""Height and least width of what can be clicked (WCAG 2.2, 2.5.8 asks for 24)."""

ICON = 18
FOCUS_WIDTH = 2
