"""Reports as tables, each with its picture, and as rows of a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence

from plnbot.insight.cards.words import TITLES, many, month_name, name, share
from plnbot.insight.model import REST, Cell, Report
from plnbot.insight.store.reports import Frozen
from plnbot.talk.pages import Heading, PageBlock, Table
from plnbot.talk.text import Text
from plnbot.talk.words import Translate

_TAKE_UP = (Report.SCHOOL, Report.ROLE)
IN_ORDER = (
    Report.KIND,
    Report.FORM,
    Report.NEED,
    Report.SKILL,
    Report.SUBJECT,
    Report.SCHOOL,
    Report.ROLE,
)


def report(t: Translate, frozen: Frozen, offered: Mapping[str, int]) -> Iterator[PageBlock]:
    """Yield each report of a month under its title; what has nothing to be shown is left out."""
    for which in IN_ORDER:
        cells = frozen.of(which)
        if (
            which is Report.KIND
        ):  # the most telling pass the gate first, and the largest are read first
            cells = sorted(cells, key=lambda each: (each.name == REST, -each.people))
        if cells:
            yield Heading(t.say(TITLES[which]), which.value)
            yield _table(t, which, cells, offered)


def _table(t: Translate, which: Report, cells: Sequence[Cell], offered: Mapping[str, int]) -> Table:
    caption = t.say(TITLES[which])
    of = t("Of what")
    head: tuple[Text, ...]
    rows: list[tuple[Text, ...]]
    if which is Report.KIND:
        head = (of, t("People"), t("Activities, about"), t("Hours, about"))
        rows = [(*_named(t, e), _n(t, e.many), _n(t, e.hours)) for e in cells]
    elif which in _TAKE_UP:
        head = (of, t("Took part"), t("Members"), t("Share"))
        rows = [(*_named(t, e), many(e.members), share(e)) for e in cells]
    elif which is Report.NEED:
        head = (of, t("People"), t("On offer now"))
        rows = [(*_named(t, e), _on_offer(t, offered.get(e.name, 0))) for e in cells]
    else:
        head = (of, t("People"))
        rows = [_named(t, each) for each in cells]
    return Table(caption, head, tuple(rows), _bars([each.people for each in cells]), headed=True)


def _on_offer(t: Translate, there: int) -> Text:
    return _n(t, there) if there else t("Nothing")


def year(t: Translate, months: Sequence[Frozen]) -> Iterator[PageBlock]:
    """Yield a school year so far: its months side by side, and the hours of each kind added up."""
    told = [(each, each.whole) for each in months]
    if not told:
        return
    yield Heading(t("The school year so far"), "year")
    yield Table(
        t("Month by month"),
        (t("Month"), t("Took part"), t("Members"), t("Hours, about")),
        tuple(
            (
                month_name(t, each.month),
                many(cell.people if cell else 0),
                many(cell.members if cell else 0),
                _n(t, cell.hours if cell else 0),
            )
            for each, cell in told
        ),
        _bars([cell.people if cell else 0 for _each, cell in told]),
    )
    hours: dict[str, int] = {}
    names: dict[str, Cell] = {}
    for each in months:
        for cell in each.of(Report.KIND):
            hours[cell.name] = hours.get(cell.name, 0) + cell.hours
            names[cell.name] = cell
    in_order = sorted(hours, key=lambda each: (-hours[each], each))
    if in_order:
        yield Table(
            t("Hours by kind, the months above added up"),
            (t("Of what"), t("Hours, about")),
            tuple((name(t, names[each]), _n(t, hours[each])) for each in in_order),
            _bars([hours[each] for each in in_order]),
        )


def spreadsheet(t: Translate, frozen: Frozen) -> Iterator[Sequence[str]]:
    """Yield every line of a month's reports, under a line that names the columns."""
    yield tuple(
        each.bare()
        for each in (
            t("Month"), t("Report"), t("Of what"), t("People"), t("Members"),
            t("Activities, about"), t("Hours, about"),
        )
    )  # fmt: skip
    month = f"{frozen.month.first:%Y-%m}"
    for which in (Report.ALL, *IN_ORDER):
        for each in frozen.of(which):
            title = TITLES[which] if which is not Report.ALL else TITLES[Report.ALL]
            yield (
                month,
                t.say(title).bare(),
                name(t, each).bare() if which is not Report.ALL else "",
                many(each.people).bare(),
                many(each.members).bare(),
                str(each.many or ""),
                str(each.hours or ""),
            )


def _named(t: Translate, cell: Cell) -> tuple[Text, Text]:
    return name(t, cell), many(cell.people)


def _n(t: Translate, number: int) -> Text:
    return t("{n}", n=number)


def _bars(lengths: Sequence[int]) -> tuple[int, ...]:
    most = max(lengths, default=0)
    return tuple(max(1, 100 * each // most) if each else 0 for each in lengths) if most else ()
