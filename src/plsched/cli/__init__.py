"""The command line: everything that plsched does, one command each."""

from plsched.cli.app import main

__all__ = ["main"]
