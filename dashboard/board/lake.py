"""The published KPI tables of a lake as one consistent set, kept in memory and kept fresh.

gold/_current.json lists every published object with its `inputs`, which each object's Parquet
metadata repeats. An object that carries another value is being replaced just now: then the list
is read again, for five seconds at most, and the set that was there before goes on being shown.
"""

import dataclasses
import datetime as dt
import io
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from board.gold import Gold
from board.places import LakeError, Place, place_of

CURRENT = "gold/_current.json"
FORMAT = 1  # of gold/_current.json; what a newer program wrote may mean something else
SNAPSHOTS = ("store", "product", "promotion")  # clean tables that give names to ids
PATIENCE = 5.0  # seconds for an unfinished publish to end
RUNS_SHOWN = 12
RUNS_EVERY = 5.0  # seconds between two looks for runs: each is two listings and a few reads


@dataclasses.dataclass(frozen=True)
class Published:
    """gold/_current.json."""

    run_id: str
    data_from: dt.date | None
    data_through: dt.date | None
    objects: tuple[tuple[str, str], ...]  # path and inputs

    @staticmethod
    def read(text: bytes, place: str) -> "Published":
        try:
            whole = json.loads(text)
            if whole["format"] > FORMAT:
                raise LakeError("newer_lake", "newer_dashboard", place=place)

            def day(name: str) -> dt.date | None:
                return dt.date.fromisoformat(whole[name]) if whole.get(name) else None

            if any(not each["path"].startswith("gold/") for each in whole["objects"]):
                raise LakeError("damaged", "publish_again", place=place)
            return Published(
                whole["run_id"],
                day("data_from"),
                day("data_through"),
                tuple((each["path"], each["inputs"]) for each in whole["objects"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LakeError("damaged", "publish_again", place=place) from error


class ReplacedError(Exception):
    """An object is not the one that the list names."""


class Lake:
    """One lake, shared by all sessions: safe to call from several threads."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.place: Place = place_of(uri)
        self._lock = threading.Lock()
        self._tag: str | None = None
        self._gold: Gold | None = None
        self._tables: dict[str, tuple[str, pa.Table]] = {}  # path: inputs and rows
        self._runs: list[dict[str, Any]] = []
        self._runs_due = 0.0

    def gold(self) -> Gold:
        """The newest consistent set. Raises LakeError when there is none."""
        with self._lock:
            try:
                self._refresh()
            except LakeError:
                if self._gold is None:
                    raise
            assert self._gold is not None
            return self._gold

    def runs(self) -> list[dict[str, Any]]:
        """What the newest runs recorded, newest first: {"run_id", "stages": [record, …]}."""
        with self._lock:
            if time.monotonic() < self._runs_due:
                return self._runs
            try:
                ids = self.place.folders("_runs")[-RUNS_SHOWN:]
                known = {run["run_id"]: run for run in self._runs}
                # The stages of the newest run may still be coming, one by one.
                self._runs = [
                    known[each] if each in known and each != ids[-1] else self._run(each)
                    for each in reversed(ids)
                ]
            except LakeError:
                if not self._runs:
                    raise
            self._runs_due = time.monotonic() + RUNS_EVERY
            return self._runs

    def _run(self, run_id: str) -> dict[str, Any]:
        stages = []
        for name in self.place.files(f"_runs/{run_id}"):
            found = self.place.read(f"_runs/{run_id}/{name}")
            try:
                record = json.loads(found[0]) if found else {}
            except ValueError:
                continue
            if isinstance(record, dict) and "stage" in record:
                stages.append(record)
        stages.sort(key=lambda record: record.get("started_at", ""))
        names = {record["stage"] for record in stages}
        failed = any("error" in record for record in stages)
        # A run of one command writes its stages one by one.
        unfinished = "simulate" in names and "transform" not in names and not failed
        return {"run_id": run_id, "stages": stages, "failed": failed, "unfinished": unfinished}

    def _refresh(self) -> None:
        give_up = time.monotonic() + PATIENCE
        while True:
            found = self.place.read(CURRENT, self._tag)
            if found is None:
                if self._tag is None:
                    raise LakeError("nothing_published", "publish_first", place=self.uri)
                return  # nothing new, or the list is gone: what is there is shown on
            text, tag = found
            published = Published.read(text, self.uri)
            try:
                self._gold = self._load(published)
                self._tag = tag
                self._runs_due = 0.0
                return
            except ReplacedError as error:
                # A set that is there is shown on; the next look, a second later, tries again.
                if self._gold is not None:
                    return
                if time.monotonic() > give_up:
                    raise LakeError("unfinished", "complete_publish", place=self.uri) from error
                time.sleep(0.1)

    def _load(self, published: Published) -> Gold:
        wanted = dict(published.objects)
        missing = [
            path
            for path, inputs in wanted.items()
            if path not in self._tables or self._tables[path][0] != inputs
        ]
        with ThreadPoolExecutor(max_workers=8) as pool:
            loaded = dict(
                zip(
                    missing,
                    pool.map(lambda path: self._listed(path, wanted[path]), missing),
                    strict=True,
                )
            )
        snapshots = {table: self._snapshot(table) for table in SNAPSHOTS}
        kept = {path: entry for path, entry in self._tables.items() if path in wanted}
        tables = kept | {path: (wanted[path], rows) for path, rows in loaded.items()}
        gold = Gold.of(
            published.run_id,
            published.data_from,
            published.data_through,
            {path: rows for path, (_, rows) in tables.items()},
            snapshots,
        )
        self._tables = tables
        return gold

    def _listed(self, path: str, inputs: str) -> pa.Table:
        found = self.place.read(path)
        if found is None:
            raise ReplacedError(path)
        try:
            file = pq.ParquetFile(io.BytesIO(found[0]))
            if (file.metadata.metadata or {}).get(b"inputs", b"").decode() != inputs:
                raise ReplacedError(path)
            return file.read()
        except pa.ArrowException as error:
            raise self._damaged(path) from error

    def _snapshot(self, table: str) -> pa.Table | None:
        path = f"clean/{table}/part-0.parquet"
        found = self.place.read(path)
        try:
            return pq.read_table(io.BytesIO(found[0])) if found else None
        except pa.ArrowException as error:
            raise self._damaged(path) from error

    def _damaged(self, path: str) -> LakeError:
        """Objects are replaced whole, so what can't be read is not on its way."""
        return LakeError("damaged_object", "make_again", place=self.uri, path=path)
