"""What people see of prompts: `asked` in their rooms, `organisers` for those who set them up."""

from plnbot.prompts.cards.asked import asked
from plnbot.prompts.cards.organisers import not_posted

__all__ = ["asked", "not_posted"]
