"""Tools that a project makes with its own functions, classes, loops and decorators."""

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import pytest

from toolsmell.errors import NoToolsError
from toolsmell.sources.code import scan_directory

TOOL = "Feeds the fish of a pond."


class Case(NamedTuple):
    files: Mapping[str, str]
    name: str = "feed_fish"
    description: str = TOOL
    parameter: str | None = "pond"


def python(registration: str, tools: str = "") -> Mapping[str, str]:
    function = f'def feed_fish(pond: str) -> str:\n    """{TOOL}"""\n    return pond\n'
    server = f"from mcp.server.fastmcp import FastMCP\nfrom tools import *\n\n{registration}\n"
    return {"server.py": server, "tools.py": f"{function}\n{tools}"}


def script(registration: str, tools: str = "export {};") -> Mapping[str, str]:
    server = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\n'
    return {"src/server.ts": f"{server}{registration}", "src/tools.ts": f'import {{ z }} from "zod";\n{tools}'}


def go(constructor: str, tools: str) -> Mapping[str, str]:
    head = 'package kit\n\nimport (\n\t"context"\n\t"github.com/mark3labs/mcp-go/mcp"\n)\n\n'
    used = 'package ponds\n\nimport (\n\t"context"\n\t"example.com/ponds/kit"\n)\n\n'
    module = "module example.com/ponds\n\ngo 1.22\n"
    return {"go.mod": module, "kit/kit.go": head + constructor, "ponds/ponds.go": used + tools}


ARGUMENTS = 'type Feed struct {\n\tPond string `json:"pond" jsonschema:"required,description=Which"`\n}\n'
SHAPE = "{ pond: z.string() }"

CASES = {
    "python_function": Case(python("def add(mcp: FastMCP, f):\n    mcp.add_tool(f)\nadd(FastMCP('p'), feed_fish)")),
    "python_loop": Case(python("mcp = FastMCP('p')\nfor f in [feed_fish]:\n    mcp.tool()(f)")),
    "python_two_loops": Case(
        python(
            "mcp = FastMCP('p')\nfor f in []:\n    mcp.tool()(f)\nfor f in EVERY:\n    mcp.tool()(f)",
            "EVERY = [feed_fish]",
        )
    ),
    "python_appended": Case(
        python("mcp = FastMCP('p')\nfor f in known:\n    mcp.tool()(f)", "known = []\nknown.append(feed_fish)")
    ),
    "python_table": Case(
        python(
            "mcp = FastMCP('p')\nfor name, f in TABLE.items():\n    mcp.tool(name=name)(f)",
            "TABLE = {'feed': feed_fish}",
        ),
        name="feed",
    ),
    "python_decorator": Case(
        python(
            "mcp = FastMCP('p')\ndef offered(text):\n    def inner(f):\n        return mcp.tool(description=text)(f)\n    return inner\n"
            "@offered('Feeds slowly.')\ndef slow(pond: str) -> str:\n    return pond"
        ),
        name="slow",
        description="Feeds slowly.",
    ),
    "python_options": Case(
        python(
            "mcp = FastMCP('p')\ndef offered(**options):\n    return mcp.tool(**options)\n"
            "def add(f, **options):\n    mcp.tool(**options)(f)\nadd(feed_fish, name='feed', description='Feeds.')"
        ),
        name="feed",
        description="Feeds.",
    ),
    "python_class": Case(
        python(
            "from mcp.types import Tool\nclass Base:\n    name = ''\n    def tool(self):\n"
            "        return Tool(name=self.title, description=self.text, inputSchema=self.schema)\n"
            f"class Feed(Base):\n    title = 'feed_fish'\n    text = '{TOOL}'\n"
            "    schema = {'type': 'object', 'properties': {'pond': {'type': 'string'}}}"
        )
    ),
    "python_constructor": Case(
        python(
            "from mcp.types import Tool\nclass Base:\n    def __init__(self, name, text):\n        self.name = name\n"
            "        self.text = text\n    def tool(self):\n"
            "        return Tool(name=self.name, description=self.text, inputSchema={'type': 'object', 'properties': {'pond': {}}})\n"
            f"class Feed(Base):\n    def __init__(self):\n        super().__init__('feed_fish', '{TOOL}')"
        )
    ),
    "python_wrapped": Case(
        python("mcp = FastMCP('p')\ndef timed(f):\n    return f\nwrapped = timed(feed_fish)\nmcp.add_tool(wrapped)")
    ),
    "python_dataclass": Case(
        python(
            "from dataclasses import dataclass\n@dataclass\nclass Spec:\n    f: object\n    name: str\n"
            "mcp = FastMCP('p')\nfor spec in [Spec(f=feed_fish, name='feed')]:\n    mcp.tool(name=spec.name)(spec.f)"
        ),
        name="feed",
    ),
    "script_function": Case(
        script(
            "export function add(server: McpServer, name: string, text: string, shape: any) "
            "{ server.tool(name, text, shape, async () => ({})); }",
            f'import {{ add }} from "./server.js";\nadd(null as any, "feed_fish", "{TOOL}", {SHAPE});',
        )
    ),
    "script_options": Case(
        script(
            "export const add = (server: McpServer, { name, ...rest }: any) => server.registerTool(name, rest, async () => ({}));\n"
            "export const one = ({ name, description, inputSchema }: any, server: McpServer) => "
            "server.registerTool(name, { description, inputSchema }, async () => ({}));",
            f'import {{ one }} from "./server.js";\none({{ name: "feed_fish", description: "{TOOL}", inputSchema: {SHAPE} }}, null as any);',
        )
    ),
    "script_loop": Case(
        script(
            'import * as all from "./tools.js";\nconst server = new McpServer({ name: "p", version: "1" });\n'
            "for (const tool of Object.values(all)) { server.tool(tool.id, tool.text, tool.shape, tool.run); }",
            f'export const feed = {{ id: "feed_fish", text: "{TOOL}", shape: {SHAPE}, run: async () => ({{}}) }};',
        )
    ),
    "script_entries": Case(
        script(
            'import { all } from "./tools.js";\nconst server = new McpServer({ name: "p", version: "1" });\n'
            "Object.entries(all).forEach(([name, { text, shape }]) => server.tool(name, text, shape, async () => ({})));",
            f'export const all = {{ feed_fish: {{ text: "{TOOL}", shape: {SHAPE} }} }};',
        )
    ),
    "script_pushed": Case(
        script(
            'import { all } from "./tools.js";\nconst server = new McpServer({ name: "p", version: "1" });\n'
            "all.map((make) => make()).forEach((t) => server.tool(t.id, t.text, t.shape, async () => ({})));",
            f'export const all: any[] = [];\nall.push(() => ({{ id: "feed_fish", text: "{TOOL}", shape: {SHAPE} }}));',
        )
    ),
    "script_class": Case(
        script(
            "export abstract class Base { abstract id: string; abstract text: string; abstract shape: any;\n"
            "  add(server: McpServer) { server.registerTool(this.id, { description: this.text, inputSchema: this.shape }, async () => ({})); } }",
            f'import {{ Base }} from "./server.js";\nexport class Feed extends Base {{ id = "feed_fish"; text = "{TOOL}"; shape = {SHAPE}; }}',
        )
    ),
    "script_constructor": Case(
        script(
            "export class Offer { constructor(private readonly id: string, private text: string, private shape: any) {}\n"
            "  add(server: McpServer) { server.tool(this.id, this.text, this.shape, async () => ({})); } }",
            f'import {{ Offer }} from "./server.js";\nexport const feed = new Offer("feed_fish", "{TOOL}", {SHAPE});',
        )
    ),
    "script_typed": Case(
        script(
            "export interface Offer { id: string; text: string; shape: any }\n"
            "export const add = (server: McpServer) => (offer: Offer) => server.tool(offer.id, offer.text, offer.shape, async () => ({}));",
            f'import type {{ Offer }} from "./server.js";\nexport const feed: Offer = {{ id: "feed_fish", text: "{TOOL}", shape: {SHAPE} }};',
        )
    ),
    "script_loaded": Case(
        script(
            "export async function add(server: McpServer, folder: string) {\n  for (const tool of await load(folder)) {\n"
            "    server.tool(tool.method, tool.description, tool.shape, tool.run);\n  }\n}",
            f"export const method = 'feed_fish';\nexport const description = '{TOOL}';\nexport const shape = {SHAPE};",
        )
    ),
    "python_typed_list": Case(
        python(
            "from typing import List\nfrom dataclasses import dataclass\n@dataclass\nclass Offer:\n    f: object\n"
            "def wanted(**flags) -> List[Offer]:\n    return pick(flags)\nmcp = FastMCP('p')\n"
            "for offer in wanted():\n    mcp.add_tool(offer.f)\nOffer(f=feed_fish)"
        )
    ),
    "python_made_by_a_call_and_wrapped": Case(
        python(
            "import functools\nmcp = FastMCP('p')\ndef logged(name, who):\n    def around(f):\n        @functools.wraps(f)\n"
            "        def wrapper(*a, **k):\n            return f(*a, **k)\n        return wrapper\n    return around\n"
            "class Offers:\n    def __init__(self, client):\n        self.client = client\n    def add(self, f):\n"
            "        mcp.tool()(f)\n    def all(self):\n        made = build(self.client)\n"
            "        wrapped = logged('feed_fish', 1)(made)\n        self.add(wrapped)\n",
            "def build(client):\n    return feed_fish\n",
        )
    ),
    "python_wrapped_where_it_is_registered": Case(
        python(
            "mcp = FastMCP('p')\ndef guarded(f):\n    def wrapper(*a):\n        return f(*a)\n    return wrapper\n"
            "def offer(f):\n    mcp.tool()(guarded(f))\n    return f\noffer(feed_fish)",
        )
    ),
    "script_overloaded": Case(
        script(
            "export function add<I>(offer: Offer<I, undefined>): void;\nexport function add<I, O>(offer: Offer<I, O>): void;\n"
            "export function add<I, O>(offer: Offer<I, O>) {\n"
            "  server.registerTool(offer.name, { description: offer.text, inputSchema: offer.shape as any }, async () => ({}));\n}",
            f'import {{ add }} from "./server.js";\nadd({{ name: "feed_fish", text: "{TOOL}", shape: {SHAPE} }});',
        )
    ),
    "script_passed_through_a_condition": Case(
        script(
            "class Later<T> {\n  constructor(private get: () => T) {}\n  static from<T>(value: T | Later<T>): T {\n"
            "    if (value instanceof Later) {\n      return value.get();\n    }\n    return value as T;\n  }\n}\n"
            f"const text = `{TOOL}`;\nserver.registerTool('feed_fish', {{ description: Later.from(text), inputSchema: Later.from({SHAPE}) }}, run);",
        )
    ),
    "script_with_types_of_other_files": Case(
        script(
            f"const seen = x as import('./other.js').Seen[];\nserver.tool('feed_fish', '{TOOL}', {SHAPE}, run);\n"
            "const spied = load<typeof import('./other.js')>();",
        )
    ),
    "script_package_for_mcp": Case(
        script(
            f"import {{ tool }} from '@owner/mcp-kit';\nexport const feed = tool('feed_fish', {{\n"
            f"  description: '{TOOL}', input: z.object({SHAPE}), handler: run }});"
        )
    ),
    "go_mcp_golang": Case(
        go(
            "",
            'import mcp "github.com/metoro-io/mcp-golang"\n'
            + ARGUMENTS
            + "func feed(arguments Feed) (*mcp.ToolResponse, error) { return nil, nil }\n"
            + f'func Main() {{ s := mcp.NewServer(t); s.RegisterTool("feed_fish", "{TOOL}", feed) }}',
        )
    ),
    "go_function": Case(
        go(
            "func New[A any](name, text string, run func(context.Context, A) error) mcp.Tool {\n"
            "\treturn mcp.Tool{Name: name, Description: text, RawInputSchema: of[A]()}\n}\n",
            f'{ARGUMENTS}func feed(ctx context.Context, f Feed) error {{ return nil }}\n\nvar Tool = kit.New("feed_fish", "{TOOL}", feed)\n',
        )
    ),
    "go_loop": Case(
        go(
            "type Offer struct {\n\tName string\n\tText string\n}\n\nfunc Add(offers []Offer) (all []mcp.Tool) {\n"
            '\tfor _, o := range offers {\n\t\tall = append(all, mcp.NewTool(o.Name, mcp.WithDescription(o.Text), mcp.WithString("pond")))\n\t}\n\treturn\n}\n',
            f'var _ context.Context\n\nfunc init() {{ kit.Add([]kit.Offer{{{{Name: "feed_fish", Text: "{TOOL}"}}}}) }}\n',
        )
    ),
    "python_wrapped_under_a_condition": Case(
        python(
            "mcp = FastMCP('p')\nready, asking = prepared(['x'])\nfor f in ready:\n    mcp.tool()(f)",
            "EVERY = [feed_fish]\ndef asked(f):\n    async def inner(*given):\n        return await f(*given)\n    return inner\n"
            "def prepared(asking):\n    used = [f for f in EVERY if f.__name__ not in HIDDEN]\n"
            "    ready = [(asked(f) if f.__name__ in asking else f) for f in used]\n    return ready, asking",
        )
    ),
    "python_class_made_of_a_dictionary": Case(
        python(
            "mcp = FastMCP('p')\nfor one in OFFERED:\n    mcp.tool(name=one.name or one.run.__name__)(one.run)",
            "from dataclasses import dataclass\n@dataclass\nclass Thing:\n    @classmethod\n    def of(cls, given: dict):\n"
            "        kept = {}\n        for key, value in given.items():\n            if key not in FLAGS:\n"
            "                kept[key] = value\n        kept['flags'] = 0\n        return cls(**kept)\n"
            "@dataclass\nclass Offer(Thing):\n    run: Callable = None\n    name: str = None\n"
            "GIVEN = [{'run': feed_fish}]\nOFFERED = [Offer.of(one) for one in GIVEN]",
        )
    ),
    "script_methods_of_a_class": Case(
        script(
            'import { Offered } from "./tools";\nexport async function start(server: McpServer, all: Offered[]) {\n'
            "  for (const one of all) server.registerTool(one.getName(), one.getConfig(), (...a) => one.run(...a));\n}",
            "export abstract class Offered { abstract getName(): string; }\nabstract class Fed extends Offered {}\n"
            'export class FeedFish extends Fed {\n  getName(): string { return "feed_fish"; }\n'
            f"  getConfig() {{ return {{ description: '{TOOL}', inputSchema: {SHAPE} }}; }}\n}}",
        )
    ),
    "script_classes_that_a_function_gives": Case(
        script(
            'import { every } from "./tools";\n'
            "for (const one of every()) server.registerTool(one.name, { description: one.text, inputSchema: one.shape }, run);",
            "abstract class Offered { abstract name: string; }\n"
            "export function every(): Offered[] { return registry.load(); }\n"
            f"class FeedFish extends Offered {{ name = 'feed_fish'; text = '{TOOL}'; shape = {SHAPE}; }}",
        )
    ),
    "script_class_that_implements": Case(
        script(
            'import { Offered } from "./tools";\nexport const add = (server: McpServer, one: Offered) =>\n'
            "  server.registerTool(one.name, { description: one.text, inputSchema: one.shape }, run);",
            "export interface Offered<T> { name: string; text: string }\n"
            f"export class FeedFish implements Offered<X> {{ name = 'feed_fish'; text = '{TOOL}'; shape = {SHAPE}; }}",
        )
    ),
    "script_table_of_makers": Case(
        script(
            'import { offered } from "./tools";\nfor (const one of await offered(names)) '
            "server.registerTool(one.name, { description: one.text, inputSchema: one.shape }, run);",
            f"const feedFish = () => ({{ name: 'feed_fish', shape: {SHAPE} }});\n"
            "const MAKERS: Record<string, () => Base> = { 'feed_fish': feedFish };\n"
            "export async function offered(names: string[]) {\n  const bases = [];\n"
            "  for (const name of names) if (MAKERS[name]) bases.push(MAKERS[name]());\n"
            f"  return bases.map((base) => ({{ ...base, text: '{TOOL}' }})).filter((one) => allowed(one));\n}}",
        )
    ),
    "script_maker_without_braces": Case(
        {
            "package.json": "{}",
            "src/one.ts": 'import { z } from "zod";\nexport const feed = defineServerTool(options => {\n  const { a } = options;\n'
            f"  return {{ name: 'feed_fish', description: '{TOOL}', schema: {SHAPE} }};\n}});",
        }
    ),
}


def write(tmp_path: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_tools_that_a_project_constructs(case: Case, tmp_path: Path) -> None:
    write(tmp_path, case.files)
    tools = [tool for manifest in scan_directory(tmp_path) for tool in manifest.tools]
    assert [(tool.name, tool.description) for tool in tools] == [(case.name, case.description)]
    if case.parameter is not None:
        assert case.parameter in (tools[0].input_schema or {}).get("properties", {})


def test_a_comma_behind_a_backslash_is_part_of_a_tag(tmp_path: Path) -> None:
    case = CASES["go_function"]
    files = {
        name: text.replace("description=Which", r"description=Which (1\\, 2 or 3)") for name, text in case.files.items()
    }
    write(tmp_path, files)
    (tool,) = [tool for manifest in scan_directory(tmp_path) for tool in manifest.tools]
    schema = tool.input_schema or {}
    assert (schema["properties"]["pond"]["description"], schema["required"]) == ("Which (1, 2 or 3)", ["pond"])


HOSTILE = {
    "loops.py": "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\nL = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']\n"
    + "".join("    " * depth + f"for a{depth} in L:\n" for depth in range(8))
    + "    " * 8
    + "mcp.tool(name=a0+a1+a2+a3+a4+a5+a6+a7)(f)\n",
    "lists.py": "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\nL = []\nL.extend(L)\nL.append(L)\n"
    "for t in (x for x in L for y in L for z in L):\n    mcp.tool(name=t)(f)\n",
    "classes.ts": "import { McpServer } from 'mcp';\nclass A extends B { name = this.name; get title() { return this.title } }\n"
    "class B extends A { reg(s) { s.registerTool(this.nom, { description: this.title }, f) } }\n"
    "function g(n) { return g(n) }\ns.registerTool(g(1), {}, f);\nfunction h(n) { s.registerTool(n, {}, f); h(n + 'a'); }\n",
    "chain.js": "import { McpServer } from 'mcp';\n"
    + "".join(f"function a{n}(x) {{ a{n + 1}(x); a{n + 1}(x + 1); a{n + 1}(x + 2); }}\n" for n in range(30))
    + "function a30(x) { server.registerTool(x, {}, f) }\na0('x')\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_code_that_doubles_or_turns_in_circles_ends(name: str, tmp_path: Path) -> None:
    write(tmp_path, {name: HOSTILE[name]})
    with pytest.raises(NoToolsError) if name != "loops.py" else nullcontext():
        manifests = list(scan_directory(tmp_path))
        assert manifests[0].unread == (f"{tmp_path / name}:12: a tool is made here whose name is computed at run time",)


def test_thousands_of_calls_are_followed(tmp_path: Path) -> None:
    head = (
        "import { McpServer } from 'mcp';\nfunction add(name) { server.registerTool(name, { description: 'D.' }, f) }\n"
    )
    write(tmp_path, {"s.js": head + "".join(f"add('tool_{n}');\n" for n in range(3_000))})
    assert sum(len(manifest.tools) for manifest in scan_directory(tmp_path)) == 3_000
