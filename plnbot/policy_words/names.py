"""What the ids that many policies use are called; another one is said as it is written."""

from collections.abc import Mapping, Sequence

from plnbot.talk.words import Sentence, Translate, msg

NAMES: Mapping[str, Sentence] = {
    "plc": msg("learning communities and chats"),
    "workshop": msg("workshops and trainings"),
    "conference": msg("conferences"),
    "course": msg("college courses"),
    "webinar": msg("webinars and online courses"),
    "self_study": msg("self-study"),
    "book_study": msg("book studies"),
    "mentoring": msg("mentoring and coaching"),
    "observation": msg("peer observation"),
    "presenting": msg("presenting"),
    "curriculum": msg("writing curriculum"),
    "publication": msg("publishing"),
    "committee": msg("committees and teams"),
    "research": msg("research and projects"),
    "national_board": msg("National Board certification"),
    "semester_hour": msg("semester hour"),
    "quarter_hour": msg("quarter hour"),
    "day": msg("day"),
    "entry": msg("one"),
    "employed": msg("employed"),
    "private_school": msg("at a private school"),
    "part_time": msg("part time"),
    "casual": msg("casual"),
    "substitute": msg("substitute"),
    "aide": msg("aide"),
    "retired": msg("retired"),
    "not_employed": msg("not employed"),
    "approved": msg("an approved provider"),
    "district": msg("the district"),
    "college": msg("a college"),
    "network": msg("the network"),
    "self": msg("oneself"),
    "attended": msg("as one who attends"),
    "product": msg("a product"),
    "certificate": msg("a certificate"),
    "lunch": msg("lunch"),
    "break": msg("breaks"),
    "travel": msg("travel"),
    "meal": msg("meals"),
}


def named(t: Translate, name: str) -> str:
    """Return what an id of a policy is called."""
    return t.say(NAMES[name]).bare() if name in NAMES else name.replace("_", " ")


def listed(t: Translate, names: Sequence[str]) -> str:
    """Return what ids are called, one after the other."""
    return ", ".join(named(t, each) for each in names)
