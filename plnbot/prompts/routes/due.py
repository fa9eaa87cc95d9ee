"""What happens to prompts without anybody doing something: what falls due."""

from plnbot.engine.routes import Due, Routes
from plnbot.prompts import actions

routes = Routes()


@routes.when_due(actions.DUE)
def due(now: Due) -> None:
    """Ask what a schedule has for now."""
    actions.tick(now.tx, int(str(now.payload["schedule"])), now.now, now.directory)


@routes.when_due(actions.AHEAD_LATER)
def ahead(now: Due) -> None:
    """Plan what a schedule asks after that."""
    actions.look_ahead(now.tx, int(str(now.payload["schedule"])), now.now, now.directory)


@routes.when_due(actions.TELL)
def tell(now: Due) -> None:
    """Write to those who set a schedule up."""
    actions.tell_organisers(now.tx, now.payload, now.now, now.directory)


@routes.when_due(actions.LAPSE)
def lapse(now: Due) -> None:
    """Give an idea back to the curators whose author did not answer in time."""
    actions.lapse(now.tx, int(str(now.payload["prompt"])), now.now)


@routes.when_due(actions.REVIEW)
def review(now: Due) -> None:
    """Set aside what hardly anybody answered."""
    number = int(str(now.payload["occurrence"]))
    actions.review(now.tx, number, now.now)
