"""The rule families, one module and one ``add_`` function each; `docs/model.md` states them."""
