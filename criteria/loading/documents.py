"""A file of law as text: read as JSON, its syntax checked, nothing in it silently lost."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

from criteria.loading.faults import Fault, Faults, SetFileError
from criteria.loading.nodes import Data, Node

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


class _RefusedError(ValueError):
    """Something JSON would let pass and a file of law must not hold."""


def read_text(path: Path) -> str:
    """Return the text of a file as it stands, line ends included."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise SetFileError(path.name, [Fault("", f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise SetFileError(path.name, [Fault("", f"not JSON in UTF-8: {error}")]) from error


def root_of(text: str, name: str) -> Node:
    """Return the outermost object of a file; raise SetFileError where it is not JSON."""
    try:
        data = json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_twins,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise SetFileError(name, [Fault(place, f"not JSON: {error.msg}")]) from error
    except _RefusedError as error:
        raise SetFileError(name, [Fault("", str(error))]) from error
    if not isinstance(data, dict):
        raise SetFileError(name, [Fault("", "not an object with the keys of a set")])
    return Node(((data, ""),), Faults(name))


def canonical(data: Data) -> str:
    """Return a set as the shipped files are written."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _refuse_constant(name: str) -> NoReturn:
    message = f"not JSON: {name} is not a number"
    raise _RefusedError(message)


def _without_twins(pairs: list[tuple[str, Any]]) -> Data:
    found: Data = {}
    for key, value in pairs:
        if key in found:
            code = f" (in the object with the code {found['code']})" if "code" in found else ""
            message = f"the key '{key}' stands twice in one object{code}"
            raise _RefusedError(message)
        found[key] = value
    return found
