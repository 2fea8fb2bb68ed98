"""Settings of the service: arguments first, then variables named ``PLSCHED_…``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, HttpUrl, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from plsched.access.bounds import MAX_TIME_LIMIT_S, MAX_WORKERS
from plsched.errors import SettingsRefused

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["auto", "json", "console"]
SignIn = Literal["auto", "on", "off"]
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


class ApiSettings(BaseSettings):
    """What a service can be told.

    ``allowed_hosts`` are the names under which browsers may reach it; ``*`` allows all. A page
    elsewhere cannot read a service on this machine by giving its own name to this address.
    ``sign_in`` says whether everybody is asked who they are; ``auto``: as soon as somebody was given
    a key or a role. ``public_url`` is where people reach the service, as addresses of feeds are
    written; ``None``: as the request that asks for one came. The settings from ``oidc_issuer`` on
    let people sign in by OpenID Connect. The limits from ``max_queued_runs`` on hold for each
    district that has none of its own. ``concurrent_solves`` and ``solve_memory_mib`` hold for each
    process that solves: the service with SQLite, else each worker. ``log_format`` ``auto`` is for
    people on a terminal and JSON elsewhere; at ``metrics_port`` of this machine alone a process
    tells its metrics to whoever asks, without a key.
    """

    model_config = SettingsConfigDict(env_prefix="PLSCHED_", frozen=True, extra="forbid")

    database_url: str = "sqlite:///plsched.db"
    allowed_hosts: tuple[str, ...] = LOOPBACK_HOSTS
    max_body_bytes: Annotated[int, Field(ge=1)] = 25_000_000
    max_body_s: Annotated[int, Field(ge=1)] = 60
    sign_in: SignIn = "auto"
    public_url: HttpUrl | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    session_secret: Annotated[SecretStr, Field(min_length=32)] | None = None
    session_hours: Annotated[int, Field(ge=1, le=168)] = 8
    max_queued_runs: Annotated[int, Field(ge=1)] = 20
    max_time_limit_s: Annotated[int, Field(ge=1, le=MAX_TIME_LIMIT_S)] = 3600
    max_workers: Annotated[int, Field(ge=1, le=MAX_WORKERS)] = 16
    max_educators: Annotated[int, Field(ge=1)] = 60_000
    concurrent_solves: Annotated[int, Field(ge=1, le=64)] = 1
    solve_memory_mib: Annotated[int, Field(ge=256)] | None = None
    log_level: LogLevel = "info"
    log_format: LogFormat = "auto"
    metrics_port: Annotated[int, Field(ge=1, le=65_535)] | None = None


def read_settings(**given: str) -> ApiSettings:
    """Read the settings from what is given and from the environment.

    Raises
    ------
    SettingsRefused
        A value is not one that plsched knows.
    """
    try:
        return ApiSettings.model_validate(given)
    except ValidationError as error:
        raise SettingsRefused("; ".join(_told(found) for found in error.errors())) from error


def _told(found: ErrorDetails) -> str:
    name = "_".join(str(part) for part in found["loc"]).upper()
    if not name:  # not read at all: the message names the setting
        return f"{found['msg']} (lists are written as JSON)"
    shown = "" if "SECRET" in name else f", got {found['input']!r}"
    return f"PLSCHED_{name}: {found['msg']}{shown}"
