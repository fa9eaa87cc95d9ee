"""The tables of a board's grid while it is being made.

edcamp_grid  the grid that was suggested last: how good it is, and where a rule was waived
edcamp_step  each change of a grid that can still be undone: who, where things stood before and after
"""

from sqlalchemy import Column, ForeignKey, Table

from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json

grid = Table(
    "edcamp_grid",
    metadata,
    Column("board_id", Id, ForeignKey("edcamp_board.id"), primary_key=True),
    Column("by_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("quality", Json, nullable=False),
    Column("waived", Json, nullable=False),
)
step = Table(
    "edcamp_step",
    metadata,
    Column("id", Id, primary_key=True),
    Column("board_id", Id, ForeignKey("edcamp_board.id"), nullable=False, index=True),
    Column("by_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    # Who looks at a grid names the last step they saw: a number must not come again.
    sqlite_autoincrement=True,
)
