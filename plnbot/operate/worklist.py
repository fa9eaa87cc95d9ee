"""`plnbot work`: an operator's look at the work, beside the running bot."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from config.settings import Settings
from plnbot.engine.work import WorkState, admin
from plnbot.engine.work.admin import OPEN, Standing
from plnbot.operate.beside import beside, now_of
from plnbot.store.database import Tx, Unit

CHANGES: dict[str, Callable[[Tx, int, datetime], Standing]] = {
    "retry": admin.retry,
    "park": admin.park,
    "cancel": admin.cancel,
}
_REASON_WIDTH = 60


def tend(settings: Settings, action: str, numbers: Sequence[int], *, payload: bool = False) -> int:
    """Show work, or let it be retried, parked or cancelled; return the exit status."""
    unit = _show(numbers, payload=payload) if action == "show" else _change(action, numbers)
    return beside(settings, unit)


def list_work(settings: Settings, states: Sequence[WorkState], kind: str, most: int) -> int:
    """Print a table of work, what waits longest first; return the exit status."""

    def look(tx: Tx) -> list[str]:
        found = admin.listed(tx, states or OPEN, kind=kind, most=most + 1)
        lines = list(_table(found[:most]))
        if len(found) > most:
            lines.append(f"There is more: --most {most * 10}")
        return lines

    return beside(settings, look)


def _show(numbers: Sequence[int], *, payload: bool) -> Unit[list[str]]:
    def look(tx: Tx) -> list[str]:
        shown = (admin.one(tx, number) for number in numbers)
        return [line for each in shown for line in _whole(each, payload=payload)]

    return look


def _change(action: str, numbers: Sequence[int]) -> Unit[list[str]]:
    def change(tx: Tx) -> list[str]:
        now = now_of(tx)
        changed = [CHANGES[action](tx, number, now) for number in numbers]
        return [*_table(changed), "A running bot takes this up within 15 seconds."]

    return change


def _table(shown: Sequence[Standing]) -> Iterator[str]:
    if not shown:
        yield "No work."
        return
    rows = [("number", "state", "kind", "platform", "runs at (UTC)", "tries", "reason")]
    rows += [
        (
            str(each.id),
            each.state.value,
            each.kind,
            each.platform,
            f"{each.run_at:%Y-%m-%d %H:%M:%S}",
            str(each.attempts),
            each.reason[:_REASON_WIDTH],
        )
        for each in shown
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _whole(each: Standing, *, payload: bool) -> Iterator[str]:
    facts = {
        "number": each.id,
        "key": each.key,
        "kind": each.kind,
        "state": each.state.value,
        "network": each.network,
        "platform": each.platform,
        "due at": each.due_at.isoformat(timespec="seconds"),
        "runs at": each.run_at.isoformat(timespec="seconds"),
        "tries": each.attempts,
        "held by": each.holder,
        "reason": each.reason,
    }
    for name, value in facts.items():
        if value not in (None, ""):
            yield f"{name:9} {value}"
    if payload:
        yield f"payload   {json.dumps(each.payload, ensure_ascii=False)}"
    else:
        yield "payload   (may hold members' words; --payload shows it)"
