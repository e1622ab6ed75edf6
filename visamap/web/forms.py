"""The shapes of what the API returns, for its description; the bytes come from ``json_form``."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Data(BaseModel):
    """Which data answered."""

    release: date
    digest: str = Field(pattern="^sha256:")


class Remark(BaseModel):
    """A remark on the whole answer; the values that its sentence needs stand beside it."""

    model_config = ConfigDict(extra="allow")

    code: str
    message: str


class Answer(BaseModel):
    """What every question returns, the same as from the command line."""

    model_config = ConfigDict(extra="allow")

    form: Literal[1] = Field(alias="schema")
    command: str
    data: Data
    asked: dict[str, Any]
    items: list[dict[str, Any]]
    notes: list[Remark]


class Slip(BaseModel):
    """What is wrong with one parameter."""

    parameter: str
    message: str


class Problem(BaseModel):
    """Why there is no answer (RFC 9457).

    ``code`` is for programs; ``suggestions`` are names or ids that come close.
    """

    model_config = ConfigDict(extra="forbid")

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str
    code: str
    suggestions: list[str]
    errors: list[Slip]


class Health(BaseModel):
    """That the server answers, and from which data."""

    status: Literal["ok"]
    release: date
    digest: str
