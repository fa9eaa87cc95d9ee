"""What is pressed, said and due in spaces, brought to what becomes of them."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine import outbox, work
from plnbot.engine.links import personal_link
from plnbot.engine.notices import NoticeKind, tell_now
from plnbot.engine.notices.model import Args
from plnbot.engine.objects import Object
from plnbot.engine.people import PeopleHooks
from plnbot.engine.personal import Whose
from plnbot.engine.ports import Person
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Due, Routes, Values
from plnbot.errors import Refused
from plnbot.refs import Place, row_number
from plnbot.spaces import actions, cards, carrying, posting, store
from plnbot.spaces.declared import Tenant, Tenants, Turn
from plnbot.spaces.ears import SpaceEars
from plnbot.spaces.model import LOBBY, Kind, Member, Space, State
from plnbot.spaces.outside import outside_routes
from plnbot.spaces.personal import PERSONAL
from plnbot.spaces.posts import POSTS
from plnbot.spaces.shown import card_routes
from plnbot.store.database import Tx
from plnbot.talk.forms import Form
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.words import msg
from plnbot.values import dataclass

GONE = msg("That is no longer there.")
_LIVE = (State.ASKED, State.OPENING, State.OPEN)


def _not_a_member(ctx: Context, space: Space) -> bool:
    return space.member(ctx.person.id) is None


A_SPACE = Object[Space](
    "space",
    lambda tx, row: store.get(tx, row_number(row)),
    lambda space: space.network,
    lambda space: str(space.id),
    GONE,
    closed=lambda ctx, space: GONE if _not_a_member(ctx, space) else None,
)

WORDS = NoticeKind(
    name="spaces.words",
    title=msg("Words from your small spaces"),
    about=msg("That somebody asks to have words carried to you, or has written to you"),
    may_be_muted=True,
)


def space_routes(declared: Sequence[Tenant] = ()) -> Routes:
    """Return what spaces answer to, for all who declare that they use them."""
    tenants = Tenants(tuple(declared))
    routes = Routes()
    routes.include(outside_routes(tenants))
    routes.include(_Pressed(tenants).routes())
    routes.include(_Due(tenants).routes())
    routes.include(card_routes())
    routes.ears.append(SpaceEars(tenants))
    routes.admits.append(_admits)
    routes.notices[WORDS.name] = WORDS
    routes.personal.append(PERSONAL)
    routes.people.append(_people(tenants))
    routes.posts.update({each.card: each for each in POSTS})
    return routes


@dataclass(frozen=True, slots=True)
class _Pressed:
    """What members press."""

    tenants: Tenants

    def routes(self) -> Routes:
        """Return their routes."""
        routes = Routes()
        press, of = routes.press, A_SPACE
        press(cards.STOP, needs=ANYONE, of=of)(self.stopped)
        press(cards.AGREE, needs=ANYONE, of=of)(self.agreed)
        press(cards.DECLINE, needs=ANYONE, of=of)(self.declined)
        press(cards.ROOM, needs=ANYONE, of=of)(self.room)
        press(cards.ENTER, needs=ANYONE, of=of)(_entered)
        press(cards.WRITE, needs=ANYONE, of=of)(_writes)
        routes.form(cards.WRITE, build=_form, needs=ANYONE, of=of)(self.written)
        return routes

    def _turn(self, ctx: Context) -> Turn:
        return Turn(ctx.tx, self.tenants, ctx.now)

    def stopped(self, ctx: Context, _press: Press, space: Space) -> Answer:
        """End a space for everybody in it."""
        if space.state is not State.OPEN:
            raise Refused(OVER)
        actions.stop(self._turn(ctx), space, ctx.person.id)
        said = ctx.t("The others are told that it has ended.")
        return Reply(cards.noted(ctx.t("It has ended"), said))

    def agreed(self, ctx: Context, _press: Press, space: Space) -> Answer:
        """Let words be carried, as far as this member goes."""
        return self._said(ctx, space, yes=True)

    def declined(self, ctx: Context, _press: Press, space: Space) -> Answer:
        """Let none be carried."""
        return self._said(ctx, space, yes=False)

    def _said(self, ctx: Context, space: Space, *, yes: bool) -> Answer:
        if space.state is not State.ASKED:
            raise Refused(OVER)
        actions.agree(self._turn(ctx), space, ctx.person.id, yes=yes)
        said = (
            ctx.t("Once all of you have agreed, I write to you here.")
            if yes
            else ctx.t("Nothing is carried. The others are told that it will not be, not why.")
        )
        return Reply(cards.noted(ctx.t("Noted"), said))

    def room(self, ctx: Context, _press: Press, space: Space) -> Answer:
        """Note that a member would rather use a room of the lobby."""
        if space.kind is not Kind.RELAY or space.state is not State.OPEN:
            raise Refused(OVER)
        if not actions.lobby_of(ctx.tx, ctx.directory, space.network) or not ctx.address:
            raise Refused(NO_ROOM)
        if actions.meet_in_room(self._turn(ctx), ctx.directory, space, ctx.person.id):
            said = ctx.t("I am making the room and tell all of you where it is.")
        else:
            said = ctx.t("Once the others want it too, I make it. Until then words are carried.")
        return Reply(cards.noted(ctx.t("A room instead"), said))

    def written(self, ctx: Context, _row: str, values: Values, space: Space) -> Answer:
        """Carry what was written in the form."""
        space = store.hold(ctx.tx, space.id) or space
        if space.state is not State.OPEN or space.kind is not Kind.RELAY:
            raise Refused(OVER)
        source = f"form/{ctx.person.id}/{ctx.now.isoformat()}"
        said = (str(values["words"]), "")
        carrying.take_in(self._turn(ctx), space, ctx.person.id, source, said)
        return Reply(cards.noted(ctx.t("On its way"), ctx.t("Your words are being carried.")))


OVER = msg("This has ended. Nothing is carried any more.")
NO_ROOM = msg("There is no room that all of you could reach: our pages have no address there.")


def _writes(_ctx: Context, _press: Press, space: Space) -> Answer:
    if space.state is not State.OPEN or space.kind is not Kind.RELAY:
        raise Refused(OVER)
    return OpenForm(_form(_ctx, str(space.id), space))


def _form(ctx: Context, _row: str, space: Space) -> Form:
    names = [ctx.called(each.id) for each in space.others(ctx.person.id)]
    return cards.writing(ctx.t, space, names)


def _entered(ctx: Context, _press: Press, space: Space) -> Answer:
    end = next((e.end for e in space.members if e.id == ctx.person.id), None)
    place = space.place if space.place is not None else end
    if place is None or place.platform != LOBBY:
        raise Refused(GONE)
    path = f"/room/{place.channel}"
    return personal_link(ctx.t, ctx.link(path), path)


@dataclass(frozen=True, slots=True)
class _Due:
    """What is due, and what has ended."""

    tenants: Tenants

    def routes(self) -> Routes:
        """Return their routes."""
        routes = Routes()
        routes.when_due(actions.NEXT)(self.next)
        routes.when_due(actions.STANDS)(self.end_stands)
        routes.when_due(actions.ASK)(_asks)
        routes.when_due(actions.TELL)(_tells)
        routes.post_ended(posting.ABOUT)(self.about_ended)
        routes.post_ended(posting.SESSION)(self.session_ended)
        routes.post_ended(posting.WORD)(self.word_ended)
        routes.post_ended(posting.CLOSED)(_closing_ended)
        return routes

    def next(self, due: Due) -> None:
        """Try the next way for a space."""
        number, prefer = int(str(due.payload["space"])), Kind(str(due.payload["prefer"]))
        turn = Turn(due.tx, self.tenants, due.now)
        actions.try_next(turn, due.directory, number, prefer)

    def about_ended(self, tx: Tx, post: outbox.Post, now: datetime) -> None:
        """Have it noted where somebody's end begins."""
        space = store.get(tx, posting.number(post.args, posting.SPACE))
        if space is None or space.state is not State.OPENING:
            return
        if posting.number(post.args, posting.MEMBER):
            payload: dict[str, object] = {
                "post": post.key,
                "ref": post.ref,
                "args": dict(post.args),
                "to": outbox.packed(post.to),
                "network": post.network,
                "card": post.card,
            }
            work.put(tx, actions.STANDS, f"{post.key}/stands", now, payload)

    def end_stands(self, due: Due) -> None:
        """Note where somebody's end begins."""
        given = due.payload
        args = given["args"]
        args = args if isinstance(args, dict) else {}
        to, network = outbox.unpacked(given["to"]), int(str(given["network"]))
        post = outbox.Post(
            str(given["post"]), network, to, str(given["card"]), args, str(given["ref"])
        )
        space = store.get(due.tx, posting.number(args, posting.SPACE))
        if space is not None:
            lobby = actions.lobby_of(due.tx, due.directory, space.network)
            turn, member = Turn(due.tx, self.tenants, due.now), posting.number(args, posting.MEMBER)
            actions.end_stands(turn, space, member, post, lobby)

    def session_ended(self, tx: Tx, post: outbox.Post, now: datetime) -> None:
        """Note where a session's thread begins."""
        space = store.get(tx, posting.number(post.args, posting.SPACE))
        if space is not None:
            actions.session_stands(Turn(tx, self.tenants, now), space, post.ref)

    def word_ended(self, tx: Tx, post: outbox.Post, now: datetime) -> None:
        """Forget a message once it has arrived; tell who reads at our pages that there is one."""
        space = store.hold(tx, posting.number(post.args, posting.SPACE))
        word = store.word(tx, posting.number(post.args, posting.WORDS))
        if space is None or word is None:
            return
        carrying.arrived(tx, space, word)
        if not post.ref and space.state is State.OPEN and not word.gone:
            carrying.lost(tx, space, word, posting.number(post.args, posting.MEMBER), now)
            return
        to = space.member(posting.number(post.args, posting.MEMBER))
        elsewhere = to and to.end and to.end.platform == LOBBY != to.who.platform
        if to and elsewhere and not posting.number(post.args, posting.PART):
            payload = {"space": space.id, "member": to.id, "by": word.member}
            key = f"space/{space.id}/waits/{word.id}/{to.id}"
            work.add(tx, actions.TELL, key, now, payload)


def _asks(due: Due) -> None:
    """Ask a member whether words may be carried, when that suits them."""
    _told(due, posting.ASKED, "asked")


def _tells(due: Due) -> None:
    """Tell those in a room of the lobby of it, or one of them that words have come."""
    space = store.get(due.tx, int(str(due.payload["space"])))
    if space is None:
        return
    if "by" in due.payload:
        by = int(str(due.payload["by"]))
        _told(due, posting.WAITS, f"waiting/{due.now.isoformat()}", by)
        return
    for each in space.inside:
        _tell(due, space, each, posting.THERE, key=f"space/{space.id}/there/{each.id}", more={})


def _told(due: Due, card: str, what: str, by: int = 0) -> None:
    space = store.get(due.tx, int(str(due.payload["space"])))
    member = space.member(int(str(due.payload["member"]))) if space else None
    if space is not None and member is not None:
        more: Args = {"by": by} if by else {}
        _tell(due, space, member, card, key=f"space/{space.id}/{what}/{member.id}", more=more)


def _tell(due: Due, space: Space, member: Member, card: str, *, key: str, more: Args) -> None:
    person = due.directory.by_id(due.tx, member.id, member.who.platform)
    if person is not None:
        args = {posting.SPACE: space.id, posting.MEMBER: member.id, **more}
        tell_now(due.tx, WORDS, person, card, args, key=key, now=due.now)


def _closing_ended(tx: Tx, post: outbox.Post, now: datetime) -> None:
    """Close a place once its last card stands there: that of all, or a room that was somebody's end."""
    space = store.get(tx, posting.number(post.args, posting.SPACE))
    if space is None or space.kind is Kind.PUBLIC or not isinstance(post.to, Place):
        return
    if space.kind is not Kind.RELAY or post.to.platform == LOBBY:
        payload = {"space": space.id, "place": outbox.packed(post.to)}
        work.add(tx, actions.CLOSE, f"{post.key}/close", now, payload, lane=actions.CLOSE)


def _admits(tx: Tx, place: Place, person: Person) -> bool:
    return any(each.member(person.id) for each in store.at(tx, place))


def _people(tenants: Tenants) -> PeopleHooks:
    def left(tx: Tx, person: Person, now: datetime) -> None:
        for space in actions.of_person(tx, person, _LIVE):
            actions.gone(Turn(tx, tenants, now), space, person.id)

    def merged(tx: Tx, goes: Whose, stays: Person, _now: datetime) -> None:
        store.merge(tx, goes.id, stays.id)
        store.merge_words(tx, goes.id, stays.id)

    def erased(tx: Tx, whose: Whose, now: datetime) -> None:
        for space in store.of_member(tx, whose.id, tuple(State)):
            if space.state in _LIVE:
                actions.gone(Turn(tx, tenants, now), space, whose.id)
            posting.refresh(tx, space, now)  # without their name

    return PeopleHooks(
        left=left,
        back=NothingToDo("who is back is met anew, by whoever introduces people"),
        merged=merged,
        erased=erased,
    )
