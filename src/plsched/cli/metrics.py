"""What a process counts of itself, told on a port of this machine alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, start_http_server

from plsched.errors import AddressInUse

HERE = "127.0.0.1"


@contextmanager
def metrics_told(port: int | None, registry: CollectorRegistry) -> Iterator[None]:
    """Tell the metrics at a port of 127.0.0.1 meanwhile; ``None`` tells them nowhere.

    Raises
    ------
    AddressInUse
        The port cannot be taken.
    """
    if port is None:
        yield
        return
    try:
        server, thread = start_http_server(port, addr=HERE, registry=registry)
    except OSError as error:
        raise AddressInUse(
            f"{HERE} port {port} cannot be used for metrics ({error.strerror}); maybe choose "
            "another PLSCHED_METRICS_PORT"
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
