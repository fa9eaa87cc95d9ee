"""The check of translations finds what it is there to find."""

from pathlib import Path

import pytest

from tests.lint.messages import brought_up_to_date, folder_of, problems, read, sentences, write

CODE = """
say = t("Hello, **{name}**")
many = t.n("{n} answer in {room}", "{n} answers in {room}", count, room=room)
late = msg("Type `A2`")
notes = t(other)
"""
SPANISH: dict[str, str | tuple[str, ...]] = {
    "Hello, **{name}**": "Hola, **{name}**",
    "Type `A2`": "Escribe `A2`",
    "Welcome": "Te damos la bienvenida",
    "{n} answer in {room}": ("Una respuesta en {room}", "{n} respuestas en {room}"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a tree with sentences in code and in a template, all in Spanish too."""
    for name in ("plnbot", "adapters/web/templates", "feeds", "config"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "plnbot" / "cards.py").write_text(CODE)
    (tmp_path / "adapters/web/templates/home.html").write_text('<h1>{{ say("Welcome") }}</h1>')
    translate(tmp_path, SPANISH)
    return tmp_path


def translate(root: Path, spanish: dict[str, str | tuple[str, ...]]) -> None:
    """Gather the sentences and give those named their Spanish."""
    catalog = brought_up_to_date(read("es", root), sentences(root))
    for source, said in spanish.items():
        message = catalog.get(source)
        assert message is not None
        message.string = said
    write(catalog, "es", root)


def found(root: Path) -> list[str]:
    """Return what the check says of Spanish."""
    return list(problems("es", sentences(root), root))


def test_all_is_well(root: Path) -> None:
    """Sentences of every kind are gathered, and a complete translation passes."""
    assert found(root) == []
    assert {message.id for message in sentences(root) if message.id} == {
        "Hello, **{name}**",
        "Type `A2`",
        "Welcome",
        ("{n} answer in {room}", "{n} answers in {room}"),
    }


def test_a_new_sentence_is_missed(root: Path) -> None:
    """A sentence that the catalogue lacks is named, then asked for in Spanish."""
    (root / "plnbot" / "more.py").write_text('t.words("More")')
    assert found(root) == ["es: not gathered yet: 'More' (plnbot/more.py)"]
    translate(root, {})
    assert found(root) == ["es: not translated: 'More' (plnbot/more.py)"]


def test_a_sentence_that_left_and_came_back(root: Path) -> None:
    """A dropped sentence is named as such, and its translation is there when it returns."""
    template = root / "adapters/web/templates/home.html"
    written = template.read_text()
    template.write_text("")
    assert found(root) == ["es: no longer said: 'Welcome' (adapters/web/templates/home.html)"]
    translate(root, {})
    assert found(root) == []
    template.write_text(written)
    translate(root, {})
    assert found(root) == []
    returned = read("es", root).get("Welcome")
    assert returned is not None
    assert returned.string == SPANISH["Welcome"]


@pytest.mark.parametrize(
    ("source", "spanish"),
    [
        ("Hello, **{name}**", "Hola, **{nombre}**"),
        ("Hello, **{name}**", "Hola, **{name"),
        ("Hello, **{name}**", "Hola, {name}"),
        ("{n} answer in {room}", ("Una respuesta", "{n} respuestas")),
        ("{n} answer in {room}", ("Una en {room}", "{number} en {room}")),
    ],
)
def test_a_translation_that_would_fail(
    root: Path, source: str, spanish: str | tuple[str, ...]
) -> None:
    """A translation with other placeholders or markup than the English is named."""
    translate(root, {source: spanish})
    assert found(root) == [
        f"es: other {{placeholders}}, ** or ` than the English: {source!r} (plnbot/cards.py)"
    ]


@pytest.mark.parametrize("word", ["fichero", "Ordenador", "tendréis", "vuestra", "os", "usted"])
def test_a_word_of_another_region(root: Path, word: str) -> None:
    """A word that this kind of Spanish does not use is named, with the one it does."""
    translate(root, {"Welcome": f"Hola {word}"})
    assert [line for line in found(root) if repr(word) in line]
    translate(root, {"Welcome": "Hola, archivos, nosotros y ustedes"})
    assert found(root) == []


def test_an_unsure_translation(root: Path) -> None:
    """A fuzzy translation, which readers would not get, is named."""
    catalog = read("es", root)
    message = catalog.get("Welcome")
    assert message is not None
    message.flags.add("fuzzy")
    write(catalog, "es", root)
    said = "es: marked as unsure (fuzzy): 'Welcome' (adapters/web/templates/home.html)"
    assert found(root) == [said]


def test_an_older_compilation(root: Path) -> None:
    """A .po edited by hand and not compiled is named."""
    path = folder_of("es", root) / "plnbot.po"
    path.write_text(path.read_text("utf-8").replace("Escribe", "Teclea"), "utf-8")
    assert found(root) == ["es: plnbot.mo is not what plnbot.po says"]
