"""Help: what this person can do, by what people come for, and one command with an example."""

import difflib
from collections.abc import Iterator, Sequence

from plnbot.engine.parts import HELP, Part, Shelf
from plnbot.engine.ports import Argument, On, Shortcut
from plnbot.engine.roles import ANYONE, ROLE_NAMES, Role, holders
from plnbot.engine.routes import CommandRoute, Context, Routes
from plnbot.members.routes import doing
from plnbot.talk import limits
from plnbot.talk.cards import Actions, Block, Button, Card, Field, Fields, Look, Option, Paragraph
from plnbot.talk.fallback import short_words, shortened
from plnbot.talk.interactions import Answer, Press, Reply
from plnbot.talk.pages import Head, Heading, Page, PageBlock, Rows
from plnbot.talk.text import Bold, Code, Text, clean, joined, verbatim
from plnbot.talk.words import Translate, msg

routes = Routes()
_LONGEST_ASKED = 60
_MOST_NAMED = 3
_LEAST_SOUGHT = 3  # shorter words stand in almost every sentence


def _suggest_commands(ctx: Context, typed: str) -> list[Option]:
    names = sorted(each.name for each in doing.allowed(ctx))
    return [Option(name, verbatim(name)) for name in names if typed.casefold() in name]


@routes.command(
    "help",
    needs=ANYONE,
    part=HELP,
    about=msg("See this list; with a word, one command and an example"),
    example=msg("/pln help where"),
    argument=Argument("command", msg("Which command? Left out, you see them all.")),
    suggest=_suggest_commands,
    shortcuts=(Shortcut("help_here", msg("What can I do?"), On.ROOM),),
)
def help_(ctx: Context, words: str) -> Answer:
    """Show everything this person can do, or what a word leads to."""
    asked = clean(words).removeprefix("/pln").strip().removeprefix("help").strip()
    if not asked:
        return _shelved(ctx, doing.allowed(ctx), _who_administers(ctx))
    asked_now = ctx.catalogue.before.get(asked.casefold(), asked.casefold())
    found = _led_to(ctx.t, doing.allowed(ctx), asked_now)
    if len(found) == 1:
        return Reply(_one(ctx.t, found[0]))
    return _shelved(ctx, found) if found else _unknown(ctx, asked)


@routes.press("members.help", needs=ANYONE)
def help_pressed(ctx: Context, _press: Press) -> Answer:
    """Show everything this person can do."""
    return _shelved(ctx, doing.allowed(ctx), _who_administers(ctx))


@routes.page("help", needs=ANYONE)
def help_page(ctx: Context, _row: str) -> Page:
    """Show the same on a page."""
    t, mine = ctx.t, doing.allowed(ctx)
    blocks: list[PageBlock] = [_who_administers(ctx)]
    for shelf in Shelf:
        for part, commands in doing.standing(ctx, mine, shelf):
            blocks.append(Heading(t.say(part.title), part.name))
            if part.tip:
                blocks.append(Paragraph(t.say(part.tip)))
            blocks.append(Rows(tuple(_entry(t, each) for each in commands), reads=True))
    about = t("Type these in any room, or do them from here. You see only what you may do.")
    return Page(t("What you can do"), tuple(blocks), contents=True, head=Head(about))


def _entry(t: Translate, command: CommandRoute) -> Card:
    """Return one command as an entry: what it is for, how it is typed, and the button that does it."""
    typed = Paragraph(Text((Code(t.say(command.example).bare()),)))
    title = shortened(t.say(command.about), limits.CARD_TITLE)
    return Card(title, (typed, Actions((Button(t("Do it"), doing.DO, command.name),))))


def _who_administers(ctx: Context) -> Paragraph:
    """Say whom to ask for what one may not do oneself."""
    t = ctx.t
    named = [_names(ctx, role) for role in (Role.ADMINISTRATOR, Role.MODERATOR)]
    administrators, moderators = (joined(map(verbatim, each)) for each in named)
    if not named[0]:
        return Paragraph(t("Nobody administers this network yet."), quiet=True)
    said = t("Ask {people}, who administers this network.", people=administrators)
    if len(named[0]) > 1:
        said = t("Ask {people}, who administer this network.", people=administrators)
    if named[1] and set(named[1]) != set(named[0]):
        said = joined((said, t("Chats are moderated by {people}.", people=moderators)), " ")
    return Paragraph(said, quiet=True)


def _names(ctx: Context, role: Role) -> list[str]:
    held = holders(ctx.tx, ctx.network.id, [role], now=ctx.now)
    found = ctx.directory.by_ids(ctx.tx, held[:_MOST_NAMED])
    return [short_words(each.name, 60) for each in found.values()]


def _led_to(t: Translate, mine: Sequence[CommandRoute], asked: str) -> Sequence[CommandRoute]:
    """Return the command of this name; else those with the word in their name, else about it."""
    ways = (
        lambda each: each.name == asked,
        lambda each: f" {asked}" in f" {each.name}",
        lambda each: len(asked) >= _LEAST_SOUGHT and asked in t.say(each.about).bare().casefold(),
    )
    found = ([each for each in mine if leads(each)] for leads in ways)
    return next(filter(None, found), [])


def _shelved(ctx: Context, commands: Sequence[CommandRoute], *first: Paragraph) -> Reply:
    """Show commands by part; what asks for a role stands on cards of its own."""
    t = ctx.t
    cards = [
        Card(t.say(shelf.title), tuple(_blocks(t, standing[at : at + limits.ROWS])))
        for shelf in Shelf
        if (standing := list(doing.standing(ctx, commands, shelf)))
        for at in range(0, len(standing), limits.ROWS)
    ]
    if first:
        cards[0] = Card(cards[0].title, (*first, *cards[0].blocks))
    return Reply(cards[0], more=tuple(cards[1:]))


def _blocks(
    t: Translate, standing: Sequence[tuple[Part, Sequence[CommandRoute]]]
) -> Iterator[Block]:
    """Yield each part's commands to read, and below them to choose."""
    for part, commands in standing:
        yield _paragraph(t, part, commands)
        yield doing.choice(t, part, commands)


def _paragraph(t: Translate, part: Part, commands: Sequence[CommandRoute]) -> Paragraph:
    tip = (t.say(part.tip),) if part.tip else ()
    title = Text((Bold(t.say(part.title).bare()),))
    return Paragraph(joined((title, *tip, *(_line(t, each) for each in commands)), "\n"))


def _line(t: Translate, command: CommandRoute) -> Text:
    """Return one command as it is typed, and what it is for."""
    return Text((Code(t.say(command.example).bare()),)) + verbatim("  ") + t.say(command.about)


def _one(t: Translate, command: CommandRoute) -> Card:
    """Show one command: what it is for, an example, and what may follow it."""
    told = [Field(t("Example"), Text((Code(t.say(command.example).bare()),)))]
    if command.argument is not None:
        told.append(Field(t("What may follow"), t.say(command.argument.about)))
    blocks = (Paragraph(t.say(command.about)), Fields(tuple(told)), doing.do_it(t, command))
    return Card(Text((_typed(command.name),)), blocks, label=t.say(command.part.title))


def _unknown(ctx: Context, asked: str) -> Reply:
    """Say that there is no such command, or whose it is, and show what there is."""
    t, mine, name = ctx.t, doing.allowed(ctx), short_words(asked, _LONGEST_ASKED)
    others = None if name != asked else _before(ctx, asked.casefold())
    if others is not None:
        roles = joined(t.say(ROLE_NAMES[each]) for each in ROLE_NAMES if each in others.needs.roles)
        said = t("{command} is for somebody else: {roles}.", command=_typed(name), roles=roles)
        return _shelved(ctx, mine, Paragraph(said))
    near = difflib.get_close_matches(name.casefold(), [each.name for each in mine], 1, 0.5)
    if not near:
        said = t("I only know commands, and none begins like this: {words}", words=Code(name))
        choose = Actions((Button(t("What can I do?"), "members.help", look=Look.PRIMARY),))
        return Reply(Card(t("Here is what I understand"), (Paragraph(said), choose)))
    said = t("I do not know `/pln` {words}.", words=Code(name))
    said = said + verbatim(" ") + t("Did you mean {command}?", command=_typed(near[0]))
    return _shelved(ctx, mine, Paragraph(said))


def _before(ctx: Context, asked: str) -> CommandRoute | None:
    """Return the command that is called so, or was before."""
    return ctx.catalogue.commands.get(ctx.catalogue.before.get(asked, asked))


def _typed(name: str) -> Code:
    return Code(f"/pln {name}")
