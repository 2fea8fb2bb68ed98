"""Measures what plsched promises; README.md has the rules."""
