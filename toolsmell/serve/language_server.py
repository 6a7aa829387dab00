"""The language server: reports findings to an editor while a document is edited."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Concatenate, Final, ParamSpec, TypeVar

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from toolsmell.errors import ToolsmellError
from toolsmell.escape import visible
from toolsmell.model import Severity
from toolsmell.serve.editor.problems import BufferSpan, DocumentProblem
from toolsmell.serve.editor.scanned import Buffer, Load
from toolsmell.serve.editor.units import UTF16, Units, units_of
from toolsmell.serve.editor.workbench import Desk, Workbench
from toolsmell.serve.lsp_values import COPY_BRIEF, action_of, diagnostic_of, span_of
from toolsmell.sources.suffixes import SOURCE_ENDINGS
from toolsmell.version import __version__

PAUSE: Final = 0.3
"""Seconds without an edit before a document is scanned."""
ENDINGS: Final = (*SOURCE_ENDINGS, ".json", ".jsonc", ".jsonl", ".toml")
_CONFIGS: Final = ("toolsmell.toml", "pyproject.toml", "toolsmell-baseline.json")
P = ParamSpec("P")
R = TypeVar("R")


class Session:
    """The documents of one editor. The last edited one is scanned first, one at a time."""

    def __init__(self, server: LanguageServer, load: Load) -> None:
        self._server: Final = server
        self._bench: Final = Workbench(load)
        self._asker: Final = ThreadPoolExecutor(1)
        self._due: Final[dict[str, float]] = {}
        """When each document that waits may be scanned, the one edited last at the end."""
        self._open: Final[set[str]] = set()
        """The open documents that are scanned, as the editor writes their addresses."""
        self._worker: asyncio.Task[None] | None = None
        self._wake: Final = asyncio.Event()

    def edited(self, uri: str, pause: float = PAUSE) -> None:
        """Scan a document soon; each edit begins the pause anew."""
        if self.path(uri) is None:
            return
        self._open.add(uri)
        self._due.pop(uri, None)
        self._due[uri] = asyncio.get_running_loop().time() + pause
        self._wake.set()
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())

    def closed(self, uri: str) -> None:
        """Take back what was shown."""
        self._open.discard(uri)
        self._due.pop(uri, None)
        self._publish(uri, None, ())

    async def reload(self) -> None:
        """Scan every open document anew, because a configuration or another file changed."""
        await self.answer(Desk.forget)
        for uri in self._open:
            self.edited(uri)

    def path(self, uri: str) -> str | None:
        """Return the path of a document that is scanned; None for one that is no file, or outside of the workspace."""
        try:
            path = uris.to_fs_path(uri) if uri.startswith("file:") else None
        except ValueError:
            return None
        if not path or "\0" in path or not path.endswith(ENDINGS):
            return None
        folders = [found for one in self._folders() if (found := uris.to_fs_path(one))]
        real = os.path.realpath(path)
        inside = any(real.startswith(os.path.realpath(folder).rstrip(os.sep) + os.sep) for folder in folders)
        return path if inside or not folders else None

    def _folders(self) -> Sequence[str]:
        workspace = self._server.workspace
        root = [workspace.root_uri] if workspace.root_uri else []
        return [folder.uri for folder in workspace.folders.values()] or root

    async def _work(self) -> None:
        while True:
            now = asyncio.get_running_loop().time()
            ready = next((uri for uri in reversed(self._due) if self._due[uri] <= now), None)
            if ready is not None:
                del self._due[ready]
                await self._scan(ready)
                continue
            self._wake.clear()
            wait = min(self._due.values()) - now if self._due else None
            try:
                await asyncio.wait_for(self._wake.wait(), wait)
            except TimeoutError:
                continue

    async def _scan(self, uri: str) -> None:
        document, buffer = self.document(uri)
        if document is None or buffer is None:
            return
        version = document.version
        try:
            found = await self.answer(Desk.problems, buffer)
        except ToolsmellError as error:
            found = (
                DocumentProblem(BufferSpan(0, 0, 0, 0), Severity.NOTE, None, f"not checked: {visible(str(error))}"),
            )
        now, _ = self.document(uri)
        if now is not None and now.version == version and uri not in self._due:
            self._publish(uri, now, found)

    def document(self, uri: str) -> tuple[TextDocument | None, Buffer | None]:
        """Return an open document and its content; None for one that is not open or not scanned."""
        path = self.path(uri) if uri in self._open else None
        if path is None:
            return None, None
        document = self._server.workspace.get_text_document(uri)
        return document, Buffer(path, document.source)

    async def answer(self, question: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask the process that scans, without blocking the editor. Raises `ToolsmellError` if there is no answer."""
        ask = partial(self._bench.ask, question, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._asker, ask)

    def units(self, text: str) -> Units:
        """Return a converter of columns for this editor."""
        return units_of(text, _text(self._server.workspace.position_encoding))

    def close(self) -> None:
        """End the process that scans; what it was asked is not answered."""
        if self._worker:
            self._worker.cancel()
        self._bench.close()
        self._asker.shutdown(wait=False, cancel_futures=True)

    def _publish(self, uri: str, document: TextDocument | None, found: Sequence[DocumentProblem]) -> None:
        units = self.units(document.source) if document else self.units("")
        shown = [diagnostic_of(problem, units) for problem in found]
        version = document.version if document else None
        self._server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, shown, version))


def _text(encoding: lsp.PositionEncodingKind | str | None) -> str:
    return encoding.value if isinstance(encoding, lsp.PositionEncodingKind) else encoding or UTF16


def serve(load: Load) -> None:
    """Serve one editor over stdio until it leaves."""
    # The whole text is sent with each edit: pygls counts lines that end with characters at which no editor ends them.
    server = LanguageServer("toolsmell", __version__, lsp.TextDocumentSyncKind.Full)
    session = Session(server, load)
    _follow_documents(server, session)
    _answer_questions(server, session)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what anything prints is no message to the editor
    try:
        server.start_io(stdout=out)
    finally:
        session.close()


def _follow_documents(server: LanguageServer, session: Session) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        session.edited(params.text_document.uri, 0.0)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        session.edited(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        session.closed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(_params: lsp.DidSaveTextDocumentParams) -> None:
        await session.reload()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def moved(_params: lsp.DidChangeWatchedFilesParams) -> None:
        await session.reload()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configured(_params: lsp.DidChangeConfigurationParams) -> None:
        await session.reload()

    @server.feature(lsp.INITIALIZED)
    async def begun(_params: lsp.InitializedParams) -> None:
        await _watch_configurations(server)


async def _watch_configurations(server: LanguageServer) -> None:
    """Ask the editor to say when a configuration changes, if it can."""
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        watchers = [lsp.FileSystemWatcher(f"**/{name}") for name in _CONFIGS]
        options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted = lsp.Registration("toolsmell-configurations", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        with suppress(JsonRpcException):  # an editor that cannot do it after all: a save scans anew as well
            await server.client_register_capability_async(lsp.RegistrationParams([wanted]))


def _answer_questions(server: LanguageServer, session: Session) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        document, buffer = session.document(params.text_document.uri)
        if document is None or buffer is None:
            return None
        line = params.position.line
        column = session.units(buffer.text).from_editor(line, params.position.character)
        text = await session.answer(Desk.hover, buffer, line, column)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if text else None

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix]))
    async def asked(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        document, buffer = session.document(params.text_document.uri)
        only = params.context.only
        if document is None or buffer is None or (only and lsp.CodeActionKind.QuickFix not in only):
            return []
        units = session.units(buffer.text)
        found = await session.answer(Desk.repairs, buffer, span_of(params.range, units))
        return [action_of(repair, document, units, params.context.diagnostics) for repair in found]

    @server.command(COPY_BRIEF)
    async def brief(uri: str, tool: str) -> str:
        _, buffer = session.document(uri)
        if buffer is None:
            raise JsonRpcInvalidParams(f"{COPY_BRIEF}: the document is not open, or is not scanned")
        try:
            return await session.answer(Desk.brief, buffer, tool)
        except ToolsmellError as error:
            raise JsonRpcInvalidParams(str(error)) from None
