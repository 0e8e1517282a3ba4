"""The frozen app starts here."""

import multiprocessing
import sys

from annstudio.cli import main

if __name__ == "__main__":
    # The processes of a sweep are this program, too.
    multiprocessing.freeze_support()
    sys.exit(main())
