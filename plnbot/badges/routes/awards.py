"""Awards: taken along as a file, shown to anybody who has the address, withdrawn; and the keys that sign."""

import json
from collections.abc import Sequence

from plnbot.badges.actions import assessing, issuing
from plnbot.badges.cards import awarded
from plnbot.badges.routes.objects import A_KEY, ADMINISTERS, AN_AWARD, CURATES, MY_AWARD
from plnbot.badges.store import applications, awards, definitions
from plnbot.badges.store.awards import Award, Key
from plnbot.badges.store.definitions import Badge, topic
from plnbot.engine import audit
from plnbot.engine.context import Anybody
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.errors import Refused
from plnbot.openbadges import keys, picture
from plnbot.store.database import Tx
from plnbot.talk import limits
from plnbot.talk.cards import Button, Card, Option, Paragraph
from plnbot.talk.fallback import shortened
from plnbot.talk.forms import (
    AnyInput,
    ChoiceInput,
    FieldErrors,
    Form,
    MultiChoiceInput,
    TextInput,
    chosen,
)
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import File, Head, Missing, Page
from plnbot.talk.text import verbatim
from plnbot.talk.words import Translate, msg

routes = Routes()
AWARD, LISTS, ISSUER = "award", "awards", "issuer"
"""Pages and files that anybody may read: `/open/award/CODE`, `/open/awards/CODE/list.json`, …"""
_JSON = "application/vc+ld+json"
_MAIL = 254


def _badge(tx: Tx, it: Award) -> Badge:
    return definitions.at_version(tx, it.badge, it.version)


@routes.press("badges.take", needs=ANYONE, of=MY_AWARD)
def take(ctx: Context, _press: Press, it: Award) -> Answer:
    """Ask for whose address it is, and what it shows."""
    return OpenForm(_take_form(ctx, str(it.id), it))


def _take_form(ctx: Context, row: str, it: Award) -> Form:
    t = ctx.t
    email = TextInput(
        name="email",
        label=t("Your e-mail address"),
        hint=t("One you keep when you change districts. Only a hash of it is kept."),
        most=_MAIL,
        required=True,
    )
    name = ChoiceInput(
        name="name",
        label=t("Your name on its page"),
        options=(Option("no", t("Not shown")), Option("yes", t("Shown"))),
        value="yes" if it.name else "no",
    )
    inputs: list[AnyInput] = [email, name]
    if shown := _could_show(ctx.tx, it):
        inputs.append(
            MultiChoiceInput(
                name="shows",
                label=t("What of your evidence goes with it?"),
                hint=t("Whoever reads the badge reads this."),
                options=tuple(
                    Option(str(at), shortened(verbatim(called), limits.OPTION_LABEL))
                    for at, (_number, called, _words) in enumerate(shown)
                ),
                value=tuple(str(at) for at, each in enumerate(shown) if each[0] in it.shows),
            )
        )
    return Form("badges.take", t("Take it along"), tuple(inputs), t("Make it"), row, unkept=True)


def _could_show(tx: Tx, it: Award) -> Sequence[tuple[str, str, str]]:
    """Return what could go with an award: criteria for which something was written."""
    if it.application is None:
        return ()
    answers = applications.found(tx, it.application).answers
    criteria = _badge(tx, it).terms.criteria
    return [(each.id, each.name, answers[each.id]) for each in criteria if each.id in answers]


@routes.form("badges.take", build=_take_form, needs=ANYONE, of=MY_AWARD)
def taken(ctx: Context, _row: str, values: Values, it: Award) -> Answer:
    """Have it written and signed."""
    if it.withdrawn_at is not None:
        raise Refused(msg("This one was withdrawn."))
    email = str(values["email"]).strip()
    before, at, behind = email.rpartition("@")
    if not at or not before or "." not in behind or " " in email:
        return FieldErrors({"email": msg("That is no e-mail address, such as sam@example.org.")})
    changed = issuing.take_along(
        ctx.tx,
        it,
        email,
        shows=[_could_show(ctx.tx, it)[int(each)][0] for each in chosen(values.get("shows"))],
        name=ctx.person.name if values["name"] == "yes" else "",
        address=ctx.address,
        now=ctx.now,
    )
    return Reply(awarded.own(ctx.t, changed, _badge(ctx.tx, changed)))


def address_of(it: Award) -> str:
    """Return where anybody sees an award, empty where pages have no address."""
    return f"{it.address}/open/{AWARD}/{it.code}" if it.address else ""


@routes.page("badges.award", needs=ANYONE, of=MY_AWARD)
def award_page(ctx: Context, _row: str, it: Award) -> Page:
    """Show an award to its owner."""
    live = f"member:{ctx.person.id}"
    return awarded.owners_page(ctx.t, it, _badge(ctx.tx, it), address_of(it), live)


@routes.file("badges.json", needs=ANYONE, of=MY_AWARD)
def as_json(_ctx: Context, _row: str, it: Award) -> File | Missing:
    """Give an award as its file."""
    return _json_file(it)


@routes.file("badges.png", needs=ANYONE, of=MY_AWARD)
def as_picture(ctx: Context, _row: str, it: Award) -> File | Missing:
    """Give an award as a picture that carries it."""
    return _picture_file(ctx.tx, it)


def _json_file(it: Award) -> File | Missing:
    if not it.signed or it.withdrawn_at is not None:
        return Missing()
    return File(f"badge-{it.code[:8]}.json", _JSON, it.credential.encode())


def _picture_file(tx: Tx, it: Award) -> File | Missing:
    name = _badge(tx, it).terms.name
    drawn = picture.drawn(name, issuing.picture_words(Translate(), name))
    if it.signed and it.withdrawn_at is None:
        drawn = picture.baked(drawn, it.credential)
    return File(f"badge-{it.code[:8]}.png", "image/png", drawn)


@routes.press("badges.withdraw", needs=CURATES, of=AN_AWARD)
def withdraw(ctx: Context, _press: Press, it: Award) -> Answer:
    """Ask why."""
    return OpenForm(_why_form(ctx, str(it.id), it))


def _why_form(ctx: Context, row: str, _it: Award) -> Form:
    t = ctx.t
    why = TextInput(
        name="why",
        label=t("Why?"),
        hint=t("They read this word for word."),
        long=True,
        most=600,
        required=True,
    )
    return Form("badges.withdraw", t("Withdraw it"), (why,), t("Withdraw it"), row)


@routes.form("badges.withdraw", build=_why_form, needs=CURATES, of=AN_AWARD)
def withdrawn(ctx: Context, _row: str, values: Values, it: Award) -> Answer:
    """Withdraw it: whoever looks reads since when."""
    why = str(values["why"])
    gone = assessing.withdraw(ctx.tx, it, why, ctx.directory, ctx.now, by=ctx.person)
    badge = _badge(ctx.tx, gone)
    return Reply(
        Card(
            ctx.t("Withdrawn"),
            (Paragraph(ctx.t("{name}: withdrawn. They are told.", name=badge.terms.name)),),
        )
    )


@routes.page("badges.keys", needs=ANYONE)
def keys_page(ctx: Context, _row: str) -> Page:
    """Show the keys that sign here; administrators replace the present one."""
    t, found = ctx.t, awards.keys(ctx.tx, ctx.network.id)
    title = t("Keys of micro-credentials")
    if not found:
        return Page(
            title,
            (
                Paragraph(
                    t("The first key is made when somebody takes an award along."), quiet=True
                ),
            ),
        )
    issuer = issuing.issuer_of(found, ctx.address)
    fingerprints = [(each, keys.read_multikey(each.public).fingerprint) for each in found]
    actions: tuple[Button, ...] = ()
    if ctx.may(ADMINISTERS) and found[0].replaced_at is None:
        sure = t("A new key signs from then on. What this one signed stays good.")
        actions = (Button(t("Replace the key"), "badges.key", confirm=sure),)
    blocks = awarded.keys(
        t, ctx.network.name, fingerprints, issuer, administers=ctx.may(ADMINISTERS)
    )
    return Page(title, tuple(blocks), live=topic(ctx.network.id), head=Head(actions=actions))


@routes.press("badges.key", needs=ADMINISTERS)
def replace_key(ctx: Context, _press: Press) -> Answer:
    """Have a new key sign from now on."""
    if issuing.replace_key(ctx.tx, ctx.network.id, ctx.now):
        audit.record(ctx.tx, ctx.network.id, ctx.person.id, "badges.key", "badge:0", now=ctx.now)
    said = ctx.t("The next award is signed with a new key. What the old one signed stays good.")
    return Reply(Card(ctx.t("Replace the key"), (Paragraph(said),)))


@routes.press("badges.key_lost", needs=ADMINISTERS, of=A_KEY)
def withdraw_key(ctx: Context, _press: Press, it: Key) -> Answer:
    """Have a key that was lost or stolen count for nothing, and sign anew what stands."""
    issuing.withdraw_key(ctx.tx, it, ctx.directory, ctx.now)
    audit.record(
        ctx.tx,
        ctx.network.id,
        ctx.person.id,
        "badges.key_withdrawn",
        "badge:0",
        now=ctx.now,
        fingerprint=keys.read_multikey(it.public).fingerprint[:9],
    )
    said = ctx.t(
        "What it signed counts no more. Awards that stand are signed anew now, and their owners are told."
    )
    return Reply(Card(ctx.t("Key withdrawn"), (Paragraph(said),)))


def _found(anybody: Anybody, row: str) -> Award | None:
    it = awards.by_code(anybody.tx, row.strip().lower()) if row.isalnum() else None
    return it if it is not None and it.asked else None


@routes.public_page(AWARD)
def public(anybody: Anybody, row: str) -> Page:
    """Show an award to anybody who has its address, and since when it counts no more."""
    t, it = anybody.t, _found(anybody, row)
    if it is None:
        nothing = Paragraph(
            t("There is no award at this address, or its owner has not taken it along.")
        )
        return Page(t("Micro-credential"), (nothing,))
    badge = _badge(anybody.tx, it)
    shown = [
        (name, words) for number, name, words in _could_show(anybody.tx, it) if number in it.shows
    ]
    alt = issuing.picture_words(t, badge.terms.name)
    return awarded.public(
        t,
        it,
        badge,
        network=awards.network_name(anybody.tx, it.network),
        shown=shown,
        drawn=picture.as_address(picture.drawn(badge.terms.name, alt)),
        alt=alt,
        now=anybody.now,
        live=awards.open_topic(it.code),
    )


@routes.public_file(f"{AWARD}/badge.json")
def public_json(anybody: Anybody, row: str) -> File | Missing:
    """Give an award as its file to anybody who has its address."""
    it = _found(anybody, row)
    return Missing() if it is None else _json_file(it)


@routes.public_file(f"{AWARD}/badge.png")
def public_picture(anybody: Anybody, row: str) -> File | Missing:
    """Give an award as its picture to anybody who has its address."""
    it = _found(anybody, row)
    return Missing() if it is None else _picture_file(anybody.tx, it)


@routes.public_file(f"{LISTS}/list.json")
def public_list(anybody: Anybody, row: str) -> File | Missing:
    """Give the list of what became of awards, in which nobody sees whose is whose."""
    found = awards.list_at(anybody.tx, row) if row.isalnum() else None
    if found is None or not found.text:
        return Missing()
    return File("list.json", _JSON, found.text.encode())


@routes.public_file(f"{ISSUER}/did.json")
def public_keys(anybody: Anybody, row: str) -> File | Missing:
    """Give the keys of a network to verifiers, by the key that names its place."""
    found = awards.keys_at(anybody.tx, row) if row.isalnum() else ()
    address = awards.address_of(anybody.tx, row) if found else ""
    if not address:
        return Missing()
    document = issuing.document_of(found, issuing.issuer_of(found, address))
    return File("did.json", "application/did+json", json.dumps(document).encode())
