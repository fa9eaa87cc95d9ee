"""A workspace that somebody connected, and whether it is to belong to the operator's own network.

Anybody may invite a public bot, or install an app that is offered to all. So such a workspace has a
network of its own, and who administers the first one is asked whether it is theirs.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from plnbot.engine import audit, outbox, roles
from plnbot.engine.ports import Network
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context, Routes, Showing
from plnbot.engine.store import erasure
from plnbot.errors import Refused
from plnbot.members import store
from plnbot.store.database import Tx
from plnbot.store.schema import metadata
from plnbot.talk.cards import Actions, Button, Card, Paragraph, Tone
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.words import Translate, msg

joining = Routes()
ASKS = "members.asks_to_join"
_PLATFORMS = {"slack": "Slack", "discord": "Discord"}


def ask(tx: Tx, first: Network, platform: str, workspace: str, name: str, now: datetime) -> None:  # noqa: PLR0913 - who is to be asked about what
    """Ask the first network's administrators, each once, whether a new workspace is theirs."""
    args: outbox.Args = {"platform": platform, "workspace": workspace, "name": name}
    for number in roles.holders(tx, first.id, [Role.ADMINISTRATOR]):
        person = store.by_id(tx, number, "")
        if person is not None:
            key = f"workspace/{platform}/{workspace}/{ASKS}/{number}"
            outbox.post(tx, first.id, person.ref, ASKS, args, key=key, at=now)


def let_in(tx: Tx, row: str, to: Network, now: datetime, *, by: int | None) -> str:
    """Let a workspace, as `platform/workspace`, and all that was done in it belong to a network.

    Returns what it was called. Raises `Refused` where the network is not the first, or the workspace
    has none to itself.
    """
    platform, _, workspace = row.partition("/")
    there = store.network_of(tx, platform, workspace)
    first = store.first_network(tx)
    if there is None or first is None or first.id != to.id:
        raise Refused(msg("No such workspace is known, or that cannot be decided here."))
    if there.id == to.id:
        raise Refused(msg("It belongs to your network already."))
    if store.workspaces_in(tx, there.id) > 1:
        raise Refused(msg("It has a network together with others, and stays in that."))
    _carry_over(tx, there.id, to.id)
    audit.record(tx, to.id, by, "workspace.admitted", f"workspace:{row}", now)
    for number in roles.holders(tx, to.id, [Role.ADMINISTRATOR]):
        outbox.refresh(tx, f"workspace/{row}/{ASKS}/{number}", now)
    return there.name


def _carry_over(tx: Tx, old: int, new: int) -> None:
    """Let every row of one network be the other's; of what a network has one, the other's stays."""
    for table in metadata.sorted_tables:
        column = table.c.get("network_id")
        if column is None or table is erasure:
            continue  # erasures stay as the journal outside the database has them
        alone = list(table.primary_key.columns) == [column]
        if alone and tx.execute(select(column).where(column == new)).one_or_none() is not None:
            tx.execute(delete(table).where(column == old))
        tx.execute(update(table).where(column == old).values(network_id=new))
    tx.execute(delete(store.network).where(store.network.c.id == old))


@joining.card(ASKS)
def asks_to_join(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Ask an administrator, or say what became of it."""
    platform, workspace = str(args["platform"]), str(args["workspace"])
    there = store.network_of(to.tx, platform, workspace)
    if there is None:
        return None
    where = _PLATFORMS.get(platform, platform)
    if there.id == to.network.id:
        return _joined(to.t, str(args["name"]), where)
    t = to.t
    title = t("{name} has connected on {where}", name=str(args["name"]), where=where)
    said = t(
        "It has a network of its own: nobody there sees anything of yours, nor you of theirs. If it is"
        " none of yours, there is nothing to do."
    )
    sure = t(
        "Everybody there becomes a member of your network, with their chats, and who administers it"
        " there administers yours too."
    )
    button = Button(
        t("It is ours: let it join"), "members.admit", f"{platform}/{workspace}", confirm=sure
    )
    return Card(title, (Paragraph(said), Actions((button,))))


@joining.press("members.admit", needs=needs(Role.ADMINISTRATOR))
def admitted(ctx: Context, press: Press) -> Answer:
    """Let a workspace join the network of whoever administers it."""
    name = let_in(ctx.tx, press.row, ctx.network, ctx.now, by=ctx.person.id)
    platform = press.row.partition("/")[0]
    return Reply(_joined(ctx.t, name, _PLATFORMS.get(platform, platform)))


def _joined(t: Translate, name: str, where: str) -> Card:
    said = t("{name} on {where} belongs to your network.", name=name, where=where)
    return Card(t("It has joined"), (Paragraph(said),), Tone.GOOD)
