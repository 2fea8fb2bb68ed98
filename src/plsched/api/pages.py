"""Pages for people, filled from templates. Nothing on them comes from elsewhere or runs."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from plsched.api.headers import PAGE_POLICY

_TEMPLATES = Environment(
    loader=PackageLoader("plsched.api"), autoescape=True, undefined=StrictUndefined
)


def page(name: str, *, headers: Mapping[str, str] | None = None, **shown: object) -> HTMLResponse:
    """Fill a template."""
    html = _TEMPLATES.get_template(name).render(shown)
    return HTMLResponse(html, headers={"Content-Security-Policy": PAGE_POLICY, **(headers or {})})
