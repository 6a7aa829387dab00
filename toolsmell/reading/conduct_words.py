"""The words that show a trait of a sentence's conduct, in English and, for the traits that orders need, in others.

A trait has the same weight in every language, so an order in German is told by what was fitted to English ones.
"""

from typing import Final

ENGLISH: Final = {
    # Manner of speaking.
    "to-you": "you your yours yourself",
    "by-us": "we us our ours ourselves me my i",
    "duty": (
        "must shall should ought required obliged mandatory forbidden prohibited compulsory obligatory imperative"
        " expected requires require obliges necessary"
    ),
    "not": "not don't doesn't never no without won't cannot can't isn't aren't needn't nor neither nobody nothing none",
    "is": "is are was were be been being am",
    "may": "may can might could would",
    "if": "if when whenever unless once until while because since",
    "please": "please kindly dear favour favor wish feel let let's",
    "always": (
        "always never every each all any everything anything nothing none whatever whenever wherever whichever no"
        " regardless matter ever entire full whole complete only forever permanently solely exclusively"
    ),
    "before": "before first prior beforehand ahead until earlier start begin beginning opening",
    "after": "after afterwards then later once finally next end",
    # Who is spoken of.
    "user": (
        "user users user's users' human humans person person's people customer customers customer's client's owner"
        " owner's buyer reader readers patient they them their she her he his him somebody anybody anyone whoever"
        " nobody operator caller"
    ),
    "agent": "assistant assistants agent agents model models ai llm llms bot chatbot yourself",
    "vendor": (
        "vendor vendors provider providers company publisher developer developers maker makers brand product products"
        " administrator team support partner"
    ),
    "tools": (
        "tool tools function functions server servers connector connectors plugin plugins source sources service"
        " services option options endpoint utility"
    ),
    "others": (
        "other others another alternatives alternative rival rivals competitor competitors competing elsewhere native"
        " rest different else besides anywhere"
    ),
    # What is spoken of.
    "consent": (
        "consent consented approval approve approved approves permission permitted confirmation confirm confirmed"
        " confirms agree agreed agrees agreement authorised authorized authorization authorisation allow allowed asking"
        " asked ask signed granted waived sign accept accepted dialog dialogue prompt prompts"
    ),
    "talk": (
        "conversation conversations chat chats transcript thread dialogue history session sessions message messages"
        " context turn turns prompt prompts dialog"
    ),
    "mind": (
        "memory memories remember knowledge know knows training trained judgement judgment reasoning opinion opinions"
        " think thinking thought thoughts mind belief beliefs recall learned learnt learn guess"
    ),
    "trust": (
        "trust trusted trustworthy doubt doubts question questioned believe confidence reliable authoritative authority"
        " official truth true correct accurate verified verify verification check checked deserves superior best better"
    ),
    "rules": (
        "instructions instruction rules rule guidelines guideline guidance policy policies briefing orders order"
        " directive directives commands command restrictions limits safety guardrails compliance regulation regulations"
        " law standard protocol mandate"
    ),
    "secret": (
        "credentials credential password passwords secret secrets key keys token tokens cookie cookies ssh env dotenv"
        " wallet vault keychain pin passphrase private clipboard"
    ),
    "money": (
        "pay payment payments money price prices fee fees cost costs charge charged budget credits credit plan upgrade"
        " premium subscription subscribe buy purchase invoice invoices account card bonus discount free"
    ),
    "reply": (
        "reply replies response responses answer answers answering summary summaries respond output outputs explanation"
        " text words speak plan"
    ),
    "stake": (
        "penalty penalised penalized score scored scores rating ratings lower fail failure fails loses lose points"
        " reward rewarded evaluation faulty defective suspended suspension consequences urgent urgently immediately now"
        " hurry expires deadline lives punished irresponsible emergency critical"
    ),
    "promise": (
        "bonus tip reward rewards rewarded gift gifts prize prizes bounty earn earns earned receive receives win wins"
        " credited commission donation donate compensation paid pays grateful thankful thanks promotion dollars euros"
    ),
    "rank": (
        "ranked rated voted chosen loved award awards prize winning winner winners stars leading leader top best number"
        " unmatched remarkable marvellous famous beloved acclaimed praised favourite equal match millions thousands"
        " million world planet earth market experts rivals competition competing competitors compare"
    ),
    "frame": (
        "system developer developers operator operators creators platform mode role persona message notice note lines"
        " line documentation manual end beginning following below update sudo root"
    ),
    "claim": (
        "already had been has given blanket advance beforehand assumed assume counts implied implies deemed presumed"
    ),
    # Matters of honest advice.
    "access": (
        "admin administrator administrators role roles scope scopes privilege privileges permission permissions access"
        " member members membership owner owners editor maintainer moderator login authentication licence license"
    ),
    "hedged": (
        "usually rarely normally often typically sometimes generally mostly occasionally probably seldom likely hardly"
    ),
    "form": (
        "quote quotes quoted case upper lower uppercase lowercase letter letters slash slashes blank blanks space"
        " spaces comma commas colon dash character characters format prefix suffix leading trailing escape escaped"
        " string strings digit digits column columns identifier identifiers syntax json csv xml html markdown utc iso"
        " spelled spelling wildcard wildcards backslash backticks"
    ),
    "paging": "cursor page pages offset batch batches rows row entries results empty null limit per loop poll retry",
    # What is to be done.
    "hide": (
        "tell telling tells told mention mentioned mentioning reveal disclose disclosed show shown hide hidden conceal"
        " inform informed admit secretly silently quietly silent quiet unnoticed notice notices aware unaware discreet"
        " confidential secrecy trace traces visible invisible sees say saying said report reported explain deny claim"
        " pretend"
    ),
    "hand": (
        "send sends sent forward forwarded attach attached append appended include included paste pasted upload"
        " uploaded submit submitted transmit put post posted hand handed pass passed enclose enclosed fill copy copied"
        " supply deliver share shared mail dump quote insert add added gather collect harvest"
    ),
    "choose": (
        "prefer preferred prefers preferable choose chosen choosing choice pick picks picked select selected favour"
        " favor rank ranked ranking recommend recommended recommending promote promoted advertise praise default"
        " priority prioritise prioritize first top suggest reach rely"
    ),
    "lift": (
        "ignore ignores disregard override overrides bypass skip skipped disable disabled forget forgets void lifted"
        " suspended waived deprecated obsolete replaces replace outrank supersede drop dropped stop cancelled off"
        " dismiss refuse decline uninstall unplug"
    ),
    "blame": (
        "outdated unreliable inferior worthless wrong broken lies lie poison nonsense rubbish worse worst slow errors"
        " mislead misleading unstable unsafe false fake"
    ),
    "obey": (
        "obey follow follows comply complies execute carry proceed act treat regard consider considered regarded"
        " treated behave serve adopt"
    ),
}

FAR_EASTERN: Final = {
    "to-you": "你 您",
    "by-us": "我们 本公司 本服务",
    "duty": "必须 须 应 不得 需要 なければなりません 必要があります 해야",
    "not": "不 勿 无需 しないで ないでください 마세요 마십시오",
    "if": "如果 当 否则",
    "please": "请 亲爱 ください",
    "always": "总是 始终 务必 任何 所有 一律 每次 每一 一切 全部 无论 不管 必ず 常に すべて 항상 반드시 모든",
    "before": "之前 前 先 最初 まず 먼저 처음",
    "after": "之后 后 再",
    "user": "用户 客户 人 ユーザー 사용자",
    "agent": "助手 模型 智能体 アシスタント 어시스턴트",
    "tools": "工具 服务 接口 来源 ツール 도구",
    "others": "其他 其它 别的 其余 竞争 同类 他の 다른",
    "consent": "同意 确认 授权 批准 许可 询问 征得 許可 동의",
    "talk": "对话 聊天 会话 消息 会話 대화",
    "mind": "记忆 知识 判断 记住",
    "trust": "相信 可信 准确 核实 信任 验证",
    "rules": "指令 规则 限制 规定 政策 合规 指示 ルール 지시 규칙",
    "secret": "密钥 密码 令牌 环境变量 私钥 验证码 パスワード 비밀번호",
    "money": "付款 支付 费用 价格 套餐 账户 收款 额度 广告",
    "reply": "回答 回复 答案 总结",
    "stake": "评分 立即 紧急 惩罚",
    "hide": "告诉 告知 透露 悄悄 提及 隐瞒 解释 知道 伝え 知らせ 教え 말하 알리",
    "hand": "发送 上传 附上 放入 写入 转发 传入 放进 送信 送って 보내",
    "choose": "优先 首选 选择 首先 推荐 默认 優先 우선",
    "lift": "忽略 忘掉 跳过 不必 不用 解除 取消 覆盖 無視 무시",
    "blame": "过时 不准确 较差",
    "obey": "执行 遵守 听从 照办 继续",
}
"""Looked for in the text, which has no blanks between its words."""

EUROPEAN: Final = {
    "to-you": "dir dich dein deine vous votre vos tu tus usted você",
    "duty": "muss musst müssen soll sollst dois devez doit debes debe deve devi нужно должен",
    "not": "nicht nichts nie niemals kein keine keinen jamais rien nunca nada não niente mai не никогда",
    "if": "wenn falls lorsque quand cuando se quando если",
    "please": "bitte merci veuillez gracias пожалуйста",
    "always": "immer alle jede jedes jeder toujours tous toutes chaque siempre todos todas cada sempre tutti tudo"
    " всегда все любой egal",
    "before": "zuerst vor bevor avant premier primero antes prima primo первым сначала перед",
    "after": "nach danach après después dopo depois после затем",
    "user": "nutzer nutzers benutzer anwender kunde kunden utilisateur utilisateurs usuario usuarios usuário"
    " utente utenti cliente пользователь пользователю пользователя",
    "agent": "assistent modell agenten assistant modèle asistente assistente modello",
    "tools": "werkzeug werkzeuge outil outils herramienta herramientas ferramenta ferramentas strumento strumenti"
    " инструмент инструменты",
    "others": "andere anderen anderes autres autre otra otras otro otros altri altro outras outros другие",
    "consent": "zustimmung zugestimmt einwilligung erlaubnis consentement consentimiento permiso"
    " consenso consentimento согласие",
    "talk": "gespräch unterhaltung verlauf conversación conversazione conversa разговор",
    "rules": "anweisungen anweisung regeln vorgaben consignes règles instrucciones reglas istruzioni"
    " instruções regras инструкции правила",
    "secret": "passwort passwörter schlüssel zugangsdaten passe clé contraseña contraseñas clave chiave senha"
    " пароль пароли",
    "hide": "sage sag sagen verrate erwähne verschweige informiere dites informez mentionnez révélez digas informes"
    " menciones informe diga говори сообщай",
    "hand": "schicke sende übermittle envoyez transmettez envía envíe invia envie отправь",
    "choose": "bevorzuge wähle nutze verwende préférez choisissez utilisez appelez prefiere elige llama scegli"
    " chama выбирай вызывай используй",
    "lift": "ignoriere vergiss missachte ignorez oubliez ignora olvida dimentica esqueça игнорируй забудь",
}
"""Words that English does not have."""
FOREIGN: Final = frozenset(word for words in EUROPEAN.values() for word in words.split())
FOREIGN_COMMANDS: Final = frozenset(
    word for trait in ("hide", "hand", "choose", "lift") for word in EUROPEAN[trait].split()
)
