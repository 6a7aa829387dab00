"""Secrets of every kind, made up: what is planted, and the part of it that must not be seen in clear."""

from typing import Final, NamedTuple

A: Final = "m4Rk8Wd2Zp6Xv0Bn7Ht3Cq9Jf5Ls1YgUa6Ee8Oi2TuKrD"
HEX: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
JWT: Final = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSIsIm4iOiJ6In0.c2lnbmF0dXJlX29mX2l0"


class Planted(NamedTuple):
    kind: str
    text: str
    """What is planted."""
    secret: str
    """The part that must not be seen."""


def _whole(kind: str, secret: str) -> Planted:
    return Planted(kind, secret, secret)


ISSUED: Final = (
    _whole("AWS key", "AKIA0A9B8C7D6E5F4A3B"),
    _whole("AWS session key", "ASIA0A9B8C7D6E5F4A3B"),
    _whole("AWS session token", f"IQoJb3JpZ2luX2VjE{A}{A}"),
    _whole("GitHub", f"ghp_{A[:36]}"),
    _whole("GitHub fine-grained", f"github_pat_11{A[:20]}_{A}"),
    _whole("GitLab", f"glpat-{A[:20]}"),
    _whole("PyPI", f"pypi-AgEIcHlwaS5vcmc{A}{A}"),
    _whole("npm", f"npm_{A[:36]}"),
    _whole("SendGrid", f"SG.{A[:22]}.{A[:43]}"),
    _whole("Slack bot", f"xoxb-2810301941-{A[:24]}"),
    _whole("Slack app", f"xapp-1-A02ABCDEFGH-2810301941-{HEX}"),
    _whole("Slack webhook", f"https://hooks.slack.com/services/T02ABCDEF/B02ABCDEF/{A[:24]}"),
    _whole("Twilio", f"SK{HEX[:32]}"),
    _whole("Telegram", f"110201543:AAH{A[:32]}"),
    _whole("DigitalOcean", f"dop_v1_{HEX}"),
    _whole("Notion", f"secret_{A[:43]}"),
    _whole("Notion, new", f"ntn_{A}"),
    _whole("Linear", f"lin_api_{A[:40]}"),
    _whole("Vault", f"hvs.CAES{A}"),
    _whole("Databricks", f"dapi{HEX[:32]}"),
    _whole("Groq", f"gsk_{A}{A[:8]}"),
    _whole("Azure account key", f"AccountKey={A}{A}=="),
    _whole("OpenAI", f"sk-proj-{A}"),
    _whole("Anthropic", f"sk-ant-api03-{A}"),
    _whole("Google", f"AIza{A[:35]}"),
    _whole("Google OAuth", f"ya29.{A}"),
    _whole("Stripe", f"sk_live_{A[:24]}"),
    _whole("Hugging Face", f"hf_{A[:34]}"),
    _whole("web token", JWT),
    _whole("Shopify", f"shpat_{HEX[:32]}"),
    _whole("Discord webhook", f"https://discord.com/api/webhooks/281030194128103019/{A}"),
    Planted("private key", f"-----BEGIN RSA PRIVATE KEY-----\nMIIE{A}\n{A}\n-----END RSA PRIVATE KEY-----", A),
    Planted("escaped private key", f"-----BEGIN PRIVATE KEY-----\\nMIIE{A}\\n-----END PRIVATE KEY-----", A),
    Planted("URL", "postgres://ana:tiDal-wave-9x7@db.corp.net/tides", "tiDal-wave-9x7"),
)
"""Secrets that have a form of their own: they are masked wherever they are."""

NAMED: Final = (
    Planted("Basic header", "Authorization: Basic YW5hOnRpZGFsd2F2ZTk=", "YW5hOnRpZGFsd2F2ZTk="),
    Planted("Bearer header", f"Authorization: Bearer {A}", A),
    Planted("Bearer alone", f"curl says Bearer {A}", A),
    Planted("API key header", "X-Api-Key: tide4471wave", "tide4471wave"),
    Planted("cookie", "Cookie: sid=tide4471wave; theme=dark", "tide4471wave"),
    Planted("set cookie", "set-cookie: sid=tide4471wave; Path=/; HttpOnly", "tide4471wave"),
    Planted("JSON", '{"user": "ana", "password": "tide 4471, wave"}', "tide 4471, wave"),
    Planted("JSON with a quote", '{"password": "tide\\"4471wave"}', "4471wave"),
    Planted("JSON in JSON", '{"config": "{\\"password\\": \\"tide4471wave\\"}"}', "tide4471wave"),
    Planted(
        "JSON in JSON in JSON", '{"a": "{\\"b\\": \\"{\\\\\\"api_key\\\\\\": \\\\\\"tide4471\\\\\\"}\\"}"}', "tide4471"
    ),
    Planted("list", '{"tokens": 3, "api_token": ["tide4471wave", "tide4472wave"]}', "tide447"),
    Planted("pwd", "Server=db;Uid=ana;Pwd=tide4471wave;", "tide4471wave"),
    Planted("shell", "export DB_PASSWORD=tide4471wave", "tide4471wave"),
    Planted("one word", "PGPASSWORD=tide4471wave psql", "tide4471wave"),
    Planted("YAML", "database:\n  password: tide4471wave\n", "tide4471wave"),
    Planted("flag", "mysql --password tide4471wave", "tide4471wave"),
    Planted("flag with =", "mysql --password=tide4471wave", "tide4471wave"),
    Planted("XML", "<password>tide4471wave</password>", "tide4471wave"),
    Planted("pair", '[{"name": "DB_PASSWORD", "value": "tide4471wave"}]', "tide4471wave"),
    Planted("netrc", "machine db login ana password tide4471wave", "tide4471wave"),
    Planted("curl", "curl -u ana:tide4471wave https://x.example", "tide4471wave"),
    Planted("AWS secret", f"aws_secret_access_key = {A[:36]}/+Zq", A[:36]),
    Planted("Python", "{'token': 'tide4471wave'}", "tide4471wave"),
    Planted("address", "https://x.corp.net/a?api_key=tide4471wave&b=1", "tide4471wave"),
    Planted("signed address", f"https://x.blob.corp.net/a?sv=1&sig={A}%3D", A),
    Planted("single-page name", '{"accessToken":"tide4471wave"}', "tide4471wave"),
)
"""Secrets that only their name or place tells."""
