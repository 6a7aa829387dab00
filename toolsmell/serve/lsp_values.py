"""Values of the language server protocol, made from what is known of a document."""

import os
from collections.abc import Sequence
from typing import Final

from lsprotocol import types as lsp
from pygls import uris
from pygls.workspace import TextDocument

from toolsmell.model import Severity
from toolsmell.serve.editor.problems import BufferSpan, DocumentProblem
from toolsmell.serve.editor.repairs import Repair
from toolsmell.serve.editor.units import UTF32, Units, units_of

COPY_BRIEF: Final = "toolsmell.copyBrief"
_SOURCE: Final = "toolsmell"
_SEVERITIES: Final = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
    None: lsp.DiagnosticSeverity.Hint,
}


def diagnostic_of(problem: DocumentProblem, units: Units) -> lsp.Diagnostic:
    related = [
        lsp.DiagnosticRelatedInformation(lsp.Location(_uri(one.path), range_of(one.span, units)), one.message)
        for one in problem.related
    ]
    return lsp.Diagnostic(
        range=range_of(problem.span, units),
        message=problem.message,
        severity=_SEVERITIES[problem.severity],
        code=problem.rule,
        code_description=lsp.CodeDescription(problem.href) if problem.href else None,
        source=_SOURCE,
        related_information=related or None,
    )


def range_of(span: BufferSpan, units: Units) -> lsp.Range:
    start = lsp.Position(span.line, units.to_editor(span.line, span.column))
    return lsp.Range(start, lsp.Position(span.end_line, units.to_editor(span.end_line, span.end_column)))


def span_of(at: lsp.Range, units: Units) -> BufferSpan:
    first, last = at.start, at.end
    start = units.from_editor(first.line, first.character)
    return BufferSpan(first.line, start, last.line, units.from_editor(last.line, last.character))


def _uri(path: str) -> str:
    return uris.from_fs_path(os.path.abspath(path)) or ""


def action_of(repair: Repair, document: TextDocument, units: Units, shown: Sequence[lsp.Diagnostic]) -> lsp.CodeAction:
    where = range_of(repair.span, units)
    solved = [one for one in shown if one.code == repair.rule and one.range == where]
    action = lsp.CodeAction(repair.title, lsp.CodeActionKind.QuickFix, solved, repair.preferred or None)
    if repair.tool is not None:
        action.command = lsp.Command(repair.title, COPY_BRIEF, arguments=[document.uri, repair.tool])
    else:
        action.edit = _edit(repair, document, units)
    return action


def _edit(repair: Repair, document: TextDocument, units: Units) -> lsp.WorkspaceEdit:
    changes: list[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile] = []
    if repair.create:
        changes.append(lsp.CreateFile(_uri(repair.create), options=lsp.CreateFileOptions(ignore_if_exists=True)))
    own = uris.to_fs_path(document.uri)
    for change in repair.changes:
        is_own = change.path == own
        uri, version = (document.uri, document.version) if is_own else (_uri(change.path), None)
        edit = lsp.TextEdit(range_of(change.span, units if is_own else units_of("", UTF32)), change.text)
        identifier = lsp.OptionalVersionedTextDocumentIdentifier(uri, version)
        changes.append(lsp.TextDocumentEdit(identifier, [edit]))
    return lsp.WorkspaceEdit(document_changes=changes)
