"""A badge from elsewhere: what could be checked of it, what not, to its owner and to whom they show it."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.badges.cards.words import title_of
from plnbot.badges.model import Looked
from plnbot.badges.refusals import WHYS
from plnbot.badges.store.brought import Brought
from plnbot.openbadges.foreign import Whose
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    LinkButton,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import paragraphs
from plnbot.talk.pages import Downloads, Head, Heading, Listing, Page, PageBlock
from plnbot.talk.text import EMPTY, Style, Text, When, verbatim, with_links
from plnbot.talk.words import Translate


def line(t: Translate, it: Brought, now: datetime) -> Text:
    """Return one line of it: what, from whom, and how it stands."""
    return t("{name}. {standing}", name=it.called, standing=standing(t, it, now))


def standing(t: Translate, it: Brought, now: datetime) -> Text:
    """Return from whom it is and how it stands, for where its name stands above."""
    who = it.said["issuer"] or it.said["host"] or t.words("an unnamed issuer")
    if it.standing is Looked.REFUSED:
        return t("From elsewhere ({who}): it holds no more", who=who)
    if it.over(now) and it.until is not None:
        ended = When(it.until, Style.DATE)
        return t("From elsewhere ({who}): ended on {day}", who=who, day=ended)
    if it.standing is Looked.WAITS and it.verified_at is None:
        return t("From elsewhere ({who}), being checked", who=who)
    if it.verified_at is None:
        return t("From elsewhere ({who}), not verified yet", who=who)
    day = When(it.verified_at, Style.DATE)
    return t("From elsewhere ({who}), verified on {day}", who=who, day=day)


def own(t: Translate, it: Brought, now: datetime) -> Card:
    """Return one to its owner; one that was refused when it came is no longer there but for the reason."""
    title = title_of(it.called)
    if not it.taken_in:
        said = t("It is not taken in: your file is as it was, and nothing of it is kept here.")
        return Card(title, (Paragraph(_why(t, it)), Paragraph(said, quiet=True)), Tone.CAUTION)
    blocks: list[Block] = [Paragraph(standing(t, it, now))]
    blocks += [Paragraph(each) for each in checks(t, it)]
    leads = Actions((*_done_with(t, it), PageButton(t("Open"), "badges.brought", str(it.id))))
    return Card(title, (*blocks, leads), _tone(it, now))


def _tone(it: Brought, now: datetime) -> Tone:
    if it.standing is Looked.WAITS:
        return Tone.PLAIN
    return Tone.GOOD if it.holds and not it.over(now) else Tone.CAUTION


def _done_with(t: Translate, it: Brought) -> Sequence[Button]:
    row = str(it.id)
    found = [Button(t("Check it again"), "badges.recheck", row)]
    if it.shared_at is not None:
        found.append(Button(t("Show it to nobody else"), "badges.unshare", row))
    elif it.holds and it.verified_at is not None:
        found.append(Button(t("Show it to others"), "badges.share", row))
    sure = t("The file is deleted here, and its page is gone. The file that you have stays.")
    found.append(Button(t("Take it out"), "badges.drop", row, Look.DANGER, sure))
    return found if it.standing is not Looked.WAITS else found[1:]


def _why(t: Translate, it: Brought) -> Text:
    if it.since:
        return t(
            "Its issuer withdrew the key that signed it, on {day}. Ask them for a file that is signed anew.",
            day=it.since,
        )
    return t.say(WHYS[it.why])


def checks(t: Translate, it: Brought, *, others: bool = False) -> Sequence[Text]:
    """Return what was checked, and what could not be; worded for `others` than its owner."""
    if it.standing is Looked.REFUSED:
        return [_why(t, it)]
    if it.standing is Looked.WAITS:
        return [
            t("Its signature, its issuer's keys and its list are looked at. You hear in a moment.")
        ]
    if it.standing is Looked.KEYS_AWAY:
        host = it.said["host"] or t.words("its issuer")
        return [
            t("Not checked: the keys of {host} were not to be had. Try again later.", host=host)
        ]
    return [
        *_signed(t, it),
        _withdrawal(t, it.standing),
        _lasts(t, it),
        _theirs(t, it, others=others),
    ]


def _signed(t: Translate, it: Brought) -> Sequence[Text]:
    if host := it.said["host"]:
        return [t("Checked: a key of {host} signed it, and nothing was changed since.", host=host)]
    return [
        t("Checked: nothing was changed since it was signed."),
        t("Not checked: who signed it, for its key names itself."),
    ]


def _withdrawal(t: Translate, standing: Looked) -> Text:
    if standing is Looked.GOOD:
        return t("Checked: its issuer's list says that it was not withdrawn.")
    if standing is Looked.NO_LIST:
        return t("Not checked: whether it was withdrawn, for it names no list that says so.")
    return t("Not checked: whether it was withdrawn, for its list could not be read.")


def _lasts(t: Translate, it: Brought) -> Text:
    if it.until is None:
        return t("It has no end.")
    return t("It lasts until {day}.", day=When(it.until, Style.DATE))


def _theirs(t: Translate, it: Brought, *, others: bool) -> Text:
    if it.whose is Whose.UNSAID:
        return t("Not checked: whose it is, for it does not say so in a way that can be compared.")
    if others:
        return t("Checked: it was issued to the address that its owner stated.")
    return t("Checked: it was issued to the address that you stated, which is not kept.")


def owners_page(t: Translate, it: Brought, address: str, live: str, now: datetime) -> Page:
    """Return its page to its owner, with the file as it was."""
    card = own(t, it, now)
    if not it.taken_in:
        return Page(card.title, (card,), live=live)
    blocks: list[PageBlock] = [
        Card(t("What could be checked"), card.blocks[:-1], card.tone),
        Actions(tuple(_done_with(t, it))),
    ]
    if address:
        blocks.append(
            Paragraph(t("Whoever has this address sees it:") + verbatim(" ") + with_links(address))
        )
    blocks += _words(t, it)
    actions = (LinkButton(t("See what others see"), address),) if address else ()
    files = Downloads(((t("The file as you brought it"), f"badges.kept/{it.id}"),))
    return Page(card.title, tuple(blocks), live=live, head=Head(actions=actions, files=files))


def _words(t: Translate, it: Brought) -> Sequence[PageBlock]:
    """Return what it says of itself: somebody else's words, and said to be."""
    found: list[PageBlock] = [Heading(t("What it says of itself"), "says")]
    facts = [t("Issued by {who}.", who=it.said["issuer"])] if it.said["issuer"] else []
    if awarded := it.said["awarded"]:
        day = When(datetime.fromisoformat(awarded), Style.DATE)
        facts.append(t("Issued on {day}.", day=day))
    found += [Listing(tuple(facts))] if facts else []
    found += paragraphs(verbatim(it.said["about"]))
    if it.said["criteria"]:
        found += [Heading(t("Criteria"), "criteria"), *paragraphs(verbatim(it.said["criteria"]))]
    return found


def public(t: Translate, it: Brought, network: str, file: str, *, live: str, now: datetime) -> Page:
    """Return one to anybody who has its address: what could be checked of it, when and by whom."""
    title = t("Micro-credential: {name}", name=it.called)
    day = When(it.verified_at, Style.DATE) if it.verified_at else EMPTY
    looked = t("{network} checked it on {day}. It was issued elsewhere.", network=network, day=day)
    if it.over(now):
        stands = Card(t("It is over"), (Paragraph(t("Its time has ended.")),), Tone.CAUTION)
    elif it.why:
        stands = Card(t("It holds no more"), (Paragraph(_why(t, it)),), Tone.CAUTION)
    else:
        stands = Card(t("It held when it was checked"), (Paragraph(looked),), Tone.GOOD)
    facts = list(checks(t, it, others=True)) if it.holds else []
    if it.name:
        facts.insert(0, t("Brought here by {name}.", name=it.name))
    blocks = (stands, *([Listing(tuple(facts))] if facts else ()), *_words(t, it))
    head = Head(actions=(LinkButton(t("The badge as a file"), file),) if file else ())
    return Page(title, blocks, live=live, head=head)
