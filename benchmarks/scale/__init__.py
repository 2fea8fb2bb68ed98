"""How many machines a district, a state and a nation take: a seeded simulation.

`inputs.toml` holds every figure that goes in, with where it is from; docs/scale.md has the answers.
"""
