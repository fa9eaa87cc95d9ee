"""EdCamps, declared."""

from plnbot.edcamps import declared_day
from plnbot.edcamps.actions import held, merging, phases, posting, publishing, suggesting
from plnbot.edcamps.actions.telling import KINDS
from plnbot.edcamps.cards.board import ALL
from plnbot.edcamps.coming import happenings, on_offer
from plnbot.edcamps.parts import BOARD, ORGANISING
from plnbot.edcamps.personal import PERSONAL
from plnbot.edcamps.protocols import PROTOCOLS
from plnbot.edcamps.routes import routes
from plnbot.edcamps.routes.home import TAKES_OVER, votes_waiting
from plnbot.edcamps.routes.roles import ROLES
from plnbot.edcamps.store import boards
from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import CALLED_THEN, NothingToDo, Post, to_one_person
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="edcamps",
    title=msg("EdCamps"),
    optional=True,
    routes=routes,
    parts=(BOARD, ORGANISING),
    words=(
        msg("edcamp"),
        msg("new"),
        msg("card"),
        msg("title"),
        msg("vote"),
        msg("room"),
        msg("grid"),
        *declared_day.WORDS,
    ),
    posts=(
        Post(
            card=phases.PHASE,
            rooms=boards.rooms_in_use,
            refused=NothingToDo("the board's page says the same, and so does `/pln edcamp`"),
            wanted=NothingToDo("by the time it could be posted another phase may have begun"),
            words=NothingToDo("cards are put on the board by its form"),
            gap=NothingToDo("nothing below it counts"),
            renamed=NothingToDo("it counts and names nobody"),
        ),
        Post(
            card=publishing.PUBLISHED,
            rooms=boards.rooms_in_use,
            refused=NothingToDo("the board's page shows the grid"),
            wanted=NothingToDo("the grid is there until the day is over"),
            words=NothingToDo("cards are put on the board by its form"),
            gap=NothingToDo("nothing below it counts"),
            renamed=NothingToDo("it counts and names nobody"),
        ),
        *(
            to_one_person(card, "the board's page shows the same", CALLED_THEN)
            for card in (posting.LED, merging.MERGED, publishing.CHANGED, suggesting.SUGGEST)
        ),
        *declared_day.POSTS,
    ),
    happenings=happenings,
    on_offer=on_offer,
    takes_over=TAKES_OVER,
    waits=(votes_waiting,),
    figures=NothingToDo("what a member did stands among their activities"),
    notices=(*KINDS, publishing.YOUR_SESSIONS, *declared_day.NOTICES),
    roles=ROLES,
    people=PeopleHooks(
        left=declared_day.left,
        back=NothingToDo("nothing was taken from them"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=NothingToDo("their holdings take away or rename everything"),
    ),
    gathers=(),
    personal=PERSONAL,
    counted={
        "EdCamps": "edcamp_board",
        "cards on boards": "edcamp_card",
        "votes on cards": "edcamp_vote",
        "sessions": "edcamp_session",
        **declared_day.COUNTED,
    },
    command_words=(),
    packs=(PROTOCOLS,),
    spaces=(held.TENANT,),
    menu=(MenuPage(ALL, msg("EdCamps"), MenuPart.TOGETHER),),
)
