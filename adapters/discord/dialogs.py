"""Forms as Discord's dialogs, step by step, and what comes back from them. Pure."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal

from adapters.discord import names
from adapters.discord.codes import Component
from adapters.discord.markup import Reader, bare, cut, marked
from adapters.discord.names import Name
from adapters.discord.render import NOBODY, Json
from plnbot.talk import limits
from plnbot.talk.forms import (
    ACCOUNT,
    AnyInput,
    ChoiceInput,
    DateInput,
    FieldErrors,
    FileInput,
    Files,
    Form,
    MultiChoiceInput,
    NumberInput,
    SearchInput,
    TextInput,
    TimeInput,
)
from plnbot.talk.text import Text
from plnbot.talk.uploads import AwaitedFile, clean_name
from plnbot.talk.words import Translate

Given = Mapping[str, str | Sequence[str]]

COMPONENTS = 5
TITLE = 45
LABEL = 45
HINT = 100
INTRO = 3000
LONGEST = 4000
_PRIMARY = 1
_CAUTION, _CALM = 0xC77700, 0x4E5D94


def steps(form: Form) -> tuple[tuple[AnyInput, ...], ...]:
    """Return the inputs of each dialog: five at most, and one less beside an introduction."""
    first = COMPONENTS - bool(form.intro)
    inputs = form.inputs
    rest = (inputs[at : at + COMPONENTS] for at in range(first, len(inputs), COMPONENTS))
    return (inputs[:first], *rest)


def step_of(form: Form, fields: Sequence[str]) -> int:
    """Return the first step that holds one of these fields."""
    found = (at for at, step in enumerate(steps(form)) if any(each.name in fields for each in step))
    return next(found, 0)


def dialog(form: Form, draft: str, step: int, given: Given, reader: Reader) -> Json:
    """Return one step of a form as a dialog, with what was given before in it."""
    of = len(steps(form))
    title = bare(form.title, reader, TITLE)
    components: list[Json] = []
    if form.intro and step == 0:
        intro = marked(form.intro, reader, INTRO)
        components.append({"type": Component.DISPLAY, "content": intro})
    components += [_labelled(each, given, reader) for each in steps(form)[step]]
    return {
        "custom_id": names.written(Name(names.DIALOG, draft, str(step))),
        "title": cut(title, TITLE - 8) + f" ({step + 1}/{of})" if of > 1 else title,
        "components": components,
    }


def goes_on(form: Form, draft: str, step: int, reader: Reader) -> Json:
    """Return the message between two steps: a dialog cannot follow a dialog by itself."""
    t = Translate(reader.locale)
    of = len(steps(form))
    said = t("Step {done} of {all} is kept. The next one is behind the button.", done=step, all=of)
    if step == 0:
        said = t("The form is behind the button.")
    return _with_button(
        form, said.bare(), t.words("Go on"), draft, step=step, reader=reader, colour=_CALM
    )


def mend(form: Form, draft: str, errors: FieldErrors, reader: Reader) -> Json:
    """Return what to mend, field by field, with a button to each step that holds some of it."""
    t = Translate(reader.locale)
    labels = {each.name: bare(each.label, reader, LABEL) for each in form.inputs}
    lines = [
        f"**{marked(_label(form, name), reader, 200)}**: {marked(t.say(said), reader, 500)}"
        for name, said in errors.errors.items()
        if name in labels
    ]
    at = sorted({step_of(form, [name]) for name in errors.errors})
    body = "\n".join(lines)
    shown = cut(f"{body}\n\n{t.words('What you typed is kept.')}", 4000)
    return _with_button(
        form, shown, t.words("Mend it"), draft, step=at[0], reader=reader, colour=_CAUTION
    )


def read(components: object) -> dict[str, str | tuple[str, ...]]:
    """Return the values of a sent dialog by input name, from whatever shape it came in."""
    found: dict[str, str | tuple[str, ...]] = {}
    for each in components if isinstance(components, list) else []:
        if not isinstance(each, dict):
            continue
        inner = each.get("components") or ([each["component"]] if "component" in each else [])
        if inner:
            found.update(read(inner))
        name = each.get("custom_id")
        if isinstance(name, str) and name:
            values = each.get("values")
            if isinstance(values, list):
                mark = ACCOUNT if each.get("type") == Component.USER_SELECT else ""
                found[name] = tuple(f"{mark}{value}" for value in values)
            else:
                found[name] = str(each.get("value") or "")
    return found


def with_files(form: Form, typed: Given, attachments: Mapping[str, object]) -> Given:
    """Return what was sent, with the files that were chosen as a draft can keep them."""
    told = {
        each.name: tuple(_told(attachments.get(row)) for row in typed.get(each.name, ()))
        for each in form.inputs
        if isinstance(each, FileInput)
    }
    return {**typed, **told}


def files_of(form: Form, given: Given) -> Files:
    """Return the files of a draft, by input."""
    return {
        each.name: tuple(AwaitedFile(**json.loads(one)) for one in given.get(each.name, ()) if one)
        for each in form.inputs
        if isinstance(each, FileInput)
    }


def wrong_files(form: Form, errors: FieldErrors) -> list[str]:
    """Return the inputs whose files are wrong."""
    asked = [each.name for each in form.inputs if isinstance(each, FileInput)]
    return [name for name in asked if name in errors.errors]


def _told(attachment: object) -> str:
    """Return what Discord tells of a file, as one line."""
    said = attachment if isinstance(attachment, Mapping) else {}
    size, url = said.get("size"), said.get("url")
    told = {
        "name": clean_name(str(said.get("filename") or "")),
        "size": size if isinstance(size, int) else 0,
        "ref": url if isinstance(url, str) else "",
    }
    return json.dumps(told)


def _label(form: Form, name: str) -> Text:
    return next(each.label for each in form.inputs if each.name == name)


def _with_button(
    form: Form, said: str, label: str, draft: str, *, step: int, reader: Reader, colour: int
) -> Json:
    button = {
        "type": Component.BUTTON,
        "style": _PRIMARY,
        "label": label,
        "custom_id": names.written(Name(names.STEP, draft, str(step))),
    }
    embed = {"title": marked(form.title, reader, 200), "description": said, "color": colour}
    return {
        "embeds": [embed],
        "components": [{"type": Component.ROW, "components": [button]}],
        "allowed_mentions": NOBODY,
    }


def _labelled(each: AnyInput, given: Given, reader: Reader) -> Json:
    made: Json = {
        "type": Component.LABEL,
        "label": bare(each.label, reader, LABEL),
        "component": _input(each, given, reader),
    }
    if each.hint:
        made["description"] = bare(each.hint, reader, HINT)
    return made


def _input(each: AnyInput, given: Given, reader: Reader) -> Json:
    match each:
        case ChoiceInput() | MultiChoiceInput():
            return _select(each, given, reader)
        case FileInput(most=most):
            # What was chosen before cannot be shown in it; a file that was sent is kept all the same.
            needed = each.required and not given.get(each.name)
            return {
                "type": Component.UPLOAD,
                "custom_id": each.name,
                "required": needed,
                "min_values": 1 if needed else 0,
                "max_values": most,
            }
        case TextInput(long=long, most=most):
            return _text(each, given, long=long, most=most)
        case SearchInput(here=True):
            return _people(each)
        case SearchInput(chosen=there, words=words):
            shown = {each.name: bare(there.label, reader, limits.SEARCHED) if there else words}
            return _text(each, {**shown, **given}, long=False, most=limits.SEARCHED)
        case _:
            return {**_text(each, given, long=False, most=40), "placeholder": _example(each)}


def _text(each: AnyInput, given: Given, *, long: bool, most: int) -> Json:
    # The core says in words what is too long, so there is room for some more.
    room = min(LONGEST, most + max(100, most // 5))
    made: Json = {
        "type": Component.TEXT,
        "custom_id": each.name,
        "style": 2 if long else 1,
        "required": each.required,
        "max_length": room,
    }
    value = cut(_value(each, given), room)
    if value:
        made["value"] = value
    return made


def _people(each: SearchInput) -> Json:
    """Return a choice among everybody on this server, whom Discord finds by itself."""
    return {
        "type": Component.USER_SELECT,
        "custom_id": each.name,
        "required": each.required,
        "min_values": 1 if each.required else 0,
        "max_values": 1,
    }


def _select(each: ChoiceInput | MultiChoiceInput, given: Given, reader: Reader) -> Json:
    chosen = _chosen(each, given)
    several = isinstance(each, MultiChoiceInput)
    return {
        "type": Component.SELECT,
        "custom_id": each.name,
        "required": each.required,
        "min_values": 1 if each.required else 0,
        "max_values": len(each.options) if several else 1,
        "options": [
            {
                "label": bare(option.label, reader, 100),
                "value": option.value,
                **({"default": True} if option.value in chosen else {}),
            }
            for option in each.options
        ],
    }


def _chosen(each: ChoiceInput | MultiChoiceInput, given: Given) -> Sequence[str]:
    chosen = given.get(each.name, each.value)
    return (chosen,) if isinstance(chosen, str) else chosen


def _value(each: AnyInput, given: Given) -> str:
    if each.name in given:
        said = given[each.name]
        return said if isinstance(said, str) else next(iter(said), "")
    value = None if isinstance(each, SearchInput | FileInput) else each.value
    match value:
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case Decimal() | str():
            return str(value)
        case _:
            return ""


def _example(each: AnyInput) -> str:
    match each:
        case DateInput():
            return "2027-01-31"
        case TimeInput():
            return "19:30"
        case NumberInput(such_as=example) if example is not None:
            return f"{example}"
        case NumberInput(least=least, most=most):
            return f"{least}–{most}"
        case _:
            return ""
