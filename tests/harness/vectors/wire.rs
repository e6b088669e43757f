//! How a request travels, written down a second time: what every runtime is compared with.

use bindery::model::{Action, Api, Kind, Place, Style};
use bindery::rules::normalize;
use serde_json::{Map, Value, json};

/// `{place: [[name, value]…]}`, places without a pair left out.
pub fn wire(api: &Api, action: &Action, request: &Value) -> Value {
    let mut places = Map::new();
    for (parameter, value) in action.parameters.iter().zip(normalize(action, request).values) {
        let Some(value) = value else { continue };
        let kind = &api.meant(&parameter.shape).kind;
        let whole = parameter.place == Place::Body || matches!(kind, Kind::Json(_));
        let mut pairs = Vec::new();
        match (parameter.style, &value) {
            (Style::Simple, Value::Array(items)) if !whole => {
                let items: Vec<String> = items.iter().filter(|item| !item.is_null()).map(text).collect();
                if !items.is_empty() {
                    pairs.push(json!([parameter.name.as_str(), items.join(",")]));
                }
            }
            (Style::Repeat | Style::Flat, _) if !whole => spread(parameter.name.as_str(), &value, &mut pairs),
            _ => pairs.push(json!([parameter.name.as_str(), text(&value)])),
        }
        let place = match parameter.place {
            Place::Query => "query",
            Place::Form => "form",
            Place::Body => "body",
            Place::Path => "path",
            Place::Header => "header",
            Place::Host => "host",
        };
        if let (false, Value::Array(all)) = (pairs.is_empty(), places.entry(place).or_insert_with(|| json!([]))) {
            all.extend(pairs);
        }
    }
    places.retain(|_, pairs| *pairs != json!([]));
    Value::Object(places)
}

/// Elements count from 1; what is `null` keeps its place and does not travel.
fn spread(name: &str, value: &Value, pairs: &mut Vec<Value>) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| spread(&format!("{name}.{}", index + 1), item, pairs));
        }
        Value::Object(members) => {
            members.iter().for_each(|(member, value)| spread(&format!("{name}.{member}"), value, pairs));
        }
        scalar => pairs.push(json!([name, text(scalar)])),
    }
}

/// A text as it is, a number without a needless fraction, lists and objects as JSON without blanks.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => compact(other),
    }
}

fn compact(value: &Value) -> String {
    match value {
        Value::Number(number) => match (number.is_f64(), number.as_f64()) {
            (true, Some(float)) if float.fract() == 0.0 && float.abs() < 9.2e18 => format!("{:.0}", float + 0.0),
            (true, Some(float)) => float.to_string(),
            _ => number.to_string(),
        },
        Value::Array(items) => format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let each = members.iter().map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), compact(value)));
            format!("{{{}}}", each.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}
