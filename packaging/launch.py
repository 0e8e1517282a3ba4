"""The frozen app starts here."""

import sys

from annstudio.cli import main

if __name__ == "__main__":
    sys.exit(main())
