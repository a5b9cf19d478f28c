"""The door of the workbench: foreign names, foreign pages, missing tokens and long bodies stay outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from dragoman.run.view.room import Room
from dragoman.web.app import ROUTERS, create_app
from dragoman.web.bench import MOST_BYTES
from dragoman.web.guard import PLOT_STYLE, host_of, is_known_host
from dragoman.web.login import MOST_FAILURES, WINDOW, Login, hash_password
from dragoman.web.session import is_token, make_token

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def password_hash() -> str:
    """The hash of the password of these tests."""
    return hash_password(PASSWORD)


@pytest.mark.parametrize("path", ["/", "/add", "/no/such/page", "/assets/workbench.css", "/assets/../app.py"])
def test_every_answer_forbids_what_is_not_ours(client: TestClient, path: str) -> None:
    """Pages, errors and assets carry a policy without inline scripts or styles and without another origin."""
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert f"style-src 'self' '{PLOT_STYLE}';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", "[::2]", "10.0.0.1"]
)
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    """A request under another name than this machine's own (DNS rebinding) gets no page."""
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "<" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8423", "127.0.0.1:1", "[::1]:8423", "[::1]"])
def test_this_machines_own_names_are_let_in(client: TestClient, host: str) -> None:
    """The names of loopback open the desk, with any port and in any case."""
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_beyond_loopback_an_address_is_a_name_and_a_foreign_word_is_not() -> None:
    """With `any_address` an IP address is let in, since rebinding needs a name."""
    assert is_known_host("192.0.2.7:8423", set(), any_address=True)
    assert not is_known_host("192.0.2.7.evil.example", set(), any_address=True)
    assert host_of("[fe80::1]:80") == "fe80::1"


def test_every_route_that_changes_something_asks_for_a_token(client: TestClient) -> None:
    """A POST without a token, or with one of another session, changes nothing, whatever the route."""
    routes = [
        (route.path, method)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods - {"GET", "HEAD"}
    ]
    assert ("/add", "POST") in routes
    foreign = make_token(b"another key", "0" * 32)
    for path, method in routes:
        assert client.request(method, path).status_code == 403, path
        assert client.request(method, path, data={"token": foreign}).status_code == 403, path
        assert client.request(method, path, headers={"X-Dragoman-Token": foreign}).status_code == 403, path


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_foreign_pages_request_is_refused_before_its_token_is_looked_at(
    client: TestClient, headers: dict[str, str]
) -> None:
    """A state-changing request with another site's Origin is refused."""
    answer = client.post("/add", headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_a_token_is_of_one_session_and_never_the_same_twice() -> None:
    """Two tokens of a session differ and are both good; neither is good in another session."""
    one, other = make_token(b"key", "session"), make_token(b"key", "session")
    assert one != other
    assert is_token(b"key", "session", one)
    assert is_token(b"key", "session", other)
    assert not is_token(b"key", "another", one)
    assert not is_token(b"key", "session", "")


def test_a_body_beyond_the_bound_is_refused_whatever_it_says_of_its_length(client: TestClient) -> None:
    """A too long body gets a word, by its stated length and where it states none."""
    stated = client.post("/add", content=b"", headers={"Content-Length": str(MOST_BYTES + 1)})
    assert stated.status_code == 413
    pieces = (b"x" * 4_000_000 for _ in range(MOST_BYTES // 4_000_000 + 2))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/add", content=pieces, headers=kind).status_code == 413


def test_a_fault_says_nothing_of_the_machine(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected error is a page in words, with the policy, and without a path or a traceback."""

    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr("dragoman.web.pages.desk.make_desk", fail)
    with TestClient(client.app, base_url="http://localhost", raise_server_exceptions=False) as careless:
        answer = careless.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_without_the_password_nothing_is_seen(room: Room, password_hash: str) -> None:
    """Every page leads to the log-in, the API refuses, and the right password opens both under a new session."""
    app = create_app(room, password_hash=password_hash)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        assert client.get("/actors?q=a").headers["location"] == "/login?next=%2Factors%3Fq%3Da"
        assert client.get("/api/v1/articles").status_code == 401
        asked = client.get("/login")
        before = client.cookies["dragoman_session"]
        form = {"token": _token(asked.text), "password": "wrong", "next": "/add"}
        assert client.post("/login", data=form).status_code == 403
        entered = client.post("/login", data={**form, "password": PASSWORD})
        assert (entered.status_code, entered.headers["location"]) == (303, "/add")
        assert client.cookies["dragoman_session"] != before
        assert client.get("/").status_code == 200
        client.post("/logout", data={"token": _token(client.get("/add").text)})
        assert client.get("/").status_code == 303


@pytest.mark.parametrize("aim", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_login_leads_to_no_other_site(room: Room, password_hash: str, aim: str) -> None:
    """An address to go on to that is not a path of this server is forgotten."""
    app = create_app(room, password_hash=password_hash)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        token = _token(client.get("/login").text)
        entered = client.post("/login", data={"token": token, "password": PASSWORD, "next": aim})
        assert entered.headers["location"] == "/"


def test_guessing_is_slowed_down(password_hash: str) -> None:
    """After the allowed failures the right password is not looked at either, until the window has passed."""
    now = 1_000.0
    login = Login(password_hash=password_hash, clock=lambda: now)
    for _ in range(MOST_FAILURES):
        assert not login.check("wrong", "192.0.2.1")
    assert not login.check(PASSWORD, "192.0.2.1")
    assert login.wait("192.0.2.1") > 0
    assert login.check(PASSWORD, "192.0.2.2")
    now += WINDOW + 1
    assert login.check(PASSWORD, "192.0.2.1")


def test_an_empty_desk_teaches(make_room: Callable[[Path], Room], tmp_path: Path) -> None:
    """Where nothing was read, the first page says what to do and offers the examples."""
    with TestClient(create_app(make_room(tmp_path / "empty.sqlite3")), base_url="http://localhost") as client:
        page = client.get("/").text
    assert "Read the examples" in page
    assert "/add" in page


def _token(page: str) -> str:
    return page.split('name="token" value="')[1].split('"')[0]
