"""For which licences a rule is there, and which entries it is about, in words: every condition that is set."""

from plnbot.policies.rules import When, Which
from plnbot.policy_words.names import listed, named
from plnbot.talk.text import Text
from plnbot.talk.words import Translate


def of_licences(t: Translate, when: When) -> str:
    """Return for which licences a rule is there."""
    said: list[tuple[object, Text]] = [
        (when.classes, t("of the class {what}", what=listed(t, sorted(when.classes)))),
        (when.employment, t("while {how}", how=listed(t, sorted(when.employment)))),
        (when.attested, t("signed: {what}", what=listed(t, sorted(when.attested)))),
        (when.issued_since, t("issued since {day}", day=f"{when.issued_since}")),
        (when.issued_before, t("issued before {day}", day=f"{when.issued_before}")),
        (when.ends_since, t("ending since {day}", day=f"{when.ends_since}")),
        (when.ends_before, t("ending before {day}", day=f"{when.ends_before}")),
        (when.fte_below is not None, t("below {part} of full time", part=f"{when.fte_below}")),
        (when.days_to is not None, t("taught on at most {n} days", n=when.days_to or 0)),
        (when.days_below, t("taught on fewer than {n} days", n=when.days_below or 0)),
    ]
    return ", ".join(words.bare() for there, words in said if there)


def of_entries(t: Translate, which: Which) -> str:
    """Return which entries a rule is about."""
    said = [*_what(t, which), *_how(t, which)]
    return ", ".join(words for there, words in said if there) or t.words("all")


def _what(t: Translate, which: Which) -> list[tuple[object, str]]:
    kinds, tags = sorted(which.kinds), sorted(which.tags)
    return [
        (kinds, listed(t, kinds)),
        (tags, t("on one of: {what}", what=listed(t, tags)).bare()),
        (which.all_tags, t("on all of: {what}", what=listed(t, sorted(which.all_tags))).bare()),
        (which.not_kinds, t("but not {what}", what=listed(t, sorted(which.not_kinds))).bare()),
        (which.not_tags, t("not on {what}", what=listed(t, sorted(which.not_tags))).bare()),
        (which.roles, t("as one who: {what}", what=listed(t, sorted(which.roles))).bare()),
        (which.providers, t("of {what}", what=listed(t, sorted(which.providers))).bare()),
        (
            which.not_providers,
            t("not of {what}", what=listed(t, sorted(which.not_providers))).bare(),
        ),
    ]


def _how(t: Translate, which: Which) -> list[tuple[object, str]]:
    return [
        (which.measure, t("measured in: {what}", what=named(t, which.measure)).bare()),
        (which.has, t("with {what}", what=listed(t, sorted(which.has))).bare()),
        (which.in_person is True, t("in person").bare()),
        (which.in_person is False, t("not in person").bare()),
        (which.approved is True, t("approved").bare()),
        (which.approved is False, t("without an approval").bare()),
        (which.since, t("since {day}", day=f"{which.since}").bare()),
        (which.before, t("before {day}", day=f"{which.before}").bare()),
        (which.least_minutes, t("of at least {n} minutes", n=which.least_minutes or 0).bare()),
        (which.employment, t("while {how}", how=listed(t, sorted(which.employment))).bare()),
    ]
