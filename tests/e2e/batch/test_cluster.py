"""A batch over a cluster of processes: one is killed, folders that it does not see, an end in the middle."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from tests.batches import QUICK, QUICK_OPTIONS, box
from tests.e2e.test_terminal import PATIENCE_S
from tests.terminal import zssr
from zssr_studio.batch.coordinator import Coordinator
from zssr_studio.batch.events import Begun, Ended, Failed, Finished
from zssr_studio.batch.request import Request, opened
from zssr_studio.batch.workers.cluster import Cluster
from zssr_studio.batch.workers.connection import check_address, connected
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from distributed import Client, Worker

    from zssr_studio.batch.events import BatchEvent

distributed = pytest.importorskip("distributed")
pytestmark = [
    # Four processes load torch, and those who start them lose patience where other tests take the cores.
    pytest.mark.alone,
    # Dask's own threads and sockets outlive a cluster for a moment.
    pytest.mark.filterwarnings("default::ResourceWarning", "default::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with connected("local:4", 1, insecure=False) as client:
        yield client


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return box(tmp_path / "box")


def followed(client: Client, request: Request, *, shared: bool) -> Iterator[tuple[BatchEvent, Cluster]]:
    with opened(request, None) as batch, closing(Cluster(client, request.folder, request.folder)) as cluster:
        assert cluster.is_shared
        cluster._is_shared = shared
        options = QUICK_OPTIONS.from_plain({**batch.options.plain(), "threads": 1})
        coordinator = Coordinator(batch.journal, request.folder, options, cluster, batch.kin, overwrite=False)
        with closing(coordinator.events()) as events:
            for event in events:
                yield event, cluster


def test_a_worker_is_killed_and_all_arrive_with_the_bits_of_upscale(client, pictures, tmp_path):
    out = tmp_path / "out"
    request = Request(words=(str(pictures),), folder=out, options=QUICK_OPTIONS)
    killed, told = [], []
    for event, _ in followed(client, request, shared=True):
        told.append(event)
        if isinstance(event, Begun) and not killed:
            port = int(event.worker.rpartition(":")[2])
            killed += [child for child in descendants() if listens(child, port)]
            killed[0].kill()
    assert len(killed) == 1
    end = told[-1]
    assert isinstance(end, Ended)
    assert (end.done, end.failed, end.left) == (8, 0, 0)
    assert not any(isinstance(event, Failed) for event in told)
    done = zssr("upscale", pictures / "p0.png", "-o", tmp_path / "alone.png", *QUICK, "--threads", 1)
    assert done.returncode == 0
    assert (out / "p0_zssr2x.png").read_bytes() == (tmp_path / "alone.png").read_bytes()
    assert list(out.glob(".*.part")) == []


def test_a_cluster_on_this_machine_is_reached_from_here_only(client):
    own = psutil.Process()
    found = [one for process in (own, *descendants()) for one in connections(process)]
    listening = {one.laddr.ip for one in found if one.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}


def descendants() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def listens(process: psutil.Process, port: int) -> bool:
    return any(one.laddr.port == port and one.status == psutil.CONN_LISTEN for one in connections(process))


def connections(process: psutil.Process) -> list[Any]:
    """Return those of a process; one that has just ended has none."""
    try:
        return process.net_connections("inet")
    except psutil.Error:
        return []


def test_files_are_sent_and_fetched_where_the_folders_are_not_shared(client, pictures, tmp_path):
    out = tmp_path / "out"
    kin = Request(words=(str(pictures),), folder=out, options=QUICK_OPTIONS, kin=2)
    told = [event for event, _ in followed(client, kin, shared=False)]
    figures = {event.output: event.figures for event in told if isinstance(event, Finished)}
    assert len(figures) == 8
    assert figures["p7_zssr2x.png"]["output"] == str(out / "p7_zssr2x.png")
    assert [one["name"] for one in figures["p7_zssr2x.png"]["other_pictures"]] == ["p0.png", "p1.png"]
    assert (out / "p7_zssr2x.png").exists()
    done = zssr("upscale", pictures / "p0.png", "-o", tmp_path / "alone.png", *QUICK, "--threads", 1)
    assert done.returncode == 0
    assert (out / "p0_zssr2x.png").read_bytes() == (tmp_path / "alone.png").read_bytes()
    with opened(kin, None) as batch:
        assert batch.journal.next_waiting() is None


def test_an_end_at_once_reaches_what_is_being_trained(client, pictures, tmp_path):
    options = QUICK_OPTIONS.from_plain({**QUICK_OPTIONS.plain(), "steps": None, "seconds": 3600.0})
    request = Request(words=(str(pictures / "p0.png"),), folder=tmp_path / "out", options=options)
    for event, _ in followed(client, request, shared=True):
        if isinstance(event, Begun):
            break
    limit_s = time.monotonic() + PATIENCE_S
    while any(client.processing().values()) or any(client.run(is_training).values()):
        assert time.monotonic() < limit_s
        time.sleep(0.1)
    assert list((tmp_path / "out").glob("*.png")) == []


def is_training(dask_worker: Worker) -> bool:
    return bool(dask_worker.state.executing_count)


@pytest.mark.parametrize("address", ["tcp://192.0.2.7:8786", "scheduler.example:8786", "ws://192.0.2.7:8786"])
def test_another_machine_without_tls_is_refused(address):
    with pytest.raises(BadInputError, match="without TLS"):
        check_address(address, insecure=False)
    check_address(address, insecure=True)


@pytest.mark.parametrize("address", ["tls://192.0.2.7:8786", "tcp://127.0.0.1:8786", "localhost:8786", "tcp://[::1]:1"])
def test_tls_and_this_machine_are_allowed(address):
    check_address(address, insecure=False)


def test_a_cluster_that_is_none_is_a_sentence(pictures, tmp_path):
    for address, told in (("local:none", "local:4"), ("tcp://", "give a scheduler"), ("tcp://192.0.2.7:1", "TLS")):
        done = zssr("batch", pictures, "-o", tmp_path / "out", "--cluster", address)
        assert (done.returncode, told in done.stderr) == (2, True), done.stderr
