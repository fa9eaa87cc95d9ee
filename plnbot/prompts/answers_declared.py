"""What prompts declare of their answers: the posts, and the kinds of what one member is told."""

from plnbot.engine.posts import Gathered, HearsFirst, Listens, NothingToDo, Post, to_one_person
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.prompts import actions, store
from plnbot.prompts.actions.looking_back import KIND as LOOKING_BACK
from plnbot.prompts.actions.nudging import KIND as NUDGES
from plnbot.prompts.routes.gathered import HIDDEN, renamed
from plnbot.talk.words import msg

_BELOW = NothingToDo("what stands below a prompt is looked for with the prompt itself")


ASKED = Post(
    card=actions.ASKED,
    rooms=store.rooms_on,
    refused=actions.not_posted,
    wanted=actions.still_wanted,
    words=Gathered.BELOW,
    gap=Listens(actions.ongoing, actions.not_read),
    renamed=NothingToDo("whose idea it is was said once, as they were called then"),
)
POSTS = (
    Post(
        card=actions.ANSWERED,
        rooms=store.rooms_on,
        refused=NothingToDo("the prompt above it was refused too, and that is told"),
        wanted=NothingToDo("the prompt's page shows it"),
        words=NothingToDo("it hangs below its prompt, and so do words about it"),
        gap=_BELOW,
        renamed=renamed,
    ),
    Post(
        card=actions.ROUND_UP,
        rooms=store.rooms_on,
        refused=NothingToDo("the prompt's page shows the same, and the next prompt tells of it"),
        wanted=NothingToDo("a morning later it is no news"),
        words=Gathered.BELOW,
        gap=HearsFirst(actions.published),
        renamed=NothingToDo("who shows answers under new names does it for the round-up too"),
    ),
    *(
        to_one_person(card, "pages and commands show the same")
        for card in (actions.NUDGED, actions.LOOKED_BACK, HIDDEN.name, actions.NOT_HEARD.name)
    ),
)
NOTICES = (NUDGES, LOOKING_BACK, HIDDEN, actions.NOT_HEARD)
ROLES = (
    RoleUse(Role.MODERATOR, (NETWORK,), msg("Hide answers to prompts, and take them as a file.")),
)
