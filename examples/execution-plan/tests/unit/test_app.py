import pytest

from relay.app import Relay


@pytest.fixture
def relay(tmp_path):
    return Relay(tmp_path / "sessions.log")


def test_a_session_and_its_workflows(relay):
    status, session = relay.answer("POST", "/sessions", {"owner": "ada"})
    assert status == 201
    place = f"/sessions/{session['id']}"
    order = {"order": {"count": 3}, "steps": ["stock", "price"]}
    assert relay.answer("POST", f"{place}/workflows", order) == (200, {"state": "done", "reserved": 3, "cents": 5_970})
    assert relay.answer("GET", place, {})[1]["done"] == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/sessions/none"), ("POST", "/sessions/none/workflows"), ("DELETE", "/health")],
)
def test_what_is_not_there_is_said(relay, method, path):
    assert relay.answer(method, path, {})[0] == 404


def test_health(relay):
    assert relay.answer("GET", "/health", {}) == (200, {"up": True})


def test_metrics_leave_out_shares_of_nothing(relay):
    text = relay.answer("GET", "/metrics", {})[1]
    assert "relay_sessions 0" in text
    assert "harmony" not in text
    key = relay.answer("POST", "/sessions", {"owner": "ada"})[1]["id"]
    relay.answer("POST", f"/sessions/{key}/workflows", {"steps": ["label"]})
    assert "harmony_achievement_ratio 1.0" in relay.answer("GET", "/metrics", {})[1]
