"""Drafts of forms: what was typed into a form is there when it is opened again, until it is sent.

A form says that it `keeps`. Then whatever is typed into it is kept for its member alone: as they type,
where a platform tells of it, at each step where it has steps, and with a mistake in it where it was sent
so. It goes when the form is taken in, and after two weeks. Files are not kept.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from plnbot.engine.store import kept_form
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.talk.fallback import refilled
from plnbot.talk.forms import FileInput, Form, Raw

KEEP = timedelta(days=14)
_LARGEST = 20_000
_KEPT = on_both(
    kept_form,
    lambda new: new.on_conflict_do_update(
        index_elements=["member_id", "form", "row"],
        set_={"given": new.excluded.given, "at": new.excluded.at},
    ),
)
_FOUND = select(kept_form.c.given).where(
    kept_form.c.member_id == bindparam("member"),
    kept_form.c.form == bindparam("form"),
    kept_form.c.row == bindparam("of_row"),
)


def keep(tx: Tx, member: int, form: Form, given: Raw, now: datetime) -> None:
    """Keep what was typed into a form that keeps it; too much of it is not kept at all."""
    if not form.keeps:
        return
    names = {each.name for each in form.inputs if not isinstance(each, FileInput)}
    typed = {name: _plain(value) for name, value in given.items() if name in names}
    if not any(typed.values()) or sum(len(str(each)) for each in typed.values()) > _LARGEST:
        return
    values = {
        "member_id": member,
        "form": form.name,
        "row": form.row.partition(".")[0],
        "given": typed,
        "at": now,
    }
    tx.execute(_KEPT[tx.dialect], values)


def again(tx: Tx, member: int, form: Form) -> Form:
    """Return a form with what was typed into it before."""
    if not form.keeps:
        return form
    asked = {"member": member, "form": form.name, "of_row": form.row.partition(".")[0]}
    found: Mapping[str, str | Sequence[str]] | None = tx.execute(_FOUND, asked).scalar_one_or_none()
    return refilled(form, found) if found else form


def forget(tx: Tx, member: int, form: Form) -> None:
    """Take away what was typed into a form: it was sent."""
    if form.keeps:
        tx.execute(
            delete(kept_form).where(
                kept_form.c.member_id == member,
                kept_form.c.form == form.name,
                kept_form.c.row == form.row.partition(".")[0],
            )
        )


def expire(tx: Tx, now: datetime) -> None:
    """Take away what was kept long enough."""
    tx.execute(delete(kept_form).where(kept_form.c.at < now - KEEP))


def _plain(value: str | Sequence[str]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)
