//! Pages made one: the last page, with the items of all of them in it.

use serde_json::{Map, Value};

/// The last page with every page's items: its fields say that nothing follows.
pub(super) fn merged(pages: Vec<Value>, items: &str) -> Value {
    let mut all = Vec::new();
    let mut merged = Value::Object(Map::new());
    for mut page in pages {
        match at(&mut page, items).map(Value::take) {
            Some(Value::Array(listed)) => all.extend(listed),
            // Nothing, as XML writes it.
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.trim().is_empty() => {}
            Some(one) => all.push(one),
        }
        merged = page;
    }
    put(&mut merged, items, Value::Array(all));
    merged
}

/// What a dotted path leads to; a name may hold a dot itself.
pub(super) fn at<'a>(value: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let members = value.as_object_mut()?;
    if members.contains_key(path) {
        return members.get_mut(path);
    }
    let (name, rest) = path.split_once('.')?;
    at(members.get_mut(name)?, rest)
}

fn put(value: &mut Value, path: &str, list: Value) {
    if let Some(slot) = at(value, path) {
        *slot = list;
        return;
    }
    let mut slot = value;
    for name in path.split('.') {
        if !slot.is_object() {
            *slot = Value::Object(Map::new());
        }
        let Value::Object(members) = slot else { return };
        slot = members.entry(name).or_insert(Value::Null);
    }
    *slot = list;
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_last_page_holds_all_items() {
        let page = |number: i64, jobs: Value| json!({"Page": number, "Jobs": {"Job": jobs}});
        let pages = vec![page(1, json!(["a", "b"])), page(2, json!("")), page(3, json!({"Id": "c"}))];
        assert_eq!(merged(pages, "Jobs.Job"), page(3, json!(["a", "b", {"Id": "c"}])));
        assert_eq!(merged(vec![json!({"Jobs": ""})], "Jobs.Job"), json!({"Jobs": {"Job": []}}));
        assert_eq!(merged(vec![json!({"A.B": [1]})], "A.B"), json!({"A.B": [1]}));
    }
}
