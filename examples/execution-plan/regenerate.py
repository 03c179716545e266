"""Writes reports/ anew, with the real tools, against the running service: python3 regenerate.py

Needs Debian's python3-pytest, python3-pytest-cov and python3-locust, and npm. Takes about two minutes.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPORTS = HERE / "reports"
PORT = 8765
URL = f"http://127.0.0.1:{PORT}"
USERS = 120


def run(*command: str, ok: tuple[int, ...] = (0,)) -> str:
    print("$", " ".join(command), flush=True)
    done = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True)
    if done.returncode not in ok:
        sys.exit(f"ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def ask(path: str, body: dict | None = None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(URL + path, data=data), timeout=5) as response:
        return response.read()


def tests() -> None:
    """Unit tests with coverage, journeys, and the client's own tests. A failing test is no reason to stop."""
    python = [sys.executable, "-m", "pytest", "-q"]
    run(*python, "tests/unit", "--junitxml=reports/unit.xml", "--cov", "--cov-report=xml:reports/coverage.xml")
    run(*python, "tests/e2e", "--junitxml=reports/e2e.xml", ok=(0, 1))
    run("npx", "vitest", "run", "--config", "client/vitest.config.ts", "--coverage", ok=(0, 1))


def lint() -> None:
    report = run(
        "npx", "biome", "lint", "--config-path=client/lint.json", "--reporter=gitlab", "client/src", ok=(0, 1)
    )
    (REPORTS / "lint.json").write_text(report)


class Operation:
    """The service as its operators see it: up or not, and what it takes."""

    def __init__(self, log: Path):
        self.log = log
        self.probes: list[tuple[float, bool]] = []
        self.memory = 0
        self.cpu = 0.0
        self.ended = threading.Event()
        self.start()
        self.watchers = [threading.Thread(target=watch) for watch in (self._probe, self._sample)]
        for watcher in self.watchers:
            watcher.start()

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "relay", str(PORT), str(self.log)], cwd=HERE)

    def crash(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.start()

    def up(self) -> None:
        while True:
            try:
                return void(ask("/health"))
            except OSError:
                time.sleep(0.02)

    def _probe(self) -> None:
        self.up()
        while not self.ended.wait(0.05):
            try:
                up = bool(ask("/health"))
            except OSError:
                up = False
            self.probes.append((time.monotonic(), up))

    def _sample(self) -> None:
        tick = os.sysconf("SC_CLK_TCK") * (os.cpu_count() or 1)
        before, at = self._spent(), time.monotonic()
        while not self.ended.wait(1):
            spent, now = self._spent(), time.monotonic()
            if spent is not None and before is not None and spent >= before:
                self.cpu = max(self.cpu, (spent - before) / tick / (now - at) * 100)
            before, at = spent, now

    def _spent(self) -> float | None:
        """Ticks of the processor until now; also keeps the most memory seen."""
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        if resident := re.search(r"VmRSS:\s+(\d+) kB", status):
            self.memory = max(self.memory, int(resident[1]) * 1024)
        return float(stat[11]) + float(stat[12])

    def end(self) -> None:
        self.ended.set()
        for watcher in self.watchers:
            watcher.join()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def uptime(self) -> float:
        return 100 * sum(up for _, up in self.probes) / len(self.probes)

    def recovery(self) -> float:
        """Seconds from the last probe that was answered before the crash to the first one after it."""
        downs = [i for i, (_, up) in enumerate(self.probes) if not up]
        if not downs:
            return 0.05
        return self.probes[downs[-1] + 1][0] - self.probes[downs[0] - 1][0]


def void(_: object) -> None:
    """For calls of which only the absence of an error counts."""


def load() -> None:
    locust = ["locust", "--headless", "--only-summary", "-f", "load/locustfile.py", "--host", URL]
    run(*locust, "-u", str(USERS), "-r", "60", "-t", "45s", "--csv", "reports/load/locust")
    for name in ("failures", "exceptions"):
        (REPORTS / f"load/locust_{name}.csv").unlink()
    tool = ["npx", "--yes", "autocannon@8.0.0", "--json", "-c", str(USERS), "-d", "10", f"{URL}/metrics"]
    (REPORTS / "load/autocannon.json").write_text(run(*tool))


def operate() -> None:
    with tempfile.TemporaryDirectory() as folder:
        service = Operation(Path(folder) / "sessions.log")
        service.up()
        load()
        (REPORTS / "metrics/relay.prom").write_bytes(ask("/metrics"))
        ids = [json.loads(ask("/sessions", {"owner": f"user {n}"}))["id"] for n in range(500)]
        service.crash()
        service.up()
        found = 0
        for key in ids:
            try:
                found += bool(ask(f"/sessions/{key}"))
            except OSError:
                pass
        time.sleep(60)
        service.end()
        metrics = [
            ("service.uptime", round(service.uptime(), 3), "%"),
            ("service.recovery_time", round(service.recovery(), 3), "s"),
            ("resources.memory", service.memory, "B"),
            ("resources.cpu", round(service.cpu, 1), "%"),
            ("session.persistence", 100 * found / len(ids), "%"),
        ]
        entries = ",\n".join(
            "    " + json.dumps({"name": name, "value": value, "unit": unit}) for name, value, unit in metrics
        )
        (REPORTS / "metrics/operation.json").write_text(f'{{\n  "metrics": [\n{entries}\n  ]\n}}\n')


def tidy() -> None:
    """Takes out what tells of this machine alone."""
    host = os.uname().nodename
    for path in REPORTS.rglob("*.*"):
        text = path.read_text()
        plain = text.replace(f'hostname="{host}"', 'hostname="localhost"').replace(f"{HERE}/", "").replace(f"{HERE}", ".")
        if plain != text:
            path.write_text(plain)


if __name__ == "__main__":
    shutil.rmtree(REPORTS, ignore_errors=True)
    for name in ("load", "metrics"):
        (REPORTS / name).mkdir(parents=True)
    tests()
    lint()
    operate()
    tidy()
