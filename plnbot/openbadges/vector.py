"""A badge in a picture of lines (SVG): the credential that it carries, found without drawing anything."""

from typing import Any, Final
from xml.parsers import expat

from plnbot.openbadges.picture import Lack, NoPictureError

CREDENTIAL: Final = "https://purl.imsglobal.org/ob/v3p0 credential"
"""The element that carries one: its namespace, a space, its name."""
_OLD: Final = frozenset({"http://openbadges.org assertion"})
_LARGEST, _MOST_ELEMENTS = 1024 * 1024, 20_000
_WHOLE: Final = True


def is_vector(content: bytes) -> bool:
    """Return whether a file is written as SVG is, by how it begins."""
    return content[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def unbaked(content: bytes) -> str:
    """Return the credential that an SVG carries; raises `NoPictureError`.

    No entity is made use of: a document that declares one is refused, and nothing of it is followed.
    """
    if len(content) > _LARGEST:
        raise NoPictureError("the picture is too large", Lack.SMALL)
    reading = _Reading()
    try:
        reading.parser.Parse(content, _WHOLE)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NoPictureError("the picture is damaged", Lack.WHOLE) from error
    return reading.one()


class _Reading:
    """What is found on the way through."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begins
        self.parser.EndElementHandler = self._ends
        self.parser.CharacterDataHandler = self._says
        self.parser.EntityDeclHandler = self._declares
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.root, self.is_old, self.inside, self.left = "", False, False, _MOST_ELEMENTS
        self.found: list[list[str]] = []

    def one(self) -> str:
        """Return the credential, the only one there is."""
        if self.root.rpartition(" ")[2] != "svg":
            raise NoPictureError("that is no badge")
        if not self.found:
            lack = Lack.NEW if self.is_old else Lack.IN_PICTURE
            raise NoPictureError("the picture carries no badge of 3.0", lack)
        if len(self.found) > 1:
            raise NoPictureError("the picture carries several badges", Lack.ONE)
        return "".join(self.found[0]).strip()

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name
        self.left -= 1
        if not self.left:
            raise NoPictureError("the picture has too many elements", Lack.SMALL)
        self.is_old = self.is_old or name in _OLD
        self.inside = name == CREDENTIAL
        if self.inside:
            # A text that is signed as a whole stands in this attribute, a document inside the element.
            self.found.append([attributes.get("verify", "")])

    def _ends(self, _name: str) -> None:
        self.inside = False

    def _says(self, words: str) -> None:
        if self.inside:
            self.found[-1].append(words)

    def _declares(self, *_of: Any) -> None:
        raise NoPictureError("the picture declares entities", Lack.WHOLE)
