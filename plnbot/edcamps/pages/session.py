"""A session as it is looked at: what its card and its page show, and its page."""

from collections.abc import Collection
from datetime import datetime

from plnbot import spaces as _spaces
from plnbot.edcamps.actions import held
from plnbot.edcamps.actions.held import Held
from plnbot.edcamps.actions.organising import ORGANISES
from plnbot.edcamps.actions.walking import why_not
from plnbot.edcamps.cards import session as shown_as
from plnbot.edcamps.cards.session import Protocol, SessionShown
from plnbot.edcamps.model import Board, BoardCard
from plnbot.edcamps.model.meetings import Meeting, Place
from plnbot.edcamps.protocols import USUAL, protocol_of, protocols
from plnbot.edcamps.store import cards, day
from plnbot.engine.ports import Directory
from plnbot.engine.routes import Context, Showing
from plnbot.packs import offered
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Button, Look, Option, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Quote
from plnbot.talk.text import EMPTY, Bold, Text, joined, verbatim, with_links
from plnbot.talk.words import Translate
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks at a day: in which words, when, and with which names; without a `directory` none."""

    tx: Tx
    t: Translate
    now: datetime
    directory: Directory | None = None

    def names(self, members: Collection[int]) -> tuple[str, ...]:
        """Return what members are called who are still here."""
        if self.directory is None:
            return ()
        return tuple(each.name for each in self.directory.by_ids(self.tx, members).values())


def eyes_of(to: Context | Showing) -> Eyes:
    """Return how a member looks, or the readers of a card."""
    return Eyes(to.tx, to.t, to.now, to.directory)


def session_shown(
    eyes: Eyes, place: Place, card: BoardCard | None, meeting: Meeting | None = None
) -> SessionShown:
    """Return a session as it is shown."""
    number = place.session.id
    parts = day.parts_of(eyes.tx, [number]).get(number, {}) if meeting else {}
    named = {which: "".join(eyes.names([member])) for which, member in parts.items()}
    return SessionShown(
        place,
        card.words if card else eyes.t.words("a card that is gone"),
        eyes.names(card.hosts) if card else (),
        meeting,
        _protocol(eyes.t, meeting),
        {which: name for which, name in named.items() if name},
        len(day.notes_of(eyes.tx, [number]).get(number, ())) if meeting else 0,
    )


def shown_of(eyes: Eyes, of: Held) -> SessionShown:
    """Return a session as it is shown, looked up."""
    meeting = day.meeting_of(eyes.tx, of.session)
    return session_shown(eyes, of.place, cards.get(eyes.tx, of.place.session.card), meeting)


def _protocol(t: Translate, meeting: Meeting | None) -> Protocol:
    found = protocol_of(meeting.protocol if meeting else USUAL)
    stages = held.stages_of(meeting) if meeting else ()
    words = [each.said(t.locale) for each in found.stages]
    others = [each for each in offered(protocols()) if each.id != found.id]
    return Protocol(
        found.title.said(t.locale),
        found.about.said(t.locale),
        list(zip(words, stages, strict=False)),
        [Option(each.id, verbatim(each.title.said(t.locale))) for each in others],
    )


def session_page(ctx: Context, of: Held) -> Page:
    """Return a session's page: what is going on, who does what, and everybody's notes."""
    t, eyes = ctx.t, eyes_of(ctx)
    shown = shown_of(eyes, of)
    blocks: list[PageBlock] = []
    if shown.goes_on:
        blocks.append(shown_as.on_its_page(t, shown, ctx.now))
    elif why := why_not(of.board, of.held, ctx.now):
        blocks.append(Paragraph(t.say(why), quiet=True))
    blocks += [*_where_written(ctx, of, shown), *_notes(ctx, of)]
    title = verbatim(short_words(shown.title, 140))
    return Page(title, tuple(blocks), live=of.board.scope, head=_head(ctx, of, shown))


def _head(ctx: Context, of: Held, shown: SessionShown) -> Head:
    t = ctx.t
    about = [shown_as.where_and_when(t, shown)]
    if shown.led_by:
        about.append(t("led by {names}", names=", ".join(shown.led_by)))
    actions: list[Button | PageButton] = []
    more: list[Button | PageButton] = []
    here = day.where_is(ctx.tx, of.board.id, ctx.person.id) == of.session
    takes = of.held is not None and of.place.takes_people(ctx.now)
    if here and takes:
        about.append(Text((Bold(t.words("you are here")),)))
        actions.append(Button(t("I have left"), shown_as.LEAVE, shown.row))
    elif takes:
        actions.append(Button(t("I am here"), shown_as.GO, shown.row, Look.PRIMARY))
    actions.append(PageButton(t("The board"), "edcamp", str(of.board.id)))
    if shown.meeting is not None and _counts(ctx, of):
        more.append(Button(t("How many came?"), shown_as.COUNT, shown.row))
    return Head(joined(about, " · "), actions=tuple(actions), more=tuple(more))


def _counts(ctx: Context, of: Held) -> bool:
    card = cards.get(ctx.tx, of.place.session.card)
    leads = card is not None and ctx.person.id in card.hosts
    return leads or ctx.may(ORGANISES, str(of.board.id))


def _where_written(ctx: Context, of: Held, shown: SessionShown) -> list[PageBlock]:
    """Return what is to be said of the place in which one writes, and how many came."""
    said: list[Text] = []
    space = held.space_of(ctx.tx, of.session)
    if space is not None and space.state is _spaces.State.REFUSED:
        why = ctx.t("Its thread could not be opened: write your notes here.")
        said.append(why)
    if shown.meeting is not None and shown.meeting.ended_at is not None:
        many = shown.meeting.tapped or 0
        said.append(ctx.t.n("{n} tapped in.", "{n} tapped in.", many))
        if shown.meeting.attended is not None:
            said.append(ctx.t("Its host counted {n}.", n=shown.meeting.attended))
    return [Paragraph(joined(said, " "), quiet=True)] if said else []


def _notes(ctx: Context, of: Held) -> list[PageBlock]:
    t = ctx.t
    if day.meeting_of(ctx.tx, of.session) is None:
        return []
    add = Actions((Button(t("Add a note"), shown_as.NOTE, str(of.session)),))
    return [Heading(t("Notes"), "notes"), *notes_of(ctx, of.board, of.session), add]


def notes_of(ctx: Context, board: Board, session: int) -> list[PageBlock]:
    """Return what was noted in a session, one's own with the way to take it back, for organisers all."""
    found = day.notes_of(ctx.tx, [session]).get(session, ())
    if not found:
        return [Paragraph(ctx.t("Nothing is noted yet."), quiet=True)]
    blocks: list[PageBlock] = []
    organises = ctx.may(ORGANISES, str(board.id))
    for each in found:
        mine: tuple[Actions, ...] = ()
        if each.member == ctx.person.id:
            back = Button(ctx.t("Take it back"), shown_as.UNNOTE, str(each.id), Look.DANGER)
            mine = (Actions((back,)),)
        elif organises:
            mine = (Actions((shown_as.take_away(ctx.t, shown_as.UNNOTE, str(each.id)),)),)
        blocks.append(
            Quote(
                verbatim(ctx.called(each.member)),
                each.at,
                with_links(each.words),
                f"note{each.id}",
                EMPTY,
                mine,
            )
        )
    return blocks
