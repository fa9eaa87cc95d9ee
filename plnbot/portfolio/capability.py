"""The portfolio, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, to_one_person
from plnbot.portfolio import actions
from plnbot.portfolio.cards.exemplar import PAGE
from plnbot.portfolio.parts import PORTFOLIO
from plnbot.portfolio.personal import PERSONAL
from plnbot.portfolio.routes import routes
from plnbot.portfolio.routes.own import questions_wait
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="portfolio",
    title=msg("Portfolio"),
    optional=True,
    routes=routes,
    parts=(PORTFOLIO,),
    words=(msg("portfolio"),),
    posts=tuple(
        to_one_person(card, "the page of the portfolio shows the same")
        for card in (actions.SHARED, actions.ASKED, actions.ANSWERED)
    ),
    happenings=NothingToDo("an exemplar is no meeting that one could come to"),
    on_offer=NothingToDo("a portfolio is its teacher's, and shown to whom they choose"),
    takes_over=NothingToDo("nobody else's idea becomes an exemplar"),
    waits=(questions_wait,),
    figures=NothingToDo("how many exemplars one has says nothing of what they are"),
    notices=actions.KINDS,
    roles=(),
    people=PeopleHooks(
        left=NothingToDo("what they share ends when they said it does"),
        back=NothingToDo("nothing was changed when they left"),
        merged=NothingToDo("nobody can be merged yet"),
        erased=NothingToDo("holdings say it: what was shared with them ends there"),
    ),
    gathers=(),
    personal=PERSONAL,
    counted={"exemplars": "portfolio_exemplar"},
    command_words=(),
    menu=(MenuPage(PAGE, msg("Portfolio"), MenuPart.OWN),),
)
