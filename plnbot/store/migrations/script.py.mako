"""${message}."""

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Instant

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
