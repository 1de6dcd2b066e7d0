"""How a cluster of Dask is reached, or started on this machine.

A scheduler of Dask runs whatever it is sent, for whoever reaches it. So addresses without TLS are refused but on this
machine.
"""

from __future__ import annotations

import ipaddress
import logging
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client

LOCAL = "local:"
MOST_LOCAL = 1024
CONNECT_S = 20.0


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
                # Dask's pages about itself, on any free port, and for this machine alone.
                dashboard_address="127.0.0.1:0",
                worker_dashboard_address="127.0.0.1:0",
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
