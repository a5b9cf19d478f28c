"""GraphML: a node an actor, an edge for each who acts on whom in an event, for network programs."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from dragoman.export.forms.coded import CodedEvent, Coding
from dragoman.record import Actor

_NODE_KEYS = ("name", "kind", "country", "sector")
_EDGE_KEYS = ("event", "type", "mode", "day", "score", "sources", "text")
_NUMBERS = {"score": "double", "sources": "int"}


def lines(coding: Coding) -> Iterator[str]:
    """Yield the document's lines; actors that act or are acted upon are nodes, an edge runs from actor to recipient."""
    found = list(coding.events())
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for place, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for key in keys:
            kind = _NUMBERS.get(key, "string")
            yield f'  <key id="{place}-{key}" for="{place}" attr.name="{key}" attr.type="{kind}"/>'
    yield '  <graph id="dragoman" edgedefault="directed">'
    acting = {actor.id: actor for coded in found for actor in (*coded.actors, *coded.recipients)}
    for actor_id in sorted(acting):
        yield from _node(acting[actor_id])
    for coded in found:
        edges = [(one, other) for one, other in coded.pairs() if one is not None and other is not None]
        if not edges:
            coding.left_out["events with one party, which make no edge"] += 1
        for one, other in edges:
            yield from _edge(coded, one, other)
    yield "  </graph>"
    yield "</graphml>"


def _node(actor: Actor) -> Iterator[str]:
    yield f"    <node id={quoteattr(actor.id)}>"
    yield from _data("node", _NODE_KEYS, (actor.name, actor.kind, actor.country, actor.sector))
    yield "    </node>"


def _edge(coded: CodedEvent, one: Actor, other: Actor) -> Iterator[str]:
    event = coded.event
    yield f"    <edge source={quoteattr(one.id)} target={quoteattr(other.id)}>"
    values = (event.id, event.type, event.mode, coded.day, event.score, event.sources, coded.evidence.text)
    yield from _data("edge", _EDGE_KEYS, values)
    yield "    </edge>"


def _data(place: str, keys: tuple[str, ...], values: tuple[object, ...]) -> Iterator[str]:
    for key, value in zip(keys, values, strict=True):
        if value is not None:
            yield f'      <data key="{place}-{key}">{escape(_clean(str(value)))}</data>'


def _clean(text: str) -> str:
    """The text without the control characters that XML 1.0 can't hold."""
    return "".join(c if c >= " " or c in "\n\t" else " " for c in text if c not in "\ufffe\uffff")
