"""A workspace that somebody connected, and whether it is to belong to the operator's own network.

Anybody may invite a public bot, or install an app that is offered to all. So such a workspace has a
network of its own, and joins the first one only when who administers that and who administers the
workspace have both said so. Nobody is asked of the other side before this one has said yes.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Column, Table, UniqueConstraint, and_, delete, select, update

from plnbot import fulltext
from plnbot.engine import audit, notices, outbox, roles
from plnbot.engine.notices import NoticeKind
from plnbot.engine.ports import Network, Person
from plnbot.engine.roles import Role, needs
from plnbot.engine.store import erasure
from plnbot.errors import Refused
from plnbot.members import store
from plnbot.members.model import Change, Impossible, Question, Side, asked_again, decide
from plnbot.members.store import merging
from plnbot.store.database import Tx
from plnbot.store.migrations import load_tables
from plnbot.store.schema import FOR_GOOD, metadata
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

ASKS_HOST = "members.asks_to_join"
ASKS_GUEST = "members.asked_to_join"
JOINING = NoticeKind(
    name="members.joining",
    title=msg("Workspaces that may join"),
    about=msg("When a workspace wants to belong to your network, or yours may belong to another"),
    may_be_muted=False,
    whose=needs(Role.ADMINISTRATOR),
)
_CARDS = {Side.HOST: ASKS_HOST, Side.GUEST: ASKS_GUEST}
_UNKNOWN = msg("No such workspace is known, or that cannot be decided here.")
_ALREADY = msg("It belongs to your network already.")
_TOGETHER = msg("It has a network together with others, and stays in that.")
_LEDGER = msg(
    "Hours were sent in or micro-credentials signed there already. That stays that network's for good, so"
    " it cannot join another."
)


@dataclass(frozen=True, slots=True)
class Matter:
    """A workspace, its network, the one it may join, and the side that somebody speaks for."""

    platform: str
    workspace: str
    guest: Network
    host: Network
    side: Side

    @property
    def row(self) -> str:
        """The workspace as buttons and operators name it."""
        return f"{self.platform}/{self.workspace}"

    @property
    def subject(self) -> str:
        """What a line of the audit log is about."""
        return f"workspace:{self.row}"

    @property
    def other(self) -> "Matter":
        """The same, for the side that this one waits for."""
        return replace(self, side=self.side.other)

    @property
    def joined(self) -> bool:
        """Whether the workspace belongs to the first network."""
        return self.guest.id == self.host.id


def matter_of(tx: Tx, row: str, network: Network) -> Matter:
    """Return what `platform/workspace` means to a network; raises `Refused` where that is nothing."""
    platform, _, workspace = row.partition("/")
    guest, host = store.network_of(tx, platform, workspace), store.first_network(tx)
    if guest is None or host is None or network.id not in (guest.id, host.id):
        raise Refused(_UNKNOWN)
    side = Side.HOST if network.id == host.id else Side.GUEST
    return Matter(platform, workspace, guest, host, side)


def own_matter(tx: Tx, person: Person) -> Matter:
    """Return the same of the workspace that somebody is in."""
    return matter_of(tx, f"{person.ref.platform}/{person.ref.workspace}", person.network)


def unanswered(tx: Tx, network: Network, now: datetime) -> tuple[Matter, ...]:
    """Return the questions about which this network's side has said nothing, and still may."""
    found = []
    for (platform, workspace), asked in store.questions(tx).items():
        try:
            matter = matter_of(tx, f"{platform}/{workspace}", network)
        except Refused:
            continue
        if not matter.joined and asked.said_by(matter.side) is None and not asked.lapsed(now):
            found.append(matter)
    return tuple(found)


def ask(tx: Tx, host: Network, platform: str, workspace: str, *, name: str, now: datetime) -> None:
    """Ask the first network's administrators, each once, whether a new workspace is theirs."""
    asked = Question(now)
    store.add_question(tx, platform, workspace, asked)
    there = store.network_of(tx, platform, workspace)
    if there is not None:
        _ask_all(tx, Matter(platform, workspace, there, host, Side.HOST), asked, name, now)


def tell_administrator(tx: Tx, person: Person, now: datetime) -> None:
    """Ask who has become an administrator what waits for their network's word."""
    for (platform, workspace), asked in store.questions(tx).items():
        guest, host = store.network_of(tx, platform, workspace), store.first_network(tx)
        if guest is None or host is None or asked.lapsed(now):
            continue
        for side, network in ((Side.HOST, host), (Side.GUEST, guest)):
            waits = side is Side.HOST or asked.word_of(Side.HOST) is not None
            if network.id == person.network.id and waits and asked.said_by(side) is None:
                matter = Matter(platform, workspace, guest, host, side)
                _post(tx, matter, asked, person, name=guest.name, now=now)


def say(tx: Tx, matter: Matter, change: Change, now: datetime, *, by: Person) -> Question | None:
    """Let an administrator speak for their side; return the question, or None once it has joined.

    The first network speaks only where it was asked; a workspace may speak first. Raises `Refused`.
    """
    if matter.joined:
        raise Refused(_ALREADY)
    asked = store.locked_question(tx, matter.platform, matter.workspace)
    if matter.side is Side.HOST and (asked is None or not _was_asked(tx, matter, asked, by)):
        raise Refused(_UNKNOWN)
    if matter.side is Side.GUEST and change is Change.YES:
        asked = _opened(tx, matter, asked, now)
    if asked is None:
        raise Refused(_why_not(Impossible.NOTHING_SAID))
    said = decide(asked, matter.side, change, now, by=by.id)
    if isinstance(said, Impossible):
        raise Refused(_why_not(said))
    cards = _cards_about(tx, matter, said, now)
    if said.agreed:
        _join(tx, matter)
        other = said.said_by(matter.side.other)
        detail = {"other": other.by} if other and other.by else {}
        audit.record(
            tx, matter.host.id, by.id, "workspace.joined", matter.subject, now=now, **detail
        )
    else:
        store.save_question(tx, matter.platform, matter.workspace, said)
        did = f"workspace.{change.value}"
        audit.record(tx, by.network.id, by.id, did, matter.subject, now=now)
        if change is Change.YES:
            _ask_all(tx, matter.other, said, matter.guest.name, now)
    for key in cards:
        outbox.refresh(tx, key, now)
    return None if said.agreed else said


def let_in(tx: Tx, row: str, now: datetime) -> str:
    """Let a workspace, as `platform/workspace`, join the first network by the operator's word alone.

    It stands for both sides, because the operator holds what both keep here. Returns what the
    workspace was called. Raises `Refused` where it belongs there, or has no network to itself.
    """
    host = store.first_network(tx)
    if host is None:
        raise Refused(_UNKNOWN)
    matter = matter_of(tx, row, host)
    if matter.joined:
        raise Refused(_ALREADY)
    asked = store.locked_question(tx, matter.platform, matter.workspace)
    cards = _cards_about(tx, matter, asked, now) if asked else ()
    _join(tx, matter)
    audit.record(tx, host.id, None, "workspace.let_in", matter.subject, now=now)
    for key in cards:
        outbox.refresh(tx, key, now)
    return matter.guest.name


def _opened(tx: Tx, matter: Matter, asked: Question | None, now: datetime) -> Question:
    """Return the question as a workspace that speaks may answer it: asked now if it is not open."""
    if asked is None:
        asked = Question(now)
        store.add_question(tx, matter.platform, matter.workspace, asked)
    return asked_again(asked, now) or asked


def _join(tx: Tx, matter: Matter) -> None:
    """Let a workspace's network become part of the first, with all that was done in it."""
    if store.workspaces_in(tx, matter.guest.id) > 1:
        raise Refused(_TOGETHER)
    store.forget_question(tx, matter.platform, matter.workspace)
    _carry_over(tx, matter.guest.id, matter.host.id)


def _carry_over(tx: Tx, old: int, new: int) -> None:
    """Let every row of one network be the other's; of what a network has one, the other's stays."""
    load_tables()  # an operator's command has imported only some of them
    for table in metadata.sorted_tables:
        if FOR_GOOD in table.info:
            theirs = select(table.c.network_id).where(table.c.network_id == old).limit(1)
            if tx.execute(theirs).first() is not None:
                raise Refused(_LEDGER)
    merging.join(tx, old, new)
    fulltext.joined(tx, old, new)
    for table in metadata.sorted_tables:
        column = table.c.get("network_id")
        if column is None or table is erasure or FOR_GOOD in table.info:
            continue  # erasures stay as the journal outside the database has them
        if column.primary_key:
            _drop_twice(tx, table, (old, new))
        for rule in table.constraints:
            if isinstance(rule, UniqueConstraint) and column.name in rule.columns:
                _become_one(
                    tx, table, [each for each in rule.columns if each is not column], (old, new)
                )
        tx.execute(update(table).where(column == old).values(network_id=new))
    tx.execute(delete(store.network).where(store.network.c.id == old))


def _drop_twice(tx: Tx, table: Table, networks: tuple[int, int]) -> None:
    """Drop what the other network has too, in a table whose key begins with the network."""
    theirs, (old, new) = table.alias("theirs"), networks
    alike = [each.name for each in table.primary_key.columns if each.name != "network_id"]
    same = (theirs.c[name] == table.c[name] for name in alike)
    there = select(theirs.c.network_id).where(theirs.c.network_id == new, *same).exists()
    tx.execute(delete(table).where(table.c.network_id == old, there))


def _become_one(
    tx: Tx, table: Table, alike: Sequence[Column[Any]], networks: tuple[int, int]
) -> None:
    """Let rows that both networks have, alike in these columns, be the other's; what names them follows."""
    mine, theirs = table.alias("mine"), table.alias("theirs")
    same = and_(*(mine.c[each.name] == theirs.c[each.name] for each in alike))
    both = select(mine.c.id, theirs.c.id.label("stays")).join(theirs, same)
    old, new = networks
    both = both.where(mine.c.network_id == old, theirs.c.network_id == new)
    twice = {row.id: row.stays for row in tx.execute(both)}
    if not twice:
        return
    naming = [
        key.parent
        for other in metadata.sorted_tables
        for key in other.foreign_keys
        if key.column is table.c.id
    ]
    for row, stays in twice.items():
        for each in naming:
            if list(each.table.primary_key.columns) == [
                each
            ]:  # one for each row: the other's stays
                there = select(each).where(each == stays)
                if tx.execute(there).one_or_none() is not None:
                    tx.execute(delete(each.table).where(each == row))
            tx.execute(update(each.table).where(each == row).values({each.name: stays}))
    tx.execute(delete(table).where(table.c.id.in_(twice)))


def _ask_all(tx: Tx, matter: Matter, asked: Question, name: str, now: datetime) -> None:
    for person in _administrators(tx, matter, now):
        _post(tx, matter, asked, person, name=name, now=now)


def _post(
    tx: Tx, matter: Matter, asked: Question, person: Person, *, name: str, now: datetime
) -> None:
    args: outbox.Args = {"platform": matter.platform, "workspace": matter.workspace, "name": name}
    key = _key(matter, asked, person)
    notices.tell_now(tx, JOINING, person, _CARDS[matter.side], args, key=key, now=now)


def _administrators(tx: Tx, matter: Matter, now: datetime) -> Iterator[Person]:
    network = matter.host if matter.side is Side.HOST else matter.guest
    for number in roles.holders(tx, network.id, [Role.ADMINISTRATOR], now=now):
        person = store.by_id(tx, number, matter.platform if matter.side is Side.GUEST else "")
        if person is not None:
            yield person


def _was_asked(tx: Tx, matter: Matter, asked: Question, person: Person) -> bool:
    key = _key(matter, asked, person)
    return bool(outbox.standing(tx, [key])) or notices.was_told(tx, key)


def _cards_about(tx: Tx, matter: Matter, asked: Question, now: datetime) -> Collection[str]:
    """Return the keys of every card that asks about a workspace, those on their way too."""
    to = [(each, who) for each in (matter, matter.other) for who in _administrators(tx, each, now)]
    keys = (_key(each, asked, who) for each, who in to)
    return {*keys, *outbox.standing_under(tx, f"workspace/{matter.row}/")}


def _key(matter: Matter, asked: Question, person: Person) -> str:
    """Return the key of the card that asks somebody; asked anew, it is another."""
    again = f"/{asked.round}" if asked.round > 1 else ""
    return f"workspace/{matter.row}/{_CARDS[matter.side]}/{person.id}{again}"


def _why_not(what: Impossible) -> Sentence:
    match what:
        case Impossible.LAPSED:
            return msg(
                "Nobody decided within 30 days, so that question is closed. Who administers the"
                " workspace can ask again: `/pln network join`."
            )
        case Impossible.SAID_ALREADY:
            return msg("Your side has said so already.")
        case Impossible.NOTHING_SAID:
            return msg("Your side has said nothing yet that could be taken back.")
        case Impossible.DECLINED:
            return msg("The other side has said no.")
        case _:
            assert_never(what)
