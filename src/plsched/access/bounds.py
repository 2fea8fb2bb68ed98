"""What a run may be given at the most, however much a district is allowed."""

MAX_TIME_LIMIT_S = 86_400
MAX_WORKERS = 256
