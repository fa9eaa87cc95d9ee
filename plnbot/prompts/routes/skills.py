"""Which skills a prompt touches, or all that a schedule asks, as those say who look after them."""

from plnbot.engine.routes import Routes
from plnbot.prompts.actions import CURATES, ORGANISES, bank_topic
from plnbot.prompts.cards import bank, organisers
from plnbot.prompts.model import Prompt, PromptSchedule
from plnbot.prompts.routes.objects import A_PROMPT, A_SCHEDULE
from plnbot.skills.routes import Carries, carries

routes = Routes()
OF_A_PROMPT: Carries[Prompt] = Carries(
    bank.SKILLS,
    A_PROMPT,
    CURATES,
    carrier=lambda prompt: prompt.carrier,
    called=lambda prompt, locale: prompt.said(locale),
    topic=lambda prompt: bank_topic(prompt.network),
)
OF_ALL: Carries[PromptSchedule] = Carries(
    organisers.SKILLS,
    A_SCHEDULE,
    ORGANISES,
    carrier=lambda asks: asks.carrier,
    called=lambda asks, _locale: asks.title,
    topic=lambda asks: asks.scope,
)
carries(routes, OF_A_PROMPT)
carries(routes, OF_ALL)
