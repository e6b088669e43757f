//! The fixed words of pages, by language.

use crate::model::Language;
use crate::view::markdown::Labels;

/// The words of a language.
pub(super) fn labels(language: Language) -> &'static Labels {
    match language {
        Language::En => &EN,
        Language::Zh => &ZH,
    }
}

/// The folder of a language, and its own name for itself.
pub(super) fn folder(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::En => ("en", "English"),
        Language::Zh => ("zh", "中文"),
    }
}

static EN: Labels = Labels {
    also_in: "This page in ",
    all_actions: "All actions",
    version: "API version ",
    actions: "Actions",
    action: "Action",
    summary: "What it does",
    effect: "Effect",
    endpoints: "Endpoints",
    regions: "Regions",
    host: "Host",
    deprecated_action: "The service wants callers to stop using this action.",
    related: "Related: ",
    parameters: "Parameters",
    parameter: "Parameter",
    kind: "Type",
    required: "Required",
    default: "Default",
    meaning: "Meaning",
    value: "Value",
    structures: "Structures",
    structures_lead: "What stands inside the parameters that hold objects or JSON.",
    member: "Member",
    rules: "Rules",
    rules_lead: "What one parameter says about another.",
    depends: "*Depends* means that further parameters decide: see the rules in words.",
    every_rule: "Every rule in words",
    rule: "Rule",
    broken: "If broken",
    known: "How we know",
    preconditions: "Cannot be checked here",
    preconditions_lead: "A request alone does not tell whether these hold.",
    response: "Response",
    errors: "Errors",
    code: "Code",
    status: "Status",
    samples: "Samples",
    request: "Request",
    rust: "Rust",
    json: "Response as JSON",
    xml: "Response as XML",
};

static ZH: Labels = Labels {
    also_in: "本页其他语言：",
    all_actions: "全部操作",
    version: "API 版本 ",
    actions: "操作",
    action: "操作",
    summary: "用途",
    effect: "影响",
    endpoints: "服务地址",
    regions: "地域",
    host: "主机",
    deprecated_action: "服务方希望调用方停止使用此操作。",
    related: "相关操作：",
    parameters: "请求参数",
    parameter: "参数",
    kind: "类型",
    required: "必填",
    default: "默认值",
    meaning: "含义",
    value: "取值",
    structures: "结构",
    structures_lead: "对象参数与 JSON 参数的内部结构。",
    member: "成员",
    rules: "规则",
    rules_lead: "参数之间的约束。",
    depends: "“视情况”表示还取决于其他参数，详见下方的文字说明。",
    every_rule: "全部规则",
    rule: "规则",
    broken: "违反时",
    known: "依据",
    preconditions: "此处无法检查",
    preconditions_lead: "仅凭请求本身无法判断以下各项是否成立。",
    response: "响应",
    errors: "错误码",
    code: "错误码",
    status: "状态码",
    samples: "示例",
    request: "请求",
    rust: "Rust",
    json: "JSON 响应",
    xml: "XML 响应",
};
