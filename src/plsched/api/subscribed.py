"""What stands behind the addresses of feeds: found by one read, packed bytes kept at hand."""

from __future__ import annotations

from functools import lru_cache

from plsched.access import hashed
from plsched.errors import NoSuchAddress
from plsched.store import Database, FeedFile, FeedFiles, ServedFeed

KEPT_FEEDS = 1000
"""Some twenty kilobytes each."""


class SubscribedFeeds:
    """Reads feeds by the tokens of their addresses, for every district.

    Whether an address is good is asked of the store each time, so that one that is revoked is
    refused at once by every process. The bytes are kept by what tells them from others.
    """

    def __init__(self, database: Database) -> None:
        self._files = FeedFiles(database)
        self.content = lru_cache(KEPT_FEEDS)(self._content)

    def find(self, token: str) -> ServedFeed:
        """Find the feed of a token.

        Raises
        ------
        NoSuchAddress
            It leads nowhere: there is no difference between one that never did, one that was
            revoked, and one that has not the form of a token.
        """
        found = self._files.find(hashed(token))
        if found is None:
            raise NoSuchAddress
        return found

    def _content(self, feed: ServedFeed) -> FeedFile:
        """Read a feed as it is now, which is later than it was found."""
        found = self._files.content(feed)
        if found is None:
            raise NoSuchAddress
        return found
