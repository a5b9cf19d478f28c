"""Floor 0, the nouns: frozen values without input or output.

An `Article` is a text as fetched; a `Document` is an article with the layers that the reader's stages added; a `History`
is what many documents say together. Offsets count Unicode code points in `article.text`, end exclusive.
"""

from dragoman.record.actor import Actor, Ground, Mention, Office
from dragoman.record.decision import Check, Decision
from dragoman.record.document import Document
from dragoman.record.event import Event, Variant
from dragoman.record.history import History, Join
from dragoman.record.relation import Relation
from dragoman.record.statement import Statement
from dragoman.record.syntax import Entity, Parse, Quotation, Sentence, Token
from dragoman.record.text import Article, Region, Span
from dragoman.record.when import DatePhrase, When

__all__ = [
    "Actor",
    "Article",
    "Check",
    "DatePhrase",
    "Decision",
    "Document",
    "Entity",
    "Event",
    "Ground",
    "History",
    "Join",
    "Mention",
    "Office",
    "Parse",
    "Quotation",
    "Region",
    "Relation",
    "Sentence",
    "Span",
    "Statement",
    "Token",
    "Variant",
    "When",
]
