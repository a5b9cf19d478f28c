"""The files that a page needs: scripts, styles and the scripts of others, all in the package, none fetched from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "LICENSE": "text/plain; charset=utf-8",
    "toml": "text/plain; charset=utf-8",
}
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent: `digest` is of the file itself, `packed` its gzip."""

    name: str
    kind: str
    body: bytes
    packed: bytes
    digest: str


@cache
def assets() -> Mapping[str, Asset]:
    """Return the files by their path below the folder of assets, read and packed once."""
    found = {}
    root = files("dragoman.web") / "assets"
    for folder in ("", "vendor"):
        for entry in sorted((root / folder).iterdir() if folder else root.iterdir(), key=lambda entry: entry.name):
            kind = _TYPES.get(entry.name.rpartition(".")[2])
            if entry.is_file() and kind is not None:
                name = f"{folder}/{entry.name}" if folder else entry.name
                body = entry.read_bytes()
                packed = gzip.compress(body, 9, mtime=0)
                found[name] = Asset(name, kind, body, packed, hashlib.sha256(body).hexdigest())
    return found


def asset_url(name: str) -> str:
    """Return the address of a file, which changes when the file does."""
    return f"/assets/{name}?v={assets()[name].digest[:12]}"


def vendored() -> Mapping[str, Mapping[str, Any]]:
    """Return what the manifest says of the scripts that others wrote: package, version, licence and digest."""
    manifest = files("dragoman.web") / "assets" / "vendor" / "manifest.toml"
    return tomllib.loads(manifest.read_text(encoding="utf-8"))


def serve_asset(request: Request) -> Response:
    """Send a file, packed where the browser can unpack it; an address with the right digest is good for ever."""
    asset = assets().get(request.path_params["name"])
    if asset is None:
        return PlainTextResponse("There is no such file.", status_code=404)
    tag = f'"{asset.digest[:32]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": _FOR_EVER if request.query_params.get("v") == asset.digest[:12] else _ASK_AGAIN,
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.packed, media_type=asset.kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(asset.body, media_type=asset.kind, headers=headers)
