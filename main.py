"""Starts the desktop app."""

import sys

if __name__ == "__main__":
    # Under the guard: the worker process reads this file too, and must not load the window.
    from callreview.app import main

    sys.exit(main())
