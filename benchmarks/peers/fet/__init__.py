"""FET as a peer, for the pure timetabling part: README.md has what it is told and what it is not."""
