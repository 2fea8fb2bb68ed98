"""A real server on loopback, in a thread of the test."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from plsched.api import ApiSettings, create_app
from plsched.runs import Solve


@contextmanager
def live(settings: ApiSettings, solve: Solve, taken: socket.socket | None = None) -> Iterator[str]:
    """Serve an app, on an address that is taken already or on any, and give its address."""
    config = uvicorn.Config(
        create_app(settings, solve), host="127.0.0.1", port=0, log_level="warning"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=(None if taken is None else [taken],))
    thread.start()
    try:
        until = time.monotonic() + 20
        while not server.started:
            assert thread.is_alive()
            assert time.monotonic() < until
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
