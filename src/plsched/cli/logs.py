"""The log of a command that runs on: one line for each thing, on the standard error.

On a terminal it is for people, else JSON for machines. Only commands set it up. A traceback shows no
values of variables: they may be what people sent, or secrets.
"""

from __future__ import annotations

import logging
import sys
import traceback

import structlog
from pydantic import ValidationError
from structlog.typing import ExcInfo, Processor

from plsched.api import ApiSettings

CHATTY = ("alembic", "authlib", "httpcore", "httpx", "procrastinate")
"""Libraries that tell each step; some of them whole addresses, with what is secret in them."""


def log_to_stderr(settings: ApiSettings) -> None:
    """Write the log of this process to the standard error, as the settings say."""
    as_json = settings.log_format == "json" or (
        settings.log_format == "auto" and not sys.stderr.isatty()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(as_json=as_json))
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _formatter(*, as_json: bool) -> logging.Formatter:
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.ExceptionRenderer(_traceback),
        renderer,
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)


def _traceback(exc_info: ExcInfo) -> str:
    """Write an error with those that led to it, the first one first."""
    chain: list[BaseException] = []
    error: BaseException | None = exc_info[1]
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nthen\n".join(map(_told_alone, reversed(chain)))


def _told_alone(error: BaseException) -> str:
    if isinstance(error, ValidationError):
        # Its own text shows what people sent.
        kinds = sorted({found["type"] for found in error.errors(include_input=False)})
        text = f"{error.error_count()} value(s) of {error.title} are wrong: {', '.join(kinds)}"
    else:
        text = str(error)
    return f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__name__}: {text}"
