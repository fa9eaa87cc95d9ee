"""How the audit log tells what people did with chats."""

from collections.abc import Mapping

from plnbot import gathering
from plnbot.chats import pages, store
from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes
from plnbot.talk.text import Bold
from plnbot.talk.words import Value, msg

routes = Routes()


@routes.audit(
    {
        "chat.drafted": msg("{who} drafted the chat {chat}"),
        "chat.changed": msg("{who} changed the chat {chat}"),
        "chat.change_taken_back": msg("{who} took back a change of the chat {chat}"),
        "chat.publish": msg("{who} published the chat {chat}"),
        "chat.cancel": msg("{who} called off the chat {chat}"),
        "chat.restore": msg("{who} let the chat {chat} take place after all"),
        "chat.hold": msg("{who} held the chat {chat}"),
        "chat.resume": msg("{who} let the chat {chat} go on"),
        "chat.extend": msg("{who} gave the chat {chat} more time"),
        "chat.goon": msg("{who} went on to the next question of the chat {chat}"),
        "chat.skip": msg("{who} skipped a question of the chat {chat}"),
        "chat.putback": msg("{who} put a skipped question of the chat {chat} back"),
        "chat.insert": msg("{who} added a question to the chat {chat}"),
        "chat.endnow": msg("{who} ended the chat {chat}"),
        "chat.opened_up": msg("{who} opened the chat {chat} to the whole network"),
        "chat.kept_in": msg("{who} kept the chat {chat} to its room"),
        "chat.runs_again": msg("{who} planned a second run of a chat: {chat}"),
        "chat.guest_invited": msg("{who} invited a guest to the chat {chat}"),
        "chat.floor_taken": msg(
            "{who} put a question from the floor to the guest of the chat {chat}"
        ),
        "chat.floor_declined": msg("{who} did not put a question to the guest of the chat {chat}"),
        "chat.summary_posted": msg("{who} posted a summary of the chat {chat}"),
        "chat.declined": msg("{who} gave back the moderation of the chat {chat}"),
    }
)
def told_of_a_chat(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the chat."""
    return {"chat": _title(ctx, audit.number_of(entry))}


@routes.audit({"chat.deleted": msg("{who} deleted the draft of the chat {chat}")})
def told_of_a_draft(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the chat as it was called."""
    return {"chat": Bold(str(entry.detail.get("title", "?")))}


@routes.audit(
    {
        "chat.repeats": msg("{who} planned that the chat {chat} comes again"),
        "chat.repeats_no_more": msg("{who} ended the repeating chat {chat}"),
        "chat.repeats_again": msg("{who} let the repeating chat {chat} go on"),
    }
)
def told_of_a_series(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the series."""
    number = audit.number_of(entry)
    found = store.get_series(ctx.tx, number)
    seen = found is not None and not ctx.unseen(pages.series_held_in(ctx, found))
    return {"chat": Bold(found.title if found and found.title and seen else str(number))}


@routes.audit(
    {
        "chat_season.planned": msg("{who} planned a season of chats"),
        "chat_season.taken_back": msg("{who} took back a season of chats"),
    }
)
def told_of_a_season(_ctx: Context, _entry: Entry) -> Mapping[str, Value]:
    """Name nothing more: its chats tell of themselves."""
    return {}


@routes.audit(
    {
        "chat.handed_over": msg("{who} handed the chat {chat} over to {person}"),
        "chat.co_moderator_added": msg("{who} made {person} a co-moderator of the chat {chat}"),
    }
)
def told_of_a_moderator(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the chat, and who moderates it now."""
    return {
        "chat": _title(ctx, audit.number_of(entry)),
        "person": ctx.called(int(str(entry.detail["to"]))),
    }


@routes.audit(
    {
        "chat.answer_hidden": msg("{who} hid an answer in the chat {chat}: {why}"),
        "chat.answer_shown": msg("{who} showed a hidden answer in the chat {chat} again"),
    }
)
def told_of_an_answer(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the chat, and give the reason; the answer itself is not shown here."""
    found = gathering.get(ctx.tx, audit.number_of(entry))
    chat = store.get_chat(ctx.tx, found.whole) if found else None
    if chat is not None and not pages.is_seen(ctx, chat):
        unseen = ctx.t("the reason is told in its room alone")
        return {"chat": Bold(str(chat.id)), "why": unseen}
    why = entry.detail.get("why")
    title: Value = Bold(chat.title) if chat else "?"
    return {"chat": title, "why": str(why) if why else ctx.t("the reason is no longer kept")}


def _title(ctx: Context, number: int) -> Bold:
    chat = store.get_chat(ctx.tx, number)  # lines are of one's own network
    return Bold(chat.title if chat and pages.is_seen(ctx, chat) else str(number))
