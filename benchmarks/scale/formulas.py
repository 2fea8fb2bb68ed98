"""Waiting times that are known exactly, to check the simulation against."""

from __future__ import annotations

import math


def mm_c(arrivals_per_s: float, service_s: float, servers: int) -> float:
    """Mean wait in the queue M/M/c (Erlang C), in seconds."""
    load = arrivals_per_s * service_s
    busy = load**servers / math.factorial(servers) * servers / (servers - load)
    waits = busy / (sum(load**k / math.factorial(k) for k in range(servers)) + busy)
    return waits * service_s / (servers - load)


def md_1(arrivals_per_s: float, service_s: float) -> float:
    """Mean wait in the queue M/D/1 (Pollaczek and Khinchine), in seconds."""
    load = arrivals_per_s * service_s
    return load * service_s / (2 * (1 - load))


def md_c(arrivals_per_s: float, service_s: float, servers: int) -> float:
    """Mean wait in the queue M/D/c after Crommelin, in seconds.

    The sum over ``n`` of ``exp(-n a) (sum_{j >= nc} (na)^j / j! - (c / a) sum_{j > nc} (na)^j / j!)``
    services, ``a`` being the load; its terms fall off geometrically.
    """
    load = arrivals_per_s * service_s
    total, term, n = 0.0, 1.0, 0
    while abs(term) > 1e-12 or n < 10:
        n += 1
        term = _tail(n * load, n * servers) - servers / load * _tail(n * load, n * servers + 1)
        total += term
    return total * service_s


def _tail(mean: float, least: int) -> float:
    """Probability that a Poisson variable of this mean is at least ``least``."""
    most = int(least + 40 * math.sqrt(mean + 1) + 40)
    logs = (-mean + j * math.log(mean) - math.lgamma(j + 1) for j in range(least, most))
    return math.fsum(math.exp(x) for x in logs)
