"""`plnbot demo year`: a district's school year, through the same engine as in life, on a clock that is moved.

people   who is in the district: made up from a list, the same again for the same seed
stage    what all of its parts need: people who act, time that passes, chance
together what people do with others: chats, prompts, meetings
alone    what each does for themselves: goals, reading, needs, lessons, portfolios
leading  what staff do: roles, pathways, a team that assesses itself
playing  the year, week by week
"""

from plnbot.demo_year.playing import play

__all__ = ["play"]
