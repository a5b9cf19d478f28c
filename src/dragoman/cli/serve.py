"""`dragoman serve`: the workbench in a browser."""

from __future__ import annotations

import getpass
import ipaddress
import sys
import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import SettingsOption, StoreOption, codebook_of, settings_of, store_of
from dragoman.cli.output import emit, say

PORT = 8423
KEPT = 8
"""Connections to the store that stay open: opening one takes longer than most questions."""


def serve(
    host: Annotated[
        str,
        typer.Option(help="The address to listen on. Beyond this machine a password is demanded.", metavar="ADDRESS"),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = PORT,
    name: Annotated[
        list[str] | None,
        typer.Option(
            help="A host name under which it may be opened, beside its address; may be repeated.", metavar="HOST"
        ),
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(help="A file that holds the password's argon2 hash (see --make-password).", metavar="FILE"),
    ] = None,
    make_password: Annotated[
        bool, typer.Option("--make-password", help="Ask for a password, print its argon2 hash and leave.")
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in your browser.")] = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Serve the workbench: pages to read, check, correct and explore what was read, for this machine's browser alone."""
    if make_password:
        emit([_ask_password()])
        return
    local = _is_loopback(host)
    if not local and password_file is None:
        raise typer.BadParameter(
            f"--host {host} lets other machines in: make a password (dragoman serve --make-password > FILE) and name the "
            "file with --password-file."
        )

    import uvicorn  # here and below: nothing heavy before the call is known to be right

    from dragoman.run.view.room import Room
    from dragoman.web.app import create_app, settle_memory
    from dragoman.web.guard import LOCAL_NAMES

    chosen = settings_of(settings, store)
    room = Room(store=store_of(chosen, create=True, kept=KEPT), codebook=codebook_of(chosen), settings=chosen)
    app = create_app(
        room,
        names={*LOCAL_NAMES, host, *(name or ())},
        any_address=not local,
        password_hash=_read_hash(password_file) if password_file else None,
    )
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  # compared, not listened on
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
    say(f"The workbench of {room.store.path} is at {address} (Ctrl-C ends it).")
    if not local:
        say("It speaks plain HTTP: beyond a network that you trust, put a server that speaks HTTPS before it.")
    if open_browser:
        threading.Timer(0.8, webbrowser.open, [address]).start()
    settle_memory()
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read_hash(file: Path) -> str:
    from dragoman.errors import SettingsError
    from dragoman.web.login import check_hash

    try:
        return check_hash(file.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The password file {file} can't be read: mend the path or its rights.") from error


def _ask_password() -> str:
    from dragoman.errors import SettingsError
    from dragoman.web.login import hash_password

    if sys.stdin.isatty():
        first = getpass.getpass("Password: ", stream=sys.stderr)
        if getpass.getpass("Once more: ", stream=sys.stderr) != first:
            raise SettingsError("The two are not the same: try again.")
    else:
        first = sys.stdin.readline().rstrip("\n")
    return hash_password(first)
