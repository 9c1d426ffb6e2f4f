"""Two ways to the same answer, timed in turn, so that a busy machine slows both. Only the ratio is told."""

from collections.abc import Callable
from time import perf_counter

ROUNDS = 5


def compare(
    name: str,
    ours: Callable[[], object],
    other: Callable[[], object],
    *,
    against: str,
    rounds: int = ROUNDS,
    target: float | None = None,
) -> float:
    """How many times faster ``ours`` is, best of so many rounds each, and whether the ``target`` is met. Raises
    AssertionError if the answers differ."""
    if ours() != other():
        raise AssertionError(f"{name}: the two ways give different answers")
    times: dict[str, list[float]] = {"ours": [], "other": []}
    for _ in range(rounds):
        times["ours"].append(seconds(ours))
        times["other"].append(seconds(other))
    ratio = min(times["other"]) / min(times["ours"])
    tell(name, ratio, against=against, target=target)
    return ratio


def tell(name: str, ratio: float, *, against: str, target: float | None = None) -> None:
    """Prints a ratio, and whether it is as high as it should be."""
    met = "" if target is None else f" (target {target:g}: {'met' if ratio >= target else 'NOT met'})"
    print(f"{name}: {ratio:.1f} times the speed of {against}{met}", flush=True)


def seconds(act: Callable[[], object]) -> float:
    """How long it took, once."""
    start = perf_counter()
    act()
    return perf_counter() - start
