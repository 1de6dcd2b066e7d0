"""What an ONNX file says of its weights, read from its fields (protocol buffers) without loading it.

See https://protobuf.dev/programming-guides/encoding/ and onnx.proto: a model's field 7 is its graph, a graph's field 5
its weights, their field 1 a side each, field 13 the place of data in other files.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAPH, WEIGHTS, SIDES, ELSEWHERE = 7, 5, 1, 13
# Kinds of fields.
VARINT, FIXED_64, BYTES, FIXED_32 = 0, 1, 2, 5
MAX_SHIFT = 63


def counted_weights(name: str, content: bytes) -> int:
    """Count the numbers that a network learned.

    Raises
    ------
    BadInputError
        If the bytes are no such file, or its weights lie in other files.
    """
    count = graphs = 0
    try:
        for number, graph in _fields(memoryview(content)):
            if number != GRAPH or isinstance(graph, int):
                continue
            graphs += 1
            for inner, weights in _fields(graph):
                if inner == WEIGHTS and not isinstance(weights, int):
                    count += _numbers(name, weights)
    except (IndexError, ValueError) as error:
        raise BadInputError(f"{name} is damaged or no ONNX file. Copy it anew from where it is.") from error
    if not graphs:
        raise BadInputError(f"{name} is damaged or no ONNX file. Copy it anew from where it is.")
    if count > len(content):
        raise BadInputError(f"{name} claims to hold {count:,} numbers, more than it has bytes: it is damaged.")
    return count


def _numbers(name: str, weights: memoryview) -> int:
    """Count the numbers of one array."""
    sides: list[int] = []
    for number, value in _fields(weights):
        if number == ELSEWHERE:
            raise BadInputError(
                f"{name} was not opened: it takes weights from other files, which could be any. Save it as one file "
                "(without external data)."
            )
        if number == SIDES:
            sides += [value] if isinstance(value, int) else _varints(value)
    return math.prod(sides)


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield each field's number and value: a whole number, or bytes."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == VARINT:
            value, at = _varint(data, at)
            yield tag >> 3, value
        elif kind == BYTES:
            size, at = _varint(data, at)
            if size > len(data) - at:
                raise ValueError("a field is longer than what holds it")
            yield tag >> 3, data[at : at + size]
            at += size
        elif kind in (FIXED_32, FIXED_64):
            at += 8 if kind == FIXED_64 else 4
        else:
            raise ValueError("no kind of field")


def _varints(data: memoryview) -> list[int]:
    at, found = 0, []
    while at < len(data):
        value, at = _varint(data, at)
        found.append(value)
    return found


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    """Read a whole number of seven bits a byte, the lowest first."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at += 1
        if byte < 128:
            return value, at
        shift += 7
        if shift > MAX_SHIFT:
            raise ValueError("a number of more than 64 bits")
