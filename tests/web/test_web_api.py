"""The HTTP interface: the contract's records, a page at a time, unchanged answers unsent, and no server error on anything."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from dragoman.record.jsonl import schema, to_object
from dragoman.run.view.room import Room
from dragoman.web.api import create_api

VALIDATOR = jsonschema.Draft202012Validator(schema())
KINDS = ("articles", "actors", "events", "statements", "relations", "joins")


def operations() -> list[str]:
    """The addresses that the interface describes."""
    return sorted(path for path, methods in create_api(None).openapi()["paths"].items() if "get" in methods)  # type: ignore[arg-type]  # describing needs no room


@pytest.mark.parametrize("path", operations())
def test_nothing_that_is_sent_makes_a_server_error(room: Room, path: str) -> None:
    """Whatever the description allows, and much that it does not, gets an answer of a described status, kind and shape."""
    operation = schemathesis.openapi.from_asgi("/openapi.json", create_api(room))[path]["GET"]
    allowed, other = (operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode)

    @settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=allowed | other)
    def check(case: Any) -> None:
        case.call_and_validate()

    check()


def get(client: TestClient, path: str, **more: Any) -> Any:
    """The JSON of an answer that is expected to be fine."""
    answer = client.get(f"/api/v1{path}", **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("kind", KINDS)
def test_pages_hold_every_record_once_and_each_is_the_contracts(client: TestClient, room: Room, kind: str) -> None:
    """Following `next` from page to page gives all records of a kind, each valid by the record's schema."""
    found = []
    place = f"/{kind}?limit=37"
    while place:
        page = get(client, place)
        assert len(page["records"]) <= 37
        found += page["records"]
        place = page["next"] and page["next"].removeprefix("/api/v1")
    wanted = [to_object(one) for one in getattr(room.index().history, kind)]
    assert sorted(map(str, found)) == sorted(map(str, wanted))
    for record in found[:15]:
        assert not list(VALIDATOR.iter_errors(record))


def test_an_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    """The ETag of an answer gets 304 without a body until something changes; another address has another one."""
    first = client.get("/api/v1/events?limit=3")
    again = client.get("/api/v1/events?limit=3", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get("/api/v1/events?limit=4").headers["etag"] != first.headers["etag"]


def test_one_record_by_its_id_and_an_event_by_its_reports(client: TestClient, room: Room) -> None:
    """A record's own address gives it; the id of a merged report leads to the event."""
    event = next(one for one in room.index().history.events if len(one.members) > 1)
    assert get(client, f"/events/{event.members[-1]}")["id"] == event.id
    missing = client.get("/api/v1/events/event-0000000000000000")
    assert missing.status_code == 404
    assert "event-0000000000000000" in missing.json()["error"]


def test_filters_narrow_the_records(client: TestClient, room: Room) -> None:
    """Events of a type and of some days, states that hold on a day, statements of a speaker."""
    assert {one["type"] for one in get(client, "/events?type=SANCTION")["records"]} == {"SANCTION"}
    some = get(client, "/events?since=2023-03-01&until=2023-03-31")["records"]
    assert some
    assert all(
        (one["when"]["start"] or "") <= "2023-03-31" and (one["when"]["end"] or "9") >= "2023-03-01" for one in some
    )
    held = get(client, "/relations?on=2020-01-01&limit=200")["records"]
    assert all((one["since"] or "") <= "2020-01-01" < (one["until"] or "9999") for one in held)
    speaker = next(one.speaker for one in room.index().history.statements if one.speaker)
    assert {one["speaker"] for one in get(client, f"/statements?speaker={speaker}")["records"]} == {speaker}


def test_the_dossier_is_that_of_the_command_line(client: TestClient) -> None:
    """A pair, named in another language, as of a day."""
    found = get(client, "/pairs/Саудаўская Аравія/Іран", params={"as_of": "2016-02-01"})
    assert (found["first"], found["as_of"]) == ("Saudi Arabia", "2016-02-01")
    assert any(one["value"] == "severed" for one in found["standing"])


def test_a_wrong_value_is_told_in_a_line(client: TestClient) -> None:
    """A limit beyond the bound, a day that is none: 422 with the name of the value."""
    for query in ("limit=0", "limit=100000", "since=yesterday"):
        answer = client.get(f"/api/v1/events?{query}")
        assert answer.status_code == 422
        assert query.split("=")[0] in answer.json()["error"]
    assert client.post("/api/v1/events").status_code == 405
    assert client.get("/api/v1/nothing").json()["error"].startswith("There is no")
