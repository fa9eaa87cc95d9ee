"""A season of chats planned at once: its form, its preview, its hosts told and reminded, all taken back."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.chats import seasons, store
from plnbot.chats.actions import MODERATES, STARTS_CHATS, season, series
from plnbot.chats.actions.moderators import moderators_of
from plnbot.chats.cards import season as cards
from plnbot.chats.pages.season import lines_of, season_page
from plnbot.chats.parts import PLANNING
from plnbot.chats.plans import plans
from plnbot.chats.routes.objects import A_CHAT
from plnbot.chats.routes.pasted_or_document import Pasted, document_input, words_given
from plnbot.chats.routes.topics import here
from plnbot.chats.seasons import Asker
from plnbot.chats.store import Chat
from plnbot.chats.store import seasons as stored
from plnbot.chats.store.seasons import Season, SeasonState, SeasonWish
from plnbot.engine.objects import Object
from plnbot.engine.routes import Context, Due, Routes, Showing, Values
from plnbot.engine.searching import MEMBERS, Searches
from plnbot.errors import Refused
from plnbot.packs import offered
from plnbot.refs import row_number
from plnbot.talk import limits
from plnbot.talk.cards import Card, Option, Paragraph
from plnbot.talk.forms import ChoiceInput, FieldErrors, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Missing, Page
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Sentence, msg

routes = Routes()
Args = Mapping[str, str | int]
COACHES = replace(STARTS_CHATS, otherwise=msg("Seasons of chats are planned by moderators."))
_LIST = Pasted(
    "words",
    nothing=msg("Please paste the list, or choose a document with it."),
    both=msg("There is a pasted list and a document. Please keep one of the two."),
)
_MOST_NAMED = 4


def _closed(ctx: Context, of: Season) -> Sentence | None:
    """Keep what was only proposed to who proposed it."""
    mine = of.created_by == ctx.person.id
    return None if mine or of.state is not SeasonState.PROPOSED else season.GONE


A_SEASON: Object[Season] = Object(
    "season",
    load=lambda tx, row: stored.get(tx, row_number(row)),
    network=lambda of: of.network,
    scope=lambda of: str(of.id),
    gone=season.GONE,
    closed=_closed,
    held_in=lambda _ctx, of: (of.place,),
)


@routes.command(
    "chat season",
    needs=COACHES,
    part=PLANNING,
    about=msg("Plan many chats at once from a list or table: themes, days, hosts"),
    example=msg("/pln chat season"),
)
def new_season(ctx: Context, _words: str) -> Answer:
    """Open the form for a season in this room."""
    here(ctx)
    return OpenForm(season_form(ctx, "", None))


def season_form(ctx: Context, row: str, of: Season | None) -> Form:
    """Return the form, with what was asked for before in it."""
    t, was = ctx.t, of.wish if of else SeasonWish("", "", "", "")
    choice = offered(plans(), [was.plan] if was.plan else ())
    options = tuple(Option(plan.id, verbatim(plan.name(t.locale))) for plan in choice)
    return Form(
        "season.new",
        t("A season of chats"),
        (
            TextInput(
                name="words",
                label=t("Themes, a line a chat"),
                hint=t("Feedback @ana #fb, or a table with Date, Theme, Host, Hashtag."),
                long=True,
                most=limits.INPUT_LENGTH,
                value=was.words,
            ),
            document_input(
                t("Or a document with them"),
                t("Plain text, Markdown or a spreadsheet saved as CSV."),
            ),
            TextInput(
                name="starts",
                label=t("When they come"),
                hint=t(
                    "every Thursday 8 pm Eastern, not in breaks. Or 8 pm, where lines say days."
                ),
                most=200,
                value=was.starts,
            ),
            TextInput(
                name="again",
                label=t("And each a second time"),
                hint=t("8 pm Pacific. Empty: each runs once."),
                most=200,
                value=was.again,
            ),
            ChoiceInput(
                name="plan",
                label=t("Plan"),
                options=options,
                value=was.plan or options[0].value,
                required=True,
            ),
        ),
        t("Preview"),
        row,
    )


@routes.form("season.new", build=season_form, needs=COACHES, of=A_SEASON, without=COACHES)
def given(ctx: Context, _row: str, values: Values, of: Season | None) -> Answer:
    """Read a season and show what would come of it."""
    place = here(ctx) if of is None else of.place
    words = words_given(values, _LIST, of.wish.words if of else "")
    if isinstance(words, FieldErrors):
        return words
    wish = SeasonWish(words, str(values["starts"]), str(values["again"]), str(values["plan"]))
    read = seasons.read(wish, _asker(ctx))
    if isinstance(read, FieldErrors):
        return read
    row = stored.propose(ctx.tx, ctx.network.id, place, wish, by=ctx.person.id, now=ctx.now)
    return Reply(cards.preview(ctx.t, str(row), lines_of(ctx, read)))


def _asker(ctx: Context) -> Asker:
    school = series.school_of(ctx.tx, ctx.network.id, ctx.now)
    return Asker(
        ctx.now, ctx.person.zone, ctx.person.locale, school, lambda name: _host_named(ctx, name)
    )


def _host_named(ctx: Context, name: str) -> int | Sentence:
    """Return the member who is called so, or whose account that is; or why nobody, or who of several."""
    search = Searches(ctx, ctx.catalogue.searches)
    account = search.account(MEMBERS, name.strip("<>!"))
    if account is not None:
        return int(account.value)
    found = search.find(MEMBERS, name)
    same = [each for each in found if each.label.bare().casefold() == name.casefold()]
    if len(same or found) == 1:
        return int((same or found)[0].value)
    if not found:
        return msg("nobody here is called “{name}”.", name=name[:60])
    called = ", ".join(each.label.bare() for each in found[:_MOST_NAMED])
    return msg("“{name}” may be {names}. Write the whole name.", name=name[:60], names=called)


@routes.press("season.change", needs=COACHES, of=A_SEASON)
def change(ctx: Context, press: Press, of: Season) -> Answer:
    """Open the form with what was read before."""
    _proposed(of)
    return OpenForm(season_form(ctx, press.row, of))


@routes.press("season.drop", needs=COACHES, of=A_SEASON)
def drop(ctx: Context, _press: Press, of: Season) -> Answer:
    """Forget what was only proposed."""
    _proposed(of)
    stored.drop(ctx.tx, of.id)
    return Reply(Card(ctx.t("Thrown away"), (Paragraph(ctx.t("Nothing of it is kept.")),)))


@routes.press("season.plan", needs=COACHES, of=A_SEASON)
def planned(ctx: Context, press: Press, of: Season) -> Answer:
    """Draft every chat as it was read, as long as it can still be so."""
    _proposed(of)
    read = seasons.read(of.wish, _asker(ctx))
    if isinstance(read, FieldErrors):
        return OpenForm(replace(season_form(ctx, press.row, of), intro=_why(ctx, read)))
    season.plan(ctx.tx, of, read, ctx.now, ctx.directory, by=ctx.person)
    hosts = dict.fromkeys(host for each in read for host in each.hosts if host != ctx.person.id)
    return Reply(cards.planned(ctx.t, press.row, len(read), [ctx.called(each) for each in hosts]))


def _why(ctx: Context, wrong: FieldErrors) -> Text:
    said = next(iter(wrong.errors.values()))
    return ctx.t.say(said) if isinstance(said, Sentence) else said


def _proposed(of: Season) -> None:
    if of.state is not SeasonState.PROPOSED:
        raise Refused(season.GONE)


@routes.press("season.take_back", needs=COACHES, of=A_SEASON)
def take_back(ctx: Context, _press: Press, of: Season) -> Answer:
    """Throw away what nobody gave questions yet."""
    return Reply(cards.taken_back(ctx.t, season.take_back(ctx.tx, of, ctx.now, by=ctx.person)))


@routes.press("season.no", needs=MODERATES, of=A_CHAT)
def say_no(ctx: Context, _press: Press, chat: Chat) -> Answer:
    """Let a host give a chat back to who planned the season."""
    coach = season.say_no(ctx.tx, chat, ctx.now, ctx.directory, by=ctx.person)
    said = ctx.t("{name} has it back, and was told.", name=coach.name)
    return Reply(Card(ctx.t("All right"), (Paragraph(said),)))


@routes.page("chat_season", needs=COACHES, of=A_SEASON)
def overview(ctx: Context, _row: str, of: Season) -> Page | Missing:
    """Show a season chat by chat, once it is planned."""
    return Missing() if of.state is SeasonState.PROPOSED else season_page(ctx, of)


@routes.when_due(season.REMIND_HOSTS)
def remind(due: Due) -> None:
    """Remind who hosts a chat without questions, then tell its coach."""
    season.look(due.tx, due.payload, due.now, due.directory)


@routes.card(season.HOSTING)
def hosting(to: Showing, args: Args) -> Card | None:
    """Tell a member which chats of a season are theirs to host."""
    of = A_SEASON.told(to, args["season"])
    if of is None:
        return None
    by = to.directory.by_id(to.tx, int(args["by"]))
    chats = season.hosted(to.tx, of, int(args["person"]), to.now)
    name = by.name if by else to.t.words("A former member")
    return cards.hosting(to.t, name, chats)


@routes.card(season.SILENT)
def silent(to: Showing, args: Args) -> Card | None:
    """Tell a coach that hosts have written no questions."""
    chat = store.get_chat(to.tx, int(args["chat"]), network=to.network.id)
    if chat is None or not series.without_questions(to.tx, chat):
        return None
    people = to.directory.by_ids(to.tx, moderators_of(to.tx, chat, to.now))
    return cards.silent(to.t, chat, [each.name for each in people.values()])
