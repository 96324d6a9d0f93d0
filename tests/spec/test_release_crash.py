"""A release under a killed process: the pointer names the old or the new one, never half of one."""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path

import duckdb

from marts.published import AnalystTable, Published, ThlFile
from marts.release import latest, publish, verify

LIST = Published(
    analyst={"dim_area": AnalystTable()}, thl={"thl_indicator": ThlFile(file="indicators.csv")}, never=frozenset()
)
TO_THE_DISK = ("fsync", "rename", "replace")


def release(vault, releases, release_id):
    publish(vault, releases, release_id=release_id, model_version="1", watermarks={}, published=LIST)


def release_killed_at(step, vault, releases, release_id):
    """Publish in this process, and die before the given number of steps to the disk is done."""
    left = [step]

    def counted(real):
        def call(*given, **named):
            left[0] -= 1
            if left[0] == 0:
                os._exit(9)
            return real(*given, **named)

        return call

    for name in TO_THE_DISK:
        setattr(os, name, counted(getattr(os, name)))
    release(Path(vault), Path(releases), release_id)


def test_a_release_killed_at_any_step_is_the_old_one_or_the_new_one_and_the_next_run_completes_it(tmp_path):
    vault, releases = tmp_path / "vault.duckdb", tmp_path / "releases"
    with duckdb.connect(str(vault)) as connection:
        connection.execute("create schema marts")
        connection.execute("create schema exports")
        connection.execute("create table marts.dim_area as select '20' as area_code")
        connection.execute("create table exports.thl_indicator as select 'SAA-01' as indicator")
    release(vault, releases, "r000")
    processes = get_context("forkserver")  # a fork of this process would inherit the engine's threads
    processes.set_forkserver_preload(["marts.release"])

    for step in range(1, 100):
        before, wanted = latest(releases), f"r{step:03}"
        child = processes.Process(target=release_killed_at, args=(step, str(vault), str(releases), wanted))
        child.start()
        child.join(60)

        assert latest(releases) in (before, wanted)
        assert [folder.name for folder in releases.glob("r*") if verify(folder)] == []
        if child.exitcode == 0:
            break
        release(vault, releases, wanted)
        assert latest(releases) == wanted
    assert child.exitcode == 0
    assert step > 10
    assert not list(releases.glob(".building-*"))
