"""What a published chat is to become, shown before it does."""

from plnbot.chats import actions, cards, drafts, store
from plnbot.engine.routes import Context
from plnbot.talk.cards import Card, Paragraph

_MOST_NOTES = 5


def proposal_card(ctx: Context, made: drafts.Proposal) -> Card:
    """Show what of a published chat will change, and who will be told."""
    notes = [Paragraph(ctx.t.say(note), quiet=True) for note in made.notes[:_MOST_NOTES]]
    hear = [each for each in actions.who_hears(ctx.tx, made.chat) if each != ctx.person.id]
    asked = store.questions_of(ctx.tx, made.chat.id)
    what = cards.Proposed(str(made.id), made.chat, asked, made.version, len(hear))
    return cards.will_change(ctx.t, what, notes)
