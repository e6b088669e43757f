//! What documentation in code says, as Markdown, in one of the languages that people read. Every text of the spec's goes
//! through [`crate::markdown`], so none can become a doctest, a link that rustdoc would look for, or HTML. No target is known here.

mod page;
mod shape;

use super::need::Need;
use crate::markdown::{lead, visible};
use crate::model::{Action, ActionEffect, Api, Condition, Doc, Language, Waiter};
use crate::rules::words;
use page::{Page, code, plain};

/// A sentence in the language of the documentation.
macro_rules! say {
    ($language:expr, $en:literal, $zh:literal) => {
        match $language {
            Language::En => format!($en),
            Language::Zh => format!($zh),
        }
    };
}
use say;

/// Describes an API in one language.
#[derive(Debug, Clone, Copy)]
pub struct Describe<'a> {
    api: &'a Api,
    language: Language,
}

impl<'a> Describe<'a> {
    /// In a language; where the spec has no text in it, the other one's stands.
    pub fn new(api: &'a Api, language: Language) -> Describe<'a> {
        Describe { api, language }
    }

    /// What is described.
    pub fn api(self) -> &'a Api {
        self.api
    }

    fn page(self) -> Page {
        Page::new(self.language)
    }

    /// The first paragraph, on one line; empty if there is none.
    pub fn brief(self, doc: &Doc) -> String {
        lead(doc.get(self.language)).0.line().as_str().to_owned()
    }

    /// The crate.
    pub fn library(self) -> String {
        let opening = self.opening();
        let features = say!(
            self.language,
            " Each action is a module behind a feature of its own; without the feature `client`, which is on unless \
             turned off, nothing here knows the network.",
            "每个操作是一个模块，由同名特性开启；`client` 特性默认开启，关闭后不含任何网络代码。"
        );
        self.page()
            .block(opening + &features)
            .doc(&self.api.doc)
            .block(say!(
                self.language,
                "A request is made with `new` or with the constructor for what it connects to, filled with setters, and \
                 checked with [`Request::validate`], which reports everything that is wrong at once.",
                "用 `new` 或与连接对象对应的构造函数创建请求，用设置方法填写，再用 [`Request::validate`] 检查：所有问题一次报告。"
            ))
            .text()
    }

    /// A package of any language.
    pub fn package(self) -> String {
        self.page().block(self.opening()).doc(&self.api.doc).text()
    }

    fn opening(self) -> String {
        let (title, version) = (plain(self.title()), plain(&self.api.version));
        say!(
            self.language,
            "{title}, version {version}: requests that know the rules, and a client that sends them.",
            "{title}，版本 {version}：懂得规则的请求，以及发送请求的客户端。"
        )
    }

    /// The part of the crate's page that shows a call.
    pub fn call_example(self, example: &str) -> String {
        self.page()
            .block(say!(self.language, "# Calling", "# 调用"))
            .block(say!(
                self.language,
                "Credentials, region and endpoint come from where the vendor's own tools look for them, or are given to \
                 the client's builder.",
                "凭证、地域和服务地址取自厂商工具所用的位置，也可交给客户端的构建器。"
            ))
            .block(format!("```no_run\n{example}\n```"))
            .text()
    }

    fn title(self) -> &'a str {
        if self.api.title.is_empty() { self.api.product.as_str() } else { self.api.title.get(self.language) }
    }

    /// The client.
    pub fn client(self) -> String {
        let (title, version) = (plain(self.title()), plain(&self.api.version));
        self.page()
            .block(say!(self.language, "Calls {title}, version {version}.", "调用 {title}，版本 {version}。"))
            .block(say!(self.language, "Clones share connections and credentials.", "克隆体共享连接与凭证。"))
            .text()
    }

    /// One line for the package index.
    pub fn description(self) -> String {
        // Shown as it is in lists of packages: on one line, and nothing hidden.
        let title = visible(self.title()).split_whitespace().collect::<Vec<_>>().join(" ");
        let version = &self.api.version;
        say!(
            self.language,
            "{title} {version}: typed requests that know the rules",
            "{title} {version}：懂得规则的类型化请求"
        )
    }

    /// One line for an action.
    pub fn summary(self, action: &Action) -> String {
        if action.summary.is_empty() {
            let name = code(action.name.as_str());
            say!(self.language, "The action {name}.", "操作 {name}。")
        } else {
            self.brief(&action.summary)
        }
    }

    /// An action's module.
    pub fn module(self, action: &Action) -> String {
        let (name, summary) = (code(action.name.as_str()), self.summary(action));
        self.page().block(say!(self.language, "{name}: {summary}", "{name}：{summary}")).text()
    }

    /// A request, with an example that compiles.
    pub fn request(self, action: &Action, example: Option<String>) -> String {
        let errors = action.errors.iter().map(|error| {
            let status = error.status.map(|status| format!(" (HTTP {status})")).unwrap_or_default();
            let (code, said) = (code(&error.code), self.brief(&error.doc));
            match said.is_empty() {
                true => format!("{code}{status}"),
                false => say!(self.language, "{code}{status}: {said}", "{code}{status}：{said}"),
            }
        });
        let example = example.map(|example| {
            let title = say!(self.language, "# Example", "# 示例");
            format!("{title}\n\n```\n{example}\n```")
        });
        self.page()
            .block(self.summary(action))
            .block(self.effect(action))
            .block(self.deprecated(action))
            .doc(&action.doc)
            .block(example.unwrap_or_default())
            .list(&say!(self.language, "# Errors of the service", "# 服务返回的错误"), errors.collect())
            .text()
    }

    fn effect(self, action: &Action) -> String {
        match action.effect {
            ActionEffect::Read => say!(self.language, "Only reads.", "只读。"),
            ActionEffect::Write => String::new(),
            ActionEffect::Spend => say!(self.language, "**Costs money.**", "**会产生费用。**"),
        }
    }

    fn deprecated(self, action: &Action) -> String {
        match action.deprecated {
            true => say!(
                self.language,
                "**Deprecated:** the service wants callers to stop using it.",
                "**已弃用：**服务方希望调用方停止使用。"
            ),
            false => String::new(),
        }
    }

    /// A group of parameters.
    pub fn group(self, path: &str) -> String {
        let name = code(&format!("{path}.*"));
        say!(self.language, "The parameters {name}.", "参数 {name}。")
    }

    /// An answer as a whole.
    pub fn response(self, action: &Action) -> String {
        let name = code(action.name.as_str());
        say!(self.language, "What {name} answers.", "{name} 的响应。")
    }

    /// A call.
    pub fn call(self, action: &Action) -> String {
        self.page().block(self.summary(action)).block(self.effect(action)).block(self.deprecated(action)).text()
    }

    /// All pages of an answer, or what is listed on them.
    pub fn pages(self, action: &Action, of_items: bool) -> String {
        let name = code(action.name.as_str());
        self.page()
            .block(match of_items {
                true => say!(
                    self.language,
                    "{name}: everything that is listed, one by one.",
                    "{name}：逐个给出列表中的全部内容。"
                ),
                false => say!(self.language, "{name}: one page after the other.", "{name}：逐页给出。"),
            })
            .block(say!(
                self.language,
                "A page is asked for when it is needed, from the one that the request names.",
                "从请求指定的页开始，需要时才请求下一页。"
            ))
            .text()
    }

    /// A waiter.
    pub fn waiter(self, waiter: &Waiter) -> String {
        let until = lead(waiter.doc.get(self.language)).0.line();
        let until = if waiter.doc.is_empty() { code(waiter.name.as_str()) } else { until.as_str().to_owned() };
        let minutes = u64::from(waiter.delay).saturating_mul(u64::from(waiter.attempts)).div_ceil(60);
        let (action, delay, attempts) = (code(waiter.action.as_str()), waiter.delay, waiter.attempts);
        self.page()
            .block(say!(self.language, "Waits until {until}", "等到：{until}"))
            .block(say!(
                self.language,
                "Asks with {action} every {delay} s, {attempts} times at most: {minutes} min.",
                "每 {delay} 秒用 {action} 查询一次，最多 {attempts} 次，即 {minutes} 分钟。"
            ))
            .text()
    }

    /// What makes a struct.
    pub fn made(self, of_nothing: bool) -> String {
        match of_nothing {
            true => say!(self.language, "Nothing given yet.", "尚未填写任何内容。"),
            false => say!(self.language, "With what is required.", "带上必填的内容。"),
        }
    }

    /// A setter.
    pub fn setter(self, brief: &str, field: &str) -> String {
        // A link is resolved by the name alone: `#` would start a fragment.
        let name = field.trim_start_matches("r#");
        if !brief.is_empty() {
            return brief.to_owned();
        }
        say!(self.language, "Fills [`{name}`](Self::{name}).", "设置 [`{name}`](Self::{name})。")
    }

    /// A constructor by value.
    pub fn constructor(self, action: &Action, need: &Need) -> String {
        let decider = &action.parameters[need.decider];
        let names: Vec<String> =
            need.parameters.iter().map(|index| code(action.parameters[*index].name.as_str())).collect();
        let (parameter, value) = (code(decider.name.as_str()), code(&need.value));
        let opening = match names.is_empty() {
            true => say!(self.language, "{parameter} is {value}.", "{parameter} 为 {value}。"),
            false => {
                let needed = names.join(say!(self.language, ", ", "、").as_str());
                say!(
                    self.language,
                    "{parameter} is {value}, with what it needs: {needed}.",
                    "{parameter} 为 {value}，并带上所需的 {needed}。"
                )
            }
        };
        let meaning = decider.shape.values.iter().find(|choice| choice.wire == need.value);
        self.page().block(opening).block(meaning.map(|choice| self.brief(&choice.doc)).unwrap_or_default()).text()
    }
}

/// A condition, in English and in Chinese.
pub fn condition(action: &Action, condition: &Condition) -> (String, String) {
    (words::condition(action, condition, Language::En), words::condition(action, condition, Language::Zh))
}
