"""The sensor starts a run for deliveries that have come to rest, once."""

from orchestration.inbox import SETTLE_SECONDS, settled_content


def drop(folder, name, text="x"):
    file = folder / name
    file.write_text(text)
    return file.stat().st_mtime


def test_files_without_a_manifest_start_nothing(tmp_path):
    written = drop(tmp_path, "visit.csv")

    assert settled_content(tmp_path, written + 3600) is None


def test_a_file_that_may_still_grow_is_waited_for(tmp_path):
    drop(tmp_path, "visit.csv.manifest.json")
    written = drop(tmp_path, "visit.csv")

    assert settled_content(tmp_path, written + SETTLE_SECONDS - 1) is None
    assert settled_content(tmp_path, written + SETTLE_SECONDS + 1) is not None


def test_the_same_content_has_the_same_name_and_more_content_another(tmp_path):
    written = drop(tmp_path, "visit.csv.manifest.json")
    first = settled_content(tmp_path, written + 3600)

    assert settled_content(tmp_path, written + 7200) == first
    later = drop(tmp_path, "contact.csv.manifest.json")
    assert settled_content(tmp_path, later + 3600) != first


def test_a_drop_folder_that_nobody_made_is_empty(tmp_path):
    assert settled_content(tmp_path / "inbox", 0.0) is None
