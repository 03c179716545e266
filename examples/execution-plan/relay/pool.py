"""Room for workflows, which grows with demand and shrinks when it is not needed."""

import threading
from contextlib import contextmanager


class Pool:
    """Lets a number of workflows work at once. Keeps a quarter more room than is taken."""

    def __init__(self, least: int = 4, most: int = 256):
        self._free = threading.Condition()
        self._least = least
        self._most = most
        self.room = least
        self.taken = 0
        self.entered = 0
        self.waited = 0

    @contextmanager
    def place(self):
        with self._free:
            self.entered += 1
            if self.taken >= self.room:
                self.waited += 1
                self._free.wait_for(lambda: self.taken < self.room)
            self.taken += 1
            self._adapt()
        try:
            yield
        finally:
            with self._free:
                self.taken -= 1
                self._adapt()
                self._free.notify()

    def _adapt(self) -> None:
        wanted = self.taken + self.taken // 4 + 1
        if wanted > self.room:
            self.room = min(self._most, max(wanted, self.room + self.room // 2))
            self._free.notify_all()
        elif wanted * 4 < self.room:
            self.room = max(self._least, self.room // 2)

    @property
    def efficiency(self) -> float | None:
        """Share of workflows that found room at once; None where there were none."""
        return None if self.entered == 0 else (self.entered - self.waited) / self.entered
