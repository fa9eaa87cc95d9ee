"""What is read of chats: the pages, and the files of an archive."""

import re
from collections.abc import Callable, Hashable

from plnbot import gathering
from plnbot.calendars import ics
from plnbot.chats import actions, archive, coming, pages, store
from plnbot.chats.actions import MODERATES, STARTS_CHATS
from plnbot.chats.model import ChatState
from plnbot.chats.pages.guests import own_questions
from plnbot.chats.routes.objects import A_CHAT, A_QUESTION, Asked
from plnbot.chats.store import KIND, Chat
from plnbot.engine.roles import ANYONE
from plnbot.engine.routes import Context, Routes
from plnbot.talk.pages import File, Missing, Page, markdown
from plnbot.talk.words import Translate
from plnbot.walltime import local

routes = Routes()


def _alike(ctx: Context, row: str, chat: Chat) -> Hashable:
    """Return what of a reader the page of a chat depends on: their roles, and what they said by form."""
    own = actions.form_answers(ctx.tx, chat, ctx.person)
    left_out = gathering.is_left_out(ctx.tx, KIND, chat.id, ctx.person.id)
    any_own = chat.run.state is ChatState.ARCHIVED and any(
        ctx.person.id in gathering.many_by_member(ctx.tx, KIND, each.id)
        for each in store.runs_of(ctx.tx, chat)
    )
    said = tuple((each.id, each.edited_at) for each in own.values())
    asks = own_questions(ctx, chat)
    runs = tuple((each.id, ctx.may(MODERATES, str(each.id))) for each in pages.runs_seen(ctx, chat))
    return ctx.may(MODERATES, row), ctx.may(STARTS_CHATS), left_out, any_own, said, asks, runs


@routes.page("chat", needs=ANYONE, of=A_CHAT, alike=_alike)
def chat_page(ctx: Context, _row: str, chat: Chat) -> Page:
    """Show a chat by question."""
    return pages.chat_page(ctx, chat)


@routes.page(
    "answers",
    needs=ANYONE,
    of=A_QUESTION,
    alike=lambda ctx, _row, asked: ctx.may(MODERATES, str(asked.chat.id)),
)
def answers_page(ctx: Context, row: str, asked: Asked) -> Page | Missing:
    """Show what one question got, a page at a time."""
    before = row.partition(".")[2]
    return pages.answers_page(ctx, asked.chat, asked.question, before) or Missing()


@routes.page("my_answers", needs=ANYONE, of=A_CHAT, without=ANYONE)
def own_answers_page(ctx: Context, _row: str, chat: Chat | None) -> Page:
    """Show a member what they answered."""
    return pages.own_answers_page(ctx, chat)


@routes.page("chats", needs=ANYONE)
def chats_page(ctx: Context, _row: str) -> Page | Missing:
    """Show what comes, and the archives."""
    return pages.chats_page(ctx)


@routes.page("panel", needs=MODERATES, of=A_CHAT)
def panel_page(ctx: Context, _row: str, chat: Chat) -> Page:
    """Show the moderator's panel."""
    return pages.panel_page(ctx, chat)


@routes.file("chat.ics", needs=ANYONE, of=A_CHAT)
def calendar_entry(ctx: Context, _row: str, chat: Chat) -> File | Missing:
    """Give one chat for a calendar: what is held in a closed room stands in no calendar of all."""
    if chat.untold:
        return Missing()
    content = ics.entry(ctx.tx, chat.network, coming.happening_of(ctx.tx, chat), ctx.now)
    return _file(chat, "ics", "text/calendar", content)


def as_markdown(t: Translate, reading: archive.Reading) -> File:
    """Return the archive as a file to read."""
    return markdown_file(t, reading.chat, pages.file_page(t, reading))


def markdown_file(t: Translate, chat: Chat, page: Page) -> File:
    """Return a page of a chat as a file to read."""
    words = markdown(page, chat.zone, t.locale)
    return _file(chat, "md", "text/markdown", words.encode())


def _as_csv(_t: Translate, reading: archive.Reading) -> File:
    return _file(reading.chat, "csv", "text/csv", archive.as_csv(reading))


def _as_json(_t: Translate, reading: archive.Reading) -> File:
    return _file(reading.chat, "json", "application/json", archive.as_json(reading))


def _file(chat: Chat, kind: str, media_type: str, content: bytes) -> File:
    day = local(chat.starts_at, chat.zone)
    name = re.sub(r"\W+", "-", f"{chat.title}-{day:%Y-%m-%d}").strip("-").lower()
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return File(f"{name or 'chat'}.{kind}", f"{media_type}{charset}", content)


def _giving(kind: str, make: Callable[[Translate, archive.Reading], File]) -> None:
    @routes.file(f"chat.{kind}", needs=ANYONE, of=A_CHAT)
    def give(ctx: Context, _row: str, chat: Chat) -> File | Missing:
        return Missing() if chat.untold else make(ctx.t, pages.archive_seen(ctx, chat))


_giving("md", as_markdown)
_giving("csv", _as_csv)
_giving("json", _as_json)
