"""A shelf in object storage, merged there and copied into PostgreSQL, is the store that read the same documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import fsspec
import pytest
import s3fs
from moto.server import ThreadedMotoServer

from dragoman.codebook import Codebook
from dragoman.record import Document
from dragoman.relate import join_documents
from dragoman.run.cluster.shelf import Shelf, row_of
from dragoman.run.history import derivation_rules
from dragoman.run.merging.copying import copy_shelf
from dragoman.run.merging.crew import Alone
from dragoman.run.merging.merge import merge_shelf
from dragoman.run.workers import Recipe
from dragoman.store import open_store
from dragoman.store.codec import pack_document
from dragoman.store.derived import get_history

# boto's own libraries leave sockets for the collector to close
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of a real S3 server on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    named = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()  # another test's may still ask its own server
    fsspec.filesystem("s3").mkdir("merged-news")
    yield "s3://merged-news/shelf"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_a_shelf_in_object_storage_is_merged_and_copied(
    bucket: str, postgres_address: str, make_document: Callable[..., Document], codebook: Codebook
) -> None:
    """The copied record is that of one machine; a grown shelf, merged again, does only what is new."""
    store = open_store(postgres_address, create=True)
    names = ("Norway", "Sweden", "Chile")
    documents = [
        make_document(f"{one} rebuked {other}.", published=date(2023, 4, 1) + timedelta(days=20 * place))
        for place, (one, other) in enumerate((one, other) for one in names for other in names if one != other)
    ]
    shelf = Shelf(bucket)
    shelf.write([row_of(pack_document(document)) for document in documents[:-1]])
    assert merge_shelf(shelf, Recipe(), Alone(), buckets=1).known == 0
    shelf.write([row_of(pack_document(documents[-1]))])
    grown = merge_shelf(shelf, Recipe(), Alone(), buckets=1)
    assert 0 < grown.known < grown.tasks
    done = copy_shelf(shelf, store, codebook)
    assert (done.articles, done.merged) == (len(documents), True)
    told = get_history(store, derivation_rules(codebook))
    assert told == join_documents(documents, codebook)
    assert len(told.events) == len(documents)
