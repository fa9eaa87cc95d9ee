"""What is said of credit to people, for actions that refuse and cards that show alike."""

from collections.abc import Mapping

from plnbot.credit.model.checks import Clash, Problem, Wrong
from plnbot.credit.model.drafts import LEAST, Draft, Minutes
from plnbot.credit.model.entries import Why
from plnbot.talk.text import Style, When
from plnbot.talk.words import Sentence, msg

KINDS: Mapping[str, Sentence] = {
    "plc": msg("Learning community or chat"),
    "workshop": msg("Workshop or training"),
    "conference": msg("Conference"),
    "course": msg("College or university course"),
    "webinar": msg("Webinar or online course"),
    "self_study": msg("Self-study, such as reading or videos"),
    "book_study": msg("Book study"),
    "mentoring": msg("Mentoring or coaching"),
    "observation": msg("Peer observation"),
    "presenting": msg("Presenting"),
    "curriculum": msg("Writing curriculum"),
    "publication": msg("Publishing"),
    "committee": msg("Committee or team"),
    "research": msg("Research or project"),
    "other": msg("Something else"),
}
PROVIDERS: Mapping[str, Sentence] = {
    "approved": msg("An approved or accredited provider"),
    "district": msg("My school or district"),
    "college": msg("A college or university"),
    "union": msg("A union or association"),
    "network": msg("This network"),
    "self": msg("Nobody: I did it by myself"),
}
"""Kinds of who held something, by the words that policies know them by."""
WHY: Mapping[Why, Sentence] = {
    Why.GONE: msg("This entry is no longer there."),
    Why.CHANGED: msg("This was changed meanwhile. Look at it again before you decide."),
    Why.OWN: msg("Nobody decides about their own hours. It waits for another approver."),
    Why.RING: msg(
        "They decided about your hours in this cycle, so somebody else decides about theirs. An"
        " administrator can allow it; that is shown with the decision."
    ),
    Why.LOCKED: msg(
        "That is decided, and what was decided is not changed any more. An approver can correct it."
    ),
    Why.NOT_YET: msg("This has not taken place yet. Say how it went once it is over."),
}
_WRONG: Mapping[Wrong, tuple[str, Sentence]] = {
    Wrong.NO_MINUTES: ("minutes", msg("Write how many minutes it took: at least 1.")),
    Wrong.LONG_DAY: ("minutes", msg("A day has {n} minutes. What took days is one entry a day.")),
    Wrong.BACKWARDS: ("day", msg("It ends before it begins. Look at the times again.")),
    Wrong.LONGER: ("minutes", msg("It lasted {n} minutes by its times, so no more can count.")),
    Wrong.TO_COME: ("day", msg("That is still to come. Send it as a plan, or once it is over.")),
    Wrong.LONG_AGO: (
        "day",
        msg("That is too long ago to count for any licence. Look at the year again."),
    ),
    Wrong.SPLIT: ("minutes", msg("The topics have more minutes than all of it.")),
    Wrong.FULL_DAY: (
        "minutes",
        msg("With this, that day would have more than 24 hours. {n} minutes of it are left."),
    ),
}


def kind_words(kind: str) -> Sentence:
    """Return what a kind is called; one that is not known any more goes by its own word."""
    return KINDS.get(kind) or msg("{kind}", kind=kind)


def wrong(problem: Problem) -> tuple[str, Sentence]:
    """Return the field in which a problem is mended, and what is said of it."""
    if problem.clash is not None:
        return "minutes", _clash(problem.clash)
    field, words = _WRONG[problem.what]
    return field, Sentence(words.source, (("n", problem.n),))


def _clash(clash: Clash) -> Sentence:
    day = When(clash.other.entry.claim.started, Style.DATE)
    if clash.same:
        return msg(
            "You have sent this in already, as “{title}” of {day}. To change it, open that one.",
            title=clash.other.title,
            day=day,
        )
    if clash.left:
        return msg(
            "Part of this time is claimed already, by “{title}” of {day}. {n} minutes are left: write"
            " that many, or change the times.",
            title=clash.other.title,
            day=day,
            n=clash.left,
        )
    return msg(
        "This time is claimed already, by “{title}” of {day}, and no hour counts twice. If that one is"
        " wrong, change or withdraw it first.",
        title=clash.other.title,
        day=day,
    )


def why_so_long(draft: Draft) -> Sentence:
    """Return how the minutes of a draft came about."""
    if draft.why is Minutes.NO_CLOCK:
        return msg("No clock ran, so I propose {n} minutes: say how many it really took.", n=LEAST)
    if draft.why is Minutes.A_MOMENT:
        return msg(
            "It took a moment, so I propose {n} minutes: say how many it really took.", n=LEAST
        )
    return msg(
        "{n} minutes: from the first thing you did there, {first}, to the last, {last}, and never"
        " longer than it was to last.",
        n=draft.claim.minutes,
        first=When(draft.first, Style.TIME),
        last=When(draft.last, Style.TIME),
    )
