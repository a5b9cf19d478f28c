"""Which language a text is in: py3langid among the languages of the world's larger presses."""

from __future__ import annotations

from functools import cache
from typing import Any

_CODES = """
am ar az be bg bn bs ca cs da de el en es et fa fi fr he hi hr hu hy id is it ja ka kk km ko ky lo lt lv mk mn ms my ne nl no
pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh
"""
PRESS_LANGUAGES = tuple(_CODES.split())
"""ISO 639-1 codes. Leaving out small languages keeps short texts with foreign names from being taken for one of them."""

_SAMPLE = 4_000
_SURE = 0.7


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here: its model takes half a second

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(PRESS_LANGUAGES))
    return identifier


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text's first 4,000 code points, or None when it is not sure."""
    language, probability = _identifier().classify(text[:_SAMPLE])
    return str(language) if probability >= _SURE else None
