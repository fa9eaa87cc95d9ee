"""Districts and schools, for administrators: what members typed is settled, and doubles become one."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.engine.at_home import Waiting
from plnbot.engine.audit import Entry, number_of
from plnbot.engine.objects import Object, open_to_all
from plnbot.engine.parts import NETWORK
from plnbot.engine.roles import Role, needs
from plnbot.engine.routes import Context, Routes, Values
from plnbot.engine.searching import DISTRICTS
from plnbot.errors import Refused
from plnbot.members.actions import districts
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.routes.searching import SCHOOLS
from plnbot.members.store import organisations
from plnbot.members.store.organisations import Counted
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.cards import Actions, Button, Card, Look, PageButton, Paragraph, Tone
from plnbot.talk.forms import Form, Picked, SearchInput, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Sentence, Value, msg

routes = Routes()
ADMINISTERS = needs(Role.ADMINISTRATOR)
_SOURCES = {OrganisationKind.DISTRICT: DISTRICTS, OrganisationKind.SCHOOL: SCHOOLS}
_TITLES: Mapping[OrganisationKind, Sentence] = {
    OrganisationKind.DISTRICT: msg("Districts"),
    OrganisationKind.SCHOOL: msg("Schools"),
}
_TO_SETTLE = 25


def _load(tx: Tx, row: str) -> Organisation | None:
    return organisations.get(tx, row_number(row), network=None)


def _merged_away(_ctx: Context, row: Organisation) -> Sentence | None:
    return districts.GONE if row.merged_into is not None else None


AN_ORGANISATION: Object[Organisation] = Object(
    "organisation",
    load=_load,
    network=lambda row: row.network,
    scope=lambda row: str(row.id),
    gone=districts.GONE,
    closed=_merged_away,
)
# What stands no more by itself can only be taken apart again: a name given to it would be lost.
WHAT_WAS_MERGED = replace(AN_ORGANISATION, name="merged organisation", closed=open_to_all)


def _load_two(tx: Tx, row: str) -> tuple[Organisation, Organisation] | None:
    goes, _, stays = row.partition("-")
    one, other = _load(tx, goes), _load(tx, stays)
    return (one, other) if one and other and one.network == other.network else None


A_MERGE: Object[tuple[Organisation, Organisation]] = Object(
    "merge",
    load=_load_two,
    network=lambda two: two[0].network,
    scope=lambda two: str(two[0].id),
    gone=districts.GONE,
)


@routes.command(
    "network districts",
    was="districts",
    needs=ADMINISTERS,
    part=NETWORK,
    about=msg("Settle the districts and schools that members typed"),
    example=msg("/pln network districts"),
)
def districts_card(ctx: Context, _words: str) -> Answer:
    """Say how many there are and how many are to be settled, and lead to the page."""
    lines = []
    for kind, title in _TITLES.items():
        found = organisations.listed(ctx.tx, ctx.network.id, kind)
        waiting = sum(not each.row.settled for each in found)
        said = ctx.t(
            "**{title}**: {n}, to be settled: {waiting}",
            title=ctx.t.say(title),
            n=len(found),
            waiting=waiting,
        )
        lines.append(Paragraph(said))
    button = Actions((PageButton(ctx.t("Open the list"), "districts"),))
    return Reply(Card(ctx.t("Districts and schools"), (*lines, button)))


def districts_waiting(ctx: Context) -> Waiting | None:
    """Tell administrators of the districts and schools that members typed."""
    if not ctx.may(ADMINISTERS):
        return None
    rows = organisations.to_settle(ctx.tx, ctx.network.id, _TO_SETTLE)
    if not rows:
        return None
    return Waiting(
        ctx.t.n("{n} name to settle", "{n} names to settle", len(rows)),
        len(rows),
        verbatim("; ".join(each.name for each in rows[:3])),
        PageButton(ctx.t("Settle them"), "districts"),
    )


@routes.page("districts", needs=ADMINISTERS)
def districts_page(ctx: Context, _row: str) -> Page:
    """Show what waits to be settled first, then every district and school."""
    t = ctx.t
    blocks: list[PageBlock] = []
    for kind, title in _TITLES.items():
        found = organisations.listed(ctx.tx, ctx.network.id, kind)
        waiting = [each for each in found if not each.row.settled]
        settled = [each for each in found if each.row.settled]
        blocks.append(Heading(t.say(title), kind.value))
        if len(waiting) > _TO_SETTLE:
            blocks.append(Paragraph(t("{n} wait; these come first.", n=len(waiting))))
        rows = tuple(_card(ctx, each) for each in (*waiting[:_TO_SETTLE], *settled))
        blocks += [Rows(rows)] if rows else []
        if not found:
            blocks.append(Paragraph(t("None yet."), quiet=True))
    about = t(
        "What members type is kept as they typed it until you settle it here: as a district or"
        " school of its own, or as another name of one there is."
    )
    add = Button(t("Add a district"), "members.add_district", look=Look.PRIMARY)
    head = Head(about, actions=(add,))
    return Page(t("Districts and schools"), tuple(blocks), live="organisations", head=head)


def _card(ctx: Context, counted: Counted) -> Card:
    t, row = ctx.t, str(counted.row.id)
    about = [t.n("{n} member", "{n} members", counted.members)]
    if counted.row.kind is OrganisationKind.DISTRICT:
        about.append(t.n("{n} school", "{n} schools", counted.schools))
    if counted.names:
        about.append(t("also called {names}", names="; ".join(counted.names[:8])))
    line = Paragraph(_joined(about), quiet=True)
    if counted.row.settled:
        buttons = (
            Button(t("Another name"), "members.name_also", row),
            Button(t("Make it part of another"), "members.merge", row),
        )
        return Card(_called(counted.row), (line, Actions(buttons)))
    asked = (
        Button(t("Settle it"), "members.settle", row, Look.PRIMARY),
        Button(t("It is another name of …"), "members.merge", row),
    )
    return Card(_called(counted.row), (line, Actions(asked)), Tone.CAUTION, t("To be settled"))


def _called(row: Organisation) -> Text:
    return verbatim(f"{row.name} ({row.state})" if row.state else row.name)


def _joined(parts: list[Text]) -> Text:
    said = parts[0]
    for each in parts[1:]:
        said = said + verbatim(" · ") + each
    return said


def _named_form(ctx: Context, row: str, of: Organisation | None) -> Form:
    """Return the form that settles a row, or adds a district where there is none yet."""
    t = ctx.t
    inputs = (
        TextInput(
            name="name", label=t("Name"), value=of.name if of else "", most=120, required=True
        ),
        TextInput(name="state", label=t("State or country"), value=of.state if of else "", most=60),
    )
    intro = t("Other names that lead to it stay as they are.")
    return Form("members.settle", t("District or school"), inputs, t("Save"), row, intro)


@routes.press("members.add_district", needs=ADMINISTERS)
def add_pressed(ctx: Context, _press: Press) -> Answer:
    """Open the form for a new district."""
    return OpenForm(_named_form(ctx, "", None))


@routes.press("members.settle", needs=ADMINISTERS, of=AN_ORGANISATION)
def settle_pressed(ctx: Context, press: Press, of: Organisation) -> Answer:
    """Open the form with what was typed."""
    return OpenForm(_named_form(ctx, press.row, of))


@routes.form(
    "members.settle",
    build=_named_form,
    needs=ADMINISTERS,
    of=AN_ORGANISATION,
    without=ADMINISTERS,
)
def settle(ctx: Context, _row: str, values: Values, of: Organisation | None) -> Answer:
    """Settle it as it is called now, or add it."""
    name, state = str(values["name"]), str(values["state"])
    if of is None:
        new = Organisation(0, ctx.network.id, OrganisationKind.DISTRICT, name, state)
        districts.added(ctx.tx, new, ctx.now, by=ctx.person)
    else:
        districts.settled(ctx.tx, of.called(name, state), ctx.now, by=ctx.person)
    ctx.tx.announce("organisations")
    said = ctx.t("{name} is on the list now.", name=name)
    return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))


def _also_form(ctx: Context, row: str, of: Organisation) -> Form:
    t = ctx.t
    inputs = (TextInput(name="name", label=t("Another name"), most=120, required=True),)
    intro = t("Whoever types it belongs to {name} then.", name=of.name[:80])
    return Form("members.name_also", t("Another name"), inputs, t("Save"), row, intro)


@routes.press("members.name_also", needs=ADMINISTERS, of=AN_ORGANISATION)
def also_pressed(ctx: Context, press: Press, of: Organisation) -> Answer:
    """Open the form for another name."""
    return OpenForm(_also_form(ctx, press.row, of))


@routes.form("members.name_also", build=_also_form, needs=ADMINISTERS, of=AN_ORGANISATION)
def also(ctx: Context, _row: str, values: Values, of: Organisation) -> Answer:
    """Let another name lead to it."""
    districts.named_also(ctx.tx, of, str(values["name"]), ctx.now, by=ctx.person)
    ctx.tx.announce("organisations")
    said = ctx.t("{other} leads to {name} now.", other=str(values["name"]), name=of.name)
    return Reply(Card(ctx.t("Done"), (Paragraph(said),), Tone.GOOD))


def _merge_form(ctx: Context, row: str, of: Organisation) -> Form:
    t = ctx.t
    into = SearchInput(name="into", label=t("Which one?"), source=_SOURCES[of.kind], required=True)
    intro = t("You see what moves before anything does.")
    title = t("Make it part of") if of.settled else t("Another name of")
    return Form("members.merge", title, (into,), t("Preview"), row, intro)


@routes.press("members.merge", needs=ADMINISTERS, of=AN_ORGANISATION)
def merge_pressed(ctx: Context, press: Press, of: Organisation) -> Answer:
    """Ask which one it is to be part of."""
    return OpenForm(_merge_form(ctx, press.row, of))


@routes.form("members.merge", build=_merge_form, needs=ADMINISTERS, of=AN_ORGANISATION)
def merge_preview(ctx: Context, _row: str, values: Values, of: Organisation) -> Answer:
    """Show what would move, and ask."""
    stays = _picked(ctx, values["into"])
    shown = districts.preview(ctx.tx, of, stays, ctx.now)
    t = ctx.t
    moves = [t.n("{n} member", "{n} members", shown.members)]
    if of.kind is OrganisationKind.DISTRICT:
        moves.append(t.n("{n} school", "{n} schools", shown.schools))
    if shown.roles:
        moves.append(t.n("{n} role", "{n} roles", shown.roles))
    named = "; ".join(shown.names[:8])
    moves.append(t.n("the name {names}", "the names {names}", len(shown.names), names=named))
    said = t("Moves from {goes} to {stays}:", goes=_called(of), stays=_called(stays))
    button = Button(t("Make it one"), "members.merge_now", f"{of.id}-{stays.id}", Look.PRIMARY)
    card = Card(
        t("Preview"),
        (Paragraph(said), Paragraph(_joined(moves)), Actions((button,))),
        Tone.CAUTION,
    )
    return Reply(card)


@routes.press("members.merge_now", needs=ADMINISTERS, of=A_MERGE)
def merge(ctx: Context, _press: Press, two: tuple[Organisation, Organisation]) -> Answer:
    """Make it one, and offer the way back."""
    of, stays = two
    shown = districts.merge(ctx.tx, of.id, stays.id, ctx.now, by=ctx.person)
    ctx.tx.announce("organisations")
    t = ctx.t
    said = t("{goes} is part of {stays} now.", goes=shown.goes.name, stays=shown.stays.name)
    undo = Actions((Button(t("Take it back"), "members.unmerge", str(of.id)),))
    return Reply(Card(t("Done"), (Paragraph(said), undo), Tone.GOOD))


@routes.press("members.unmerge", needs=ADMINISTERS, of=WHAT_WAS_MERGED)
def unmerge(ctx: Context, _press: Press, of: Organisation) -> Answer:
    """Let what was merged stand by itself again."""
    row = districts.unmerge(ctx.tx, of.id, ctx.now, by=ctx.person)
    ctx.tx.announce("organisations")
    said = ctx.t("{name} stands by itself again, with what it had.", name=row.name)
    return Reply(Card(ctx.t("Taken back"), (Paragraph(said),), Tone.GOOD))


def _picked(ctx: Context, picked: object) -> Organisation:
    row = picked.row if isinstance(picked, Picked) else ""
    found = organisations.get(ctx.tx, row_number(row), network=ctx.network.id)
    if found is None:
        raise Refused(districts.GONE)
    return found


@routes.audit(
    {
        "organisation.added": msg("{who} added {name}"),
        "organisation.settled": msg("{who} settled {name}"),
        "organisation.named": msg("{who} let {other} lead to {name}"),
        "organisation.merged": msg("{who} made {name} part of {other}"),
        "organisation.unmerged": msg("{who} let {name} stand by itself again"),
    }
)
def told_of_an_organisation(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the district or school, and the other one or its other name."""
    name = organisations.name_of(ctx.tx, number_of(entry))
    return {"name": name, "other": str(entry.detail.get("other", ""))}
