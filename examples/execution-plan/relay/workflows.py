"""Workflows: steps one after the other, each carried out by a worker."""

import threading
from collections.abc import Callable, Mapping

from relay.workers import Busy

Worker = Callable[[dict], dict]

# How often a step is tried.
TRIES = 2


class Workflows:
    """Carries workflows out, and counts how that went."""

    def __init__(self, workers: Mapping[str, Worker]):
        self._workers = dict(workers)
        self._lock = threading.Lock()
        self.started = 0
        self.succeeded = 0
        self.steps = 0
        self.smooth = 0

    def run(self, order: dict, steps: list[str]) -> dict:
        unknown = [step for step in steps if step not in self._workers]
        if unknown or not steps:
            raise ValueError(f"no worker is called {unknown[0]}" if unknown else "a workflow needs a step")
        self._count("started")
        result: dict = {}
        for step in steps:
            answer, tries = self._step(step, order)
            self._count("steps")
            if answer is None:
                return {"state": "failed", "at": step, **result}
            if tries == 1:
                self._count("smooth")
            result.update(answer)
        self._count("succeeded")
        return {"state": "done", **result}

    def _step(self, step: str, order: dict) -> tuple[dict | None, int]:
        for tries in range(1, TRIES + 1):
            try:
                return self._workers[step](order), tries
            except Busy:
                continue
        return None, TRIES

    def _count(self, what: str) -> None:
        with self._lock:
            setattr(self, what, getattr(self, what) + 1)

    @property
    def success(self) -> float | None:
        """Share of workflows that came to their end; None where there were none."""
        return None if self.started == 0 else self.succeeded / self.started

    @property
    def harmony(self) -> float | None:
        """Share of steps that went well at the first try; None where there were none."""
        return None if self.steps == 0 else self.smooth / self.steps
