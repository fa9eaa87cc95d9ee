"""Words that several cards of credit share."""

from collections.abc import Mapping

from plnbot.credit.model.entries import Standing
from plnbot.credit.sentences import kind_words
from plnbot.credit.store.ledger import Stands
from plnbot.talk.cards import Actions, Card, PageButton, Paragraph
from plnbot.talk.fallback import short_words
from plnbot.talk.text import EMPTY, Style, Text, When, bold, joined
from plnbot.talk.words import Sentence, Translate, msg

STANDINGS: Mapping[Standing, Sentence] = {
    Standing.PLANNED: msg("plan waits for approval"),
    Standing.AGREED: msg("plan approved, to come"),
    Standing.WAITING: msg("waits for approval"),
    Standing.RETURNED: msg("returned to you"),
    Standing.APPROVED: msg("approved"),
    Standing.DECLARED: msg("self-declared"),
    Standing.DENIED: msg("denied"),
    Standing.REVOKED: msg("revoked"),
    Standing.WITHDRAWN: msg("taken back"),
}
CHECK = msg("Check with your licence office: only they decide about a licence.")
ERASED = msg("(erased)")
SHORT = 80


def minutes_words(t: Translate, minutes: int) -> Text:
    """Return a length as people say it."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return t.n("{n} minute", "{n} minutes", rest)
    if not rest:
        return t.n("{n} hour", "{n} hours", hours)
    return t("{hours} h {minutes} min", hours=hours, minutes=rest)


def title_of(t: Translate, stands: Stands, most: int = SHORT) -> Text:
    """Return what an entry is called; nothing is left of it once its member was erased."""
    return bold(short_words(stands.title, most)) if stands.title else t.say(ERASED)


def line_of(t: Translate, stands: Stands) -> Text:
    """Return one line: when, what, how long, of which kind, how it stands."""
    claim = stands.entry.claim
    parts = (
        Text((When(claim.started, Style.DATE),)),
        title_of(t, stands),
        minutes_words(t, claim.minutes),
        t.say(kind_words(claim.kind)),
        t.say(STANDINGS[stands.entry.standing]),
    )
    return joined(parts, " · ")


def row_of(t: Translate, stands: Stands, page: str, who: Text = EMPTY) -> Card:
    """Return an entry as a row of a list that leads to its page; `who` sent it in, where others look."""
    claim = stands.entry.claim
    parts = (
        *((who,) if who else ()),
        Text((When(claim.started, Style.DATE),)),
        minutes_words(t, claim.minutes),
        t.say(kind_words(claim.kind)),
        t.say(STANDINGS[stands.entry.standing]),
    )
    leads = Actions((PageButton(t("Open"), page, str(stands.entry.id)),))
    return Card(title_of(t, stands), (Paragraph(joined(parts, " · ")), leads))
