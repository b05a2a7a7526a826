"""The embedded broker: Kombu's file-system transport, made safe against a half-written file."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils import json


class Channel(filesystem.Channel):
    """Kombu's channel, but a message gets its final name only once it is whole.

    Kombu opens the file under the name a worker looks for and writes afterwards: a worker that
    looks in between reads an empty message and dies of it.
    """

    # The payload is whatever JSON can hold, hence Any.
    def _put(  # type: ignore[override]  # kombu's own classes disagree on the payload's name
        self, queue: str, payload: Any, **kwargs: Any
    ) -> None:
        name = f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"
        draft = Path(self.data_folder_out, f".{name}")
        whole = json.dumps(payload)  # type: ignore[no-untyped-call]  # kombu has no types
        draft.write_text(whole, encoding="utf-8")
        draft.rename(draft.with_name(name))


class Transport(filesystem.Transport):
    """Kombu's file-system transport with the channel above."""

    Channel = Channel


def tidy(folder: Path) -> None:
    """Remove what a killed process left half-written; only while no process uses the folder.

    Whole messages stay and are delivered. The bindings are written anew by whoever starts.
    """
    for draft in (folder / "messages").glob(".*.msg"):
        draft.unlink()
    for binding in (folder / "control").glob("*.exchange"):
        binding.unlink()
