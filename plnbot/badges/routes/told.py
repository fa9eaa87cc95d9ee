"""What both sides are told unasked, and what is looked after in time."""

from collections.abc import Mapping

from plnbot.badges.actions import assessing
from plnbot.badges.actions.assigning import ASSIGNED, DUE, HEARD, LATE, LONG, MADE
from plnbot.badges.actions.issuing import SIGNING
from plnbot.badges.cards import applied, awarded
from plnbot.badges.cards.applied import Seen
from plnbot.badges.cards.words import title_of
from plnbot.badges.model import Standing
from plnbot.badges.store import applications, awards, definitions
from plnbot.engine.routes import Due, Routes, Showing
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph, Tone
from plnbot.talk.text import Style, When

routes = Routes()
routes.outside(SIGNING)
Args = Mapping[str, str | int]


@routes.card(ASSIGNED)
def assigned(to: Showing, args: Args) -> Card | None:
    """Tell an assessor that an application was given to them."""
    return _asked(to, args, late=False)


@routes.card(LATE)
def late(to: Showing, args: Args) -> Card | None:
    """Remind an assessor of an application."""
    return _asked(to, args, late=True)


def _asked(to: Showing, args: Args, *, late: bool) -> Card | None:
    it = applications.get(to.tx, int(args["application"]))
    if it is None or it.standing is not Standing.WAITING or it.hears_at is None:
        return None
    t, badge = to.t, definitions.at_version(to.tx, it.badge, it.version)
    day = When(it.hears_at, Style.DAY)
    said = (
        t("Somebody waits to hear about “{name}”, by {day}.", name=badge.terms.name, day=day)
        if late
        else t(
            "An application for “{name}” was given to you. They hear by {day}.",
            name=badge.terms.name,
            day=day,
        )
    )
    row = str(it.id)
    buttons = (
        Button(t("Look at it"), "badges.open", row, Look.PRIMARY),
        PageButton(t("Read all of it"), "badges.review", row),
    )
    return Card(t("An application to assess"), (Paragraph(said), Actions(buttons)), Tone.QUESTION)


@routes.card(LONG)
def long(to: Showing, args: Args) -> Card | None:
    """Tell a teacher that they hear later than they were told."""
    it = applications.get(to.tx, int(args["number"]))
    if it is None or it.standing is not Standing.WAITING:
        return None
    badge = definitions.at_version(to.tx, it.badge, it.version)
    said = to.t(
        "You were to hear by today, and it is not decided yet. I have reminded those who assess it."
    )
    return Card(title_of(badge.terms.name), (Paragraph(said),))


@routes.card(HEARD)
def heard(to: Showing, args: Args) -> Card | None:
    """Tell a teacher what is missing."""
    it = applications.get(to.tx, int(args["number"]))
    if it is None or it.standing is not Standing.RETURNED:
        return None
    badge = definitions.at_version(to.tx, it.badge, it.version)
    files = applications.files(to.tx, it.id)
    return applied.own(to.t, Seen(it, badge, files, {each.id: each.name for each in files}))


@routes.card(MADE)
def made(to: Showing, args: Args) -> Card | None:
    """Tell a teacher of their award, or that it was withdrawn."""
    it = awards.get(to.tx, int(args["number"]))
    if it is None:
        return None
    return awarded.own(to.t, it, definitions.at_version(to.tx, it.badge, it.version))


@routes.when_due(DUE)
def look_after(due: Due) -> None:
    """Look after an application that somebody is to hear about."""
    it = applications.late(due.tx, int(str(due.payload["application"])))
    if it is None or it.hears_at is None or it.hears_at.isoformat() != due.payload["hears"]:
        return
    assessing.look_after(due.tx, it, due.directory, due.now)
