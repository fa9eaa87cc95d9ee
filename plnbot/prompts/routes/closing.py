"""What follows a prompt without anybody doing something: the nudge, and the next morning."""

from plnbot.engine.routes import Due, Routes
from plnbot.prompts import actions

routes = Routes()


@routes.when_due(actions.CLOSE)
def close(due: Due) -> None:
    """Close a prompt, and gather its answers."""
    actions.close(due.tx, int(str(due.payload["occurrence"])), due.now)


@routes.when_due(actions.NUDGE)
def nudge(due: Due) -> None:
    """Remind those who asked for it and have not answered."""
    occurrence, room = (int(str(due.payload[each])) for each in ("occurrence", "room"))
    actions.nudge(due.tx, occurrence, room, due.now, due.directory)
