"""Requests that nobody sends in good faith, as bytes for a socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from plsched.api.examples import SCENARIO

REFUSED = range(400, 500)
HARMLESS = (200, 206, 304, *REFUSED)
"""What is ignored, or answered in part: no harm, so no error."""
BIG = 25_000_001
HOST = b"Host: 127.0.0.1\r\n"
JSON = b"Content-Type: application/json\r\n"
TAKING = ("/v1/scenarios", "/v1/runs", "/v1/keys", "/v1/feeds")


@dataclass(frozen=True)
class Hostile:
    """A request.

    Attributes
    ----------
    parts
        Bytes that are sent one after the other; the sender stops when the answer is there.
    pause_s
        How long it waits between them.
    """

    name: str
    parts: tuple[bytes, ...]
    expected: tuple[int, ...] = field(default=tuple(REFUSED))
    pause_s: float = 0.0


def hostile_requests() -> list[Hostile]:
    """Give all of them."""
    return [*_sizes(), *_json(), *_texts(), *_addresses(), *_headers(), *_shapes(), *_slow()]


def get(path: bytes, headers: bytes = b"", method: bytes = b"GET") -> bytes:
    """Write a request without a body."""
    return method + b" " + path + b" HTTP/1.1\r\n" + HOST + headers + b"\r\n"


def post(path: str, body: bytes, headers: bytes = JSON, method: bytes = b"POST") -> bytes:
    """Write a request with a body."""
    length = b"Content-Length: %d\r\n" % len(body)
    return method + b" %s HTTP/1.1\r\n" % path.encode() + HOST + headers + length + b"\r\n" + body


def chunked(path: str, chunks: Iterator[bytes], headers: bytes = b"") -> tuple[bytes, ...]:
    """Write a request whose body comes in chunks."""
    head = b"POST %s HTTP/1.1\r\n" % path.encode() + HOST + JSON + headers
    head += b"Transfer-Encoding: chunked\r\n\r\n"
    return head, *(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


def _sizes() -> Iterator[Hostile]:
    for path in TAKING:
        yield Hostile(f"announces 25 MB to {path}", (post(path, b"")[:-5] + b"%d\r\n\r\n" % BIG,))
        yield Hostile(
            f"announces a terabyte to {path}", (post(path, b"")[:-5] + b"9999999999999\r\n\r\n",)
        )
        head = b"POST %s HTTP/1.1\r\n" % path.encode() + HOST + JSON
        yield Hostile(f"negative length to {path}", (head + b"Content-Length: -1\r\n\r\n{}",))
        yield Hostile(f"length in words to {path}", (head + b"Content-Length: ten\r\n\r\n{}",))
        yield Hostile(f"two lengths to {path}", (head + 2 * b"Content-Length: 2\r\n" + b"\r\n[]",))
        unlike = b"Content-Length: 2\r\nContent-Length: 3\r\n"
        yield Hostile(f"unlike lengths to {path}", (head + unlike + b"\r\n[]]",))
        endless = chunked(path, (b"[" * 1_000_000 for _ in range(40)))
        yield Hostile(f"chunks without end to {path}", endless)
        tiny = chunked(path, iter([b"["] * 20_000 + [b""]))
        yield Hostile(f"20,000 chunks of a byte to {path}", (b"".join(tiny),))
    for fill in (b" " * 24_000_000, b'"' + b"a" * 24_000_000 + b'"', b"9" * 24_000_000):
        yield Hostile(f"24 MB of {fill[:2]!r}", (post("/v1/scenarios", fill),))


def _json() -> Iterator[Hostile]:
    deep = (100, 10_000, 1_000_000, 20_000_000)
    wide = (1_000, 100_000, 900_000, 8_000_000)
    for path in ("/v1/scenarios", "/v1/runs"):
        for depth in deep:
            yield Hostile(f"{depth} deep lists to {path}", (post(path, b"[" * depth),))
            closed = b"[" * (depth // 2) + b"]" * (depth // 2)
            yield Hostile(f"{depth} deep closed to {path}", (post(path, closed),))
            yield Hostile(f"{depth} deep objects to {path}", (post(path, b'{"a":' * (depth // 5)),))
        for many in wide:
            yield Hostile(f"{many} lists to {path}", (post(path, b"[" + b"[]," * many + b"[]]"),))
            yield Hostile(f"{many} numbers to {path}", (post(path, b"[" + b"0," * many + b"0]"),))
            wrong = b'{"educators":[' + b"0," * many + b"0]}"
            yield Hostile(f"{many} wrong educators to {path}", (post(path, wrong),))
        keys = b"{" + b",".join(b'"k%d":0' % n for n in range(300_000)) + b"}"
        yield Hostile(f"300,000 keys to {path}", (post(path, keys),))
        yield Hostile(
            f"300,000 keys, the last twice, to {path}", (post(path, keys[:-1] + b',"k299999":0}'),)
        )
        twice = b"{" + b",".join([b'"a":0'] * 300_000) + b"}"
        yield Hostile(f"one key 300,000 times to {path}", (post(path, twice),))
    scenario = json.dumps(SCENARIO).encode()
    for number in (b"1e400", b"-1e400", b"NaN", b"Infinity", b"9" * 5000, b"1" + b"0" * 4000):
        for old, what in ((b'"capacity": 10', b"capacity"), (b'"format": 1', b"format")):
            body = scenario.replace(old, b'"%s": %s' % (what, number))
            yield Hostile(
                f"{what!r} is {number[:9]!r} of {len(number)}", (post("/v1/scenarios", body),)
            )
    for number in (b"1e400", b"18446744073709551616", b"-9223372036854775809", b"9" * 5000):
        run = b'{"scenario": "%s", "seed": %s}' % (b"a" * 64, number)
        yield Hostile(f"seed is {number[:9]!r}", (post("/v1/runs", run),))
    yield Hostile("a key twice", (post("/v1/scenarios", scenario[:-1] + b',"name":"x"}'),))


def _texts() -> Iterator[Hostile]:
    scenario = json.dumps(SCENARIO).encode()
    for text in (rb"\u0000", rb"\ud800", rb"\udfff\ud800", b"\xff", b"\xc0\x80", b"\xed\xa0\x80"):
        for old in (b"Two teachers", b"North School", b"t1"):
            body = scenario.replace(old, b"x" + text)
            yield Hostile(f"{text!r} for {old!r}", (post("/v1/scenarios", body),))
        key = b'{"name": "%s", "role": "viewer"}' % text
        yield Hostile(f"{text!r} names a key", (post("/v1/keys", key),))
        run = b'{"scenario": "%s"}' % (text + b"a" * 60)
        yield Hostile(f"{text!r} is a scenario", (post("/v1/runs", run),))
    encodings = ("utf-16", "utf-32", "cp037")
    for name in encodings:
        body = json.dumps(SCENARIO).encode(name)
        yield Hostile(f"a scenario in {name}", (post("/v1/scenarios", body),))
    bomb = b"Content-Encoding: gzip\r\n" + JSON
    yield Hostile("a packed body", (post("/v1/scenarios", b"\x1f\x8b\x08" + b"\0" * 1000, bomb),))
    yaml = b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"
    for media in (b"application/yaml", b"text/yaml", b"application/json"):
        header = b"Content-Type: " + media + b"\r\n"
        yield Hostile(f"aliases as {media!r}", (post("/v1/scenarios", yaml, header),))
    for media in (
        b"multipart/form-data; boundary=x",
        b"application/x-www-form-urlencoded",
        b"\xff",
    ):
        header = b"Content-Type: " + media + b"\r\n"
        yield Hostile(f"a scenario as {media!r}", (post("/v1/scenarios", scenario, header),))


def _addresses() -> Iterator[Hostile]:
    for path in (
        b"/assets/../../../../etc/passwd",
        b"/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        b"/assets/..%2f..%2f..%2fetc%2fpasswd",
        b"/assets/..%5c..%5cetc%5cpasswd",
        b"/assets/%252e%252e%252fetc%252fpasswd",
        b"/assets//etc/passwd",
        b"/assets/page.css%00.png",
        b"/assets/",
        b"/v1/plans/..%2f..%2fetc%2fpasswd",
        b"/v1/plans/%00",
        b"/v1/plans/%00/schedule",
        b"/v1/runs/%00",
        b"/v1/keys/%00",
        b"/v1/scenarios/%00",
        b"/v1/plans/%ff%fe",
        b"/v1/plans/%ed%a0%80",
        b"/v1/plans/" + b"a" * 7000,
        b"/v1/plans/" + b"a" * 12_000,
        b"/v1/plans/" + b"%41" * 2500,
        b"/v1/plans/" + b"a" * 200_000,
        b"/v1/plans/%",
        b"/v1/plans/%zz",
        b"/v1/plans/x'--",
        b"/v1/plans/x%27%20OR%201=1",
        b"/v1/plans/x/calendars/%00.ics",
        b"/v1/plans/x/calendars/..%2f..%2fx.ics",
        b"/feeds/%00.ics",
        b"/feeds/" + b"a" * 5000 + b".ics",
        b"/subscribe/%2e%2e%2f",
        b"/v1/runs?limit=99999999999999999999999",
        b"/v1/runs?limit=-1",
        b"/v1/runs?limit=1e400",
        b"/v1/runs?limit=%00",
        b"/v1/runs?after=%00",
        b"/v1/runs?after=" + b"a" * 6000,
        b"/v1/runs?" + b"a=b&" * 1900 + b"limit=0",
        b"/v1/runs?" + b"a=b&" * 20_000,
        b"/v1/audit?after=99999999999999999999999",
        b"/v1/audit?after=9223372036854775808",
        b"/v1/compare?" + b"plan=x&" * 1000,
        b"/v1/publications/99999999999999999999/1",
        b"/v1/publications/2027/99999999999999999999",
        b"/v1/plans/x/costs?by=" + b"fund&by=" * 900,
        b"//v1//plans//",
        b"/v1/plans/;jsessionid=1",
        b"http://evil.example/v1/plans/x",
        b"*",
        b"/v1/\x00",
        b"/v1/\xff",
        b"/v1/plans x",
    ):
        yield Hostile(f"asks for {path[:40]!r} of {len(path)}", (get(path),))


def _headers() -> Iterator[Hostile]:
    nothing = b"/v1/plans/x"
    for headers in (
        b"X: y\r\n" * 3000,
        b"X: " + b"y" * 15_000 + b"\r\n",
        b"X: " + b"y" * 70_000 + b"\r\n",
        b"Cookie: " + b"a=b; " * 3000 + b"\r\n",
        b"Authorization: Bearer " + b"x" * 15_000 + b"\r\n",
        b"Authorization: Basic " + b"=" * 1000 + b"\r\n",
        b"Host: evil.example\r\n",
        b"X y: z\r\n",
        b"X\x00: z\r\n",
        b"X: \x00\r\n",
        b": z\r\n",
        b" folded: z\r\n",
        b"X-HTTP-Method-Override: DELETE\r\n",
        b"X-Forwarded-Host: evil.example\r\n",
        b"Accept-Encoding: " + b"gzip;q=0.1," * 1000 + b"\r\n",
        b"X-Request-Id: " + b"\xff" * 100 + b"\r\n",
        b"Expect: 200-maybe\r\n",
        b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQ\r\n",
        b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n",
    ):
        yield Hostile(f"sends {headers[:40]!r} of {len(headers)}", (get(nothing, headers),))
    for headers in (
        b"Range: bytes=" + b"0-0," * 2000 + b"1-1\r\n",
        b"Range: bytes=" + b",".join(b"%d-" % n for n in range(1500)) + b"\r\n",
        b"Range: bytes=-99999999999999999999\r\n",
        b"Range: bytes=9-1\r\n",
        b"Range: lines=1-2\r\n",
        b"If-None-Match: " + b'W/"x",' * 2000 + b"\r\n",
        b'If-None-Match: "\xff\r\n',
        b"If-Modified-Since: " + b"9" * 5000 + b"\r\n",
        b"If-Modified-Since: Mon, 99 Foo 99999 99:99:99 GMT\r\n",
        b"If-Modified-Since: Thu, 01 Jan 0001 00:00:00 -2359\r\n",
        b"If-Range: " + b"x" * 5000 + b"\r\nRange: bytes=0-1\r\n",
    ):
        for path in (b"/assets/page.css", b"/feeds/x.ics"):
            expected = HARMLESS if path.startswith(b"/assets") else tuple(REFUSED)
            name = f"{headers[:44]!r} on {path.decode()}"
            yield Hostile(name, (get(path, headers),), expected)


def _shapes() -> Iterator[Hostile]:
    smuggled = b"0\r\n\r\n" + get(b"/v1/plans")
    length = b"Content-Length: %d\r\n" % len(smuggled)
    for coding in (
        b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding:\x0bchunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n",
    ):
        head = b"POST /v1/scenarios HTTP/1.1\r\n" + HOST + JSON + length + coding + b"\r\n"
        yield Hostile(f"smuggles by {coding!r}", (head + smuggled,))
    for line in (
        b"GET",
        b"GET /v1/plans",
        b"GET /v1/plans HTTP/9.9",
        b"GET  /v1/plans HTTP/1.1",
        b"G\x00T /v1/plans HTTP/1.1",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0",
        b"CONNECT evil.example:443 HTTP/1.1",
        b"TRACE /v1/plans HTTP/1.1",
        b"DELETE /v1/plans HTTP/1.1",
        b"A" * 5000 + b" /v1/plans HTTP/1.1",
    ):
        expected = HARMLESS if line.endswith(b"9.9") else tuple(REFUSED)
        yield Hostile(f"begins with {line[:30]!r}", (line + b"\r\n" + HOST + b"\r\n",), expected)
    yield Hostile("names no host", (b"GET /v1/plans HTTP/1.0\r\n\r\n",))
    yield Hostile("names two hosts", (get(b"/v1/plans", HOST),))
    for size in (b"ffffffffffffffffffff", b"-1", b"zz", b"0x10"):
        head = chunked("/v1/scenarios", iter(()))[0]
        yield Hostile(f"a chunk of {size!r}", (head + size + b"\r\n{}\r\n0\r\n\r\n",))
    extended = (
        chunked("/v1/scenarios", iter(()))[0] + b"2;" + b"x" * 20_000 + b"\r\n[]\r\n0\r\n\r\n"
    )
    yield Hostile("a chunk with a long extension", (extended,))
    trailer = chunked("/v1/scenarios", iter(()))[0] + b"2\r\n[]\r\n0\r\n" + b"X: y\r\n" * 20_000
    yield Hostile("trailers without end", (trailer,))


def _slow() -> Iterator[Hostile]:
    for path in ("/v1/scenarios", "/v1/runs"):
        head = post(path, b"")[:-5] + b"1000\r\n\r\n"
        yield Hostile(f"a byte a moment to {path}", (head, *[b" "] * 100), pause_s=0.1)
        yield Hostile(f"no body at all to {path}", (head,))
        drip = chunked(path, iter([b" "] * 100))
        yield Hostile(f"a chunk a moment to {path}", drip, pause_s=0.1)
