"""Addresses of feeds as they are told, once: to a program, or as a table to mail out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from plsched.api.published import AddressOut, FeedOut
from plsched.api.services import backstage
from plsched.exports.calendars import Subscription
from plsched.exports.tables import safe_text
from plsched.publishing import IssuedFeed

_COLUMNS = ("kind", "reader", "title", "email", "address", "webcal", "subscribe")


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Writes addresses that begin with where people reach the service, without a slash."""

    base: str

    def subscription(self, title: str, token: str) -> Subscription:
        """Give what people subscribe by."""
        return Subscription(
            title, f"{self.base}/feeds/{token}.ics", f"{self.base}/subscribe/{token}"
        )

    def given_out(self, issued: IssuedFeed, response: Response) -> AddressOut:
        """Tell of an address in an answer of its own."""
        response.headers["Location"] = f"/v1/feeds/{issued.feed.id}"
        response.headers["Cache-Control"] = "no-store"
        return self.told(issued)

    def told(self, issued: IssuedFeed) -> AddressOut:
        """Tell of an address that was given out."""
        feed = FeedOut.of(issued.feed)
        links = self.subscription(feed.title or feed.reader, issued.token)
        return AddressOut(
            **feed.model_dump(),
            address=links.address,
            webcal=links.webcal,
            subscribe=links.page,
            email=issued.email,
        )


def addresses_csv(addresses: Iterable[AddressOut]) -> Response:
    """Write a row for each address."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for address in addresses:
        row = (getattr(address, column) for column in _COLUMNS)
        writer.writerow(safe_text(cell or "") for cell in row)
    # Secrets: no copy stays anywhere on the way.
    headers = {
        "Content-Disposition": 'attachment; filename="addresses.csv"',
        "Cache-Control": "no-store",
    }
    return Response(table.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _addresses(request: Request) -> AddressBook:
    told = backstage(request).settings.public_url or request.base_url
    return AddressBook(str(told).rstrip("/"))


Addresses = Annotated[AddressBook, Depends(_addresses)]
