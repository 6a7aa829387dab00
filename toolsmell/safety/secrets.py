"""The table of secrets that their issuer gives a form of its own: what each is called and how to recognise it.

Every pattern is bounded or has a first character that cannot repeat its beginning, so that a search is linear.
"""

from collections.abc import Iterator
from functools import cache
from re import Match
from typing import Final, NamedTuple

from toolsmell.text import has_any, pattern

_TABLE: Final = r"""
sk-                 | an API key                | \bsk-[A-Za-z0-9_-]{20,250}
gh                  | a GitHub token            | \bgh[oprsu]_[A-Za-z0-9]{20,255}
github_pat_         | a GitHub token            | \bgithub_pat_[A-Za-z0-9_]{22,120}
gl                  | a GitLab token            | \bgl(?:pat|rt|dt|ptt|soat|cbt|ft|imt|agent|oas)-[A-Za-z0-9_-]{16,120}
xox                 | a Slack token             | \bxox[abceoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,250}
xapp-               | a Slack app token         | \bxapp-\d-[A-Za-z0-9-]{10,250}
xwfp-               | a Slack token             | \bxwfp-[A-Za-z0-9-]{10,250}
hooks.slack.com     | a Slack webhook           | \bhooks\.slack\.com/(?:services|workflows|triggers)/[\w-]{6,20}/[\w/-]{8,120}
/api/webhooks/      | a Discord webhook         | \bdiscord(?:app)?\.com/api/webhooks/\d{10,25}/[\w-]{20,120}
.webhook.office.com | a Teams webhook           | \b[\w-]{1,80}\.webhook\.office\.com/[\w/@-]{20,400}
AKIA                | an AWS access key         | \bAKIA[0-9A-Z]{16}\b
ASIA                | an AWS access key         | \bASIA[0-9A-Z]{16}\b
FwoGZXIvYXdz        | an AWS session token      | \bFwoGZXIvYXdz[A-Za-z0-9/+=]{20,4000}
IQoJb3JpZ2lu        | an AWS session token      | \bIQoJb3JpZ2lu[A-Za-z0-9/+=_%-]{20,4000}
SG.                 | a SendGrid key            | \bSG\.[\w-]{16,40}\.[\w-]{30,80}
AC                  | a Twilio account          | \bAC[0-9a-f]{32}\b
SK                  | a Twilio key              | \bSK[0-9a-f]{32}\b
shp                 | a Shopify token           | \bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b
AIza                | a Google API key          | \bAIza[0-9A-Za-z_-]{35}
ya29.               | a Google access token     | \bya29\.[\w-]{20,2000}
GOCSPX-             | a Google client secret    | \bGOCSPX-[\w-]{20,60}
1//0                | a Google refresh token    | \b1//0[\w-]{30,200}
npm_                | an npm token              | \bnpm_[A-Za-z0-9]{30,60}\b
pypi-               | a PyPI token              | \bpypi-[A-Za-z0-9_-]{40,400}
rubygems_           | a RubyGems token          | \brubygems_[0-9a-f]{48}\b
dckr_pat_           | a Docker token            | \bdckr_pat_[\w-]{20,60}
hf_                 | a Hugging Face token      | \bhf_[A-Za-z0-9]{30,60}
_live_              | a Stripe key              | \b[rs]k_live_[0-9A-Za-z]{16,250}
_test_              | a Stripe key              | \b[rs]k_test_[0-9A-Za-z]{16,250}
whsec_              | a webhook secret          | \bwhsec_[A-Za-z0-9+/=]{20,120}
eyJ                 | a JSON web token          | \beyJ[A-Za-z0-9_-]{10,500}\.[A-Za-z0-9_-]{10,8000}(?:\.[A-Za-z0-9_-]{0,4000}){0,3}
dop_v1_             | a DigitalOcean token      | \bdop_v1_[0-9a-f]{40,80}
doo_v1_             | a DigitalOcean token      | \bdoo_v1_[0-9a-f]{40,80}
dor_v1_             | a DigitalOcean token      | \bdor_v1_[0-9a-f]{40,80}
secret_             | a Notion token            | \bsecret_[A-Za-z0-9]{40,50}\b
ntn_                | a Notion token            | \bntn_[A-Za-z0-9]{30,60}\b
lin_                | a Linear key              | \blin_(?:api|oauth|wh)_[A-Za-z0-9]{30,80}
hvs.                | a Vault token             | \bhvs\.[\w-]{20,300}
hvb.                | a Vault token             | \bhvb\.[\w-]{20,400}
hvr.                | a Vault token             | \bhvr\.[\w-]{20,300}
.atlasv1.           | a Terraform token         | \b\w{10,20}\.atlasv1\.[\w-]{40,100}
dapi                | a Databricks token        | \bdapi[0-9a-f]{32}(?:-\d)?\b
dose                | a Databricks token        | \bdose[0-9a-f]{32}\b
gsk_                | a Groq key                | \bgsk_[A-Za-z0-9]{30,80}
xai-                | an xAI key                | \bxai-[A-Za-z0-9]{40,120}
pplx-               | a Perplexity key          | \bpplx-[A-Za-z0-9]{32,80}
r8_                 | a Replicate token         | \br8_[A-Za-z0-9]{30,50}
lsv2_               | a LangSmith key           | \blsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{6,20}
tvly-               | a Tavily key              | \btvly-[\w-]{20,60}
fc-                 | a Firecrawl key           | \bfc-[0-9a-f]{32}\b
re_                 | a Resend key              | \bre_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,40}\b
key-                | a Mailgun key             | \bkey-[0-9a-f]{32}\b
-us                 | a Mailchimp key           | \b[0-9a-f]{32}-us\d{1,2}\b
:AA                 | a Telegram bot token      | \b\d{6,12}:AA[\w-]{30,40}
.                   | a Discord token           | \b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}
AccountKey=         | an Azure account key      | \bAccountKey=[A-Za-z0-9+/]{20,120}={0,2}
SharedAccess        | an Azure access key       | \bSharedAccess(?:Key|Signature)=[A-Za-z0-9+/%]{20,200}={0,2}
sig=                | a signed address          | [?&;]sig=[A-Za-z0-9%+/=_-]{20,200}
Signature=          | a signed address          | [?&;](?:X-Amz-|X-Goog-)?Signature=[A-Za-z0-9%+/=_-]{20,800}
Security-Token=     | an AWS session token      | \bX-Amz-Security-Token=[A-Za-z0-9%+/=_-]{20,4000}
8Q~                 | an Azure client secret    | \b[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,40}
glsa_               | a Grafana token           | \bglsa_[A-Za-z0-9]{32}_[0-9a-f]{8}\b
glc_                | a Grafana token           | \bglc_[A-Za-z0-9+/=]{32,400}
sntry               | a Sentry token            | \bsntry[su]_[A-Za-z0-9+/=_-]{32,400}
NRAK-               | a New Relic key           | \bNRAK-[A-Z0-9]{20,40}\b
PMAK-               | a Postman key             | \bPMAK-[0-9a-f]{20,30}-[0-9a-f]{30,40}
figd_               | a Figma token             | \bfigd_[\w-]{30,60}
ATATT3              | an Atlassian token        | \bATATT3[\w=-]{50,300}
ATCTT3              | an Atlassian token        | \bATCTT3[\w=-]{50,300}
ATBB                | a Bitbucket token         | \bATBB[A-Za-z0-9]{28,40}\b
pat                 | an Airtable token         | \bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b
pat-                | a HubSpot token           | \bpat-(?:na|eu)\d-[0-9a-f-]{36}\b
dp.                 | a Doppler token           | \bdp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{30,80}
sbp_                | a Supabase token          | \bsbp_[0-9a-f]{40}\b
pscale_             | a PlanetScale secret      | \bpscale_(?:tkn|pw|oauth)_[\w.=-]{30,64}
FlyV1               | a Fly.io token            | \bFlyV1 fm\d_[A-Za-z0-9+/=,_]{30,1000}
HRKU-               | a Heroku key              | \bHRKU-[\w-]{30,80}
sq0                 | a Square token            | \bsq0(?:atp|csp|idp)-[\w-]{20,50}
EAAA                | a Square token            | \bEAAA[A-Za-z0-9_-]{58,62}\b
pul-                | a Pulumi token            | \bpul-[0-9a-f]{40}\b
CCIPAT_             | a CircleCI token          | \bCCIPAT_[A-Za-z0-9]{20,30}_[0-9a-f]{40}\b
bkua_               | a Buildkite token         | \bbkua_[0-9a-z]{40}\b
AKCp                | an Artifactory key        | \bAKCp[A-Za-z0-9]{60,80}\b
sq                  | a SonarQube token         | \bsq[apu]_[0-9a-f]{40}\b
nfp_                | a Netlify token           | \bnfp_[A-Za-z0-9]{30,50}\b
LTAI                | an Alibaba Cloud key      | \bLTAI[A-Za-z0-9]{12,24}\b
CFPAT-              | a Contentful token        | \bCFPAT-[\w-]{40,60}
ops_eyJ             | a 1Password token         | \bops_eyJ[A-Za-z0-9+/=_-]{50,2000}
AGE-SECRET-KEY-1    | an age key                | \bAGE-SECRET-KEY-1[0-9A-Z]{50,60}\b
$                   | a password hash           | (?<![\w$])\$(?:2[aby]|5|6|y|argon2i?d?)\$[A-Za-z0-9./$=,+-]{20,200}
PRIVATE KEY         | a private key             | -----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]{0,20000}?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|[\s\S]{0,20000})
Private-Lines:      | a private key             | \bPrivate-Lines: \d{1,4}[A-Za-z0-9+/=\s\\]{20,20000}
://                 | a password in a URL       | ://[^/\s:@"'<>]{0,200}:[^/\s@{}$<>*"']{3,200}@
"""  # noqa: E501 - a row a line
"""A text that every such secret contains (in the case that it has), what the secret is, and its pattern."""


_HINTS: Final = (
    "pass pwd pw secret token key auth cred cookie session sid jwt bearer basic sign pin otp csrf login -u".split()
)
"""Every text with an assigned secret has one of these, in lower case."""


class SecretKind(NamedTuple):
    """A kind of secret."""

    needle: str
    """A text that every secret of the kind contains."""
    name: str
    shape: str


@cache
def kinds() -> tuple[SecretKind, ...]:
    """Return the table, in the order in which the kinds are looked for."""
    rows = (line.split("|", 2) for line in _TABLE.strip("\n").splitlines())
    return tuple(SecretKind(*(cell.strip() for cell in row)) for row in rows)


def likely(text: str) -> tuple[SecretKind, ...]:
    """Return the kinds whose needle is in `text`: a cheap test before any pattern runs."""
    return tuple(kind for kind in kinds() if kind.needle in text)


def issued(text: str) -> Iterator[tuple[SecretKind, Match[str]]]:
    """Yield every secret in `text` whose issuer gives it a form, with its kind; placeholders too."""
    for kind in likely(text):
        for match in pattern(kind.shape).finditer(text):
            yield kind, match


def hints(text: str) -> bool:
    """Return True if `text` may assign a value to a name that says that it is secret: a quick look."""
    lower = text.lower()
    return has_any(lower, _HINTS) or ("://" in lower and "@" in lower)


@cache
def marks() -> frozenset[str]:
    """Return the words that `masking` writes for secrets: `[a GitHub token]`."""
    return frozenset(f"[{kind.name}]" for kind in kinds())
