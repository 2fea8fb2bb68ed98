"""From the scenario to the problem: which columns are possible, and what each one means."""
