"""Journeys through the running service, as a user goes them."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest


class Service:
    """The relay in a process of its own."""

    def __init__(self, log: Path):
        self.log = log
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "relay", str(self.port), str(self.log)])
        for _ in range(200):
            try:
                self.ask("/health")
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the relay does not start")

    def stop(self, how: int) -> None:
        self.process.send_signal(how)
        self.process.wait()

    def ask(self, path: str, body: dict | None = None) -> tuple[int, dict]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data)
        try:
            with urllib.request.urlopen(request, timeout=5) as response:
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())


@pytest.fixture
def service(tmp_path):
    service = Service(tmp_path / "sessions.log")
    yield service
    service.stop(signal.SIGKILL)


def test_an_order_from_the_first_click_to_the_mail(service):
    _, session = service.ask("/sessions", {"owner": "ada"})
    order = {"order": {"count": 12, "to": "oslo"}, "steps": ["stock", "price", "label", "mail"]}
    status, result = service.ask(f"/sessions/{session['id']}/workflows", order)
    assert (status, result["state"], result["cents"], result["label"]) == (200, "done", 21_492, "oslo-012")


def test_a_wrong_order_is_refused_and_changes_nothing(service):
    _, session = service.ask("/sessions", {"owner": "ada"})
    place = f"/sessions/{session['id']}"
    assert service.ask(f"{place}/workflows", {"order": {"count": 0}, "steps": ["stock"]})[0] == 400
    assert service.ask(place)[1]["done"] == 0


def test_a_stranger_finds_nothing(service):
    assert service.ask("/sessions/0123456789abcdef")[0] == 404


def test_a_session_goes_on_after_a_crash(service):
    _, session = service.ask("/sessions", {"owner": "ada"})
    service.stop(signal.SIGKILL)
    service.start()
    assert service.ask(f"/sessions/{session['id']}") == (200, session)
