"""From JSON to the dataclasses of `models`, by their type hints."""

import dataclasses
import types
import typing
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar

from .errors import ReplyError

T = TypeVar("T")


def decode(shape: type[T], value: Any) -> T:
    """The value as an instance of a dataclass. A missing key is an error, an unknown one is not."""
    if not isinstance(value, dict):
        raise ReplyError(f"expected {shape.__name__} as an object, got {value!r:.80}")
    hints = _hints(typing.cast(Hashable, shape))
    known = {name: _convert(hint, value[name]) for name, hint in hints.items() if name in value}
    try:
        return shape(**known)
    except TypeError as error:
        raise ReplyError(f"{error}: is the server of another version than this client?") from error


@cache
def _hints(shape: Any) -> dict[str, Any]:
    names = {field.name for field in dataclasses.fields(shape)}
    return {name: hint for name, hint in typing.get_type_hints(shape).items() if name in names}


def _convert(hint: Any, value: Any) -> Any:
    if isinstance(hint, types.UnionType):
        hints = [option for option in typing.get_args(hint) if option is not types.NoneType]
        return None if value is None or not hints else _convert(hints[0], value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return decode(hint, value)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ReplyError(f"expected a list, got {value!r:.80}")
        item = typing.get_args(hint)[0]
        return tuple(_convert(item, part) for part in value)
    return value
