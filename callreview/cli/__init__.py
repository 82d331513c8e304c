"""The command line: the same services as the window, without Qt."""

from callreview.cli.main import main

__all__ = ["main"]
