"""Sessions, kept in memory and in a log that is read when the service starts."""

import json
import threading
import uuid
from pathlib import Path

# Entries that are written together; fewer writes, but a crash loses those that wait.
BATCH = 16


class Sessions:
    """Every session that was opened, by its id."""

    def __init__(self, log: Path):
        self._lock = threading.Lock()
        self._sessions: dict[str, dict] = {}
        self._waiting: list[str] = []
        if log.exists():
            for line in log.read_text().splitlines():
                entry = json.loads(line)
                self._sessions[entry["id"]] = entry
        self._log = log.open("a")

    def __len__(self) -> int:
        return len(self._sessions)

    def open(self, owner: str) -> dict:
        if not owner:
            raise ValueError("a session needs an owner")
        session = {"id": uuid.uuid4().hex, "owner": owner, "done": 0}
        with self._lock:
            self._keep(session)
        return session

    def get(self, key: str) -> dict | None:
        return self._sessions.get(key)

    def count(self, key: str) -> None:
        """Notes that a workflow of a session is done."""
        with self._lock:
            session = self._sessions[key]
            self._keep({**session, "done": session["done"] + 1})

    def flush(self) -> None:
        with self._lock:
            self._write()

    def close(self) -> None:
        self.flush()
        self._log.close()

    def _keep(self, session: dict) -> None:
        self._sessions[session["id"]] = session
        self._waiting.append(json.dumps(session))
        if len(self._waiting) >= BATCH:
            self._write()

    def _write(self) -> None:
        for line in self._waiting:
            self._log.write(line + "\n")
        self._log.flush()
        self._waiting.clear()
