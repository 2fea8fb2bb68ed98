"""Large districts: sizes x seeds x contenders, values and bounds over time, against targets."""
