"""``python -m plsched`` is ``plsched``."""

from plsched.cli import main

main()
