"""The protocol's side: lists the tools and addresses, hands calls on, wraps what comes back."""

import logging
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import mcp_types as protocol
from mcp.server import Server
from mcp.shared.exceptions import MCPError

from visamap.arguments import LONGEST
from visamap.errors import UnknownRecordError, VisamapError
from visamap.i18n import current, language_of, mark, speaking, tr
from visamap.mcp import resources, tools
from visamap.mcp.tools import TOOLS
from visamap.registry import Registry
from visamap.registry.asking import ask
from visamap.render import answer_schemas, json_form
from visamap.render.headlines import first_line
from visamap.render.phrases import entering, in_language
from visamap.results.parts import Envelope, Note
from visamap.store.fetched_data import stamp
from visamap.version import __version__

log = logging.getLogger("visamap.mcp")

INSTRUCTIONS = (
    "visamap knows who may enter the states of Central Asia without a visa: on what day, for how "
    "long, on what legal ground; besides their visas, where Central Asian passports may go, and "
    "passport ranks. The destination is Kazakhstan unless `to` names another. It answers offline "
    "from dated, sourced data. Every answer is for a day: say which day. Unknown is an answer: "
    "where a verdict or requirement is unknown, say so and do not guess; null is not known. Say "
    "the confidence where it is not high, cite the act and the addresses in sources, and name the "
    "release in data. Countries may be given by any code or by name. Not legal advice: send "
    "travellers to the consulate."
)
WIDTH = 100
TODAY = mark("No day was given, so this is the answer for today at the border, {day}.")
MORE = mark(
    "The structured content has every source and field; where a command of visamap is named here, "
    "use the tool of that name."
)
LISTED = {
    "act": mark("The tool agreements with kind all lists them."),
    "visa": mark("The tool visas lists them."),
    "edition": mark("The tool ranks with edition all lists them."),
}
"""Where an assistant finds what there is, in place of the command that a terminal is told."""
NO_TOOL = mark("There is no tool {name}; there are {known}.")
FAULT = mark("Something went wrong on our side, not with the question. Try again later.")
HINTS = protocol.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
JSON = "application/json"


class Assistant:
    """The answers to one or many clients, from the data in force at each call."""

    def __init__(self, open_data: Callable[[], Registry]) -> None:
        """Open the data; it is opened anew when ``visamap update`` brings newer."""
        self._open = open_data
        self._stamp = stamp()  # taken first, so that an update meanwhile is seen as one
        self._registry = open_data()

    def registry(self) -> Registry:
        """Return the data in force."""
        if (now := stamp()) != self._stamp:
            self._stamp = now  # whatever comes of it: a call must not pay for it again
            try:
                self._registry = self._open()
            except (VisamapError, OSError, ValueError):
                log.exception("The newer data could not be opened; the data before still answers.")
        return self._registry

    def server(self) -> Server[Any]:
        """Return what speaks the protocol, over whichever transport."""
        return Server(
            "visamap",
            version=__version__,
            title="visamap",
            instructions=INSTRUCTIONS,
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=self._list_resources,
            on_list_resource_templates=self._list_templates,
            on_read_resource=self._read,
            on_completion=self._complete,
        )

    async def _list_tools(self, _context: Any, _page: Any) -> protocol.ListToolsResult:
        return protocol.ListToolsResult(tools=LISTED_TOOLS)

    async def _call_tool(
        self, _context: Any, call: protocol.CallToolRequestParams
    ) -> protocol.CallToolResult:
        if call.name not in TOOLS:
            name, known = repr(call.name[:LONGEST]), ", ".join(TOOLS)
            raise _refused(tr(NO_TOOL, name=name, known=known))
        given = call.arguments or {}
        with speaking(language_of(str(given.get("lang"))) or current()):
            try:
                return self._answer(call.name, given)
            except VisamapError as error:
                return _failed(_told(error))
            except Exception:
                log.exception("%s could not be answered", call.name)
                return _failed(tr(FAULT))

    def _answer(self, name: str, given: dict[str, Any]) -> protocol.CallToolResult:
        tool = TOOLS[name]
        arguments = {**tool.left_out, **tools.read(tool, given)}
        arguments.pop("lang", None)  # heard already
        limit = arguments.pop("limit", None)
        registry = self.registry()
        assumed = registry.today() if tool.today and tool.today not in arguments else None
        found = in_language(ask(registry, name, **arguments))
        with entering(found):
            text = _text(found, assumed)
        return protocol.CallToolResult(
            content=[protocol.TextContent(text=text)],
            structured_content=json_form.envelope(_cut(found, limit)),
        )

    async def _list_resources(self, _context: Any, _page: Any) -> protocol.ListResourcesResult:
        return protocol.ListResourcesResult(resources=[])  # by the hundred: see the templates

    async def _list_templates(
        self, _context: Any, _page: Any
    ) -> protocol.ListResourceTemplatesResult:
        return protocol.ListResourceTemplatesResult(resource_templates=TEMPLATES)

    async def _read(
        self, _context: Any, wanted: protocol.ReadResourceRequestParams
    ) -> protocol.ReadResourceResult:
        try:
            text = resources.text(self.registry(), wanted.uri)
        except VisamapError as error:
            raise _refused(_told(error), {"uri": wanted.uri[: resources.LONGEST]}) from error
        content = protocol.TextResourceContents(uri=wanted.uri, mime_type=JSON, text=text)
        return protocol.ReadResourceResult(contents=[content])

    async def _complete(
        self, _context: Any, wanted: protocol.CompleteRequestParams
    ) -> protocol.CompleteResult:
        values: list[str] = []
        total = 0
        ref, asked = wanted.ref, wanted.argument
        if isinstance(ref, protocol.ResourceTemplateReference) and asked.name == resources.VARIABLE:
            values, total = resources.completions(self.registry(), ref.uri, asked.value)
        completion = protocol.Completion(values=values, total=total, has_more=total > len(values))
        return protocol.CompleteResult(completion=completion)


def _text(found: Envelope, assumed: date | None) -> str:
    """Return an answer to quote: what the command prints, and what a terminal need not be told."""
    presenter = import_module(f"visamap.render.{found.command}_text")
    first, rest = first_line(found)
    said = [*first, presenter.text(rest, WIDTH)]
    if assumed is not None:
        said.append(tr(TODAY, day=assumed))
    return "\n".join([*said, tr(MORE)])


def _cut(found: Envelope, limit: int | None) -> Envelope:
    """Return an answer with its first items only, and a remark that says so."""
    total = len(found.items)
    if limit is None or total <= limit:
        return found
    note = Note("first_only", {"shown": limit, "total": total})
    return found._replace(items=found.items[:limit], notes=(*found.notes, note))


def _told(error: VisamapError) -> str:
    """Return what is wrong, and where an assistant finds what there is."""
    kind = getattr(error, "kind", None) if isinstance(error, UnknownRecordError) else None
    return " ".join([error.elsewhere(), *([tr(LISTED[kind])] if kind in LISTED else [])])


def _refused(said: str, data: Any = None) -> MCPError:
    return MCPError(protocol.INVALID_PARAMS, said, data)


def _failed(said: str) -> protocol.CallToolResult:
    return protocol.CallToolResult(content=[protocol.TextContent(text=said)], is_error=True)


LISTED_TOOLS = [
    protocol.Tool(
        name=name,
        title=tool.question.title,
        description=tool.question.about,
        input_schema=tool.takes,
        output_schema=answer_schemas.ANY,
        annotations=HINTS,
    )
    for name, tool in TOOLS.items()
]
TEMPLATES = [
    protocol.ResourceTemplate(
        name=kind,
        title=record.title,
        description=record.said,
        uri_template=resources.template(kind),
        mime_type=JSON,
    )
    for kind, record in resources.RECORDS.items()
]
