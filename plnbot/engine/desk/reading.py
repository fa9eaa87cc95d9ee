"""What may be seen: pages, files, what stands beside a room, what may follow what is typed."""

import base64
import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Any, TypeVar

from plnbot.engine import roles, uploads
from plnbot.engine.context import Anybody, Context
from plnbot.engine.desk.answering import form_again
from plnbot.engine.heavy import HeavyWork
from plnbot.engine.looking import Looks, NotKnownError
from plnbot.engine.menu import menu_of
from plnbot.engine.objects import Guarded, authorised
from plnbot.engine.outside import FileOutside
from plnbot.engine.ports import (
    Beside,
    BesideMade,
    Clock,
    Directory,
    Menu,
    Network,
    Offer,
    On,
    OwnMessage,
    PagesMade,
    Person,
    Seems,
    SignIns,
)
from plnbot.engine.ports.people import SEEMS_NOTHING
from plnbot.engine.routes import PageRoute, Routes
from plnbot.engine.searching import Searches
from plnbot.errors import Refused
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk import forms, limits
from plnbot.talk.cards import Option
from plnbot.talk.forms import Form
from plnbot.talk.pages import File, Missing, Page
from plnbot.talk.text import clean
from plnbot.talk.words import Sentence, Translate
from plnbot.values import dataclass

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Reading:
    """The part of the desk that changes nothing: it asks who reads, and shows what they may see."""

    store: Store
    clock: Clock
    routes: Routes
    directory: Directory
    sign_ins: SignIns
    looks: Looks
    heavy_by: list[Callable[[], HeavyWork]] = field(default_factory=list, kw_only=True)
    """What does heavy work, once there is something that does."""

    async def page(
        self,
        who: MemberRef,
        name: str,
        row: str,
        seems: Seems = SEEMS_NOTHING,
        *,
        made: PagesMade | None = None,
        sought: str = "",
    ) -> Page | Missing:
        """Return a page as this reader may see it, as `made` for others who see the same."""
        route = self.routes.pages.get(name)
        if route is None:
            return Missing()
        look = _page_seen(route, name, row, seems, made=made, sought=sought)
        return await self._for_reader(who, look, Missing())

    async def pages(
        self, readers: Collection[MemberRef], name: str, row: str, made: PagesMade, sought: str = ""
    ) -> Mapping[MemberRef, Page | Missing]:
        """Return a page as each of these readers may see it; without those who are asked for alone."""
        route = self.routes.pages.get(name)
        if route is None or route.alike is None:
            return {}
        now = self.clock.now()
        if route.of is not None:  # what it shows is loaded once for all of them
            route = replace(route, of=replace(route.of, load=_once(route.of.load)))
        look = _page_seen(route, name, row, SEEMS_NOTHING, made=made, sought=sought)
        nothing: Page | Missing = Missing()

        def look_for_each(tx: Tx) -> Mapping[MemberRef, Page | Missing]:
            found: dict[MemberRef, Page | Missing] = {}
            for who in readers:
                with contextlib.suppress(NotKnownError):
                    found[who] = self._seen_by(tx, who, look, nothing, now=now)
            return found

        return await self.store.read(look_for_each)

    async def download(self, who: MemberRef, name: str, row: str) -> File | Missing:
        """Return a file as this reader may have it; a public one to anybody with its address."""
        public = self.routes.public_files.get(name)
        if public is not None:
            now = self.clock.now()

            def read(tx: Tx) -> File | FileOutside | Missing:
                return public(Anybody(tx, now, self.routes, self.looks), row)

            given = await self.looks.asking(lambda: self.store.read(read))
            return await self._made(given) if isinstance(given, FileOutside) else given
        route = self.routes.files.get(name)
        if route is None:
            return Missing()
        found: File | FileOutside | Missing = await self._built(who, row, route, route.build)
        return await self._made(found) if isinstance(found, FileOutside) else found

    async def public_page(
        self, name: str, row: str, locale: str, *, made: PagesMade | None = None
    ) -> Page | Missing:
        """Return a page that anybody may see who has its address, as `made` for others who have it."""
        build = self.routes.public_pages.get(name)
        if build is None:
            return Missing()
        key = ("public", name, row, locale)
        if made is not None and key in made:
            return made[key]
        now, t = self.clock.now(), Translate(locale)

        def read(tx: Tx) -> Page | Missing:
            return build(Anybody(tx, now, self.routes, self.looks, t), row)

        found = await self.looks.asking(lambda: self.store.read(read))
        if made is not None and not isinstance(found, Missing):
            made[key] = found
        return found

    async def _made(self, wanted: FileOutside) -> File | Missing:
        """Make a file in a child process, outside any transaction."""
        if not self.heavy_by:
            return Missing()
        made = await self.heavy_by[0]().run(wanted.function, wanted.given, wanted.limits)
        return File(wanted.name, wanted.media_type, base64.b64decode(str(made)))

    async def _built(
        self,
        who: MemberRef,
        row: str,
        route: Guarded,
        build: Callable[..., Seen | Missing],
    ) -> Seen | Missing:
        return await self._for_reader(who, _allowed(route, row, build), Missing())

    async def form_again(self, who: MemberRef, row: str) -> Form | Missing:
        """Return a form of this reader's that was opened elsewhere, as it is made now."""

        def look(context: Context) -> Form | Missing:
            try:
                return form_again(context, uploads.A_SENT_FORM.find(context, row))
            except Refused:
                return Missing()

        return await self._for_reader(who, look, Missing())

    async def beside(self, who: MemberRef, where: Place, made: BesideMade | None = None) -> Beside:
        """Return the first cards that capabilities put beside and above this room for this reader."""
        routes = self.routes
        known: BesideMade = {} if made is None else made

        def look(context: Context) -> Beside:
            person = context.person
            key = (where, person.network.id, person.locale, context.grants)
            if key not in known:
                panel, above = (
                    next(filter(None, (make(context) for make in makers)), None)
                    for makers in (routes.besides, routes.aboves)
                )
                known[key] = Beside(panel, above)
            return known[key]

        return await self._for_reader(who, look, Beside(), where)

    async def person(self, who: MemberRef) -> Person | None:
        """Return who this account is, or None."""
        return await self.store.read(lambda tx: self.directory.known(tx, who))

    async def beside_a_room(self, who: MemberRef) -> Sequence[tuple[str, Sentence]]:
        """Return the shortcuts that this account may use beside a room: commands and their labels."""
        commands = self.routes.commands.values()

        def look(context: Context) -> Sequence[tuple[str, Sentence]]:
            mine = [each for each in commands if context.offered(each)]
            return [(e.name, s.label) for e in mine for s in e.shortcuts if s.on is On.ROOM]

        return await self._for_reader(who, look, ())

    async def reader(self, who: MemberRef) -> tuple[Person, Menu] | None:
        """Return who this account is and what the menu has for them, or None."""
        routes = self.routes

        def look(context: Context) -> tuple[Person, Menu] | None:
            return context.person, menu_of(context, routes.menu, routes.pages)

        return await self._for_reader(who, look, None)

    def own_message(self) -> OwnMessage | None:
        """Return what one may choose on a message of one's own to have it heard, if anything."""
        said = (each.own_message for each in self.routes.ears)
        return next(filter(None, said), None)

    def hint(self, network: Network) -> Sentence | None:
        """Return what stands in the empty field in which one writes in a room, if anything."""
        hints = self.routes.hints.items()
        return next((hint for name, hint in hints if name not in network.off), None)

    def offers(self) -> Sequence[Offer]:
        """Return every command, by name."""
        words = self.routes.words
        return [
            Offer(
                each.name,
                each.about,
                each.argument,
                each.suggest is not None,
                words,
                each.was,
                each.shortcuts,
            )
            for _name, each in sorted(self.routes.commands.items())
        ]

    async def suggest(self, who: MemberRef, where: Place, command: str, typed: str) -> list[Option]:
        """Return what may follow a command, given what is typed of it so far."""
        route = self.routes.commands.get(command)
        if route is None or route.suggest is None:
            return []
        make = route.suggest

        def look(context: Context) -> list[Option]:
            if not context.offered(route):
                return []
            return list(make(context, typed))[: limits.OPTIONS]

        return await self._for_reader(who, look, [], where)

    async def search(
        self, who: MemberRef, where: Place, source: str, typed: str
    ) -> Sequence[Option]:
        """Return what of a form's `SearchInput` fits the words typed so far, best first."""
        words = clean(typed)[: limits.SEARCHED]

        def look(context: Context) -> Sequence[Option]:
            found = Searches(context, self.routes.searches).find(source, words)
            return [replace(each, value=forms.ROW + each.value) for each in found]

        return await self._for_reader(who, look, (), where)

    async def _for_reader(
        self,
        who: MemberRef,
        make: Callable[[Context], Seen],
        otherwise: Seen,
        where: Place | None = None,
    ) -> Seen:
        now = self.clock.now()
        return await self.looks.asking(
            lambda: self.store.read(
                lambda tx: self._seen_by(tx, who, make, otherwise, now=now, where=where),
            )
        )

    def _seen_by(
        self,
        tx: Tx,
        who: MemberRef,
        make: Callable[[Context], Seen],
        otherwise: Seen,
        *,
        now: datetime,
        where: Place | None = None,
    ) -> Seen:
        person = self.directory.known(tx, who)
        if person is None:
            return otherwise
        place = where or Place(who.platform, who.workspace, "")
        return make(self._context(tx, person, place, now))

    def _context(self, tx: Tx, person: Person, where: Place, now: datetime) -> Context:
        if where.workspace != person.ref.workspace and not any(
            each(tx, where, person) for each in self.routes.admits
        ):
            # What goes on in a room is asked for by the room alone, so nobody stands in another's.
            where = Place(where.platform, person.ref.workspace, "")
        grants = roles.grants_of(tx, person.id, now)
        return Context(
            tx,
            now,
            person,
            grants,
            where,
            Translate(person.locale),
            self.directory,
            self.routes,
            self.sign_ins,
            self.looks,
        )


def _allowed(
    route: Guarded, row: str, build: Callable[..., Seen | Missing]
) -> Callable[[Context], Seen | Missing]:
    """Return what builds something for who may see it, and for others is as if it were not there."""

    def look(context: Context) -> Seen | Missing:
        try:
            named, given = authorised(context, route, row)
        except Refused:
            return Missing()
        return build(context, named, *given)

    return look


def _page_seen(
    route: PageRoute, name: str, row: str, seems: Seems, *, made: PagesMade | None, sought: str
) -> Callable[[Context], Page | Missing]:
    def build(context: Context, *given: Any) -> Page | Missing:
        context = replace(context, seems=seems, sought=sought)
        if made is None or route.alike is None:
            return route.build(context, *given)
        person, alike = context.person, route.alike(context, *given)
        reads = (person.network.id, person.ref.platform, person.locale, person.zone)
        key = (name, row, sought, reads, alike)
        found = made.get(key)
        if found is None:
            built = route.build(context, *given)
            if isinstance(built, Missing):
                return built
            found = made[key] = built
        return found

    return _allowed(route, row, build)


def _once(load: Callable[[Tx, str], Any]) -> Callable[[Tx, str], Any]:
    """Return what loads each row once; good for one transaction."""
    found: dict[str, Any] = {}

    def loaded(tx: Tx, row: str) -> Any:
        if row not in found:
            found[row] = load(tx, row)
        return found[row]

    return loaded
