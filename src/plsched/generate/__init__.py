"""Synthetic districts: scenarios of any size with the shape of real ones, from a seed."""

from plsched.generate.district import generate
from plsched.generate.shares import FEWEST, MOST, SIZES
from plsched.generate.writing import see_that_it_is_free, write_district

__all__ = ["FEWEST", "MOST", "SIZES", "generate", "see_that_it_is_free", "write_district"]
