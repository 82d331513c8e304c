"""`python -m callreview.cli` is the command `callreview`."""

import sys

from callreview.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
