"""Quoted lines, as platforms and people write them: somebody else's words, whoever repeats them."""

import re

_QUOTED = re.compile(r"^\s*>(?!>>)")
_THE_REST = ">>>"


def without_quotes(words: str) -> str:
    """Return what somebody says themselves, without the lines that they quote.

    Behind `>>>` all the rest of a message is quoted. Words without quotes stay as they are.
    """
    said: list[str] = []
    lines = words.split("\n")
    for line in lines:
        if line.lstrip().startswith(_THE_REST):
            break
        if not _QUOTED.match(line):
            said.append(line)
    return words if len(said) == len(lines) else "\n".join(said).strip()
