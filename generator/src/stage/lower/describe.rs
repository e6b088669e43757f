//! What documentation in code says, as Markdown. Every text of the spec's goes through [`crate::markdown`], so none can become a doctest, a link
//! that rustdoc would look for, or HTML.

use super::need::Need;
use crate::markdown::{Dialect, Inline, flat, lead, prose, visible};
use crate::model::{
    Action, ActionEffect, Api, Choice, Condition, Doc, Kind, Language, Limits, Member, Precondition, Severity, Shape,
    Waiter,
};
use crate::rules::words;
use serde_json::Value;

/// Blocks with a blank line between.
#[derive(Default)]
struct Page(Vec<String>);

impl Page {
    fn block(mut self, text: impl Into<String>) -> Page {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(text);
        }
        self
    }

    /// A text of the spec's.
    fn doc(self, doc: &Doc) -> Page {
        self.block(prose(doc.get(Language::En), Dialect::Rustdoc).as_str())
    }

    /// A text of the spec's, or else a sentence of ours: rustdoc wants every item documented.
    fn doc_or(self, doc: &Doc, otherwise: impl Into<String>) -> Page {
        if doc.is_empty() { self.block(otherwise) } else { self.doc(doc) }
    }

    fn list(self, title: &str, items: Vec<String>) -> Page {
        if items.is_empty() {
            return self;
        }
        let items: Vec<String> = items.iter().map(|item| format!("- {}", item.replace('\n', " "))).collect();
        self.block(title).block(items.join("\n"))
    }

    fn text(self) -> String {
        self.0.join("\n\n")
    }
}

fn code(text: &str) -> String {
    Inline::new().code(text).line().as_str().to_owned()
}

fn plain(text: &str) -> String {
    Inline::new().text(text).line().as_str().to_owned()
}

/// The first paragraph, on one line; empty if there is none.
pub fn brief(doc: &Doc) -> String {
    lead(doc.get(Language::En)).0.line().as_str().to_owned()
}

/// The crate.
pub fn library(api: &Api) -> String {
    let opening = format!(
        "{}, version {}: requests that know the rules, and a client that sends them. Each action is a module behind a \
         feature of its own; without the feature `client`, which is on unless turned off, nothing here knows the network.",
        title(api),
        plain(&api.version),
    );
    Page::default()
        .block(opening)
        .doc(&api.doc)
        .block(
            "A request is made with `new` or with the constructor for what it connects to, filled with setters, and \
             checked with [`Request::validate`], which reports everything that is wrong at once.",
        )
        .text()
}

/// A package of any language.
pub fn package(api: &Api) -> String {
    let opening = format!(
        "{}, version {}: requests that know the rules, and a client that sends them.",
        title(api),
        plain(&api.version)
    );
    Page::default().block(opening).doc(&api.doc).text()
}

/// The part of the crate's page that shows a call.
pub fn call_example(example: &str) -> String {
    Page::default()
        .block("# Calling")
        .block(
            "Credentials, region and endpoint come from where the vendor's own tools look for them, or are given to the \
             client's builder.",
        )
        .block(format!("```no_run\n{example}\n```"))
        .text()
}

fn title(api: &Api) -> String {
    plain(if api.title.is_empty() { api.product.as_str() } else { api.title.get(Language::En) })
}

/// The client.
pub fn client(api: &Api) -> String {
    Page::default()
        .block(format!("Calls {}, version {}.", title(api), plain(&api.version)))
        .block("Clones share connections and credentials.")
        .text()
}

/// One line for the package index.
pub fn description(api: &Api) -> String {
    let title = if api.title.is_empty() { api.product.as_str() } else { api.title.get(Language::En) };
    // Shown as it is in lists of crates: on one line, and nothing hidden.
    let title = visible(title).split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{title} {}: typed requests that know the rules", api.version)
}

/// One line for an action.
pub fn summary(action: &Action) -> String {
    if action.summary.is_empty() {
        format!("The action {}.", code(action.name.as_str()))
    } else {
        brief(&action.summary)
    }
}

/// An action's module.
pub fn module(action: &Action) -> String {
    Page::default().block(format!("{}: {}", code(action.name.as_str()), summary(action))).text()
}

/// A request, with an example that compiles.
pub fn request(action: &Action, example: Option<String>) -> String {
    let errors = action.errors.iter().map(|error| {
        let status = error.status.map(|status| format!(" (HTTP {status})")).unwrap_or_default();
        let said = brief(&error.doc);
        let said = if said.is_empty() { said } else { format!(": {said}") };
        format!("{}{status}{said}", code(&error.code))
    });
    Page::default()
        .block(summary(action))
        .block(effect(action))
        .block(deprecated(action))
        .doc(&action.doc)
        .block(example.map(|example| format!("# Example\n\n```\n{example}\n```")).unwrap_or_default())
        .list("# Errors of the service", errors.collect())
        .text()
}

fn effect(action: &Action) -> &'static str {
    match action.effect {
        ActionEffect::Read => "Only reads.",
        ActionEffect::Write => "",
        ActionEffect::Spend => "**Costs money.**",
    }
}

fn deprecated(action: &Action) -> &'static str {
    if action.deprecated { "**Deprecated:** the service wants callers to stop using it." } else { "" }
}

/// A group of parameters.
pub fn group(path: &str) -> String {
    format!("The parameters {}.", code(&format!("{path}.*")))
}

/// A request parameter.
pub fn parameter(action: &Action, index: usize, api: &Api) -> String {
    let parameter = &action.parameters[index];
    let rules = action.rules.iter().filter_map(|rule| {
        let text = flat(&words::for_parameter(action, rule, index, Language::En)?).line();
        let advice = if rule.severity == Severity::Advice { " (advice)" } else { "" };
        let reason = brief(&rule.doc);
        let reason = if reason.is_empty() { reason } else { format!(" {reason}") };
        Some(format!("{}{advice}.{reason}", text.as_str().trim_end_matches('.')))
    });
    let lookup: Vec<String> = parameter.lookup.iter().map(|name| code(name.as_str())).collect();
    let found = if lookup.is_empty() { String::new() } else { format!("Found with {}.", lookup.join(", ")) };
    let token = if parameter.idempotency_token { "Makes a repeated call harmless: one value, one effect." } else { "" };
    let name = code(parameter.name.as_str());
    Page::default()
        .doc_or(&parameter.shape.doc, format!("The parameter {name}."))
        .block(found)
        .block(token)
        .block(facts(&parameter.shape, api, Some(parameter.name.as_str())))
        .list("Rules:", rules.collect())
        .list("Not checked here:", preconditions(&parameter.preconditions))
        .text()
}

/// A member of an object.
pub fn member(member: &Member, api: &Api) -> String {
    let name = code(member.name.as_str());
    Page::default()
        .doc_or(&member.shape.doc, format!("The member {name}."))
        .block(facts(&member.shape, api, Some(member.name.as_str())))
        .list("Not checked here:", preconditions(&member.preconditions))
        .text()
}

fn preconditions(given: &[Precondition]) -> Vec<String> {
    given
        .iter()
        .map(|given| {
            let about = given.value.as_ref().map(|value| format!("{}: ", code(value))).unwrap_or_default();
            let text = brief(&given.doc);
            let text = if text.is_empty() { "see the service's documentation.".to_owned() } else { text };
            format!("{about}{text}")
        })
        .collect()
}

/// What a shape holds, for a struct or a list.
pub fn shape(shape: &Shape, api: &Api) -> String {
    Page::default().doc_or(&shape.doc, "An object of the request.").block(facts(shape, api, None)).text()
}

/// An object of an answer.
pub fn answer(shape: &Shape, api: &Api) -> String {
    Page::default().doc_or(&shape.doc, "An object of the answer.").block(facts(shape, api, None)).text()
}

/// A field of an answer.
pub fn answer_field(member: &Member, api: &Api) -> String {
    let name = code(member.name.as_str());
    Page::default()
        .doc_or(&member.shape.doc, format!("The field {name}."))
        .block(facts(&member.shape, api, Some(member.name.as_str())))
        .text()
}

/// An answer as a whole.
pub fn response(action: &Action) -> String {
    format!("What {} answers.", code(action.name.as_str()))
}

/// A call.
pub fn call(action: &Action) -> String {
    Page::default().block(summary(action)).block(effect(action)).block(deprecated(action)).text()
}

/// All pages of an answer, or what is listed on them.
pub fn pages(action: &Action, of_items: bool) -> String {
    let what = if of_items { "everything that is listed, one by one" } else { "one page after the other" };
    Page::default()
        .block(format!("{}: {what}.", code(action.name.as_str())))
        .block("A page is asked for when it is needed, from the one that the request names.")
        .text()
}

/// A waiter.
pub fn waiter(waiter: &Waiter) -> String {
    let until = lead(waiter.doc.get(Language::En)).0.line();
    let until = if waiter.doc.is_empty() { code(waiter.name.as_str()) } else { until.as_str().to_owned() };
    let span = u64::from(waiter.delay).saturating_mul(u64::from(waiter.attempts));
    Page::default()
        .block(format!("Waits until {until}"))
        .block(format!(
            "Asks with {} every {} s, {} times at most: {} min.",
            code(waiter.action.as_str()),
            waiter.delay,
            waiter.attempts,
            span.div_ceil(60)
        ))
        .text()
}

/// An enum.
pub fn enumeration(shape: &Shape) -> String {
    let open = if shape.closed { "" } else { "A value that is not documented is kept as `Other`." };
    Page::default().doc_or(&shape.doc, "The documented values.").block(open).text()
}

/// The documented values, whatever a language makes of others.
pub fn values(shape: &Shape) -> String {
    let open = if shape.closed { "" } else { "Other values are passed on as they are." };
    Page::default().doc_or(&shape.doc, "The documented values.").block(open).text()
}

/// A documented value.
pub fn choice(choice: &Choice) -> String {
    let wire = code(&choice.wire);
    let deprecated = if choice.deprecated { "Deprecated." } else { "" };
    Page::default().doc_or(&choice.doc, format!("{wire}.")).block(deprecated).text()
}

/// A setter.
pub fn setter(brief: &str, field: &str) -> String {
    // A link is resolved by the name alone: `#` would start a fragment.
    let name = field.trim_start_matches("r#");
    if brief.is_empty() { format!("Fills [`{name}`](Self::{name}).") } else { brief.to_owned() }
}

/// A constructor by value.
pub fn constructor(action: &Action, need: &Need) -> String {
    let decider = &action.parameters[need.decider];
    let names: Vec<String> =
        need.parameters.iter().map(|index| code(action.parameters[*index].name.as_str())).collect();
    let needs = if names.is_empty() { String::new() } else { format!(", with what it needs: {}", names.join(", ")) };
    let meaning = decider.shape.values.iter().find(|choice| choice.wire == need.value);
    let opening = format!("{} is {}{needs}.", code(decider.name.as_str()), code(&need.value));
    Page::default().block(opening).block(meaning.map(|choice| brief(&choice.doc)).unwrap_or_default()).text()
}

/// A condition, in English and in Chinese.
pub fn condition(action: &Action, condition: &Condition) -> (String, String) {
    (words::condition(action, condition, Language::En), words::condition(action, condition, Language::Zh))
}

/// Values, default, example, bounds and wire name, on as few lines as they fit.
fn facts(shape: &Shape, api: &Api, wire: Option<&str>) -> String {
    let mut facts = Vec::new();
    let enumerated = matches!(shape.kind, Kind::Boolean) || matches!(shape.kind, Kind::Text) && !shape.sensitive;
    if !shape.values.is_empty() && !enumerated {
        let values: Vec<String> = shape.values.iter().map(|choice| code(&choice.wire)).collect();
        facts.push(format!("Values: {}.", values.join(", ")));
    }
    facts.extend(bounds(&shape.limits));
    if let Some(default) = &shape.default {
        facts.push(format!("Default: {}.", value(default)));
    }
    if let Some(example) = &shape.example {
        facts.push(format!("Example: {}.", value(example)));
    }
    if shape.deprecated {
        facts.push("**Deprecated.**".to_owned());
    }
    if let Kind::Json(content) = &shape.kind
        && let Kind::Named(name) = &content.kind
        && let Some(named) = api.schema(name)
        && shape.doc.is_empty()
    {
        facts.push(brief(&named.doc));
    }
    if let Some(wire) = wire {
        facts.push(format!("On the wire: {}.", code(wire)));
    }
    facts.join(" ")
}

/// Bounds, a sentence each.
fn bounds(limits: &Limits) -> Vec<String> {
    let span = |low: Option<String>, high: Option<String>, what: &str| match (low, high) {
        (Some(low), Some(high)) => Some(format!("From {low} to {high}{what}.")),
        (Some(low), None) => Some(format!("At least {low}{what}.")),
        (None, Some(high)) => Some(format!("At most {high}{what}.")),
        (None, None) => None,
    };
    let float = |bound: Option<f64>| bound.map(|bound| bound.to_string());
    let count = |bound: Option<u64>| bound.map(|bound| bound.to_string());
    let over = limits.exclusive_minimum.map(|bound| format!("More than {bound}."));
    let under = limits.exclusive_maximum.map(|bound| format!("Less than {bound}."));
    let pattern = limits.pattern.as_ref().map(|pattern| format!("Matches {}.", code(pattern)));
    let format = limits
        .format
        .filter(|format| format.pattern().is_some())
        .map(|format| format!("Format: {}.", code(format.name())));
    [
        span(float(limits.minimum), float(limits.maximum), ""),
        over,
        under,
        span(count(limits.min_length), count(limits.max_length), " characters"),
        span(count(limits.min_items), count(limits.max_items), " elements"),
        pattern,
        format,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn value(value: &Value) -> String {
    match value {
        Value::String(text) => code(text),
        other => code(&other.to_string()),
    }
}
