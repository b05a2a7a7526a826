"""One message on its way: to the address that was checked, by the name that was asked for."""

from __future__ import annotations

import time
from dataclasses import dataclass

import urllib3

from ntm_portal.lib.errors import DomainError
from ntm_portal.webhooks.addresses import Destination, destination_of

CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0
_READ_BYTES = 4096  # of the answer: enough to let the connection end well


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the receiver said, or why it said nothing."""

    status: int | None
    milliseconds: int
    fault: str = ""

    @property
    def is_done(self) -> bool:
        """Tell whether the message was taken; to be sent elsewhere is not to be taken."""
        return self.status is not None and 200 <= self.status < 300


def send(url: str, body: bytes, headers: dict[str, str]) -> Outcome:
    """Post the body; no redirect is followed, and nothing is tried twice here."""
    begun = time.monotonic()
    try:
        status = _post(destination_of(url), body, headers)
    except DomainError as refusal:
        return Outcome(None, _since(begun), str(refusal))
    except (urllib3.exceptions.HTTPError, OSError) as error:
        return Outcome(None, _since(begun), f"{type(error).__name__}: {error}"[:300])
    return Outcome(status, _since(begun))


def _post(to: Destination, body: bytes, headers: dict[str, str]) -> int:
    with pool_of(to) as pool:
        response = pool.urlopen(
            "POST",
            to.target,
            body=body,
            headers={
                **headers,
                "Host": to.host_header,
                "Content-Type": "application/json",
                "User-Agent": "NTM-Portal",
            },
            redirect=False,
            retries=False,
            preload_content=False,
        )
        response.read(_READ_BYTES)
        response.close()
        return response.status


def pool_of(to: Destination) -> urllib3.HTTPConnectionPool:
    """Return what connects to the checked address, and believes only the name's certificate."""
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    if to.scheme == "http":
        return urllib3.HTTPConnectionPool(to.ip, to.port, timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        to.ip,
        to.port,
        timeout=timeout,
        cert_reqs="CERT_REQUIRED",
        server_hostname=to.host,
        assert_hostname=to.host,
    )


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)
