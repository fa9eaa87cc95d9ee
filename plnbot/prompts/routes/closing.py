"""What follows a prompt without anybody doing something: the nudge, and the next morning."""

from plnbot.engine.routes import Due, Routes
from plnbot.prompts import actions

routes = Routes()


@routes.when_due(actions.CLOSE)
def close(due: Due) -> None:
    """Close a prompt, and gather its answers, once what was missed below it is read."""
    number = int(str(due.payload["occurrence"]))
    if not actions.waits_to_close(due.tx, number, due.payload, due.now):
        actions.close(due.tx, number, due.now)


@routes.when_due(actions.TELL_NOT_HEARD)
def tell_not_heard(due: Due) -> None:
    """Write to whoever set a prompt up below which something was not heard."""
    actions.tell_not_heard(due.tx, due.payload, due.now, due.directory)


@routes.when_due(actions.NUDGE)
def nudge(due: Due) -> None:
    """Remind those who asked for it and have not answered."""
    occurrence, room = (int(str(due.payload[each])) for each in ("occurrence", "room"))
    actions.nudge(due.tx, occurrence, room, due.now, due.directory)
