"""How the audit log tells what curators did with the bank. Members' own ideas are not in it by name."""

from collections.abc import Mapping

from plnbot.engine import audit
from plnbot.engine.audit import Entry
from plnbot.engine.routes import Context, Routes
from plnbot.prompts import store
from plnbot.talk.fallback import short_words
from plnbot.talk.text import verbatim
from plnbot.talk.words import Value, msg

routes = Routes()
_SHOWN = 60


@routes.audit(
    {
        "prompt.approve": msg("{who} approved the prompt {prompt}"),
        "prompt.decline": msg("{who} declined the prompt {prompt}"),
        "prompt.return": msg("{who} undid what was decided about the prompt {prompt}"),
        "prompt.set_aside": msg("{who} set the prompt {prompt} aside"),
        "prompt.reworded": msg("{who} put the prompt {prompt} in these words"),
        "prompt.rewording": msg("{who} proposed other words for the prompt {prompt}"),
        "prompt.fell_flat": msg("The prompt {prompt} got few answers, and was set aside"),
    }
)
def told_of_a_prompt(ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Name the prompt by how it begins."""
    found = store.get_prompt(ctx.tx, audit.number_of(entry))
    if found is None:
        return {"prompt": ctx.t("(taken back)")}
    words = short_words(found.said(ctx.t.locale), _SHOWN)
    return {"prompt": verbatim(f"“{words}”")}


@routes.audit(
    {
        "prompt.pasted": msg("{who} pasted {n} prompts"),
        "prompt.paste_undone": msg("{who} took {n} pasted prompts out again"),
    }
)
def told_of_many(_ctx: Context, entry: Entry) -> Mapping[str, Value]:
    """Say how many."""
    return {"n": int(str(entry.detail["n"]))}
