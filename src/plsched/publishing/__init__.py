"""Plans made public: numbered, with what each changes, and the feeds that follow them."""

from plsched.publishing.feeds import FeedService, IssuedFeed
from plsched.publishing.plans import PublicationService

__all__ = ["FeedService", "IssuedFeed", "PublicationService"]
