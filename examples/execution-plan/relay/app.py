"""The relay over HTTP."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from relay import metrics, workers
from relay.pool import Pool
from relay.sessions import Sessions
from relay.workflows import Workflows


class Relay:
    """Everything that the service holds, and what it answers."""

    def __init__(self, log: Path, mail=None):
        self.sessions = Sessions(log)
        self.workflows = Workflows(
            {"stock": workers.stock, "price": workers.price, "label": workers.label, "mail": mail or workers.Mail()}
        )
        self.pool = Pool()

    def answer(self, method: str, path: str, body: dict) -> tuple[int, dict | str]:
        match (method, path.strip("/").split("/")):
            case ("GET", ["health"]):
                return 200, {"up": True}
            case ("GET", ["metrics"]):
                return 200, metrics.render(self.sessions, self.workflows, self.pool)
            case ("POST", ["sessions"]):
                return 201, self.sessions.open(str(body.get("owner", "")))
            case ("GET", ["sessions", key]):
                session = self.sessions.get(key)
                return (404, {"error": "no such session"}) if session is None else (200, session)
            case ("POST", ["sessions", key, "workflows"]):
                return self._workflow(key, body)
        return 404, {"error": "no such place"}

    def _workflow(self, key: str, body: dict) -> tuple[int, dict]:
        if self.sessions.get(key) is None:
            return 404, {"error": "no such session"}
        with self.pool.place():
            result = self.workflows.run(body.get("order", {}), body.get("steps", []))
        if result["state"] == "done":
            self.sessions.count(key)
        return 200, result


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    relay: Relay

    def do_GET(self) -> None:
        self._respond({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        try:
            body = json.loads(self.rfile.read(length) or b"{}")
        except json.JSONDecodeError:
            return self._send(400, {"error": "the body is no JSON"})
        return self._respond(body if isinstance(body, dict) else {})

    def _respond(self, body: dict) -> None:
        try:
            self._send(*self.relay.answer(self.command, self.path, body))
        except ValueError as error:
            self._send(400, {"error": str(error)})

    def _send(self, status: int, content: dict | str) -> None:
        text = content if isinstance(content, str) else json.dumps(content)
        kind = "text/plain; version=0.0.4" if isinstance(content, str) else "application/json"
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_) -> None:
        """Says nothing; the load test would write a line for each request."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512


def serve(port: int, log: Path) -> Server:
    """A server on this machine that is ready to run."""
    return Server(("127.0.0.1", port), type("RelayHandler", (Handler,), {"relay": Relay(log)}))
