"""`python -m annstudio` is the command line."""

import sys

from annstudio.cli import main

if __name__ == "__main__":
    # The processes of a sweep load this module, too.
    sys.exit(main())
