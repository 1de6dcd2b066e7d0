"""Workers of a Dask cluster, on several machines: one picture a task, and what each tells on a topic of its batch.

A scheduler of Dask runs whatever it is sent, for whoever reaches it. So addresses without TLS are refused but on this
machine, and what goes between machines is JSON and the bytes of files.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import queue
import secrets
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from zssr_studio import __version__
from zssr_studio.batch.workers.crew import Message
from zssr_studio.batch.workers.remote_files import carried, put_back, unpacked
from zssr_studio.errors import BadInputError, FailureError, StudioError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from distributed import Client, Future

    from zssr_studio.batch.one_file.options import Plain
    from zssr_studio.batch.workers.remote_files import Contents

LOCAL = "local:"
MOST_LOCAL = 1024
CONNECT_S = 20.0
# How often a picture asks whether it is to end or to stand still: each time is a message to the scheduler. Chosen.
ASK_INTERVAL_S = 1.0
GPU = "GPU"


class Cluster:
    """Workers of a cluster.

    Parameters
    ----------
    client : Client
    folder : Path
        Of the results, to find out whether the workers see it too.
    image : Path
        One of the sources, to find out the same.

    Raises
    ------
    FailureError
        If there are no workers, or they have another version of this program.
    """

    def __init__(self, client: Client, folder: Path, image: Path) -> None:
        from distributed import Event

        self._client = client
        self._said: queue.SimpleQueue[tuple[str, Plain]] = queue.SimpleQueue()
        self._batch = f"zssr-{secrets.token_hex(8)}"
        self._in_hand: dict[str, Future] = {}
        self._orders: dict[str, Plain] = {}
        self._workers: dict[str, str] = {}
        self._cancelled = Event(f"{self._batch}-cancelled", client=client)
        self._paused = Event(f"{self._batch}-paused", client=client)
        self._is_shared = _check(client, folder, image)
        client.subscribe_topic(self._batch, self._hear)

    @property
    def size(self) -> int:
        """Number of pictures at once: one for each thread of the workers, or for each graphics card they offer."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        cards = sum(int(worker["resources"].get(GPU, 0)) for worker in workers)
        return cards or sum(worker["nthreads"] for worker in workers)

    @property
    def is_shared(self) -> bool:
        """Whether the workers see the folders of this machine; else the files are sent and fetched."""
        return self._is_shared

    @property
    def free(self) -> int:
        """How many more pictures they take now."""
        return max(0, self.size - len(self._in_hand))

    def hand(self, output: str, order: Plain) -> None:
        """Give a picture to the cluster."""
        contents: Contents = {}
        try:
            if not self._is_shared:
                contents = carried(order)
        except StudioError as error:
            self._said.put((output, {"kind": "failed", "sentence": str(error)}))
            return
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        cards = any(worker["resources"].get(GPU) for worker in workers)
        future = self._client.submit(
            do_on_worker,
            json.dumps({"output_key": output, "batch": self._batch, "order": order}),
            contents,
            pure=False,
            key=f"{self._batch}-{secrets.token_hex(8)}",
            resources={GPU: 1} if cards else None,
        )
        self._in_hand[output], self._orders[output] = future, order
        future.add_done_callback(lambda done: self._said.put((output, {"kind": "over", "future": done})))

    def messages(self, timeout_s: float) -> Sequence[Message]:
        """Return what was said, after a moment at most."""
        found = []
        try:
            found.append(self._said.get(timeout=timeout_s))
            while True:
                found.append(self._said.get_nowait())
        except queue.Empty:
            pass
        return [message for output, plain in found if (message := self._taken(output, plain)) is not None]

    def pause(self) -> None:
        """Let the pictures in hand stand still."""
        self._paused.set()

    def go_on(self) -> None:
        """Let them go on."""
        self._paused.clear()

    def close(self) -> None:
        """End the pictures in hand at once and leave the cluster, which goes on without this batch."""
        if self._in_hand:
            self._cancelled.set()
            self._client.cancel(list(self._in_hand.values()), force=True)
        self._client.unsubscribe_topic(self._batch)

    def _hear(self, event: tuple[float, Plain]) -> None:
        plain = event[1]
        self._said.put((plain["output_key"], plain))

    def _taken(self, output: str, plain: Plain) -> Message | None:
        if output not in self._in_hand and plain["kind"] != "failed":
            return None
        if plain["kind"] == "over":
            plain = self._over(output, plain["future"])
        elif plain["kind"] == "begun":
            self._workers[output] = plain["worker"]
        if plain["kind"] in ("done", "failed", "lost"):
            self._in_hand.pop(output, None)
            self._orders.pop(output, None)
        return Message(output, self._workers.get(output, ""), plain)

    def _over(self, output: str, future: Future) -> Plain:
        """Return what came of a task, with its files put in their places."""
        if future.status != "finished":
            return {"kind": "lost", "sentence": _end_sentence(future)}
        text, contents = future.result()
        plain: Plain = json.loads(text)
        if contents:
            try:
                plain = put_back(plain, contents, self._orders[output])
            except StudioError as error:
                return {"kind": "failed", "sentence": str(error)}
        return plain


def do_on_worker(text: str, contents: Contents) -> tuple[str, Contents]:
    """Enlarge one picture on a worker of a cluster; a task of Dask.

    Parameters
    ----------
    text : str
        JSON with the order, the picture's key and the topic.
    contents : dict
        Files that the worker does not see; where there are any, those that it makes are returned the same way.
    """
    from distributed import get_worker

    from zssr_studio.batch.workers.one_picture import do_order

    asked = json.loads(text)
    worker, topic = get_worker(), asked["batch"]

    def tell(plain: Plain) -> None:
        worker.log_event(topic, {**plain, "output_key": asked["output_key"]})

    tell({"kind": "begun", "worker": worker.address.rpartition("/")[2]})
    hold = _Hold(topic)
    with unpacked(asked["order"], contents) as (order, fetched):
        plain = do_order(order, tell, hold)
        return json.dumps(plain), fetched()


class _Hold:
    """Asks the batch now and then whether a picture is to end or to stand still."""

    def __init__(self, batch: str) -> None:
        from distributed import Event

        self._cancelled, self._paused = Event(f"{batch}-cancelled"), Event(f"{batch}-paused")
        self._asked_s = time.monotonic()

    def __call__(self) -> None:
        from zssr_studio.batch.workers.one_picture import CancelledError

        if time.monotonic() - self._asked_s < ASK_INTERVAL_S:
            return
        while True:
            self._asked_s = time.monotonic()
            if self._cancelled.is_set():
                raise CancelledError
            if not self._paused.is_set():
                return
            time.sleep(ASK_INTERVAL_S)


def dask_setup(_worker: object) -> None:
    """Leave Ctrl+C to the batch, in a worker that was started by it: its pictures in hand are to be finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def connected(address: str, threads: int, *, insecure: bool) -> Iterator[Client]:
    """Connect to a scheduler, or start workers on this machine for `local:N`.

    Parameters
    ----------
    address : str
        Such as `tls://host:8786`, `tcp://127.0.0.1:8786` or `local:4`.
    threads : int
        With which each worker on this machine computes.
    insecure : bool
        Whether an address without TLS on another machine is allowed.

    Raises
    ------
    BadInputError
        If Dask is not installed, the address is none, is refused, or nobody answers there.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise BadInputError(
            "--cluster needs Dask, which is not installed here. Install it with: pip install 'zssr-studio[cluster]'."
        ) from error
    if address.startswith(LOCAL):
        variables = {name: str(threads) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
        with (
            LocalCluster(
                n_workers=_local_count(address),
                threads_per_worker=1,
                host="127.0.0.1",
                # The pipeline keeps to a budget of its own, and a nanny would end what needs more than its share.
                memory_limit=0,
                dashboard_address=None,
                silence_logs=logging.ERROR,
                env=variables,
                preload=[__name__],
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    check_address(address, insecure=insecure)
    try:
        client = Client(address, timeout=CONNECT_S)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise BadInputError(
            f"No scheduler of Dask can be reached at {address} ({error}). Start `dask scheduler` and `dask worker` "
            "there, and for tls:// name the certificates in Dask's configuration."
        ) from error
    with client:
        yield client


def check_address(address: str, *, insecure: bool) -> None:
    """Refuse a scheduler that whoever is in between could speak for.

    Raises
    ------
    BadInputError
    """
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if not parts.hostname:
        raise BadInputError(f"--cluster {address}: give a scheduler, such as tls://host:8786, or {LOCAL}4.")
    if parts.scheme == "tls" or insecure or _is_loopback(parts.hostname):
        return
    raise BadInputError(
        f"{address} is another machine without TLS: whoever reaches that scheduler, or is between, can run any program "
        "on its workers and on this machine. Use tls:// with certificates, or --insecure-cluster in a network that you "
        "trust as a whole."
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _local_count(address: str) -> int:
    text = address.removeprefix(LOCAL)
    if text.isdecimal() and 1 <= int(text) <= MOST_LOCAL:
        return int(text)
    raise BadInputError(f"--cluster {address}: give the number of workers on this machine, such as {LOCAL}4.")


def _check(client: Client, folder: Path, image: Path) -> bool:
    """Tell whether all workers see the folder of the results and a source; refuse those of another version."""
    nonce = secrets.token_hex(16)
    path = folder / f".zssr-{nonce[:8]}.nonce"
    path.write_text(nonce, encoding="ascii")
    try:
        size = image.stat().st_size if image.is_file() else None
        found: dict[str, Any] = client.run(_looked, str(path), nonce, str(image), size)
    except ImportError as error:
        raise FailureError(
            f"A worker of the cluster has no ZSSR Studio {__version__} ({error}). Install the same on all machines."
        ) from error
    finally:
        path.unlink()
    if not found:
        raise FailureError("The cluster has no workers. Start `dask worker` on its machines, and try again.")
    others = {address: told for address, (told, _) in found.items() if told != __version__}
    if others:
        address, version = next(iter(others.items()))
        raise FailureError(
            f"The worker {address} has ZSSR Studio {version or 'not at all'}, and this is {__version__}. Install the "
            "same on all machines."
        )
    return all(sees for _, sees in found.values())


def _looked(path: str, nonce: str, image: str, size: int | None) -> tuple[str, bool]:
    """Tell the version of a worker, and whether it sees the folder and the source."""
    from zssr_studio import __version__ as version

    try:
        sees = Path(path).read_text(encoding="ascii") == nonce
        return version, sees and (size is None or Path(image).stat().st_size == size)
    except OSError:
        return version, False


def _end_sentence(future: Future) -> str:
    error = future.exception() if future.status == "error" else None
    if type(error).__name__ == "KilledWorker":
        return "Each worker that had it in hand ended, as where the memory of its machine is full."
    return f"Its worker ended ({error or future.status})."
