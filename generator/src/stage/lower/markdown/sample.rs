//! Samples, with what is sensitive hidden.

use super::Page;
use crate::markdown::{Block, Fence};
use crate::model::{Api, Kind, Language, Others, Severity, Shape};
use crate::rules;
use crate::rules::sample::{Wish, sample};
use serde_json::{Map, Value};

/// What stands in the place of a sensitive value.
const HIDDEN: &str = "***";

/// The request as JSON: the documentation's if it is correct, or else the smallest one that is.
pub(super) fn request(page: &Page<'_>) -> Option<Block> {
    let (api, action) = (page.api, page.action);
    let correct = |given: &Value| {
        let violations = rules::check(api, action, given, Language::En);
        violations.iter().all(|violation| violation.severity == Severity::Advice)
    };
    let given = action.samples.request.clone().map(Value::Object).filter(correct);
    let given = match given {
        Some(Value::Object(given)) => given,
        _ => return json(&Value::Object(sample(api, action, &Wish::default()).ok()?)),
    };
    let shown = given.iter().map(|(name, value)| {
        let parameter = action.parameters.iter().find(|parameter| parameter.name.as_str() == name);
        let value = match parameter {
            Some(parameter) => shown(api, &parameter.shape, value),
            None => value.clone(),
        };
        (name.clone(), value)
    });
    json(&Value::Object(shown.collect()))
}

/// The answer as JSON.
pub(super) fn answer(page: &Page<'_>) -> Option<Block> {
    let given = page.action.samples.json.as_ref()?;
    match &page.action.response {
        Some(response) => json(&shown(page.api, response, given)),
        None => json(given),
    }
}

/// The answer as XML; left out if the response holds something sensitive, because the text is shown as it is.
pub(super) fn xml(page: &Page<'_>) -> Option<Block> {
    let given = page.action.samples.xml.as_deref()?;
    let secret = page.action.response.as_ref().is_some_and(|response| sensitive(page.api, response, &mut Vec::new()));
    (!secret).then(|| Block::new(Fence::Xml, given))
}

fn json(value: &Value) -> Option<Block> {
    serde_json::to_string_pretty(value).ok().map(|text| Block::new(Fence::Json, &text))
}

fn shown(api: &Api, shape: &Shape, value: &Value) -> Value {
    let target = api.meant(shape);
    if shape.sensitive || target.sensitive {
        return Value::String(HIDDEN.to_owned());
    }
    match (&target.kind, value) {
        (Kind::List(inner), Value::Array(items)) => items.iter().map(|item| shown(api, inner, item)).collect(),
        (Kind::Json(inner), Value::String(text)) => match serde_json::from_str::<Value>(text) {
            Ok(held) => shown(api, inner, &held),
            Err(_) => value.clone(),
        },
        (Kind::Json(inner), _) => shown(api, inner, value),
        (Kind::Object(members, others), Value::Object(given)) => {
            let each = given.iter().map(|(name, value)| {
                let member = members.iter().find(|member| member.name.as_str() == name);
                let value = match (member, others) {
                    (Some(member), _) => shown(api, &member.shape, value),
                    (None, Others::Of(shape)) => shown(api, shape, value),
                    (None, Others::Refused | Others::Welcome) => value.clone(),
                };
                (name.clone(), value)
            });
            Value::Object(each.collect::<Map<_, _>>())
        }
        _ => value.clone(),
    }
}

fn sensitive<'a>(api: &'a Api, shape: &'a Shape, open: &mut Vec<&'a str>) -> bool {
    shape.sensitive
        || match &shape.kind {
            Kind::List(inner) | Kind::Json(inner) => sensitive(api, inner, open),
            Kind::Object(members, others) => {
                members.iter().any(|member| sensitive(api, &member.shape, open))
                    || matches!(others, Others::Of(shape) if sensitive(api, shape, open))
            }
            Kind::Named(name) if !open.contains(&name.as_str()) => {
                open.push(name);
                api.schema(name).is_some_and(|target| sensitive(api, target, open))
            }
            Kind::Named(_) | Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => false,
        }
}
