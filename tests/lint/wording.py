"""One kind of each language: words that belong to another than the one that is shipped.

Spanish is neutral Latin American and says "tú" to one and "ustedes" to several. What a region says
otherwise, or what is said by two words where one will do, stands here with the word to use.
"""

import re
from collections.abc import Iterator, Mapping

INSTEAD: Mapping[str, Mapping[str, str]] = {
    "es": {
        r"fichero\w*": "archivo",
        r"ordenador\w*|computador|computadores": "computadora",
        r"móvil\w*|celular\w*": "teléfono",
        r"vosotr[oa]s|vuestr\w+|os|\w+[áé]is": "ustedes",
        r"usted|vos|tenés|podés|querés|mirá": "tú",
        r"vídeo\w*": "video",
        r"cog(?:e|er|es|ido|imos)": "tomar",
        r"añad\w+": "agregar",
        r"e-?mail\w*": "correo",
        r"vale": "de acuerdo",
        r"clicar|clica|pinchar|pincha|cliquea\w*": "pulsar",
        r"platicar|platica|profe|cole": "conversar, docente, escuela",
    }
}


def elsewhere(locale: str, words: str) -> Iterator[tuple[str, str]]:
    """Yield each word that this kind of the language does not use, with what it uses."""
    for pattern, instead in INSTEAD.get(locale, {}).items():
        for found in re.finditer(rf"\b(?:{pattern})\b", words, re.IGNORECASE):
            yield found[0], instead
