"""The code of tools in Go: handlers, the functions that they reach, and facts."""

from pathlib import Path

import pytest

from tests.evidence.code.following import facts, followed
from toolsmell.model.implementation import CodeEffect, Doubt, FactKind, Flag, Implementation

MODULE = "module example.org/server\n\ngo 1.22\n"

HEAD = """package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

"""

TOOL = 'mcp.NewTool("t", mcp.WithDescription("Text"), mcp.WithString("a"), mcp.WithNumber("limit"))'
SIGNATURE = "(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error)"


def read(folder: Path, source: str, **files: str) -> Implementation:
    others = {f"{name.replace('__', '/')}.go": text for name, text in files.items()}
    return followed(folder, {"go.mod": MODULE, "main.go": HEAD + source, **others})["t"]


def made(folder: Path, body: str, before: str = "", **files: str) -> Implementation:
    """Return the code of a tool `t` with a handler that has this body."""
    source = f"{before}\nfunc register(s *server.MCPServer) {{\n\ts.AddTool({TOOL}, handle)\n}}\n"
    return read(folder, f"{source}\nfunc handle{SIGNATURE} {{\n{body}\n}}\n", **files)


REGISTRATIONS = {
    "literal": f"func register(s *server.MCPServer) {{ s.AddTool({TOOL}, func{SIGNATURE} {{ BODY }}) }}",
    "variable": f"func register(s *server.MCPServer) {{\n\ttool := {TOOL}\n\ts.AddTool(tool, handle)\n}}\n"
    f"func handle{SIGNATURE} {{ BODY }}",
    "pair": f"func Make() (tool mcp.Tool, handler server.ToolHandlerFunc) {{\n\treturn {TOOL}, func{SIGNATURE} {{ BODY }}\n}}",
    "locals": f"func Make() (mcp.Tool, server.ToolHandlerFunc) {{\n\ttool := {TOOL}\n"
    f"\thandler := func{SIGNATURE} {{ BODY }}\n\treturn tool, handler\n}}",
    "struct": f"var tools = []server.ServerTool{{ {{Tool: {TOOL}, Handler: handle}} }}\nfunc handle{SIGNATURE} {{ BODY }}",
    "maker": f"func register(s *server.MCPServer) {{ s.AddTool({TOOL}, handle(1)) }}\n"
    f"func handle(n int) server.ToolHandlerFunc {{\n\treturn func{SIGNATURE} {{ BODY }}\n}}",
    "method": f"type API struct{{}}\nfunc (x *API) register(s *server.MCPServer) {{ s.AddTool({TOOL}, x.handle) }}\n"
    f"func (x *API) handle{SIGNATURE} {{ BODY }}",
}  # fmt: skip


@pytest.mark.parametrize("form", REGISTRATIONS)
def test_a_registration_leads_to_its_handler(tmp_path: Path, form: str) -> None:
    body = 'if request.GetString("a", "") == "" { return nil, errors.New("a is needed") }\nreturn nil, nil'
    found = read(tmp_path, REGISTRATIONS[form].replace("BODY", body))
    assert facts(found, FactKind.GUARD) == [("a", "absent", (), "rejected")]


def test_the_official_sdk_types_its_arguments(tmp_path: Path) -> None:
    source = """
type Input struct {
	// The person, by mail address
	Who string `json:"who"`

	Limit int `json:"limit,omitempty"`
	Rest bool `json:"rest"`
}
func register(s *mcp.Server) { mcp.AddTool(s, &mcp.Tool{Name: "t", Description: "d"}, find) }
func find(ctx context.Context, req *mcp.CallToolRequest, input Input) (*mcp.CallToolResult, any, error) {
	if input.Limit > 50 { return nil, nil, fmt.Errorf("limit %d is more than 50", input.Limit) }
	return ask(input.Who, input)
}
func ask(who string, input Input) (*mcp.CallToolResult, any, error) { return nil, who + input.Limit, nil }
"""
    found = read(tmp_path, source)
    assert facts(found, FactKind.BOUND) == [("limit", "<=", (50,), "rejected")]
    (bound,) = found.of(FactKind.BOUND)
    assert bound.message == "limit … is more than 50"
    documented = [(fact.parameter, fact.message) for fact in found.of(FactKind.DOCUMENTATION)]
    assert documented[0] == ("who", "The person, by mail address")
    assert [one.parameter for one in found.unused] == ["rest"]


def test_a_dispatcher_leads_to_the_branch_of_one_tool(tmp_path: Path) -> None:
    source = """
var tools = []mcp.Tool{{Name: "t", Description: "d", InputSchema: schema}}
func call(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	args := request.GetArguments()
	switch request.Params.Name {
	case "other":
		os.Remove("x")
	case "t":
		os.WriteFile(args["a"].(string), nil, 0)
	}
	return nil, nil
}
"""
    assert [fact.effect for fact in read(tmp_path, source).facts] == [CodeEffect.WRITES_FILE]


BOUNDS = {
    'limit := request.GetInt("limit", 0)\nif limit > 50 { return nil, errors.New("at most 50") }': "rejected",
    'limit, _ := request.RequireInt("limit")\nif limit > most { return mcp.NewToolResultError("too many"), nil }': "rejected",
    'args := request.GetArguments()\nn, ok := args["limit"].(int)\nif n > 50 { n = 50 }': "limited",
    'n := min(request.GetInt("limit", 0), 50)': "limited",
    'n, err := OptionalInt(request, "limit")\nif err != nil || n > 50 { return nil, fmt.Errorf("at most %d", 50) }': "rejected",
}  # fmt: skip


@pytest.mark.parametrize("code", BOUNDS)
def test_a_bound_is_read(tmp_path: Path, code: str) -> None:
    found = made(tmp_path, f"{code}\nreturn nil, nil", before="const most = 50")
    assert facts(found, FactKind.BOUND) == [("limit", "<=", (50,), BOUNDS[code])]


NO_BOUNDS = [
    'if limit > other() { return nil, errors.New("no") }',
    'if limit > changed { return nil, errors.New("no") }',
    "if limit > 50 { return found, err }",
    'if limit > 50 { if x { return found, nil }; return nil, errors.New("no") }',
    "if limit > 50 { log(limit) }",
]


@pytest.mark.parametrize("code", NO_BOUNDS)
def test_what_does_not_bound_an_argument_is_no_bound(tmp_path: Path, code: str) -> None:
    body = f'limit := request.GetInt("limit", 0)\n{code}\nreturn nil, nil'
    found = made(tmp_path, body, before="var changed = 50")
    assert facts(found, FactKind.BOUND) == []


DEFAULTS = [
    'n := request.GetInt("limit", 20)',
    'n, err := OptionalIntWithDefault(request, "limit", 20)',
    'n := request.GetInt("limit", 0)\nif n == 0 { n = 20 }',
    'n := request.GetInt("limit", 0)\nif n <= 0 { n = 20 }',
    'n := 20\nif v, ok := request.GetArguments()["limit"].(float64); ok { n = int(v) }',
]


@pytest.mark.parametrize("code", DEFAULTS)
def test_a_default_is_read(tmp_path: Path, code: str) -> None:
    found = made(tmp_path, f"{code}\nreturn run(n)")
    assert facts(found, FactKind.DEFAULT) == [("limit", "==", (20,), "replaced")]


def test_accepted_values_are_read(tmp_path: Path) -> None:
    body = """
	a := request.GetString("a", "")
	switch a {
	case "on", "off":
		return nil, nil
	case "auto":
		os.Remove(a)
	default:
		return nil, fmt.Errorf("unknown a: %s", a)
	}
	return nil, nil"""
    found = made(tmp_path, body)
    assert facts(found, FactKind.ENUM) == [("a", "in", ("on", "off", "auto"), "rejected")]
    (effect,) = found.of(FactKind.EFFECT)
    assert [(one.parameter, one.values) for one in effect.conditions] == [("a", ("auto",))]


EFFECTS = {
    'os.RemoveAll("x")': CodeEffect.DELETES_FILE,
    'exec.CommandContext(ctx, "git", "push").Run()': CodeEffect.RUNS_PROGRAM,
    'http.NewRequestWithContext(ctx, http.MethodPost, "https://example.org/items", nil)': CodeEffect.SENDS_REQUEST,
    'http.NewRequest("DELETE", "https://example.org/items", nil)': CodeEffect.DELETES_REMOTE,
    'db.ExecContext(ctx, "DELETE FROM notes WHERE id = ?", 1)': CodeEffect.DELETES_ROWS,
}


@pytest.mark.parametrize("call", EFFECTS)
def test_an_effect_is_read(tmp_path: Path, call: str) -> None:
    found = made(tmp_path, f"{call}\nreturn nil, nil")
    assert [fact.effect for fact in found.of(FactKind.EFFECT)] == [EFFECTS[call]]


NO_EFFECTS = ['os.Remove("/tmp/cache")', 'http.NewRequest("GET", url, nil)', 'db.Query("SELECT 1")', "list.Remove(x)"]


@pytest.mark.parametrize("call", NO_EFFECTS)
def test_what_changes_nothing_outside_is_no_effect(tmp_path: Path, call: str) -> None:
    assert made(tmp_path, f"{call}\nreturn nil, nil").of(FactKind.EFFECT) == ()


STORE = """package store

import "os"

type Store struct{ root string }
type Other struct{}

func New() *Store { return &Store{} }
func (s *Store) Drop(path string) error { return os.Remove(path) }
func (o Other) Keep() {}
func Act(how string) {
	if how == "remove" {
		os.Remove("a")
	} else {
		os.WriteFile("a", nil, 0)
	}
}
"""
IMPORTS = HEAD.replace('"context"', '"context"\n\t"example.org/server/store"')


def test_a_method_is_followed_by_the_type_of_its_object(tmp_path: Path) -> None:
    source = (
        IMPORTS
        + f"""
func register(s *server.MCPServer) {{ s.AddTool({TOOL}, handle) }}
func handle{SIGNATURE} {{
	st := store.New()
	if request.GetString("a", "") == "yes" {{
		st.Drop(request.GetString("a", ""))
	}}
	return nil, nil
}}
"""
    )
    found = followed(tmp_path, {"go.mod": MODULE, "main.go": source, "store/store.go": STORE})["t"]
    (effect,) = found.of(FactKind.EFFECT)
    assert [(one.parameter, one.values) for one in effect.conditions] == [("a", ("yes",))]
    assert [(step.function, dict(step.arguments)) for step in effect.way] == [("Store.Drop", {"path": "a"})]


def test_a_branch_that_the_values_of_a_call_rule_out_is_not_read(tmp_path: Path) -> None:
    source = (
        IMPORTS
        + f"""
func register(s *server.MCPServer) {{ s.AddTool({TOOL}, handle) }}
func handle{SIGNATURE} {{
	store.Act("keep")
	return nil, nil
}}
"""
    )
    found = followed(tmp_path, {"go.mod": MODULE, "main.go": source, "store/store.go": STORE})["t"]
    assert [fact.effect for fact in found.of(FactKind.EFFECT)] == [CodeEffect.WRITES_FILE]


def test_a_method_of_a_library_is_no_method_of_the_project(tmp_path: Path) -> None:
    before = "type Own struct{}\nfunc (o *Own) Drop() { os.Remove(`a`) }"
    found = made(tmp_path, "client := sdk.New()\nclient.Drop()\nctx.Drop()\nreturn nil, nil", before=before)
    assert [one.name for one in found.functions] == ["handle"]


RESULTS = {
    'return mcp.NewToolResultJSON(map[string]any{"id": 1, "title": "x"})': ("id", "title"),
    'r, err := json.Marshal(map[string]any{"id": 1, "title": "x"})\nif err != nil { return nil, err }\n'
    "return mcp.NewToolResultText(string(r)), nil": ("id", "title"),
    "return mcp.NewToolResultStructured(Answer{ID: 1}), nil": ("id", "title"),
}


@pytest.mark.parametrize("code", RESULTS)
def test_the_keys_of_a_result_are_read(tmp_path: Path, code: str) -> None:
    before = 'type Answer struct {\n\tID int `json:"id"`\n\tTitle string `json:"title"`\n\tHidden string `json:"-"`\n}'
    assert [fact.values for fact in made(tmp_path, code, before=before).of(FactKind.RESULT)] == [RESULTS[code]]


def test_a_constant_that_shapes_a_request_is_read(tmp_path: Path) -> None:
    found = made(tmp_path, "list(sdk.Options{PerPage: 100, Name: x})\nreturn nil, nil")
    assert [(fact.name, fact.values) for fact in found.of(FactKind.CONSTANT)] == [("PerPage", (100,))]


def test_an_error_that_is_passed_on_is_no_failure_of_its_own(tmp_path: Path) -> None:
    body = 'x, err := load()\nif err != nil { return nil, fmt.Errorf("cannot load: %w", err) }\nreturn x, nil'
    assert made(tmp_path, body).of(FactKind.FAILURE) == ()


FIELDS = """
type Input struct {
	// Common parameters
	A string `json:"a"`
	B string `json:"b"`

	// How many of them to return
	Limit int `json:"limit"`

	C string `json:"c"` // the colour of it
	// D is the day of birth
	D string `json:"d"`
}
func register(s *mcp.Server) { mcp.AddTool(s, &mcp.Tool{Name: "t", Description: "d"}, find) }
func find(ctx context.Context, req *mcp.CallToolRequest, input Input) (*mcp.CallToolResult, any, error) {
	return nil, input, nil
}
"""


def test_a_comment_documents_the_field_that_it_is_for(tmp_path: Path) -> None:
    found = read(tmp_path, FIELDS).of(FactKind.DOCUMENTATION)
    assert [(fact.parameter, fact.message) for fact in found] == [
        ("limit", "How many of them to return"),
        ("c", "the colour of it"),
        ("d", "day of birth"),
    ]


def test_a_guard_against_what_a_condition_around_rules_out_is_none(tmp_path: Path) -> None:
    before = 'func page(a string) (*mcp.CallToolResult, error) { if a == "" { return nil, errors.New("no a") }; return x, nil }'
    body = 'a := request.GetString("a", "")\nif a != "" { return page(a) }\nreturn nil, nil'
    assert made(tmp_path, body, before=before).of(FactKind.GUARD) == ()


def test_a_zero_value_beside_an_error_is_no_result(tmp_path: Path) -> None:
    before = """type Answer struct { ID int `json:"id"`; Name string `json:"name"` }
func load() (Answer, error) { x, err := ask(); if err != nil { return Answer{}, err }; return x, nil }"""
    assert made(tmp_path, "return load()", before=before).of(FactKind.RESULT) == ()


def test_conditions_on_the_environment_are_flagged(tmp_path: Path) -> None:
    body = 'if os.Getenv("ALLOW") != "" { os.Remove("x") }\nreturn nil, nil'
    (effect,) = made(tmp_path, body).of(FactKind.EFFECT)
    assert effect.flags == {Flag.CONFIGURATION}


UNUSED = {
    'return run(request.GetString("a", ""))': ("limit",),
    "args := request.GetArguments()\nreturn first(args)": ("limit",),
    "return run(request.Params.Name)": ("a", "limit"),
    "return nil, nil": ("a", "limit"),
}


@pytest.mark.parametrize("code", UNUSED)
def test_a_parameter_that_is_never_read_is_unused(tmp_path: Path, code: str) -> None:
    before = 'func first(m map[string]any) (*mcp.CallToolResult, error) { return load(m["a"]) }'
    assert tuple(one.parameter for one in made(tmp_path, code, before=before).unused) == UNUSED[code]


USED = [
    "return run(request)",
    "return run(request.Params.Arguments)",
    "for k, v := range request.GetArguments() { run(k, v) }\nreturn nil, nil",
    "var in Input\nrequest.BindArguments(&in)\nreturn run(in)",
    "key := choose()\nreturn run(request.GetArguments()[key])",
    'a, limit := request.GetString("a", ""), request.GetInt("limit", 0)\ngo func() { run(a, limit) }()\nreturn nil, nil',
    'switch v := request.GetArguments()["a"].(type) { case string: run(v, request.GetInt("limit", 0)) }\nreturn nil, nil',
]


@pytest.mark.parametrize("code", USED)
def test_a_parameter_that_may_be_read_is_not_unused(tmp_path: Path, code: str) -> None:
    assert made(tmp_path, code).unused == ()


def test_a_function_that_is_no_handler_is_not_taken_for_one(tmp_path: Path) -> None:
    source = f"""
func makeTool(s *server.MCPServer, name string, page func(request *mcp.CallToolRequest) int) {{
	tool := mcp.NewTool(name, mcp.WithString("a"), mcp.WithNumber("page"))
	s.AddTool(tool, func{SIGNATURE} {{ return run(request.GetString("a", ""), page(&request)) }})
}}
func register(s *server.MCPServer) {{ makeTool(s, "t", pageOf) }}
func pageOf(request *mcp.CallToolRequest) int {{ return request.GetInt("page", 3) }}
"""
    found = read(tmp_path, source)
    assert found.unused == ()
    assert found.functions[0].name == "an anonymous function"


def test_hints_that_a_library_sets_are_no_evidence(tmp_path: Path) -> None:
    found = made(tmp_path, 'return run(request.GetString("a", ""))')
    assert found.of(FactKind.EFFECT) == ()


def test_a_handler_that_is_not_found_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, f"func register(s *server.MCPServer) {{ s.AddTool({TOOL}, elsewhere.Handle) }}")
    assert [one.doubt for one in found.abstained] == [Doubt.NO_HANDLER]
