"""The workers that this machine has room for."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.values import read_bytes
from zssr_studio.batch.workers.processes import Processes
from zssr_studio.errors import BadInputError
from zssr_studio.host.machine import free_memory_bytes, processor_quota
from zssr_studio.job import MIN_MEMORY_BYTES

if TYPE_CHECKING:
    from zssr_studio.batch.one_file.options import Options

# What a worker takes with a picture of two megapixels, in round figures: 600 MB were measured.
WORKER_BYTES = 1_000_000_000
# Share of the free memory that all workers together take; the rest is for other programs. Chosen.
FREE_SHARE = 0.8
MOST_WORKERS = 1024
# A container's quota may lack so much of a whole processor, and another worker still gains; as for threads.
LACKING_SHARE = 0.3
# Says which of NVIDIA's cards a program sees.
CARDS = "CUDA_VISIBLE_DEVICES"


def workers_for(options: Options, wanted: int | None) -> tuple[Processes, Options]:
    """Make the workers of a batch on this machine, and the options with which each does its pictures.

    Parameters
    ----------
    options : Options
        Of the whole batch.
    wanted : int or None
        Number of workers; None takes one for each core, or for each graphics card, as far as the memory goes.

    Returns
    -------
    Processes
        Not started yet.
    Options
        With the threads and the memory of one worker, where the batch's options leave them open.

    Raises
    ------
    BadInputError, FailureError
        If there is no such device, or the number is none.
    """
    from zssr_studio.engine.runtime.device import CPU, choose_device, device_count

    if wanted is not None and not 1 <= wanted <= MOST_WORKERS:
        raise BadInputError(f"{wanted} workers are not possible; give 1 to {MOST_WORKERS}.")
    device = choose_device(options.device).type
    free = FREE_SHARE * free_memory_bytes()
    if device == CPU:
        count = wanted or max(1, min(usable_cores(), int(free // WORKER_BYTES)))
        threads = options.threads or 1
    else:
        count, threads = wanted or device_count(device), options.threads or max(1, usable_cores() // (wanted or 1))
    memory = options.memory
    # One worker alone may take what a run by itself takes; several share it.
    if memory is None and count > 1:
        memory = str(max(MIN_MEMORY_BYTES, int(free / count)))
    elif memory is not None and read_bytes(memory) < MIN_MEMORY_BYTES:
        raise BadInputError(f"A --memory of {memory} is not enough for a worker; give 0.5GB or more.")
    variables = [_variables(threads, None)]
    if device == "cuda":
        variables = [_variables(threads, card) for card in _cards(device_count(device))]
    return Processes(count, variables), replace(options, threads=threads, memory=memory)


def usable_cores() -> int:
    """Return how many cores this program may keep busy, at least one."""
    from zssr_studio.engine.runtime import threads

    return max(1, int(min(len(threads.usable_cores()), processor_quota() + LACKING_SHARE)))


def _cards(count: int) -> list[str]:
    """Name the graphics cards that torch counts, which may be some of the machine's only, by number or otherwise."""
    told = os.environ.get(CARDS)
    return told.split(",")[:count] if told else [str(card) for card in range(count)]


def _variables(threads: int, card: str | None) -> dict[str, str]:
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    cards = {} if card is None else {CARDS: card}
    return {**dict.fromkeys(names, str(threads)), **cards}
