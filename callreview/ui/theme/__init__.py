"""Fonts, spacing, colours and icons of the whole window, in light and dark."""
