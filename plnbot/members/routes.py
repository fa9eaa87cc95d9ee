"""Members: what they tell, home, language, links, their data, roles and help, in one."""

from dataclasses import replace

from plnbot.engine.links import personal_link
from plnbot.engine.parts import Part
from plnbot.engine.ports import SignIns
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.errors import Refused
from plnbot.members import cards, store
from plnbot.members.administering import administering
from plnbot.members.helping import helping
from plnbot.members.joining import joining
from plnbot.members.own_data import own_data
from plnbot.members.personal import PERSONAL
from plnbot.members.telling import telling
from plnbot.talk.cards import Actions, Card, Option, PageButton, Paragraph, Select, Tone
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Page
from plnbot.talk.text import verbatim
from plnbot.talk.words import LOCALES, msg


def member_routes(sign_ins: SignIns) -> Routes:
    """Return the routes of this capability."""
    routes = Routes()
    _home_routes(routes)
    routes.include(telling)
    _language_routes(routes)
    _link_routes(routes, sign_ins)
    for part in (own_data, joining, administering, helping):
        routes.include(part)
    routes.personal.append(PERSONAL)
    return routes


def _language_routes(routes: Routes) -> None:
    @routes.command(
        "language",
        needs=ANYONE,
        part=Part.YOU,
        about=msg("Choose the language I speak with you"),
        example=msg("/pln language"),
    )
    def language(ctx: Context, _words: str) -> Answer:
        return Reply(_language_card(ctx))

    @routes.press("members.language", needs=ANYONE)
    def language_pressed(ctx: Context, _press: Press) -> Answer:
        return Reply(_language_card(ctx))

    @routes.press("members.speak", needs=ANYONE)
    def speak(ctx: Context, press: Press) -> Answer:
        if press.value not in LOCALES:
            raise Refused(msg("Please choose one from the list."))
        store.change_member(ctx.tx, ctx.person.id, locale=press.value)
        t = replace(ctx.t, locale=press.value)
        said = t("From now on I speak English with you.")
        return Reply(Card(t("Language"), (Paragraph(said),), Tone.GOOD))


def _home_routes(routes: Routes) -> None:
    @routes.command(
        "home",
        needs=ANYONE,
        part=Part.YOU,
        about=msg("Open your home: next chat, goals and more"),
        example=msg("/pln home"),
    )
    def home(ctx: Context, _words: str) -> Answer:
        shown = _home_cards(ctx)
        button = Actions((PageButton(ctx.t("Open my home"), "home"),))
        title = ctx.t("Hello, {name}", name=ctx.person.name[:60])
        lines = tuple(Paragraph(card.title) for card in shown[:4])
        return Reply(Card(title, (*lines, button)))

    @routes.page("home", needs=ANYONE)
    def home_page(ctx: Context, _row: str) -> Page:
        title = ctx.t("Hello, {name}", name=ctx.person.name)
        return Page(title, tuple(_home_cards(ctx)), live=f"member:{ctx.person.id}")


def _link_routes(routes: Routes, sign_ins: SignIns) -> None:
    @routes.command(
        "web",
        needs=ANYONE,
        part=Part.YOU,
        about=msg("Get a link that opens your pages, once"),
        example=msg("/pln web"),
    )
    def web(ctx: Context, _words: str) -> Answer:
        url = sign_ins.link(ctx.tx, ctx.person.ref, "/page/home", ctx.now)
        return Reply(personal_link(ctx.t, url).card)


def _home_cards(ctx: Context) -> list[Card]:
    profile, started_at = store.profile_of(ctx.tx, ctx.person.id)
    shown = [] if started_at else [cards.nudge(ctx.t)]
    shown += [card for make in ctx.catalogue.home if (card := make(ctx)) is not None]
    if profile.goals:
        shown.append(cards.goals(ctx.t, profile))
    if started_at:
        # The goals have a card of their own above.
        shown.append(cards.profile(ctx.t, ctx.person, replace(profile, goals=())))
    return shown


def _language_card(ctx: Context) -> Card:
    options = tuple(Option(code, verbatim(name)) for code, name in LOCALES.items())
    select = Select(ctx.t("Choose a language"), "members.speak", options)
    return Card(ctx.t("Language"), (Actions((select,)),))
