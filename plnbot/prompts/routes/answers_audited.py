"""How the audit log tells what moderators did with answers to prompts."""

from collections.abc import Mapping

from plnbot import gathering
from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes
from plnbot.prompts.routes.answers_objects import asked_prompt, held_in
from plnbot.talk.fallback import short_words
from plnbot.talk.text import Bold
from plnbot.talk.words import Value, msg

routes = Routes()
_LONGEST = 120


@routes.audit(
    {
        "prompt.answer_hidden": msg("{who} hid an answer to the prompt {prompt}: {why}"),
        "prompt.answer_shown": msg("{who} showed a hidden answer to the prompt {prompt} again"),
    }
)
def told_of_an_answer(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the prompt, and give the reason; the answer itself is not shown here."""
    found = gathering.get(ctx.tx, audit.number_of(entry))
    return _of(ctx, entry, found.whole if found else 0)


@routes.audit(
    {
        "prompt.anonymous_hidden": msg(
            "{who} hid an answer without a name to the prompt {prompt}: {why}"
        ),
        "prompt.anonymous_shown": msg(
            "{who} showed a hidden answer without a name to the prompt {prompt} again"
        ),
    }
)
def told_of_an_unnamed(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the prompt, and give the reason."""
    found = gathering.get_unnamed(ctx.tx, audit.number_of(entry))
    return _of(ctx, entry, found.whole if found else 0)


def _of(ctx: Context, entry: Entry, number: int) -> Mapping[str, Value]:
    this = asked_prompt(ctx.tx, number)
    why = entry.detail.get("why")
    rooms = set(held_in(ctx.tx, number))
    if rooms and ctx.unseen(rooms) >= rooms:
        why = ctx.t.words("the reason is told in its room alone")
    return {
        "prompt": Bold(short_words(this.prompt.said(ctx.t.locale), _LONGEST) if this else "?"),
        "why": str(why) if why else ctx.t("the reason is no longer kept"),
    }
