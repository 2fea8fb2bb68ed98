"""What comes out of a plan: tables, calendars, the report."""
