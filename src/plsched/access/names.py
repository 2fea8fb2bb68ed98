"""What districts and keys may be called."""

from __future__ import annotations

NAME_FORM = r"^[^\x00-\x1f\x7f]{1,100}$"
"""Up to 100 characters on one line."""
DISTRICT_ID_FORM = r"^[a-z0-9][a-z0-9-]{0,62}$"
"""Small letters, digits and hyphens."""
