"""The plan, the judge that checks it, its costs, and plans side by side."""
