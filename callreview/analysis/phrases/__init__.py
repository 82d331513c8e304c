"""Keyword lists and finding their phrases in what was said."""
