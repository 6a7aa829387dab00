"""The code of tools in JavaScript and TypeScript: handlers, the functions that they reach, and facts."""

from pathlib import Path

import pytest

from tests.evidence.code.following import facts, followed
from toolsmell.model.implementation import CodeEffect, Doubt, FactKind, Flag, Implementation

PACKAGE = '{"name": "server", "version": "1.0.0"}'

HEAD = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import * as fs from "node:fs";
import { execFile } from "node:child_process";
const server = new McpServer({ name: "s", version: "1" });
"""

LOW = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
const server = new Server({ name: "s", version: "1" }, {});
const TOOLS = [
  { name: "look", description: "Look", inputSchema: { type: "object", properties: {
    path: { type: "string" }, mode: { type: "string" } } } },
  { name: "list", description: "List", inputSchema: { type: "object", properties: { path: { type: "string" } } } },
];
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: TOOLS }));
function look(path: string, mode = "plain") {
  if (!["plain", "hex"].includes(mode)) throw new Error("mode must be plain or hex");
  return path;
}
"""

DISPATCHERS = {
    "switch": """
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  const { name, arguments: args } = request.params;
  switch (name) {
    case "look": return look(args.path, args.mode);
    case "list": { return []; }
    default: throw new Error("no");
  }
});""",
    "fall through": """
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  switch (request.params.name) {
    case "see":
    case "look":
    case "watch":
      return look(request.params.arguments.path, request.params.arguments?.mode);
  }
});""",
    "if": """
server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: args } }) => {
  if (name === "list") { return []; }
  else if (name === "see" || name === "look") { return look(args.path, args["mode"]); }
  throw new Error(name);
});""",
    "map": """
const handlers = { look: async (args) => look(args.path, args.mode), list: () => [] };
server.setRequestHandler(CallToolRequestSchema, async (r) => handlers[r.params.name](r.params.arguments));
""",
    "new map": """
async function runLook(client: Client, args: Record<string, string>) { return look(args.path, args.mode); }
const handlers = new Map([["look", runLook]]);
server.setRequestHandler(CallToolRequestSchema, async (r) => handlers.get(r.params.name)(api, r.params.arguments));
""",
    "assigned": """
const handlers: Record<string, Handler> = {};
handlers["look"] = ({ path, mode }) => look(path, mode);
""",
    "constant": """
const NAMES = { LOOK: "look" } as const;
async function call(name: string, args: any) {
  switch (name) { case NAMES.LOOK: return look(args.path, args.mode); }
}
""",
}

HANDED_ON = """
import * as actions from "./actions/index.js";
server.setRequestHandler(CallToolRequestSchema, async (request) => answer(request));
async function answer(request: CallToolRequest) {
  const { name, arguments: given } = request.params;
  if (name === "look" && given) count(given.path);
  let result;
  try {
    switch (name) {
      case "look":
        result = await actions.handleLook(given);
        break;
      case "list": result = await actions.handleList(given); break;
    }
  } finally { done(name); }
  return result;
}
"""
LOOK = """
export async function handleLook(given: any) {
  if (!["plain", "hex"].includes(given.mode)) throw new Error("mode must be plain or hex");
  return { content: [] };
}
"""


def made(folder: Path, body: str, schema: str = "a: z.string(), limit: z.number()", **files: str) -> Implementation:
    """Return the code of a tool `t` with a handler."""
    source = f'{HEAD}{files.pop("before", "")}\nserver.tool("t", "Text", {{ {schema} }}, {body});\n'
    others = {f"src/{name}.ts": text for name, text in files.items()}
    return followed(folder, {"package.json": PACKAGE, "src/index.ts": source, **others})["t"]


@pytest.mark.parametrize("dispatcher", DISPATCHERS)
def test_a_dispatcher_leads_to_the_code_of_one_tool(tmp_path: Path, dispatcher: str) -> None:
    found = followed(tmp_path, {"package.json": PACKAGE, "index.ts": LOW + DISPATCHERS[dispatcher]})["look"]
    assert facts(found, FactKind.ENUM) == [("mode", "in", ("plain", "hex"), "rejected")]
    assert found.functions[-1].name == "look"
    assert found.unused == ()


def test_a_branch_that_hands_all_arguments_to_a_function_of_another_file_is_followed(tmp_path: Path) -> None:
    files = {
        "package.json": PACKAGE,
        "index.ts": LOW + HANDED_ON,
        "actions/index.ts": 'export * from "./look.js";\nexport * from "./list.js";\n',
        "actions/look.ts": LOOK,
        "actions/list.ts": "export async function handleList(given: any) { return []; }\n",
    }
    found = followed(tmp_path, files)["look"]
    assert facts(found, FactKind.ENUM) == [("mode", "in", ("plain", "hex"), "rejected")]


REGISTRATIONS = {
    "registerTool": 'server.registerTool("t", { description: "d", inputSchema: { q: z.string() } }, %s);',
    "wrapped": 'const wrap = (f) => f;\nserver.tool("t", "d", { q: z.string() }, wrap(%s));',
    "bound": "class Api { run = %s }\nconst api = new Api();\n"
    'server.tool("t", "d", { q: z.string() }, api.run.bind(api));',
    "object": 'server.addTool({ name: "t", description: "d", parameters: z.object({ q: z.string() }), execute: %s });',
    "beside": 'export const t = { definition: { name: "t", description: "d",\n'
    '  inputSchema: { type: "object", properties: { q: { type: "string" } } } }, handler: %s };',
    "spread": 'const schema = { name: "t", description: "d",\n'
    '  inputSchema: { type: "object", properties: { q: { type: "string" } } } };\n'
    "export const tools = [{ ...schema, handler: %s }];",
    "class": "abstract class Base {\n  abstract name: string;\n  register(server) { server.registerTool(this.name,"
    ' { description: "d", inputSchema: { q: z.string() } }, async (args) => this.execute(args)); } }\n'
    'class T extends Base { name = "t"; execute = %s }\nnew T().register(server);',
}


@pytest.mark.parametrize("form", REGISTRATIONS)
def test_a_registration_leads_to_its_handler(tmp_path: Path, form: str) -> None:
    handler = 'async (args) => { if (!args.q) { throw new Error("q is needed"); } return args.q; }'
    source = HEAD + REGISTRATIONS[form] % handler
    found = followed(tmp_path, {"package.json": PACKAGE, "index.ts": source})["t"]
    assert facts(found, FactKind.GUARD) == [("q", "absent", (), "rejected")]


def test_a_tool_that_a_function_of_the_project_makes_runs_the_handler_that_it_gets(tmp_path: Path) -> None:
    source = (
        HEAD
        + """
function register(name: string, description: string, shape: any, run: any) {
  server.registerTool(name, { description, inputSchema: shape }, async (args) => {
    try { return await run(args); } catch (error) { return { isError: true, content: [] }; }
  });
}
register("one", "First", { a: z.string() }, async ({ a }) => { fs.unlinkSync(a); return a; });
register("two", "Second", { b: z.number() }, async ({ b }) => b ?? 5);
"""
    )
    found = followed(tmp_path, {"package.json": PACKAGE, "index.ts": source})
    assert [fact.effect for fact in found["one"].facts] == [CodeEffect.DELETES_FILE]
    assert facts(found["two"]) == []
    assert facts(found["two"], FactKind.DEFAULT) == [("b", "==", (5,), "replaced")]


BOUNDS = {
    "if (limit > 50) throw new Error('at most 50');": ("limit", "<=", (50,), "rejected"),
    "if (limit < 1 || limit > 9) { return { isError: true, content: [] }; }": ("limit", ">=", (1,), "rejected"),
    "if (50 < limit) { throw new McpError(ErrorCode.InvalidParams, 'no more than 50'); }": (
        "limit", "<=", (50,), "rejected"),
    "const n = Math.min(limit, 50);": ("limit", "<=", (50,), "limited"),
    "const n = Math.max(1, limit ?? 1);": ("limit", ">=", (1,), "limited"),
    "if (limit > MOST) limit = MOST;": ("limit", "<=", (40,), "limited"),
    "const n = limit > 30 ? 30 : limit;": ("limit", "<=", (30,), "limited"),
}  # fmt: skip


@pytest.mark.parametrize("code", BOUNDS)
def test_a_bound_is_read(tmp_path: Path, code: str) -> None:
    found = made(tmp_path, f"async ({{ a, limit }}) => {{ {code} return a; }}", before="const MOST = 40;")
    assert facts(found, FactKind.BOUND)[0] == BOUNDS[code]


NO_BOUNDS = [
    "if (limit > other) throw new Error('no');",
    "if (limit > Number(process.env.MOST)) throw new Error('no');",
    "if (limit > CONFIGURED) throw new Error('no');",
    "if (limit > 50) console.log('many');",
    "if (limit > 50 && a.length > 3) throw new Error('no');",
    "{ const limit = compute(); if (limit > 50) throw new Error('no'); }",
    "items.filter((limit) => { if (limit > 5) throw new Error('no'); });",
    "try { if (limit > 50) throw new Error('no'); } catch { }",
]


@pytest.mark.parametrize("code", NO_BOUNDS)
def test_what_does_not_bound_an_argument_is_no_bound(tmp_path: Path, code: str) -> None:
    before = "const CONFIGURED = process.env.MOST || 40;"
    found = made(tmp_path, f"async ({{ a, limit }}) => {{ {code} return a; }}", before=before)
    assert facts(found, FactKind.BOUND) == []


DEFAULTS = {
    "async ({ a, limit = 20 }) => run(limit)": ("limit", "==", (20,), "replaced"),
    "async ({ limit: n = 20 }) => run(n)": ("limit", "==", (20,), "replaced"),
    "async (args) => { const { limit = 20 } = args; return limit; }": ("limit", "==", (20,), "replaced"),
    "async (args) => run(args.limit ?? 20)": ("limit", "==", (20,), "replaced"),
    "async (args) => run(args.a || 'none')": ("a", "==", ("none",), "replaced"),
    "async (args) => { let n = args.limit; if (!n) n = 20; return n; }": ("limit", "==", (20,), "replaced"),
    "async (args) => { let n = 20; if (args.limit) { n = args.limit; } return run(n); }": ("limit", "==", (20,), "replaced"),
    "async (args) => { args.limit ??= 20; return args.limit; }": ("limit", "==", (20,), "replaced"),
    "async (args) => run(args.limit !== undefined ? args.limit : 20)": ("limit", "==", (20,), "replaced"),
    "async (args) => { const p = Shape.parse(args); return run(p.limit ?? 20); }": ("limit", "==", (20,), "replaced"),
}  # fmt: skip


@pytest.mark.parametrize("code", DEFAULTS)
def test_a_default_is_read(tmp_path: Path, code: str) -> None:
    assert facts(made(tmp_path, code), FactKind.DEFAULT) == [DEFAULTS[code]]


@pytest.mark.parametrize("code", ["async (args) => run(args.a ?? '')", "async ({ a = undefined }) => run(a)"])
def test_an_empty_default_says_nothing(tmp_path: Path, code: str) -> None:
    assert facts(made(tmp_path, code), FactKind.DEFAULT) == []


def test_a_switch_over_an_argument_that_fails_by_default_lists_the_accepted_values(tmp_path: Path) -> None:
    code = """async ({ a }) => { switch (a) {
      case "on": case "off": return 1;
      case "auto": fs.writeFileSync("out.txt", a); break;
      default: throw new Error("unknown a"); } }"""
    found = made(tmp_path, code)
    assert facts(found, FactKind.ENUM) == [("a", "in", ("on", "off", "auto"), "rejected")]
    (effect,) = found.of(FactKind.EFFECT)
    assert [(one.parameter, one.values) for one in effect.conditions] == [("a", ("auto",))]


def test_a_case_that_fails_is_no_accepted_value(tmp_path: Path) -> None:
    code = """async ({ a }) => { switch (a) {
      case "on": return 1;
      case "off": return 2;
      case "later": throw new Error("not yet");
      default: throw new Error("unknown a"); } }"""
    found = made(tmp_path, code)
    assert ("a", "in", ("on", "off"), "rejected") in facts(found, FactKind.ENUM)


def test_comparisons_in_a_row_are_one_list_of_values(tmp_path: Path) -> None:
    code = 'async ({ a }) => { if (a !== undefined && a !== "on" && a !== "off") throw new Error("no"); return a; }'
    assert facts(made(tmp_path, code), FactKind.ENUM) == [("a", "in", ("on", "off"), "rejected")]


NO_GUARDS = [
    "const one = args.a ?? args.limit; if (!one) throw new Error('one of them');",
    "if (args.a && typeof args.a !== 'object') throw new Error('an object');",
    "if (!args.a) { if (other()) { return 5; } throw new Error('no'); }",
]


@pytest.mark.parametrize("code", NO_GUARDS)
def test_what_does_not_decide_alone_is_no_guard(tmp_path: Path, code: str) -> None:
    found = made(tmp_path, f"async (args) => {{ {code} return 1; }}")
    assert [fact for fact in found.of(FactKind.GUARD) if not fact.conditions] == []


def test_conditions_around_a_call_stand_around_what_it_does(tmp_path: Path) -> None:
    code = """async ({ a, limit }) => { if (a === "yes") { limit > 3 && remove(a); } return 1; }"""
    found = made(
        tmp_path,
        code,
        before='import { remove } from "./files.js";',
        files="import { rm } from 'node:fs/promises';\nexport async function remove(x) { await rm(x); }",
    )
    (effect,) = found.of(FactKind.EFFECT)
    assert effect.effect is CodeEffect.DELETES_FILE
    assert [(one.parameter, one.values) for one in effect.conditions] == [("a", ("yes",)), ("limit", (3,))]
    assert [step.function for step in effect.way] == ["remove"]
    assert effect.way[0].arguments == {"x": "a"}
    assert effect.lines.file.endswith("files.ts")


def test_what_follows_an_early_return_stands_under_its_opposite(tmp_path: Path) -> None:
    code = "async ({ a, limit }) => { if (limit > 3) { return []; } fs.rmSync(a); return 1; }"
    (effect,) = made(tmp_path, code).of(FactKind.EFFECT)
    assert [(one.parameter, one.operator and one.operator.value) for one in effect.conditions] == [("limit", "<=")]


def test_objects_carry_arguments_into_functions(tmp_path: Path) -> None:
    code = "async (args) => list({ owner: args.a, count: args.limit })"
    found = made(
        tmp_path,
        code,
        before="""
/**
 * Lists.
 * @param options.owner - who owns it
 */
function list({ owner, count = 7 }: Options) { return owner; }
""",
    )
    assert facts(found, FactKind.DEFAULT) == [("limit", "==", (7,), "replaced")]
    (documented,) = found.of(FactKind.DOCUMENTATION)
    assert (documented.parameter, documented.message) == ("a", "who owns it")


def test_a_branch_that_the_values_of_a_call_rule_out_is_not_read(tmp_path: Path) -> None:
    code = 'async ({ a }) => act(a, "keep")'
    found = made(
        tmp_path,
        code,
        before="""
function act(path: string, how: string) {
  if (how === "remove") { fs.rmSync(path); }
  else { fs.writeFileSync(path, "x"); }
}""",
    )
    assert [fact.effect for fact in found.of(FactKind.EFFECT)] == [CodeEffect.WRITES_FILE]


EFFECTS = {
    "fs.promises.unlink(a)": CodeEffect.DELETES_FILE,
    "execFile('git', ['push'])": CodeEffect.RUNS_PROGRAM,
    "fetch(a, { method: 'POST', body: a })": CodeEffect.SENDS_REQUEST,
    "axios.delete(a)": CodeEffect.DELETES_REMOTE,
    "db.prepare('DELETE FROM notes WHERE id = ?').run(a)": CodeEffect.DELETES_ROWS,
    "pool.query(`INSERT INTO notes VALUES (${a})`)": CodeEffect.WRITES_ROWS,
    "bot.sendMessage(a, 'hello')": CodeEffect.SENDS_MESSAGE,
}


@pytest.mark.parametrize("call", EFFECTS)
def test_an_effect_is_read(tmp_path: Path, call: str) -> None:
    found = made(tmp_path, f"async ({{ a }}) => {{ await {call}; return 1; }}")
    assert [fact.effect for fact in found.of(FactKind.EFFECT)] == [EFFECTS[call]]


NO_EFFECTS = [
    "fetch(a)",
    "axios.get(a)",
    "cache.delete(a)",
    "map.set(a, 1)",
    "db.prepare('SELECT * FROM notes').all()",
    "/x/.exec(a)",
    "files.unlink(a)",
    "fs.writeFileSync('/tmp/cache.json', a)",
    "fetch('https://example.org/graphql', { method: 'POST' })",
    "server.sendMessage(a)",
    "open(a)",
]


@pytest.mark.parametrize("call", NO_EFFECTS)
def test_what_changes_nothing_outside_is_no_effect(tmp_path: Path, call: str) -> None:
    before = "function open(x) { return { close() { fs.rmSync(x); } }; }"
    assert made(tmp_path, f"async ({{ a }}) => {{ await {call}; return 1; }}", before=before).of(FactKind.EFFECT) == ()


RESULTS = {
    "return { content: [{ type: 'text', text: JSON.stringify({ id: 1, title: a }, null, 2) }] };": ("id", "title"),
    "const found = { id: 1, title: a }; return { structuredContent: found };": ("id", "title"),
    "return items.map((one) => ({ key: one, rank: 2 }));": ("key", "rank"),
    "const found = load(a); return { content: [{ type: 'text', text: JSON.stringify(found) }] };": ("name", "size"),
}


@pytest.mark.parametrize("code", RESULTS)
def test_the_keys_of_a_result_are_read(tmp_path: Path, code: str) -> None:
    before = "function load(x) { const inner = { not: 1, this: 2 }; return { name: x, size: inner.not }; }"
    found = made(tmp_path, f"async ({{ a }}) => {{ {code} }}", before=before)
    assert [fact.values for fact in found.of(FactKind.RESULT)] == [RESULTS[code]]


NO_RESULTS = [
    "return { isError: true, content: [{ type: 'text', text: JSON.stringify({ id: 1, title: a }) }] };",
    "return { success: false, error: 'no' };",
    "const no = { content: [{ type: 'text', text: a }], isError: true }; return no;",
    "try { run(a); } catch (error) { return { id: 1, title: a }; }",
    "try { run(a); } catch (error) { return explain(a); }",
    "return { id: 1, ...rest };",
    "const found = { id: 1, title: a }; found.more = 2; return found;",
    "const kept = load(a); return kept.name;",
    "items.map((one) => { return { key: one, rank: 2 }; }); return 1;",
]


@pytest.mark.parametrize("code", NO_RESULTS)
def test_what_is_not_the_whole_result_is_none(tmp_path: Path, code: str) -> None:
    before = "function load(x) { return { name: x, size: 3 }; }\nfunction explain(x) { return { why: x, code: 3 }; }"
    assert made(tmp_path, f"async ({{ a }}) => {{ {code} }}", before=before).of(FactKind.RESULT) == ()


def test_a_method_of_a_library_is_no_function_of_the_project(tmp_path: Path) -> None:
    code = "async ({ a }) => { const api = new Client(); await api.remove(a); client.remove(a); return a; }"
    found = made(
        tmp_path,
        code,
        before='import { Client } from "some-sdk";',
        other="export class Client { remove(x) { fs.rmSync(x); } }\nexport function remove(x) { fs.rmSync(x); }",
    )
    assert [one.name for one in found.functions] == ["an anonymous function"]


def test_a_method_is_followed_by_the_type_of_its_object(tmp_path: Path) -> None:
    store = """import { rmSync } from "fs";
export class Store { constructor(private readonly root: string) {} drop(x: string) { rmSync(x); } }"""
    tools = """import { Store } from "./store.js";
export function act(store: Store, x: string) { return store.drop(x); }"""
    found = made(
        tmp_path, "async ({ a }) => act(store, a)", before='import { act } from "./tools.js";', store=store, tools=tools
    )
    assert [one.name for one in found.functions] == ["an anonymous function", "act", "Store.drop"]


def test_a_function_that_may_return_several_objects_leads_nowhere(tmp_path: Path) -> None:
    before = """
class First { drop(x) { fs.rmSync(x); } }
class Second { drop(x) { fs.writeFileSync(x, ""); } }
function pick(x) { if (x) { return new First(); } return new Second(); }"""
    found = made(tmp_path, "async ({ a }) => { const one = pick(a); one.drop(a); return 1; }", before=before)
    assert found.of(FactKind.EFFECT) == ()


UNUSED = {
    "async ({ a }) => a": ("limit",),
    "async (args) => run(args.a)": ("limit",),
    "async () => 'same'": ("a", "limit"),
    "async ({ a, limit }) => a": ("limit",),
    "async (args) => first(args)": ("limit",),
    "async ({ a, ...rest }) => a": ("limit",),
}


@pytest.mark.parametrize("code", UNUSED)
def test_a_parameter_that_is_never_read_is_unused(tmp_path: Path, code: str) -> None:
    found = made(tmp_path, code, before="function first(options) { return options.a; }")
    assert tuple(one.parameter for one in found.unused) == UNUSED[code]


USED = [
    "async (args) => run(args)",
    "async (args) => run({ ...args })",
    "async ({ a, limit }) => request({ a, limit })",
    "async (params) => { const { a, limit = 3 } = params; return run(a, limit); }",
    "async (args) => run(JSON.stringify(args))",
    "async ({ a, limit }) => `${a} ${limit}`",
    "async ({ a, ...rest }) => run(a, rest)",
    "async (args) => { const { a, limit } = args; return () => [a, { limit }]; }",
    "async (args) => { for (const key of Object.keys(args)) run(key); }",
    "async (args) => { const key = choose(); return args[key]; }",
    "async function (_) { return run(arguments[0]); }",
    "wrap(async ({ a }) => a)",
    "imported",
]


@pytest.mark.parametrize("code", USED)
def test_a_parameter_that_may_be_read_is_not_unused(tmp_path: Path, code: str) -> None:
    before = 'import { imported } from "elsewhere";\nfunction request(options) { return send(options); }'
    assert made(tmp_path, code, before=before).unused == ()


def test_files_in_a_temporary_folder_are_no_effect(tmp_path: Path) -> None:
    before = """
function save(path: string) { fs.writeFileSync(path, "x"); }
function work(x: string) { const folder = fs.mkdtempSync("x"); save(folder); fs.rmSync(folder); return x; }"""
    assert made(tmp_path, "async ({ a }) => work(a)", before=before).of(FactKind.EFFECT) == ()


def test_a_method_that_removes_a_temporary_folder_has_no_effect(tmp_path: Path) -> None:
    before = """
function place() { const at = fs.mkdtempSync("x"); return { at, remove() { fs.rmSync(at); } }; }"""
    found = made(tmp_path, "async ({ a }) => { const p = place(); p.remove(); return a; }", before=before)
    assert found.of(FactKind.EFFECT) == ()


def test_conditions_on_the_environment_are_flagged(tmp_path: Path) -> None:
    code = "async ({ a }) => { if (process.env.ALLOW) { fs.rmSync(a); } return 1; }"
    (effect,) = made(tmp_path, code).of(FactKind.EFFECT)
    assert effect.flags == {Flag.CONFIGURATION}


def test_what_happens_while_an_error_is_handled_is_flagged(tmp_path: Path) -> None:
    code = "async ({ a }) => { try { run(a); } catch (error) { fs.rmSync(a); throw error; } }"
    (effect,) = made(tmp_path, code).of(FactKind.EFFECT)
    assert effect.flags == {Flag.ERROR_PATH}


def test_a_constant_that_shapes_a_request_is_read(tmp_path: Path) -> None:
    code = "async ({ a }) => list({ owner: a, per_page: 100, sort: 'updated', page: 1 })"
    found = made(tmp_path, code)
    assert [(fact.name, fact.values) for fact in found.of(FactKind.CONSTANT)] == [
        ("sort", ("updated",)),
        ("per_page", (100,)),
    ]


def test_a_handler_that_is_not_found_is_said(tmp_path: Path) -> None:
    found = made(tmp_path, "imported", before='import { imported } from "elsewhere";')
    assert found.handler is None
    assert [one.doubt for one in found.abstained] == [Doubt.NO_HANDLER]
