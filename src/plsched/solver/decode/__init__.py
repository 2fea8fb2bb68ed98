"""From a solution to a plan: names for rooms and subs, pairs for visits, lines for costs."""
