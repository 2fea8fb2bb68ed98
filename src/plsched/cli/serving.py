"""The service as the command line starts it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from functools import partial

import uvicorn

from plsched.api import ApiSettings, create_app
from plsched.api.settings import read_settings
from plsched.api.sign_in import SignInSwitch
from plsched.cli.console import results
from plsched.cli.logs import log_to_stderr
from plsched.cli.metrics import metrics_told
from plsched.errors import AddressInUse
from plsched.solver import solve
from plsched.store import open_database

FOLLOWERS_WAIT_S = 3
"""Who follows a run keeps a connection open for as long as it takes; a shutdown does not wait."""

SIGN_IN_OFF = (
    "Sign-in is off: whoever uses this machine may do everything. The first key turns it on: "
    "plsched access keys add NAME --role admin"
)


def settings(database_url: str | None, host: str) -> ApiSettings:
    """Give the settings for a host: reached by its name, and from this machine."""
    found = read_settings(**({} if database_url is None else {"database_url": database_url}))
    if "allowed_hosts" in found.model_fields_set:
        return found
    names = ("*",) if _is_any(host) else (*found.allowed_hosts, host)
    return found.model_copy(update={"allowed_hosts": names})


def listen(host: str, port: int) -> socket.socket:
    """Take an address; port 0 takes any that is free.

    Raises
    ------
    AddressInUse
        It cannot be taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio would leave small packets waiting for 40 ms.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen()  # two could bind the same, and the second would learn of it too late
    except OSError as error:
        taken.close()
        raise AddressInUse(
            f"{host} port {port} cannot be used ({error.strerror}); maybe choose another --port"
        ) from error
    return taken


def listen_somewhere(host: str, port: int) -> socket.socket:
    """Take an address, on any free port when this one is taken."""
    try:
        return listen(host, port)
    except AddressInUse:
        return listen(host, 0)


def address(taken: socket.socket) -> str:
    """Give the address of a service as a browser takes it."""
    host, port = taken.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def run(chosen: ApiSettings, taken: socket.socket, when_ready: Callable[[], None]) -> None:
    """Serve until somebody stops it; says so when nobody is asked who they are.

    Raises
    ------
    SettingsRefused
        Others than this machine might reach the service, and sign-in is off.
    StoreNotOpened
        The database cannot be used.
    """
    log_to_stderr(chosen)
    with open_database(chosen.database_url) as database:
        is_asked = SignInSwitch(chosen, database).check(taken.getsockname()[0])
    if not is_asked:
        results().print(SIGN_IN_OFF, soft_wrap=True)
    # The one place where the API meets the solver.
    app = create_app(chosen, partial(solve, memory_limit_mib=chosen.solve_memory_mib))

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                when_ready()

    # Feeds are read without signing in: their addresses do not belong in a log.
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=FOLLOWERS_WAIT_S,
    )
    with metrics_told(chosen.metrics_port, app.state.registry):
        Server(config).run(sockets=[taken])


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
