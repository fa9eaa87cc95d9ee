"""The keys of what prompts post and plan."""


def post_key(occurrence: int, room: int) -> str:
    """Return the key of the post that asks an occurrence in one of its rooms."""
    return f"prompt/{occurrence}/{room}"


def answer_key(answer: int) -> str:
    """Return the key of the post that shows an answer given by form or tap."""
    return f"prompt_answer/{answer}"


def round_up_key(occurrence: int, room: int) -> str:
    """Return the key of the post that gathers the answers in one of its rooms."""
    return f"prompt_round_up/{occurrence}/{room}"
