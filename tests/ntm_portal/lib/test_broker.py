from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu.connection import Connection
from kombu.simple import SimpleQueue

from ntm_portal.lib import broker


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[SimpleQueue]:
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection(
        "filesystem://", transport="ntm_portal.lib.broker:Transport", transport_options=options
    ) as connection:
        yield connection.SimpleQueue(tmp_path.name)


def test_a_message_arrives_once_with_every_letter(queue: SimpleQueue, tmp_path: Path) -> None:
    queue.put({"commune": "Xã Đắk Rơ Wa"})
    message = queue.get(timeout=1)
    message.ack()
    assert message.payload == {"commune": "Xã Đắk Rơ Wa"}
    assert list((tmp_path / "messages").iterdir()) == []


def test_a_message_has_its_name_only_once_it_is_whole(
    queue: SimpleQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "rename", lambda *_: None)  # killed before the last step
    queue.put({"never": "finished"})
    monkeypatch.undo()
    with pytest.raises(queue.Empty):
        queue.get(block=False)
    broker.tidy(tmp_path)
    assert list((tmp_path / "messages").iterdir()) == []


def test_tidying_keeps_whole_messages_and_drops_broken_bindings(
    queue: SimpleQueue, tmp_path: Path
) -> None:
    queue.put({"kept": 1})
    (binding,) = (tmp_path / "control").iterdir()
    binding.write_text("")  # killed between opening and writing
    broker.tidy(tmp_path)
    assert not binding.exists()
    assert len(list((tmp_path / "messages").iterdir())) == 1
