"""Prompts: a question in the staff room that is there on time, silent in the holidays, never twice.

**What there is.** A `PromptSchedule` says when a network asks, what it draws from and how people may
answer. It asks in one or several `PromptRoom`s. A `Prompt` is an entry of the network's bank: copied
from a pack, written by an organiser, or suggested by a member. An `Occurrence` is one time at which a
schedule asks: the whole that answers belong to, and the thing they are under, in however many rooms it
was asked.

**Once.** An occurrence is one row for its schedule and its `due` instant, which never changes: where it
is moved, `moved_to` says so. A room gets an occurrence by one row in `prompt_asked` and one post, whose
key is made of both (`post_key`). So a schedule that is looked at twice, by two processes, after a crash
or with a clock that went back, asks once.

**Ahead.** The next six occurrences are planned rows, each with its prompt, so that people see, reorder,
skip and move what will be asked; nobody computes them anew but who changes the schedule's times. When
one is asked, another is planned.

**What becomes of an occurrence**, and who says so:

    planned   plan_ahead            it will be asked at `at`
    posted    due                   it was handed to at least one of its rooms; `asked_at` says when
    skipped   skip, pause           somebody did not want it, until they do again
    stale     due                   nobody was there to ask it, and it was too late by its own rule
    refused   due                   its rooms never took it; its prompt goes back into the bank

**After an outage** the newest of what should have been asked is asked, late and with its date, unless
it is stale by its schedule's rule; the others are stale. `model.settling` decides that, purely.

Names that others stand on: `model.Prompt`, `PromptSchedule`, `PromptRoom`, `Occurrence`, `Kind`,
`Status`, `State`; `store.occurrence`, `store.prompt`, `store.schedule`; `actions.post_key`; the card
`prompts.asked` with its arguments `{"occurrence": …, "room": …}`; `cards.asked`.
"""
