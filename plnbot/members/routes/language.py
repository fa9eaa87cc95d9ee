"""The language that the bot speaks with a member."""

from dataclasses import replace

from plnbot.engine.parts import YOU
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.errors import Refused
from plnbot.members import store
from plnbot.talk.cards import Actions, Card, Option, Paragraph, Select, Tone
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.text import verbatim
from plnbot.talk.words import LOCALES, msg

routes = Routes()


@routes.command(
    "me language",
    was="language",
    needs=ANYONE,
    part=YOU,
    about=msg("Choose the language I speak with you"),
    example=msg("/pln me language"),
)
def language(ctx: Context, _words: str) -> Answer:
    """Show the languages there are."""
    return Reply(_language_card(ctx))


@routes.press("members.language", needs=ANYONE)
def language_pressed(ctx: Context, _press: Press) -> Answer:
    """Show the languages there are."""
    return Reply(_language_card(ctx))


@routes.press("members.speak", needs=ANYONE)
def speak(ctx: Context, press: Press) -> Answer:
    """Speak the chosen language from now on."""
    if press.value not in LOCALES:
        raise Refused(msg("Please choose one from the list."))
    store.change_member(ctx.tx, ctx.person.id, locale=press.value)
    t = replace(ctx.t, locale=press.value)
    said = t("From now on I speak English with you.")
    return Reply(Card(t("Language"), (Paragraph(said),), Tone.GOOD))


def _language_card(ctx: Context) -> Card:
    options = tuple(Option(code, verbatim(name)) for code, name in LOCALES.items())
    select = Select(ctx.t("Choose a language"), "members.speak", options)
    return Card(ctx.t("Language"), (Actions((select,)),))
