"""Everything that is kept of a member, as one file: to read, and as data."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping

from plnbot.engine.personal import Exported
from plnbot.engine.routes import Context
from plnbot.members import store
from plnbot.talk.pages import File

_MEDIA_TYPE = "application/zip"


def archive(ctx: Context) -> File:
    """Return a zip of `export.json` and, for people, `README.md`."""
    whose = store.whose(ctx.tx, ctx.person.id)
    kept: Mapping[str, Exported] = (
        {each.name: each.export(ctx.tx, whose) for each in ctx.catalogue.holdings} if whose else {}
    )
    data = {"network": ctx.network.name, "made_at": ctx.now.isoformat(), "kept": kept}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.md", "\n".join(_readable(ctx, kept)) + "\n")
        packed.writestr("export.json", json.dumps(data, ensure_ascii=False, indent=2))
    return File(f"plnbot-{ctx.now:%Y-%m-%d}.zip", _MEDIA_TYPE, out.getvalue())


def _readable(ctx: Context, kept: Mapping[str, Exported]) -> Iterator[str]:
    t = ctx.t
    yield f"# {t.words('Everything {network} keeps of you', network=ctx.network.name)}"
    yield ""
    yield t.words("`export.json` holds the same for other programs. Times are in UTC.")
    for each in ctx.catalogue.holdings:
        yield ""
        yield f"## {t.say(each.about).bare()}"
        yield ""
        yield t.words("Kept: {how_long}.", how_long=t.say(each.lasts))
        if each.stays is not None:
            yield t.say(each.stays).bare()
        yield ""
        rows = kept.get(each.name, ())
        if not rows:
            yield t.words("Nothing.")
        for row in rows:
            yield f"- {'; '.join(_facts(row))}"


def _facts(row: Mapping[str, object]) -> Iterator[str]:
    for name, value in row.items():
        if value not in (None, "", [], {}):
            shown = (
                json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
            )
            yield f"{name}: {shown}".replace("\n", " ")
