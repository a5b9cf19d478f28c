"""What pages show: stretches that are the text, marks explained, pairs, lists, the mood, and tables as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import StoreBusyError, UnknownNameError
from dragoman.record import Document
from dragoman.run.view.actor import look_at_actor
from dragoman.run.view.article import read_article
from dragoman.run.view.desk import make_desk
from dragoman.run.view.event import look_at_event
from dragoman.run.view.explain import explain_mark
from dragoman.run.view.foretold import look_ahead
from dragoman.run.view.lists import list_actors, list_articles, list_pairs, part
from dragoman.run.view.network import make_network
from dragoman.run.view.pair import look_at_pair, timeline
from dragoman.run.view.room import Room
from dragoman.run.view.scale import ENOUGH, HIGH, LOW, mood
from dragoman.run.view.search import search_all
from dragoman.run.view.tables import dossier_table


def test_the_stretches_of_every_article_are_its_text_and_each_lies_in_its_marks(room: Room) -> None:
    """Joined, the stretches are the lines of the text; a stretch carries just the marks whose borders hold it."""
    for article in room.index().history.articles:
        reading = read_article(room, article.id)
        lines = [line for line in article.text.split("\n") if line.strip()]
        assert ["".join(one.text for one in line.stretches) for line in reading.paragraphs] == lines
        for one in (stretch for line in reading.paragraphs for stretch in line.stretches):
            over = {
                mark.id
                for mark in reading.marks
                if any(start <= one.start < end for start, end, _part in mark.stretches)
            }
            assert {mark.id for mark, _part in one.marks} == over


def test_every_mark_says_why_it_is_there(room: Room) -> None:
    """Each mark of each example has points, and the points of an event name its type, rule and certainty."""
    for article in room.index().history.articles[:5]:
        for mark in read_article(room, article.id).marks:
            told = explain_mark(room, article.id, mark.id)
            assert told.points
            assert all(point.words for point in told.points)
            if mark.layer == "event":
                assert {"Type", "Rule", "Who", "When", "Fact?", "How sure"} <= {point.about for point in told.points}


def test_a_joined_events_id_leads_to_the_report_of_an_article(room: Room) -> None:
    """An event that several articles tell is explained in each of them by that article's own words."""
    event = next(one for one in room.index().history.events if len({span.article for span in one.evidence}) > 1)
    for article in {span.article for span in event.evidence}:
        told = explain_mark(room, article, event.id)
        assert told.mark.record == event.id
        assert room.index().articles[article].text[told.mark.start :]


def test_an_unknown_mark_article_event_or_actor_is_told(room: Room) -> None:
    """What is not there is an error in words, not a fault."""
    article = room.index().history.articles[0].id
    for look in (
        lambda: read_article(room, "article-0"),
        lambda: explain_mark(room, article, "event-0"),
        lambda: look_at_event(room, "event-0"),
        lambda: look_at_actor(room, "actor-0"),
    ):
        with pytest.raises(UnknownNameError):
            look()


def test_much_to_join_is_joined_beside_and_the_page_says_how_far_it_is(
    make_room: Callable[[Path], Room],
    tmp_path: Path,
    read_text: Callable[..., Document],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A reader who comes upon more than is waited for is told the number at once; the next one finds all of it joined."""
    monkeypatch.setattr("dragoman.run.view.room._WAITED_FOR", 0)
    room = make_room(tmp_path / "small.sqlite3")
    document = read_text("Poland expelled two diplomats of Belarus on 3 May 2023.", published="2023-05-04")
    room.store.put(document, document.article)
    with pytest.raises(StoreBusyError, match="being joined, 0 of 1 articles so far"):
        make_desk(room)
    assert room._joining is not None
    room._joining.join()
    assert make_desk(room).totals.events == 1


def test_the_desk_counts_what_is_there(room: Room) -> None:
    """The newest pair stands first; each pair counts what happened between its sides."""
    desk = make_desk(room, pairs=3)
    index = room.index()
    assert desk.totals.articles == len(index.history.articles)
    assert desk.totals.events == len(index.history.events)
    assert len(desk.pairs) == 3
    days = [row.day for row in desk.pairs if row.day]
    assert days == sorted(days, reverse=True)
    row = desk.pairs[0]
    assert {row.one, row.other} == {"SAU", "IRN"}
    found = [
        event
        for event in index.history.events
        if event.factuality == "happened"
        and {index.actors[side].key for side in index.sides.parties(event)} >= {"SAU", "IRN"}
    ]
    assert row.events == len(found)


def test_as_of_leaves_out_what_came_later(room: Room) -> None:
    """On a day of 2016 the dossier of the pair tells nothing of a later day, and its timeline neither."""
    whole, early = look_at_pair(room, "SAU", "IRN"), look_at_pair(room, "SAU", "IRN", as_of=date(2016, 6, 1))
    assert whole.days == early.days
    assert max(whole.days) > date(2023, 1, 1)
    assert all(one["start"] is None or one["start"] <= "2016-06-01" for one in timeline(early)["events"])
    assert len(early.dossier.timeline) < len(whole.dossier.timeline)


def test_the_tables_of_a_dossier_read_back_and_no_cell_is_a_formula(room: Room) -> None:
    """Each table is CSV with as many cells a row as its header, and no cell begins as a spreadsheet's formula does."""
    dossier = look_at_pair(room, "SAU", "IRN").dossier
    for name, count in (("states", len(dossier.standing)), ("events", len(dossier.timeline) + len(dossier.undated))):
        rows = list(csv.reader(io.StringIO(dossier_table(dossier, name))))
        assert len(rows) == count + 1
        assert {len(row) for row in rows} == {len(rows[0])}
        scores = rows[0].index("score") if "score" in rows[0] else None
        assert not any(cell[:1] in "=+-@" and cell for row in rows for at, cell in enumerate(row) if at != scores)


def test_lists_come_in_parts_that_hold_everything_once(room: Room) -> None:
    """The parts of a list are the list; a number beyond the last is the last."""
    assert [line for number in (1, 2, 3) for line in part(range(25), number, 10).lines] == list(range(25))
    assert part(range(25), 99, 10).number == 3
    assert part([], 1).of == 0
    assert list_articles(room, 1).of == len(room.index().history.articles)
    assert list_articles(room, 1, "undated").of < list_articles(room, 1).of
    assert list_pairs(room, 1).of > 5
    assert all(
        "iran" in " ".join((actor.name, *actor.names)).casefold()
        for actor, _count in list_actors(room, 1, "iran").lines
    )


def test_an_events_reports_stand_side_by_side(room: Room) -> None:
    """Each report shows its own article's words, in the order of their days."""
    event = max(room.index().history.events, key=lambda one: (len({span.article for span in one.evidence}), one.id))
    view = look_at_event(room, event.id)
    assert len({report.article.id for report in view.reports}) > 1
    days = [report.article.published or date.max for report in view.reports]
    assert days == sorted(days)
    for report in view.reports:
        assert report.excerpt.words in report.article.text


def test_what_was_foretold_is_counted_by_outcome(room: Room) -> None:
    """The outcomes add up to all that was foretold, and a speaker's own list holds only that speaker."""
    every = look_ahead(room, 1)
    assert every.part.of == every.counts["open"] + every.counts["met"] + every.counts["failed"]
    speaker = every.tallies[0]
    own = look_ahead(room, 1, speaker=speaker.actor)
    assert own.part.of == speaker.met + speaker.failed + speaker.open
    assert {line.said.speaker for line in own.part.lines} == {speaker.actor}


def test_the_network_narrows_with_its_days(room: Room) -> None:
    """Within some days there are only links of those days; links run between shown sides."""
    whole, late = make_network(room), make_network(room, date(2022, 1, 1))
    assert {link.actor for link in late.links} <= {node.key for node in late.nodes}
    assert sum(link.events for link in late.links) < sum(link.events for link in whole.links)
    assert late.links


def test_search_knows_names_in_other_scripts_and_pairs(room: Room) -> None:
    """A president in Cyrillic, two states in Belarusian, and words of an article."""
    assert any("Maduro" in actor.name for actor in search_all(room, "Мадуро").actors)
    assert {name for _key, name in search_all(room, "Іран Кітай").sides} == {"Iran", "China"}
    assert search_all(room, "consultations").articles
    assert not search_all(room, "   ").actors


_SCORES = st.lists(
    st.tuples(st.integers(0, 3_000).map(lambda n: date(2015, 1, 1) + timedelta(n)), st.floats(-10, 10)), max_size=40
)


@given(scores=_SCORES)
def test_the_mood_stays_among_its_scores_and_in_its_band(scores: list[tuple[date, float]]) -> None:
    """At each day the mean lies between the least and the greatest score, inside its band, in whatever order."""
    points = mood(scores)
    assert points == mood(scores[::-1])
    assert len(scores) >= ENOUGH or points == []
    for point in points:
        assert min(score for _day, score in scores) - 0.01 <= point.mean <= max(score for _day, score in scores) + 0.01
        assert LOW <= point.low <= point.mean + 0.01
        assert point.mean - 0.01 <= point.high <= HIGH


@given(score=st.floats(-10, 10), days=st.lists(st.integers(0, 60), min_size=6, max_size=20))
def test_a_constant_score_is_a_flat_line_without_a_band(score: float, days: list[int]) -> None:
    """Where every act scores the same the mean is that score, and its standard error nothing."""
    for point in mood([(date(2020, 1, 1) + timedelta(n), score) for n in days]):
        assert point.mean == pytest.approx(score, abs=0.01)
        assert point.high - point.low <= 0.02


def test_nothing_is_said_of_years_without_events() -> None:
    """Between two bursts years apart the line breaks: no day far from all events has a mean."""
    first = [(date(2015, 1, 1) + timedelta(n), -5.0) for n in range(8)]
    second = [(date(2022, 1, 1) + timedelta(n), 5.0) for n in range(8)]
    points = mood(first + second)
    assert {point.run for point in points} == {0, 1}
    assert not [point for point in points if date(2016, 6, 1) < point.day < date(2020, 6, 1)]
