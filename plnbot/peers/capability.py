"""Peers, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import CALLED_THEN, NothingToDo, Post, to_one_person
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.peers.actions import joining, keys
from plnbot.peers.actions.meeting_place import TENANT
from plnbot.peers.cards.member import PAGE
from plnbot.peers.coming import on_offer
from plnbot.peers.command_words import WORDS
from plnbot.peers.packs import PACKS
from plnbot.peers.parts import ORGANISING, PEERS
from plnbot.peers.personal import PERSONAL
from plnbot.peers.routes import routes
from plnbot.peers.routes.mine import meetings_wait
from plnbot.peers.routes.organiser import reports_wait
from plnbot.peers.store.programmes import in_rooms
from plnbot.talk.words import msg

_TOLD = (
    keys.INTRODUCED, keys.THIRD, keys.NUDGE, keys.CHECK, keys.LEFT, keys.GONE, keys.PAUSED,
    keys.STANDING, keys.REPORTED, keys.ANSWERED, keys.PROPOSED, keys.CLOSING, keys.THANKS,
    keys.ROUND, keys.NAMED,
)  # fmt: skip
CAPABILITY = Capability(
    name="peers",
    title=msg("Introductions"),
    optional=True,
    routes=routes,
    parts=(PEERS, ORGANISING),
    words=(
        msg("avoid"),
        msg("introduce"),
        msg("join"),
        msg("leave"),
        msg("new"),
        msg("pause"),
        msg("peers"),
        msg("person"),
        msg("programmes"),
        msg("report"),
        msg("skip"),
        msg("until"),
    ),
    posts=(
        Post(
            card=keys.OFFER,
            rooms=in_rooms,
            refused=NothingToDo("`/pln peers join` offers the same everywhere"),
            wanted=NothingToDo("`/pln peers join` offers the same everywhere"),
            words=NothingToDo("what people say below an offer is talk among them"),
            gap=NothingToDo("no words count below it"),
            renamed=NothingToDo("it counts and names nobody"),
        ),
        Post(
            card=keys.BEGIN,
            rooms=NothingToDo("it stands in a place that was made for it"),
            refused=NothingToDo("the card that each has says the same"),
            wanted=NothingToDo("the card that each has says the same"),
            words=NothingToDo("what two say to each other is theirs"),
            gap=NothingToDo("no words count below it"),
            renamed=NothingToDo("it says what somebody was called when it was written"),
        ),
        *(
            to_one_person(
                card, "whom they meet, and what waits for them, stands on their page", CALLED_THEN
            )
            for card in _TOLD
        ),
    ),
    happenings=NothingToDo("when two meet is theirs, and stands in no calendar of all"),
    on_offer=on_offer,
    takes_over=NothingToDo("introductions are made from people, not from ideas"),
    waits=(meetings_wait, reports_wait),
    figures=NothingToDo("what a member did stands among their activities"),
    notices=keys.NOTICES,
    roles=(
        RoleUse(
            Role.ORGANISER,
            (NETWORK,),
            msg("Introduce colleagues to each other with `/pln peers new`."),
        ),
    ),
    people=PeopleHooks(
        left=joining.account_left,
        back=NothingToDo("they never left their programmes, and the next round finds them"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=joining.erased,
    ),
    gathers=(),
    personal=PERSONAL,
    counted={"introductions": "peers_introduction", "programmes": "peers_programme"},
    command_words=WORDS,
    packs=PACKS,
    spaces=(TENANT,),
    menu=(MenuPage(PAGE, msg("Introductions"), MenuPart.TOGETHER),),
)
