"""Kin: what is joined family by family is what is joined all at once, whatever the blocks."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.bench.chronicle import pair_folders, read_pair
from dragoman.codebook import Codebook
from dragoman.read import Pipeline
from dragoman.record import Document
from dragoman.relate.history import called_in, lead
from dragoman.relate.identify import crowd, identify, identify_members, members_of, name_rows, persons_of
from dragoman.relate.kin import Kinship, group_of, is_loose, month_of, name_keys, person_kin, report_kin, things_of
from dragoman.relate.likeness import read_report
from dragoman.relate.link import link_document
from dragoman.relate.merge import blocks_of, merge_reports, reach
from dragoman.relate.sides import make_sides, missing_states
from dragoman.relate.sources import find_sources

FOLDER = Path(__file__).parents[2] / "corpora" / "chronicle"


@pytest.fixture(scope="module")
def documents(reader: Pipeline) -> list[Document]:
    """All articles of the chronicle, in no order."""
    found = [document for folder in pair_folders(FOLDER) for document in read_pair(folder, reader)]
    random.Random(11).shuffle(found)
    return found


def test_actors_joined_family_by_family_are_those_joined_at_once(documents: list[Document]) -> None:
    """Families found in the blocks of names, each joined alone, give the actors, leads and joins of all at once."""
    seen = members_of(documents)
    crowded = crowd(row for identity, member in seen.items() for row in name_rows(identity, member))
    groups = {identity: group_of(identity, member) or identity for identity, member in seen.items()}
    blocks: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for person in persons_of(seen):
        for key in name_keys(person):
            blocks[key].append((groups[person.members[0]], person))
    kin = Kinship()
    for key in sorted(blocks, reverse=True):
        list(person_kin(blocks[key], key, crowded, kin))
    families: dict[str, dict[str, Any]] = defaultdict(dict)
    for identity in sorted(seen):
        families[kin.root(groups[identity])][identity] = seen[identity]
    assert len(families) > 100
    parts = [identify_members(family, (), crowded) for family in families.values()]
    whole = identify(documents)
    assert tuple(sorted((a for part in parts for a in part.actors), key=lambda a: a.id)) == whole.actors
    assert {own: to for part in parts for own, to in part.actor_of.items()} == whole.actor_of
    assert sorted((j for part in parts for j in part.joins), key=repr) == sorted(whole.joins, key=repr)


def test_reports_merged_family_by_family_are_those_merged_at_once(
    documents: list[Document], codebook: Codebook
) -> None:
    """Families found in the blocks of act, party and month, each merged alone, give the events and joins of all at once."""
    rules = codebook.relations
    joined = identify(documents)
    sides = make_sides((*joined.actors, *missing_states(joined.actors, codebook.territories)))
    articles = {document.article.id: document.article for document in documents}
    called = called_in(documents, joined.actor_of)
    events = [lead(event, joined.actor_of) for document in documents for event in link_document(document, rules)]
    # the chronicle tells nothing as long past without a day: let every fifth event that names a thing be told so
    told = [one.id for one in events if one.object is not None][::5]
    events = [replace(one, historical=True, when=None) if one.id in set(told) else one for one in events]
    reports = [read_report(event, articles, sides, called) for event in events]
    months = {month_of(reach(report)[0]) for report in reports}
    blocks: dict[tuple[str, str | None], list[Any]] = defaultdict(list)
    for report in reports:
        low, high = (month_of(day) for day in reach(report))
        for kind, party in blocks_of(report, rules):
            for month in months:
                if low <= month <= high:
                    blocks[f"{kind} {party}", month].append(report)
        for thing in things_of(report, blocks_of(report, rules)):
            blocks[thing, None].append(report)
    assert any(is_loose(report) for report in reports)
    kin = Kinship()
    for (name, month), block in sorted(blocks.items(), key=repr):
        assert name
        list(report_kin(block, month, rules, kin))
    families: dict[str, list[Any]] = defaultdict(list)
    for report in reports:
        families[kin.root(report.event.id)].append(report)
    sources = find_sources(list(articles.values()))
    parts = [merge_reports(family, sides, rules, sources, called) for family in families.values()]
    whole = merge_reports(reports, sides, rules, sources, called)
    assert max(len(family) for family in families.values()) < len(reports) / 2
    assert tuple(sorted((e for part in parts for e in part.events), key=lambda e: e.id)) == whole.events
    assert sorted((j for part in parts for j in part.joins), key=repr) == sorted(whole.joins, key=repr)


def test_the_smallest_id_stands_for_a_family() -> None:
    """Whatever the order in which they join, members of a family have one root, the smallest of them."""
    pairs = [("d", "c"), ("b", "c"), ("f", "e"), ("a", "d")]
    for seed in range(6):
        random.Random(seed).shuffle(pairs)
        kin = Kinship()
        assert [kin.join(*pair) for pair in pairs] == [True] * 4
        assert not kin.join("b", "a")
        assert kin.members() == {"a": "a", "b": "a", "c": "a", "d": "a", "e": "e", "f": "e"}
        assert kin.root("z") == "z"
