"""An award: to its owner, to who may withdraw it, and to anybody who has its address."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.badges.cards.words import award_standing, title_of
from plnbot.badges.store.awards import Award, Key
from plnbot.badges.store.definitions import Badge
from plnbot.talk.cards import (
    Actions,
    Block,
    Button,
    Card,
    Image,
    LinkButton,
    Look,
    PageButton,
    Paragraph,
    Tone,
)
from plnbot.talk.fallback import paragraphs
from plnbot.talk.pages import Downloads, Head, Heading, Listing, Page, PageBlock
from plnbot.talk.text import Code, Style, Text, When, verbatim, with_links
from plnbot.talk.words import Translate


def own(t: Translate, it: Award, badge: Badge) -> Card:
    """Return an award to its owner."""
    blocks: list[Block] = [Paragraph(award_standing(t, it))]
    if it.withdrawn_at is not None:
        blocks.append(Paragraph(t("Why: {why}", why=it.why)))
        return Card(title_of(badge.terms.name), tuple(blocks), Tone.CAUTION)
    blocks.append(Paragraph(_written(t, it), quiet=True))
    if it.key_withdrawn_at is not None:
        day = When(it.key_withdrawn_at, Style.DATE)
        said = t(
            "A key that signed your file was withdrawn on {day}. Files of before verify no more.",
            day=day,
        )
        blocks.append(Paragraph(said))
    row, again = str(it.id), t("Change what it shows")
    buttons = (
        Button(again if it.asked else t("Take it along"), "badges.take", row, Look.PRIMARY),
        PageButton(t("Open"), "badges.award", row),
    )
    return Card(title_of(badge.terms.name), (*blocks, Actions(buttons)), Tone.GOOD)


def _written(t: Translate, it: Award) -> Text:
    if not it.asked:
        return t("Take it along as a file that any verifier reads; it is yours wherever you go.")
    if it.signed < it.asked:
        return t("It is being signed. Look again in a moment.")
    return t("It is signed, and its files are on its page.")


def owners_page(t: Translate, it: Award, badge: Badge, address: str, live: str) -> Page:
    """Return the page of an award to its owner, with its files and its address."""
    files = None
    if it.signed and it.withdrawn_at is None:
        row = f"/{it.id}"
        files = Downloads(
            (
                (t("The badge (JSON)"), f"badges.json{row}"),
                (t("The badge in its picture (PNG)"), f"badges.png{row}"),
            )
        )
    blocks: list[PageBlock] = [own(t, it, badge)]
    if it.signed and address:
        blocks.append(
            Paragraph(t("Whoever has this address sees it:") + verbatim(" ") + with_links(address))
        )
    actions = (LinkButton(t("See what others see"), address),) if it.signed and address else ()
    head = Head(actions=actions, files=files)
    return Page(title_of(badge.terms.name), tuple(blocks), live=live, head=head)


def public(
    t: Translate,
    it: Award,
    badge: Badge,
    *,
    network: str,
    shown: Sequence[tuple[str, str]],
    drawn: str,
    alt: str,
    now: datetime,
    live: str,
) -> Page:
    """Return an award to anybody who has its address: what it is, and how it stands.

    Once it is withdrawn, its owner can no longer choose what it shows, so it shows nothing of theirs.
    """
    terms = badge.terms
    facts = [t("Awarded by {network} on {day}.", network=network, day=When(it.at, Style.DATE))]
    if it.name and it.withdrawn_at is None:
        facts.append(t("Awarded to {name}.", name=it.name))
    if it.until is not None:
        facts.append(t("It lasts until {day}.", day=When(it.until, Style.DATE)))
    if it.key_withdrawn_at is not None:
        gone = When(it.key_withdrawn_at, Style.DATE)
        facts.append(
            t(
                "A key that signed its file was withdrawn on {day}: files of before verify no more.",
                day=gone,
            )
        )
    facts += [t("Met: {criterion}", criterion=each.name) for each in terms.criteria]
    blocks: list[PageBlock] = [
        Image(drawn, verbatim(alt)),
        Paragraph(verbatim(terms.about)),
        Listing(tuple(facts)),
    ]
    for name, words in shown if it.withdrawn_at is None else ():
        blocks += [Heading(verbatim(name), f"e{len(blocks)}"), *paragraphs(verbatim(words))]
    title = t("Micro-credential: {name}", name=terms.name)
    return Page(title, (how_it_stands(t, it, now), *blocks), live=live, head=_taken(t, it))


def _taken(t: Translate, it: Award) -> Head:
    """Return where anybody takes the file of an award, and sees who signed it."""
    if not it.address:
        return Head()
    at = f"{it.address}/open/award/{it.code}"
    return Head(
        actions=(
            LinkButton(t("The badge (JSON)"), f"{at}/badge.json"),
            LinkButton(t("The badge in its picture (PNG)"), f"{at}/badge.png"),
        )
    )


def how_it_stands(t: Translate, it: Award, now: datetime) -> Card:
    """Return whether an award is good, on its public page."""
    if it.withdrawn_at is not None:
        when = When(it.withdrawn_at, Style.DATE)
        return Card(
            t("Withdrawn on {day}", day=when),
            (Paragraph(t("It counts no more since then.")),),
            Tone.CAUTION,
        )
    if not it.stands(now):
        return Card(t("It is over"), (Paragraph(t("Its time has ended.")),), Tone.CAUTION)
    return Card(
        t("It is good"),
        (Paragraph(t("It was not withdrawn, and its time has not ended.")),),
        Tone.GOOD,
    )


def keys(
    t: Translate,
    network: str,
    found: Sequence[tuple[Key, str]],
    issuer: str,
    *,
    administers: bool = False,
) -> Sequence[PageBlock]:
    """Return the keys of a network, each with its fingerprint, which people compare."""
    blocks: list[PageBlock] = [
        Paragraph(t("{network} signs its micro-credentials with these keys.", network=network)),
        Paragraph(t("Its name for verifiers:") + verbatim(" ") + Text((Code(issuer),))),
    ]
    for key, fingerprint in found:
        blocks += [
            Heading(_since(t, key), f"k{key.id}"),
            Paragraph(Text((Code(fingerprint),))),
        ]
        if administers and key.withdrawn_at is None:
            blocks.append(Actions((_lost(t, key),)))
    return blocks


def _since(t: Translate, key: Key) -> Text:
    since = When(key.at, Style.DATE)
    if key.withdrawn_at is not None:
        gone = When(key.withdrawn_at, Style.DATE)
        return t("Withdrawn on {day}; what it signed does not count", day=gone)
    if key.replaced_at is None:
        return t("Signs since {day}", day=since)
    until = When(key.replaced_at, Style.DATE)
    return t("Signed from {day} until {until}; what it signed stays good", day=since, until=until)


def _lost(t: Translate, key: Key) -> Button:
    sure = t(
        "For a key that was lost or stolen. No file that it signed verifies any more. Awards that stand are signed anew with another key, and their owners are told to take the new file. There is no way back."
    )
    return Button(t("Withdraw this key"), "badges.key_lost", str(key.id), Look.DANGER, sure)
