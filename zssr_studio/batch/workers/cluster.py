"""Workers of a Dask cluster, on several machines: one picture a task, and what each tells on a topic of its batch.

What goes between machines is JSON and the bytes of files.
"""

from __future__ import annotations

import json
import queue
import secrets
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zssr_studio import __version__
from zssr_studio.batch.workers.crew import CancelledError, Message, waited_for
from zssr_studio.batch.workers.remote_files import carried, put_back, unpacked
from zssr_studio.errors import FailureError, StudioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from distributed import Client, Future

    from zssr_studio.batch.one_file.options import Plain
    from zssr_studio.batch.workers.remote_files import Contents

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
        return [
            message
            for output, plain in waited_for(self._said, timeout_s)
            if (message := self._taken(output, plain)) is not None
        ]

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

    # By its name: who hands pictures out loads nothing of what enlarges them.
    do_order = import_module("zssr_studio.batch.workers.one_picture").do_order
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
        if time.monotonic() - self._asked_s < ASK_INTERVAL_S:
            return
        while True:
            self._asked_s = time.monotonic()
            if self._cancelled.is_set():
                raise CancelledError
            if not self._paused.is_set():
                return
            time.sleep(ASK_INTERVAL_S)


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
