"""Starts the desktop app."""

import sys

from callreview.app import main

if __name__ == "__main__":
    sys.exit(main())
