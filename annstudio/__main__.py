"""`python -m annstudio` is the command line."""

import sys

from annstudio.cli import main

sys.exit(main())
