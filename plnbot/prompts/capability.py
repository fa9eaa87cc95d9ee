"""Prompts, declared."""

from plnbot.engine.capability import Capability
from plnbot.engine.menu import MenuPage, MenuPart
from plnbot.engine.people import PeopleHooks
from plnbot.engine.posts import NothingToDo, to_one_person
from plnbot.engine.roles import NETWORK, Role, RoleUse
from plnbot.prompts import actions, answers_declared, bank_declared
from plnbot.prompts.coming import on_offer
from plnbot.prompts.packs import PROMPT_PACKS
from plnbot.prompts.parts import ASKING, CURATING, PROMPTS
from plnbot.prompts.personal import PERSONAL
from plnbot.prompts.routes import routes
from plnbot.prompts.routes.bank import suggestions_wait
from plnbot.prompts.routes.gathered import GATHERS
from plnbot.prompts.routes.suggesting import other_words_wait
from plnbot.talk.words import msg

CAPABILITY = Capability(
    name="prompts",
    title=msg("Prompts"),
    optional=True,
    routes=routes,
    parts=(PROMPTS, ASKING, CURATING),
    words=(
        msg("also"),
        msg("back"),
        msg("here"),
        msg("list"),
        msg("new"),
        msg("prompt"),
        msg("remind"),
        msg("skip"),
        msg("title"),
        msg("when"),
        *bank_declared.WORDS,
    ),
    posts=(
        answers_declared.ASKED,
        *answers_declared.POSTS,
        *bank_declared.POSTS,
        to_one_person(actions.NOT_POSTED, "commands show the same"),
    ),
    happenings=NothingToDo("a prompt is no meeting that one could come to"),
    on_offer=on_offer,
    takes_over=NothingToDo("what is asked comes from the bank, where members suggest"),
    waits=(other_words_wait, suggestions_wait),
    figures=NothingToDo("what a member did stands among their activities"),
    notices=(*actions.KINDS, *answers_declared.NOTICES, *bank_declared.NOTICES),
    roles=(
        RoleUse(Role.ORGANISER, (NETWORK,), msg("Set up prompts with `/pln prompt new`.")),
        *answers_declared.ROLES,
        *bank_declared.ROLES,
    ),
    people=PeopleHooks(
        left=actions.author_left_or_back,
        back=actions.author_left_or_back,
        merged=NothingToDo("nobody can be merged yet"),
        erased=NothingToDo("their holdings take away or rename everything"),
    ),
    gathers=(GATHERS,),
    personal=PERSONAL,
    counted={"prompts asked": "prompt_occurrence"},
    command_words=(),
    packs=(PROMPT_PACKS,),
    menu=(MenuPage("prompts.bank", msg("Bank of prompts"), MenuPart.LOOKED_AFTER),),
)
