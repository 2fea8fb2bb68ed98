"""What stands behind the addresses of feeds: found by one read, packed bytes kept at hand."""

from __future__ import annotations

from async_lru import alru_cache
from fastapi.concurrency import run_in_threadpool

from plsched.access import hashed
from plsched.api.together import ReadTogether
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
        self._addresses = ReadTogether(self._files.find)
        self.content = alru_cache(KEPT_FEEDS)(self._content)

    async def find(self, token: str) -> ServedFeed:
        """Find the feed of a token.

        Raises
        ------
        NoSuchAddress
            It leads nowhere: there is no difference between one that never did, one that was
            revoked, and one that has not the form of a token.
        """
        found = await self._addresses.find(hashed(token))
        if found is None:
            raise NoSuchAddress
        return found

    async def _content(self, feed: ServedFeed) -> FeedFile:
        """Read a feed as it is now, which is later than it was found."""
        found = await run_in_threadpool(self._files.content, feed)
        if found is None:
            raise NoSuchAddress
        return found
