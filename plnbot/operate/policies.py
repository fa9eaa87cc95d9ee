"""`plnbot policy`: whether a policy is sound, what it asks in plain words, what a history comes to under it."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from plnbot import policy_words
from plnbot.errors import PlnError
from plnbot.policies import Policy, PolicyError, evaluate
from plnbot.policies.histories import LARGEST, History, differences, read_history
from plnbot.policies.shelf import read_with_overlays
from plnbot.talk.words import Translate

Given = argparse.Namespace


class CannotReadError(PlnError):
    """A file that cannot be read or is not sound; its words are the operator's, line by line."""


def done(given: Given) -> int:
    """Do it and print what came of it; return 1 where something is wrong."""
    match given.action:
        case "check":
            return _check(given.file)
        case "explain":
            policy = read(Path(given.file))
            for line in policy_words.explained(Translate(given.language), policy):
                print(line.bare())
            return 0
        case _:
            return _try(given)


def read(path: Path) -> Policy:
    """Return the policy in a file, over what it extends; raises `CannotReadError`."""
    try:
        return read_with_overlays(_text(path), path.parent)
    except PolicyError as error:
        raise CannotReadError(_by_line(path, error)) from error


def _check(files: list[str]) -> int:
    ill = 0
    for each in files:
        try:
            policy = read(Path(each))
        except CannotReadError as error:
            ill = 1
            print(error, file=sys.stderr)
        else:
            print(
                f"{each}: {policy.cite}, {len(policy.rules())} rules, sound ({policy.digest[:12]})"
            )
    return ill


def _try(given: Given) -> int:
    policy = read(Path(given.file))
    history = _history(Path(given.history))
    today = _today(given.today, history)
    statement = evaluate(policy, history.licence, history.entries, today)
    titles = {each.id: each.title for each in history.entries}
    for line in policy_words.stated(Translate(given.language), statement, titles):
        print(line.bare())
    wrong = list(differences(history, statement))
    for each in wrong:
        print(f"{given.history}: {each}", file=sys.stderr)
    return 1 if wrong else 0


def _today(said: str | None, history: History) -> date:
    if said is None:
        return history.today or datetime.now(UTC).date()
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise CannotReadError(f"--today {said}: give a day such as 2026-11-28") from error


def _history(path: Path) -> History:
    try:
        return read_history(_text(path))
    except (PolicyError, ValueError) as error:
        said = _by_line(path, error) if isinstance(error, PolicyError) else f"{path}: {error}"
        raise CannotReadError(said) from error


def _text(path: Path) -> str:
    try:
        with path.expanduser().open("rb") as file:
            return file.read(LARGEST + 1).decode("utf-8-sig")
    except OSError as error:
        raise CannotReadError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CannotReadError(f"{path}: is not UTF-8: save it as UTF-8 in your editor") from error


def _by_line(path: Path, error: PolicyError) -> str:
    return "\n".join(f"{path}:{each.line}: {each.words}" for each in error.problems)
