"""What people do about themselves and the network."""

from sqlalchemy import select

from plnbot.engine.store import role_grant
from plnbot.members.model import FIELDS
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, CY, Script

TOLD = {
    "subjects": ("science", "math"),
    "grades": ("7",),
    "district": "Columbus City",
    "school": "Oak Middle",
    "years": "7",
    "zone": "America/Los_Angeles",
    "quiet": "none",
    "goals": "Better lab talk\nLess marking",
}
AWAKE = {"subjects": ("math",), "zone": "America/New_York", "quiet": "none", "years": ""}


async def begin(script: Script) -> None:
    """Come in, tell of oneself, give a role, look around."""
    await script.do(ANA, Command("help"))
    await script.do(BO, Command("start"))
    await script.do(BO, Submit("members.start", {"years": "many"}), "errors members.start")
    await script.do(BO, Submit("members.start", TOLD))
    await script.do(BO, Command("profile"))
    await script.do(BO, Press("members.seen"))
    seen = dict.fromkeys(FIELDS, "network")
    await script.do(BO, Submit("members.seen", seen))
    await script.do(CY, Press("members.start"))
    await script.do(CY, Command("language"))
    await script.do(CY, Press("members.language"))
    await script.do(CY, Press("members.speak", value="en"))
    await script.do(CY, Command("language es-MX"), "command language es")
    await script.do(CY, Press("members.confirm", "America/New_York en"))
    await script.do(CY, Command("zone america kent"), "command zone of several")
    await script.do(CY, Press("members.in_zone", value="America/New_York"))
    await script.do(CY, Press("members.zone"))
    await script.do(CY, Submit("members.zone", {"zone": "row:America/New_York"}))
    await script.do(ANA, Command("network language"))
    both = {"zone": "row:America/New_York", "locale": "en"}
    await script.do(ANA, Submit("members.network", both))
    await script.do(CY, Command(f"who {script.ids[BO]}"), "command who")
    await script.do(CY, Command("who nobody"), "command who nobody")
    await script.do(CY, Press("members.who", value="2"))
    await script.do(CY, Command("role"), "refused command role")
    await script.do(ANA, Command("role"))
    await script.do(ANA, Press("members.role", value="3"))
    await script.do(CY, Command("help profile"), "command help profile")
    await script.do(CY, Press("members.do", "me profile"))
    await script.do(CY, Press("members.do_one", value="who"))
    await script.do(CY, Submit("members.do", {"person": "row:2"}, "who"))
    await script.do(CY, Press("members.help"))
    await script.do(CY, Press("members.sign_out"))
    for words in ("sign out", "home", "web", "audit", "help hepl"):
        await script.do(ANA, Command(words))
    for view in ("help", "audit"):
        await script.do(ANA, Opened(view), f"opened {view}")


def _of_bo(tx: Tx) -> str:
    """Return the number of the role that Bo was given in the network."""
    (held,) = tx.execute(
        select(role_grant.c.id).where(role_grant.c.person_id == 2, role_grant.c.scope == "")
    ).scalars()
    return str(held)


async def before(script: Script) -> None:
    """Settle the district that was typed, add one, give it a name, and make them one and two."""
    await script.do(ANA, Command("districts"))
    await script.do(ANA, Press("members.settle", "1"))
    await script.do(ANA, Submit("members.settle", {"name": "Columbus", "state": "Ohio"}, "1"))
    school = Submit("members.settle", {"name": "Oak Middle School", "state": ""}, "2")
    await script.do(ANA, school, "form members.settle a school")
    await script.do(ANA, Press("members.add_district"))
    await script.do(ANA, Submit("members.settle", {"name": "Columbus USD", "state": ""}))
    await script.do(ANA, Press("members.name_also", "3"))
    await script.do(ANA, Submit("members.name_also", {"name": "CUSD"}, "3"))
    await script.do(ANA, Press("members.merge", "3"))
    await script.do(ANA, Submit("members.merge", {"into": "row:1"}, "3"))
    await script.do(ANA, Press("members.merge_now", "3-1"))
    await script.do(ANA, Press("members.unmerge", "3"))
    await _notices(script)


async def _notices(script: Script) -> None:
    """See what will be sent, choose how, and be on leave for a moment."""
    await script.do(ANA, Press("members.direct"))
    await script.do(CY, Press("members.direct"))
    await script.do(BO, Command("me notices"))
    await script.do(BO, Press("members.notice", value="chats.hidden"))
    await script.do(BO, Press("members.notice_how", value="chats.hidden:day"))
    await script.do(BO, Press("members.not_direct"))
    await script.do(BO, Press("members.direct"))
    await script.do(ANA, Submit("members.role", {"person": "row:2", "role": "co_moderator"}))
    await script.do(ANA, Command("network roles"))
    number = await script.store.read(_of_bo)
    await script.do(ANA, Press("members.end_role", number))
    await script.do(BO, Press("members.notices_seen"))
    await script.do(BO, Opened("notices"), "opened notices")
    await script.do(CY, Command("me leave"))
    backwards = {"ends": "1 December", "begins": "4 December"}
    await script.do(CY, Submit("members.leave", backwards), "errors members.leave")
    await script.do(CY, Submit("members.leave", {"ends": "4 December", "begins": ""}))
    await script.do(CY, Command("me leave"), "command me leave on leave")
    await script.do(CY, Press("members.leave"))
    await script.do(CY, Press("members.back"))


async def after(script: Script) -> None:
    """Go home, and let another workspace join by the word of both."""
    await script.do(BO, Opened("home"), "opened home")
    await script.do(ANA, Submit("members.start", AWAKE), "form members.start by who is awake")
    other = Place(script.room.platform, script.ids["other"], "")
    row = f"{other.platform}/{other.workspace}"
    await script.parts.desk.settle(other.platform, other.workspace, "Lakeside", joins=False)
    await script.do(ANA, Submit("members.start", AWAKE), "form members.start there", where=other)
    await script.do(ANA, Press("members.direct"), "press members.direct there", where=other)
    await script.do(ANA, Opened("home"), "opened home with what waits")
    await script.do(ANA, Press("members.joining", row))
    await script.do(ANA, Command("join"), where=other)
    await script.do(ANA, Press("members.admit", row), "press members.admit by theirs", where=other)
    await script.do(ANA, Press("members.turn_down", row))
    await script.do(ANA, Press("members.take_back", row))
    await script.do(ANA, Press("members.take_back", row), "command join anew", where=other)
    await script.do(ANA, Press("members.admit", row), "press members.admit by ours")
    await script.do(ANA, Press("members.admit", row), where=other)


async def leave(script: Script) -> None:
    """Take one's data out, and be forgotten."""
    await script.do(ANA, Command("network parts"))
    await script.do(ANA, Press("members.switch_off", "chats"))
    await script.do(ANA, Command("chat list"), "refused command chat list off")
    await script.do(ANA, Press("members.switch_on", "chats"))
    for words in ("data", "export", "forget me"):
        await script.do(CY, Command(words))
    await script.do(ANA, Command(f"forget {script.ids[CY]}"), "command forget")
    await script.do(ANA, Press("members.forget_whom", value="3"))
    await script.do(CY, Press("members.export"))
    await script.name_posts()
    await script.do(CY, Press("members.forget"))
    await script.do(CY, Submit("members.forget", {"answers": "kept"}))
