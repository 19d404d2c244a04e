"""A file in OpenStreetMap's PBF format: a chain of blobs, which are checked and read one after another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import osmium

from dashboard.sources.tidy import InputError

#: No blob may be larger, says the format: https://wiki.openstreetmap.org/wiki/PBF_Format
LARGEST_HEADER, LARGEST_BLOB = 64 * 1024, 32 * 1024 * 1024
#: Bytes that are handed to the reader at once.
AT_ONCE = 4 * 1024 * 1024


@dataclass(frozen=True)
class PbfFile:
    """An extract that is complete: its chain of blobs leads from the first to the last byte.

    Parameters
    ----------
    path
        The file.
    size
        Its bytes.
    sha256
        The fingerprint of its content.
    timestamp
        How new its content is, if its header tells.
    """

    path: Path
    size: int
    sha256: str
    timestamp: str | None

    def objects(
        self,
        prepare: Callable[[osmium.FileProcessor], osmium.FileProcessor],
        entities: osmium.osm.osm_entity_bits = osmium.osm.ALL,
        at: Callable[[int], None] = lambda _: None,
    ) -> Iterator[osmium.osm.OSMObject[Any]]:
        """Give nodes, ways and relations in the order of the file; each is good until the next is asked for.

        Parameters
        ----------
        prepare
            Puts filters and the store of positions on the reader of each part.
        entities
            Which kinds are looked at.
        at
            Is told how many bytes are done.

        Raises
        ------
        InputError
            When the content of a blob is damaged.
        """
        pool = osmium.io.ThreadPool()
        with self.path.open("rb") as file:
            header, done, part = b"", 0, []
            for kind, blob in _blobs(file, self.path.name):
                done += len(blob)
                if kind == b"OSMHeader":
                    header = blob
                    continue
                part.append(blob)
                if sum(map(len, part)) >= AT_ONCE or done >= self.size:
                    buffer = osmium.io.FileBuffer(b"".join([header, *part]), "pbf")
                    part = []
                    try:
                        reader = prepare(osmium.FileProcessor(buffer, entities, thread_pool=pool))
                        yield from cast("Iterator[osmium.osm.OSMObject[Any]]", reader)
                    except RuntimeError as error:
                        raise InputError(
                            f"{self.path.name} is damaged ({error}): fetch or cut out the extract again."
                        ) from error
                    at(done)


def open_pbf(path: Path) -> PbfFile:
    """Look through a file from end to end without reading its content.

    Raises
    ------
    InputError
        When it does not exist, is empty, is no PBF file or was cut off.
    """
    if not path.is_file():
        raise InputError(f"The file {path} does not exist: give the path of an .osm.pbf file.")
    size = path.stat().st_size
    if size == 0:
        raise InputError(f"{path.name} is empty: fetch or cut out the extract again.")
    digest = hashlib.sha256()
    kinds = []
    with path.open("rb") as file:
        for kind, blob in _blobs(file, path.name):
            digest.update(blob)
            kinds.append(kind)
    try:
        header = osmium.io.Reader(osmium.io.File(str(path), "pbf"), osmium.osm.NOTHING).header()
    except RuntimeError as error:
        raise _no_pbf(path.name) from error
    return PbfFile(path, size, digest.hexdigest(), header.get("osmosis_replication_timestamp") or None)


def _blobs(file: BinaryIO, name: str) -> Iterator[tuple[bytes, bytes]]:
    """Give kind and bytes of each blob with its length and header."""
    first = True
    while length := file.read(4):
        header_size = int.from_bytes(length, "big")
        if first and (len(length) < 4 or header_size > LARGEST_HEADER):
            raise _no_pbf(name)
        header = file.read(header_size)
        kind, size = _blob_header(header)
        if first and kind != b"OSMHeader":
            raise _no_pbf(name)
        content = file.read(size) if size <= LARGEST_BLOB else b""
        if len(header) < header_size or len(content) < size or not kind:
            raise InputError(f"{name} is cut off or damaged after its first {file.tell()} bytes: fetch it again.")
        first = False
        yield kind, length + header + content


def _no_pbf(name: str) -> InputError:
    return InputError(f"{name} is no OpenStreetMap file in PBF format: give an extract that ends in .osm.pbf.")


def _blob_header(header: bytes) -> tuple[bytes, int]:
    """Read kind (field 1) and size (field 3) of the blob that follows from its header, a protocol buffer."""
    kind, size, place = b"", 0, 0
    try:
        while place < len(header):
            key, place = _varint(header, place)
            value, place = _varint(header, place)
            if key & 7 == 2:
                text, place = header[place : place + value], place + value
                kind = text if key >> 3 == 1 else kind
            elif key >> 3 == 3:
                size = value
    except IndexError:
        return b"", 0
    return kind, size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        value |= (byte & 127) << shift
        shift, place = shift + 7, place + 1
        if byte < 128:
            return value, place
