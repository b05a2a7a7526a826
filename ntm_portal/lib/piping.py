"""What PostgreSQL copies out, handed to a reader as it comes: little of it is in memory at a time.

The driver gives a copy only by writing it into a file, row by row, until it is over. So it is
written by a thread, into a pipe that holds a few blocks; the reader takes them at her own speed.
"""

from __future__ import annotations

from contextlib import suppress
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

LINES, AHEAD = 2000, 4  # lines in a block; blocks that are ready before they are asked for


# A cursor and a connection of Django's, whose types have no name in the stubs, hence Any.
def piped(cursor: Any, statement: str) -> Generator[bytes]:
    """Yield what the statement copies out, its lines ended as `csv` ends them.

    Nothing else may use the connection meanwhile. A reader who leaves ends the statement.
    """
    pipe = _Pipe(cursor.db)
    thread = Thread(target=pipe.fill, args=(cursor.cursor, statement), daemon=True)
    thread.start()
    try:
        yield from pipe.blocks()
    finally:
        pipe.close()
        thread.join()
    if pipe.error is not None:
        with cursor.db.wrap_database_errors:
            raise pipe.error


class _Pipe:
    """A file for the driver to write to, and the blocks that its reader takes."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.error: Exception | None = None
        self._blocks: Queue[bytes | None] = Queue(AHEAD)
        self._lines: list[bytes] = []
        self._is_over = self._is_left = False

    def fill(self, cursor: Any, statement: str) -> None:
        """Copy out; whatever happens, say at the end that it is over."""
        try:
            cursor.copy_expert(statement, self)
            self._pass_on()
        except Exception as error:  # told to the reader, in her own thread
            self.error = error
        finally:
            self._blocks.put(None)

    def write(self, line: bytes) -> None:
        """Take a row: the driver brings one at a time."""
        self._lines.append(line)
        if len(self._lines) == LINES:
            self._pass_on()

    def blocks(self) -> Iterator[bytes]:
        """Yield what was written, until it is over."""
        while (block := self._blocks.get()) is not None:
            yield block
        self._is_over = True

    def close(self) -> None:
        """Make the writer end, if it has not: what it still writes is for nobody."""
        if self._is_over:
            return
        self._is_left = True
        if not self._connection.in_atomic_block:  # there it would undo more than this statement
            with suppress(self._connection.Database.Error):
                self._connection.connection.cancel()
        while self._blocks.get() is not None:
            pass

    def _pass_on(self) -> None:
        lines, self._lines = self._lines, []
        if lines and not self._is_left:
            self._blocks.put(b"\r\n".join([line[:-1] for line in lines]) + b"\r\n")
