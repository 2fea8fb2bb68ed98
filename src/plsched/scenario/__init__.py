"""The checked input: what a district wants, has and must keep to."""
