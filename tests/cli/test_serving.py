"""An address is one service's from the moment that it is taken."""

import pytest

from plsched.cli.serving import listen
from plsched.errors import AddressInUse


def test_two_cannot_take_one_port() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressInUse, match=f"port {port} cannot be used"):
            listen("127.0.0.1", port)
