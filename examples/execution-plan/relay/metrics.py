"""What the relay tells Prometheus. https://prometheus.io/docs/instrumenting/exposition_formats/"""


def render(sessions, workflows, pool) -> str:
    """The text of /metrics. A share of nothing is left out, because it has no value."""
    lines = [
        *family("relay_sessions", "gauge", "Sessions that are known.", len(sessions)),
        *family("relay_workflows_total", "counter", "Workflows that began.", workflows.started),
        *family("relay_room", "gauge", "Workflows that could work at once.", pool.room),
        *family("harmony_achievement_ratio", "gauge", "Steps that went well at the first try.", workflows.harmony),
        *family("orchestration_success_ratio", "gauge", "Workflows that came to their end.", workflows.success),
        *family("adaptation_efficiency_ratio", "gauge", "Workflows that found room at once.", pool.efficiency),
    ]
    return "\n".join(lines) + "\n"


def family(name: str, kind: str, about: str, value: float | None) -> list[str]:
    if value is None:
        return []
    return [f"# HELP {name} {about}", f"# TYPE {name} {kind}", f"{name} {value}"]
