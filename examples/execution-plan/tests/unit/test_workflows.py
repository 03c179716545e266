import pytest

from relay.workers import Busy, Mail, label, price, stock
from relay.workflows import Workflows


def busy(times):
    calls = iter(range(1_000))

    def worker(_):
        if next(calls) < times:
            raise Busy
        return {"answered": True}

    return worker


@pytest.fixture
def workflows():
    return Workflows({"stock": stock, "price": price, "label": label, "mail": Mail(3)})


def test_steps_are_carried_out_one_after_the_other(workflows):
    result = workflows.run({"count": 2, "to": "berlin"}, ["stock", "price", "label"])
    assert result == {"state": "done", "reserved": 2, "cents": 3_980, "label": "berlin-002"}
    assert (workflows.success, workflows.harmony) == (1, 1)


def test_ten_of_a_kind_are_cheaper(workflows):
    assert workflows.run({"count": 10}, ["price"])["cents"] == 17_910


def test_a_busy_worker_is_asked_again():
    workflows = Workflows({"slow": busy(1)})
    assert workflows.run({}, ["slow"])["state"] == "done"
    assert (workflows.success, workflows.harmony) == (1, 0)


def test_a_worker_that_stays_busy_fails_the_workflow():
    workflows = Workflows({"stock": stock, "never": busy(9)})
    assert workflows.run({}, ["stock", "never"]) == {"state": "failed", "at": "never", "reserved": 1}
    assert (workflows.success, workflows.harmony) == (0, 0.5)


def test_every_third_mail_is_late(workflows):
    states = [workflows.run({}, ["mail"])["state"] for _ in range(4)]
    assert states == ["done"] * 4
    assert workflows.harmony == 0.75


@pytest.mark.parametrize("steps", [[], ["nobody"], ["stock", "nobody"]])
def test_a_workflow_needs_workers(workflows, steps):
    with pytest.raises(ValueError, match="needs a step|no worker"):
        workflows.run({}, steps)
    assert workflows.success is None


@pytest.mark.parametrize("count", [0, -1, "two", 1.5])
def test_stock_counts_in_whole_things(count):
    with pytest.raises(ValueError, match="whole number"):
        stock({"count": count})
