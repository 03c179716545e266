import pytest

from relay.sessions import BATCH, Sessions


@pytest.fixture
def log(tmp_path):
    return tmp_path / "sessions.log"


def test_a_session_is_found_by_its_id(log):
    sessions = Sessions(log)
    session = sessions.open("ada")
    assert sessions.get(session["id"]) == session
    assert sessions.get("another") is None


def test_a_session_needs_an_owner(log):
    with pytest.raises(ValueError, match="owner"):
        Sessions(log).open("")


def test_sessions_are_there_again_after_the_service_ended(log):
    first = Sessions(log)
    ids = [first.open(f"user {n}")["id"] for n in range(5)]
    first.close()
    again = Sessions(log)
    assert [again.get(key)["owner"] for key in ids] == [f"user {n}" for n in range(5)]
    assert len(again) == 5


def test_what_was_done_is_counted_and_kept(log):
    first = Sessions(log)
    key = first.open("ada")["id"]
    for _ in range(3):
        first.count(key)
    first.flush()
    assert Sessions(log).get(key)["done"] == 3


def test_entries_are_written_in_batches(log):
    sessions = Sessions(log)
    for n in range(BATCH - 1):
        sessions.open(f"user {n}")
    assert log.read_text() == ""
    sessions.open("one more")
    assert len(log.read_text().splitlines()) == BATCH
