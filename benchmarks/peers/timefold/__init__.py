"""Timefold's Java edition as a peer: README.md has what it is told and what it is not."""
