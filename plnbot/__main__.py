"""`python -m plnbot`."""

import sys

from plnbot.cli import main

sys.exit(main())
