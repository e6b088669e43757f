//! How an action is called beyond one request, in words: page after page, or again until something has come.

use super::phrase::{Join, either, fixed, list};
use super::{Page, labels};
use crate::markdown::{Inline, Slug, flat};
use crate::model::{Acceptor, Api, Language, Look, Next, Reasons, WaitState, Waiter};
use crate::view::markdown::{WaiterRow, Waiting};
use std::collections::BTreeMap;

/// How the answer is paged; empty if it comes whole.
pub(super) fn paging(page: &Page<'_>) -> Inline {
    let language = page.language;
    let Some(paging) = &page.action.paging else { return Inline::new() };
    let name = |parameter: usize| page.action.parameters.get(parameter).map_or("", |known| known.name.as_str());
    let (parameter, asks, field, ends) = match &paging.next {
        Next::Number { parameter, total } => (
            *parameter,
            either(language, " takes the number of the page, from 1; ", " 指定页码，从 1 开始；"),
            total,
            either(language, " says how many there are in all.", " 是全部页的总数。"),
        ),
        Next::Token { parameter, token } => (
            *parameter,
            either(language, " takes the token of the next page; ", " 指定下一页的标识；"),
            token,
            either(language, " of the answer holds it, and nothing on the last page.", " 给出该标识，到最后一页为空。"),
        ),
    };
    fixed(language, "The answer comes in pages. ", "结果分页返回。")
        .code(name(parameter))
        .text(asks)
        .code(paging.items.as_str())
        .text(either(language, " holds what a page lists; ", " 是一页的内容；"))
        .code(field.as_str())
        .text(ends)
}

/// Each waiter that asks the action: what it waits for, and what answers mean to it.
pub(super) fn waiting(page: &Page<'_>) -> Vec<Waiting> {
    let language = page.language;
    let each = |waiter: &Waiter| {
        let accepted = waiter.acceptors.iter().map(|acceptor| acceptance(acceptor, language).line());
        let reasons = waiter.reasons.iter().map(|reasons| told(reasons, language).line());
        Waiting {
            name: Inline::new().code(waiter.name.as_str()).line(),
            until: until(waiter, language).line(),
            pace: pace(waiter, language).line(),
            meanings: accepted.chain(reasons).collect(),
        }
    };
    page.api.waiters_of(page.action).map(each).collect()
}

/// One row a waiter, for the index.
pub(super) fn rows(api: &Api, language: Language, slugs: &BTreeMap<&str, Slug>) -> Vec<WaiterRow> {
    let row = |waiter: &Waiter| {
        let action = waiter.action.as_str();
        WaiterRow {
            name: Inline::new().code(waiter.name.as_str()).cell(),
            until: flat(waiter.doc.get(language)).cell(),
            asks: match slugs.get(action) {
                Some(slug) => Inline::new().page(action, slug),
                None => Inline::new().code(action),
            }
            .cell(),
        }
    };
    api.waiters.iter().map(row).collect()
}

fn until(waiter: &Waiter, language: Language) -> Inline {
    let doc = flat(waiter.doc.get(language)).closed(either(language, ".", "。"));
    match doc.is_empty() {
        true => doc,
        false => Inline::new().text(labels::labels(language).waits_until).text(either(language, " ", "")).then(doc),
    }
}

fn pace(waiter: &Waiter, language: Language) -> Inline {
    let Waiter { delay, attempts, .. } = waiter;
    Inline::new().text(&match (language, delay) {
        (Language::En, 1) => format!("It asks every second, {attempts} times at most."),
        (Language::En, _) => format!("It asks every {delay} seconds, {attempts} times at most."),
        (Language::Zh, _) => format!("每 {delay} 秒查询一次，最多 {attempts} 次。"),
    })
}

fn acceptance(acceptor: &Acceptor, language: Language) -> Inline {
    let state = match acceptor.state {
        WaitState::Success => either(language, "It has come: ", "已等到："),
        WaitState::Failure => either(language, "It will not come: ", "等不到："),
        WaitState::Retry => either(language, "It asks again: ", "继续等待："),
    };
    let line = Inline::new().text(state);
    let line = match &acceptor.look {
        Look::Field(field) => line.code(field.as_str()).text(either(language, " is ", " 为 ")),
        Look::Error => line.text(either(language, "the call fails with ", "调用失败，错误码为 ")),
    };
    line.then(list(language, acceptor.values.iter().map(String::as_str), Join::Or)).text(either(language, ".", "。"))
}

fn told(reasons: &Reasons, language: Language) -> Inline {
    let shown = list(language, reasons.show.iter().map(AsRef::as_ref), Join::And);
    let condition = reasons.only.as_ref().map(|(field, values)| {
        let values = list(language, values.iter().map(String::as_str), Join::Or);
        let field = Inline::new().code(field.as_str());
        match language {
            Language::En => Inline::new().text(" whose ").then(field).text(" is ").then(values),
            Language::Zh => Inline::new().text("中 ").then(field).text(" 为 ").then(values).text(" 的"),
        }
    });
    let condition = condition.unwrap_or_default();
    match language {
        Language::En => Inline::new()
            .text("Why it will not come: ")
            .then(shown)
            .text(" of each element of ")
            .code(reasons.items.as_str())
            .then(condition)
            .text("."),
        Language::Zh => {
            Inline::new()
                .text("原因：见 ")
                .code(reasons.items.as_str())
                .text(" ")
                .then(condition)
                .text("各项的 ")
                .then(shown)
        }
        .text("。"),
    }
}
