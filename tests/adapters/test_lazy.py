"""A platform that is not set up costs nothing at the start."""

import subprocess
import sys


def test_a_platform_that_is_not_set_up_is_not_imported() -> None:
    """What Slack, Discord and PostgreSQL need is imported where they are in use, and not before."""
    look = "import sys, plnbot.app; print([m for m in sys.argv[1:] if m in sys.modules])"
    words = ("slack_bolt", "slack_sdk", "discord", "cryptography", "psycopg")
    ended = subprocess.run(
        [sys.executable, "-c", look, *words], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"
