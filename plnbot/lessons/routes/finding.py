"""Lessons are found: by words, subject, grade and licence; and one is read."""

from collections.abc import Sequence

from plnbot import kept_files
from plnbot.engine.ports import Argument
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes, Values
from plnbot.kept_files import KeptFile
from plnbot.lessons import actions
from plnbot.lessons.actions import CURATES
from plnbot.lessons.cards import lesson as cards
from plnbot.lessons.model import Lesson, Licence, Wanted
from plnbot.lessons.parts import LESSONS
from plnbot.lessons.routes.objects import A_FILE, A_LESSON, WANTED, is_author, wanted_row
from plnbot.lessons.store import lessons, uses
from plnbot.lessons.store.lessons import SHOWN, TENANT
from plnbot.packs import choices
from plnbot.packs.teaching import grades, subjects
from plnbot.talk.cards import Actions, Button, Card, Look, Option, PageButton, Paragraph, Tone
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import ChoiceInput, Form, TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply
from plnbot.talk.pages import Downloads, File, Head, Heading, Page, PageBlock, Rows, Search
from plnbot.talk.text import PageLink, Style, Text, When, joined, verbatim
from plnbot.talk.uploads import size_words
from plnbot.talk.words import Translate, msg

routes = Routes()
FILTER = "lessons.filter"
_IN_MESSAGE, _SHORT, _LONGEST = 5, 100, 200


@routes.command(
    "lessons",
    needs=ANYONE,
    part=LESSONS,
    about=msg("See lessons that teachers here share, and share yours"),
    example=msg("/pln lessons"),
)
def show(ctx: Context, _words: str) -> Answer:
    """Show the newest lessons, and what can be done."""
    return Reply(_listed(ctx, "", Wanted()))


@routes.command(
    "lessons find",
    needs=ANYONE,
    part=LESSONS,
    about=msg("Find a lesson by its words"),
    example=msg("/pln lessons find fractions"),
    argument=Argument("words", msg("What it is about.")),
)
def find(ctx: Context, words: str) -> Answer:
    """Show what fits some words."""
    return Reply(_listed(ctx, words[:_LONGEST], Wanted()))


def _listed(ctx: Context, words: str, wanted: Wanted) -> Card:
    t = ctx.t
    found, whole = actions.find(ctx.tx, ctx.network.id, words, wanted)
    lines = [_line(ctx, each) for each in found[:_IN_MESSAGE]]
    if found and not whole:
        lines.insert(0, t("Nothing has all of these words; this has some."))
    if not found:
        lines = [_nothing(t, words, wanted)]
    if len(found) > _IN_MESSAGE:
        lines.append(t("and {n} more", n=len(found) - _IN_MESSAGE))
    ways = (
        Button(t("Share a lesson"), "lessons.new", look=Look.PRIMARY),
        Button(t("Narrow it down"), FILTER),
        PageButton(t("All of it"), cards.PAGE, wanted_row(wanted)),
    )
    return Card(t("Lessons"), (Paragraph(joined(lines, "\n")), Actions(ways)))


def _line(ctx: Context, it: Lesson) -> Text:
    title = PageLink(cards.ONE, str(it.id), "", short_words(it.told.title, _SHORT))
    return joined([Text((title,)), by_whom(ctx, it), cards.for_whom(ctx.t, it)], " · ")


def _nothing(t: Translate, words: str, wanted: Wanted) -> Text:
    if words or wanted != Wanted():
        return t("Nothing fits yet. Fewer words find more; or share one yourself.")
    return t("Nobody has shared a lesson yet. Yours can be the first.")


def by_whom(ctx: Context, it: Lesson) -> Text:
    """Return who a lesson is by."""
    names = [ctx.called(each) for each in lessons.authors_of(ctx.tx, [it.id]).get(it.id, ())]
    return ctx.t("by {names}", names=", ".join(names) or ctx.t.words("somebody"))


@routes.press(FILTER, needs=ANYONE)
def narrow(ctx: Context, _press: Press) -> Answer:
    """Ask what is looked for."""
    return OpenForm(_filter_form(ctx, ""))


def _filter_form(ctx: Context, _row: str) -> Form:
    t = ctx.t
    licences = tuple(Option(each.value, t.say(said)) for each, said in cards.BRIEF.items())
    inputs = (
        TextInput(name="words", label=t("What is it about?"), most=_LONGEST),
        ChoiceInput(name="subject", label=t("Subject"), options=choices(subjects(), t.locale)),
        ChoiceInput(name="grade", label=t("Grade"), options=choices(grades(), t.locale)),
        ChoiceInput(name="licence", label=t("Licence"), options=licences),
    )
    return Form(FILTER, t("Find a lesson"), inputs, t("Find"))


@routes.form(FILTER, build=_filter_form, needs=ANYONE)
def narrowed(ctx: Context, _row: str, values: Values) -> Answer:
    """Show what fits."""
    wanted = Wanted(*(str(values[name] or "") for name in ("subject", "grade", "licence")))
    return Reply(_listed(ctx, str(values["words"] or ""), wanted))


@routes.page(cards.PAGE, needs=ANYONE, of=WANTED, without=ANYONE)
def lessons_page(ctx: Context, _row: str, wanted: Wanted | None) -> Page:
    """Show lessons that fit what is looked for, one's own, and those one took."""
    t, wanted = ctx.t, wanted or Wanted()
    found, whole = actions.find(ctx.tx, ctx.network.id, ctx.sought, wanted)
    blocks: list[PageBlock] = []
    if found and not whole:
        blocks.append(Paragraph(t("Nothing has all of these words; this has some."), quiet=True))
    blocks.append(
        rows(ctx, found) if found else Paragraph(_nothing(t, ctx.sought, wanted), quiet=True)
    )
    if not ctx.sought and len(found) == SHOWN:
        blocks.append(Paragraph(t("The newest {n} are shown.", n=SHOWN), quiet=True))
    if not ctx.sought and wanted == Wanted():
        blocks += _own(ctx)
    actions_ = (
        Button(t("Share a lesson"), "lessons.new", look=Look.PRIMARY),
        Button(t("Narrow it down"), FILTER),
    )
    reports = (PageButton(t("Reported"), "lessons.reports"),) if ctx.may(CURATES) else ()
    head = Head(
        t("Shared by teachers of this network, for all of it."),
        actions=actions_,
        more=reports,
        search=Search(t("Find a lesson"), ctx.sought),
    )
    return Page(t("Lessons"), tuple(blocks), live=actions.topic(ctx.network.id), head=head)


def rows(ctx: Context, found: Sequence[Lesson]) -> Rows:
    """Return lessons as a list."""
    each_row = (
        cards.row(ctx.t, each, by_whom(ctx, each), lessons.users(ctx.tx, each.id)) for each in found
    )
    return Rows(tuple(each_row))


def _own(ctx: Context) -> list[PageBlock]:
    t, member = ctx.t, ctx.person.id
    blocks: list[PageBlock] = []
    if mine := lessons.of_author(ctx.tx, member):
        blocks += [Heading(t("Yours"), "yours"), rows(ctx, mine)]
    taken = lessons.among(ctx.tx, [each.lesson for each in uses.of_member(ctx.tx, member)])
    if open_ := [each for each in taken if each.stands]:
        blocks += [Heading(t("You took these"), "taken"), rows(ctx, open_)]
    return blocks


@routes.page(cards.ONE, needs=ANYONE, of=A_LESSON)
def lesson_page(ctx: Context, row: str, it: Lesson) -> Page:
    """Show one lesson: what it is, its files, how it went for others, its remixes and versions."""
    t, mine = ctx.t, is_author(ctx, it)
    blocks: list[PageBlock] = [*_state(ctx, it), *cards.blocks(t, it, source_of(ctx, it))]
    if files := kept_files.of_rows(ctx.tx, TENANT, [it.id]):
        blocks += [Heading(t("Files"), "files"), Downloads(tuple(map(_download, files)))]
    if used := uses.of_lesson(ctx.tx, it.id):
        blocks.append(Heading(t("How it went"), "went"))
        blocks += [cards.went(t, each, ctx.called) for each in used]
    if remixes := lessons.remixes_of(ctx.tx, it.id):
        blocks += [Heading(t("Remixes"), "remixes"), rows(ctx, remixes)]
    blocks += cards.versions(t, lessons.versions_of(ctx.tx, it.id), ctx.called)
    about = joined([by_whom(ctx, it), t("Everybody in this network can read it.")], ". ")
    head = Head(about, actions=_ways(ctx, row, it, mine=mine), more=_more(ctx, row, it, mine=mine))
    live = actions.topic(ctx.network.id)
    return Page(cards.title_of(it), tuple(blocks), live=live, head=head)


def source_of(ctx: Context, it: Lesson) -> Text | None:
    """Return what a lesson is a remix of: its title for good, its authors while they are known."""
    if not it.source_title:
        return None
    title = verbatim(it.source_title)
    source = lessons.get(ctx.tx, it.source) if it.source else None
    return title if source is None else joined([title, by_whom(ctx, source)], ", ")


def _state(ctx: Context, it: Lesson) -> list[PageBlock]:
    t = ctx.t
    if it.down is not None:
        day = When(it.down, Style.DATE)
        said = t("A curator took it down on {day}: {why}", day=day, why=it.why)
        return [Card(t("Taken down"), (Paragraph(said),), Tone.CAUTION)]
    if it.withdrawn is not None:
        return [Card(t("Withdrawn"), (Paragraph(t("Its authors alone see it.")),), Tone.CAUTION)]
    return []


def _download(file: KeptFile) -> tuple[Text, str]:
    return verbatim(f"{file.name} ({size_words(file.size)})"), f"lessons.file/{file.id}"


def _ways(ctx: Context, row: str, it: Lesson, *, mine: bool) -> tuple[Button, ...]:
    t = ctx.t
    if not it.stands:
        return ()
    if mine:
        return (
            Button(t("Change"), "lessons.change", row, Look.PRIMARY),
            Button(t("Add files"), "lessons.files", row),
            Button(t("Design it together"), "lessons.together", row),
        )
    before = uses.get(ctx.tx, it.id, ctx.person.id)
    take = () if before else (Button(t("Take it"), "lessons.take", row),)
    remix = (
        (Button(t("Remix"), "lessons.remix", row),) if it.told.licence is not Licence.OWN else ()
    )
    used = Button(t("I used it"), "lessons.used", row, Look.PRIMARY)
    if before is not None and before.used is not None:
        used = Button(t("Say how it went"), "lessons.how", row, Look.PRIMARY)
    return (used, *take, *remix)


def _more(ctx: Context, row: str, it: Lesson, *, mine: bool) -> tuple[Button, ...]:
    t, found = ctx.t, []
    if mine and it.stands:
        if kept_files.of_rows(ctx.tx, TENANT, [it.id]):
            found.append(Button(t("Take a file out"), "lessons.out", row))
        sure = t("It is found and taken no more. You still see it.")
        found.append(Button(t("Withdraw it"), "lessons.withdraw", row, Look.DANGER, sure))
    if not mine and it.stands:
        found.append(Button(t("Report"), "lessons.report", row))
    if ctx.may(CURATES) and it.stands:
        found.append(Button(t("Take it down"), "lessons.down", row, Look.DANGER))
    return tuple(found)


@routes.file("lessons.file", needs=ANYONE, of=A_FILE)
def file(ctx: Context, _row: str, found: KeptFile) -> File:
    """Give a file, to be saved and never shown by itself."""
    content = kept_files.content_of(ctx.tx, found)
    return File(found.name, kept_files.media_type(found), content)
