"""What an introduction shows to one of its people: names, what may be told of them, questions, times."""

from collections.abc import Mapping, Sequence

from plnbot.engine.ports import Directory, Network, Person, Told
from plnbot.engine.ports.spaces import SeenBy
from plnbot.engine.routes import Context, Showing
from plnbot.packs import Named as Titled
from plnbot.packs.teaching import grades, languages, subjects
from plnbot.peers.actions import meeting_place
from plnbot.peers.actions.candidates import subject_of
from plnbot.peers.cards.introduction import Partner, Shown
from plnbot.peers.model import Introduction, Membership, Programme, Seat, Wishes
from plnbot.peers.packs import field_of, starters
from plnbot.peers.store import programmes
from plnbot.spaces import Kind, Space, State, enter, what_private_means
from plnbot.store.database import Tx
from plnbot.talk.cards import Button
from plnbot.talk.fallback import short_words
from plnbot.talk.text import EMPTY, Mention, Text, joined, verbatim
from plnbot.talk.words import Translate
from plnbot.values import dataclass
from plnbot.visibility import Seen

_NOTHING = Told()
_LONGEST_NAME, _MOST_TOPICS = 60, 5


@dataclass(frozen=True, slots=True)
class Eyes:
    """Through whose eyes something is shown: in which words, and on which account."""

    tx: Tx
    directory: Directory
    network: Network
    t: Translate
    reader: Person | None


def shown(eyes: Eyes, one: Introduction, of: Programme, member: int) -> Shown:
    """Return an introduction as one of its people sees it."""
    others = one.others(member)
    mine = programmes.in_programme(eyes.tx, one.programme, [each.member for each in one.seats])
    told = eyes.directory.told(eyes.tx, [each.member for each in others], seen_by=Seen.NETWORK)
    space = meeting_place.place_of(eyes.tx, one)
    partners = tuple(
        _partner(eyes, each, mine.get(each.member), told.get(each.member, _NOTHING))
        for each in others
    )
    first = next((each for each in one.here if each.place == 0), None)
    begins = next(
        (each.name for each in partners if first and each.seat.member == first.member), None
    )
    known = starters()
    words = [known[each].words.said(eyes.t.locale) for each in one.starters if each in known]
    by = eyes.directory.by_id(eyes.tx, one.by) if one.by is not None else None
    return Shown(
        one,
        of.name,
        partners,
        begins,
        tuple(words),
        by.name if by else "",
        of.other_district,
        any(not _names(mine.get(each.member)) for each in one.here),
        one.seat_of(member),
        _talk(eyes.t, space),
        space is not None and space.state is State.OPEN,
        _way_in(eyes.t, space),
    )


def _way_in(t: Translate, space: Space | None) -> Button | None:
    """Return the way into their room, where it is one of the lobby."""
    ours = space is not None and space.state is State.OPEN and space.seen_by == SeenBy.OPERATOR
    return enter(t, space) if space is not None and ours else None


def _talk(t: Translate, space: Space | None) -> Text:
    """Return where they talk, as far as that is known."""
    if space is not None and space.state is State.CLOSED and space.kind is Kind.RELAY:
        return t("I carry no words between you any more. Write to each other where you both are.")
    if space is None or space.state in {State.REFUSED, State.CLOSED}:
        return t("Write to each other where you both are; I have no place for you.")
    if space.state is not State.OPEN:
        return t("I am making a place for you.")
    if space.kind is Kind.RELAY:
        return t("You share no workspace: I carry your words, once you both agree.")
    return t("A private place for you is open, and I have written there.") + _private(t, space)


def _private(t: Translate, space: Space) -> Text:
    return verbatim(" ") + what_private_means(t, space.seen_by) if space.seen_by else EMPTY


def _partner(eyes: Eyes, seat: Seat, one: Membership | None, told: Told) -> Partner:
    person = eyes.directory.by_id(
        eyes.tx, seat.member, eyes.reader.ref.platform if eyes.reader else ""
    )
    name = named(eyes, person)
    return Partner(seat, name, _about(eyes.t, one, told))


def named(eyes: Eyes, person: Person | None) -> Text:
    """Return a member's name, a mention where reader and they share a workspace."""
    if person is None:
        return eyes.t("Somebody who has left")
    name = short_words(person.name, _LONGEST_NAME)
    return Text((Mention(person.ref, name),)) if _together(eyes, person) else verbatim(name)


def _together(eyes: Eyes, person: Person) -> bool:
    mine = eyes.reader.ref if eyes.reader else None
    return mine is not None and (mine.platform, mine.workspace) == (
        person.ref.platform,
        person.ref.workspace,
    )


def _names(one: Membership | None) -> bool:
    """Return whether an introduction may name somebody's subject; who is in no programme was not asked."""
    return one is not None and one.may_be_named


def subject_said(to: Showing | Context, one: Membership) -> str:
    """Return what the subject is called by which somebody is matched, for themselves."""
    told = to.directory.told(to.tx, [one.member], seen_by=Seen.MATCHING).get(one.member)
    found = titles(to.t, [subject_of(one.wishes, told)] if told else [], subjects())
    return found[0].bare() if found else ""


def _about(t: Translate, one: Membership | None, told: Told) -> Text:
    """Return what may be shown of a partner: what they wished or show to all, never their district."""
    wishes = one.wishes if one else Wishes()
    subject = subject_of(wishes, told)
    field = field_of().get(subject)
    parts: list[Text] = []
    if _names(one):
        parts += titles(t, [subject], subjects())
    elif field is not None:
        parts.append(verbatim(field.title.said(t.locale)))
    taught = titles(t, wishes.grades or told.grades, grades())
    if taught:
        parts.append(t("grades {grades}", grades=joined(taught)))
    if wishes.topics:
        parts.append(
            t("would like to talk about {topics}", topics=", ".join(wishes.topics[:_MOST_TOPICS]))
        )
    spoken = titles(t, wishes.languages or told.languages, languages())
    if spoken:
        parts.append(joined(spoken))
    return joined(parts, " · ") if parts else t("has not told more yet")


def titles(t: Translate, ids: Sequence[str], known: Mapping[str, Titled]) -> list[Text]:
    """Return what these of a pack are called."""
    return [verbatim(known[each].title.said(t.locale)) for each in ids if each in known]
