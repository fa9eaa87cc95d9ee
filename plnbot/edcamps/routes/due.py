"""What happens to boards without anybody doing something with them: phases fall due."""

from plnbot.edcamps.actions import phases
from plnbot.engine.routes import Due, Routes

routes = Routes()


@routes.when_due(phases.PHASE)
def begin(due: Due) -> None:
    """Begin a board's next phase."""
    phases.tick(due.tx, int(str(due.payload["board"])), due.now)
