"""Why a badge from elsewhere is not taken in: a sentence for everything that can be wrong with one."""

from collections.abc import Mapping
from typing import Final

from plnbot.openbadges.canonical import LARGEST
from plnbot.openbadges.picture import Lack
from plnbot.openbadges.proof import Flaw
from plnbot.openbadges.verdict import Standing
from plnbot.talk.words import Sentence, msg

TOO_MUCH: Final = "too much"
LACKS: Mapping[Lack, Sentence] = {
    Lack.BADGE: msg("This is no badge. Send the JSON file, or the picture that carries it."),
    Lack.IN_PICTURE: msg(
        "This picture carries no badge. Download it anew where you got it: copies often lose it."
    ),
    Lack.WHOLE: msg("This picture is damaged. Download it anew where you got it, and send that."),
    Lack.ONE: msg("This picture carries several badges. Send each as a file of its own."),
    Lack.SMALL: msg("The badge in this file is too long: {n} kB is the most.", n=LARGEST // 1024),
    Lack.NEW: msg(
        "This badge is older than Open Badges 3.0 and cannot be checked. Ask who issued it for one of 3.0."
    ),
    Lack.PROOF: msg(
        "This badge is signed as a JWT, which cannot be checked here. Ask who issued it for one signed with eddsa-rdfc-2022."
    ),
}
"""What is said of a file that is no badge which could be looked at."""
WHYS: Mapping[str, Sentence] = {
    Flaw.CHANGED: msg("It was changed since it was signed, or somebody else signed it."),
    Flaw.KIND: msg(
        "It is signed in a way that cannot be checked here. Ask who issued it for one signed with eddsa-rdfc-2022."
    ),
    Flaw.STRANGER: msg("It was signed by somebody else than who it says issued it."),
    Flaw.NO_KEY: msg("The key that signed it is none of its issuer's, or is no more."),
    Flaw.KEY_WITHDRAWN: msg(
        "Its issuer withdrew the key that signed it. Ask them for a file that is signed anew."
    ),
    Flaw.UNREADABLE: msg(
        "It has words that no standard known here explains, so nobody can tell whether it was changed."
    ),
    Standing.WITHDRAWN: msg("Who issued it withdrew it."),
    Standing.EXPIRED: msg("Its time has ended."),
    Standing.TOO_EARLY: msg("Its time has not begun."),
    TOO_MUCH: msg("It takes too much to check, more than an honest badge would."),
}
"""Why a badge was refused, by what is kept of that."""
