//! What the generated crate makes of requests: JSON lines come in, a JSON line each goes out.
//!
//! `{"action": …, "request": …}`, perhaps with `"language": "zh"`, gives `{"violations": …, "wire": …}`, and
//! `"typed": false` if the request does not fit the action's type; if it fits and the type says otherwise, `"disagrees"`
//! tells how. `{"sign": …}` gives what a signature is made of. `{"action": …, "decode": …, "as": …}` gives in how many
//! objects of the answer something is left over, and whether both read the same.

use alibabacloud_dts::runtime::decode::Decode;
use alibabacloud_dts::runtime::sign::{Algorithm, acs3, rpc1};
use alibabacloud_dts::runtime::table::Table;
use alibabacloud_dts::runtime::wire::{Field, Wire};
use alibabacloud_dts::runtime::{Call, Json, Language, Violations};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::{Map, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Debug;
use std::io::{self, BufRead, Write};

/// What the type of an action says of a request that it can hold.
type Typed = fn(Json) -> Option<(Violations, Wire)>;

/// An action's table and its type.
struct Judge {
    table: &'static Table,
    typed: Typed,
    decoded: fn(&Json, &Json) -> Json,
}

fn judge_of<R: Call<Response: Debug + PartialEq> + DeserializeOwned>() -> Judge {
    let typed = |request| serde_json::from_value::<R>(request).ok().map(|request| (request.check(), request.to_wire()));
    Judge { table: R::TABLE, typed, decoded: decoded::<R::Response> }
}

fn decoded<A: Decode + Debug + PartialEq>(first: &Json, second: &Json) -> Json {
    let Some(one) = A::decode(first) else { return json!({"left": null, "same": false}) };
    // Debug output is the one view of every level.
    let printed = format!("{one:?}");
    let left = printed.matches("others: {").count() - printed.matches("others: {}").count();
    json!({"left": left, "same": A::decode(second).is_some_and(|other| one == other)})
}

fn main() -> Result<(), Box<dyn Error>> {
    let judges: Vec<Judge> = include!(concat!(env!("OUT_DIR"), "/requests.rs"));
    let judges: BTreeMap<&str, Judge> = judges.into_iter().map(|judge| (judge.table.action, judge)).collect();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line: Json = serde_json::from_str(&line?)?;
        let said = match line.get("sign") {
            Some(vector) => json!({"id": vector["id"], "signed": signed(vector).ok_or("no such vector")?}),
            None => match line["action"].as_str().and_then(|action| judges.get(action)) {
                Some(judge) if line.get("decode").is_some() => (judge.decoded)(&line["decode"], &line["as"]),
                Some(judge) => judge.said(&line),
                None => json!({"error": "there is no such action"}),
            },
        };
        writeln!(out, "{said}")?;
    }
    Ok(out.flush()?)
}

impl Judge {
    fn said(&self, line: &Json) -> Json {
        let language = if line["language"] == "zh" { Language::Zh } else { Language::En };
        let request = &line["request"];
        let violations = self.table.check_json(request).to_json(language);
        if !request.is_object() {
            return json!({"violations": violations, "wire": null, "typed": false});
        }
        let wire = places(&self.table.json_to_wire(request));
        let Some((checked, travels)) = nested(self.table, request).and_then(self.typed) else {
            return json!({"violations": violations, "wire": wire, "typed": false});
        };
        let mut said = json!({"violations": violations, "wire": wire});
        if checked.to_json(language) != violations {
            said["disagrees"] = checked.to_json(language);
        }
        // A type has an order of its own for what is in an object.
        if meant(&places(&travels)) != meant(&said["wire"]) {
            said["disagrees-on-wire"] = places(&travels);
        }
        said
    }
}

fn places(wire: &Wire) -> Json {
    let pairs = |fields: &[Field]| fields.iter().map(|field| json!([field.name, field.value])).collect::<Json>();
    json!({
        "query": pairs(&wire.query), "form": pairs(&wire.form), "header": pairs(&wire.headers),
        "path": pairs(&wire.path), "host": pairs(&wire.host), "body": pairs(&wire.body),
    })
}

/// JSON in texts as what it says, without nulls: a type has no place for them.
fn meant(value: &Json) -> Json {
    match value {
        Json::String(text) if text.starts_with(['[', '{']) => {
            serde_json::from_str(text).map_or_else(|_| value.clone(), |held| meant(&held))
        }
        Json::Array(items) => items.iter().map(meant).collect(),
        Json::Object(members) => {
            let given = members.iter().filter(|(_, value)| !value.is_null());
            given.map(|(name, value)| (name.clone(), meant(value))).collect()
        }
        other => other.clone(),
    }
}

/// A request as the types spell it, groups as objects. `None` if something is said twice, or of a parameter as if it were
/// a group.
fn nested(table: &Table, request: &Json) -> Option<Json> {
    let mut root = Map::new();
    for (name, value) in request.as_object()? {
        let is_below = |known: &str| name.strip_prefix(known).is_some_and(|rest| rest.starts_with('.'));
        if table.parameters.iter().any(|parameter| is_below(parameter.name)) {
            return None;
        }
        put(&mut root, name, value)?;
    }
    Some(Json::Object(root))
}

fn put(level: &mut Map<String, Json>, name: &str, value: &Json) -> Option<()> {
    match name.split_once('.') {
        Some((group, rest)) => {
            let group = level.entry(group).or_insert_with(|| json!({}));
            if group.is_null() {
                *group = json!({});
            }
            put(group.as_object_mut()?, rest, value)
        }
        None => match (level.get_mut(name), value) {
            (None, _) => level.insert(name.to_owned(), value.clone()).map_or(Some(()), |_| None),
            (Some(_), Json::Null) => Some(()),
            (Some(Json::Object(known)), Json::Object(more)) => {
                more.iter().try_for_each(|(name, value)| put(known, name, value))
            }
            (Some(_), _) => None,
        },
    }
}

fn signed(vector: &Json) -> Option<Json> {
    let text = |name: &str| vector[name].as_str().unwrap_or_default();
    let secret = text("access_key_secret");
    let algorithm = match text("algorithm") {
        "ACS3-HMAC-SHA256" => Algorithm::Acs3HmacSha256,
        "ACS3-HMAC-SM3" => Algorithm::Acs3HmacSm3,
        _ => Algorithm::Rpc1HmacSha1,
    };
    let (query, form) = (pairs_of(text("query"))?, pairs_of(text("form"))?);
    let pairs: Vec<(&str, &str)> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if algorithm == Algorithm::Rpc1HmacSha1 {
        let form = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let to_sign = rpc1::string_to_sign(text("method"), &pairs.into_iter().chain(form).collect::<Vec<_>>());
        return Some(json!({"string_to_sign": to_sign, "signature": rpc1::signature(secret, &to_sign)}));
    }
    let hash = acs3::payload_hash(algorithm, text("body").as_bytes());
    let given = vector["headers"].as_array()?.iter();
    let mut headers = given.map(|pair| Some((pair[0].as_str()?, pair[1].as_str()?))).collect::<Option<Vec<_>>>()?;
    headers.push(("x-acs-content-sha256", &hash));
    headers.retain(|(name, _)| acs3::is_signed(name));
    let canonical = acs3::canonical_request(text("method"), text("path"), &pairs, &headers, &hash);
    let to_sign = acs3::string_to_sign(algorithm, &canonical);
    let signature = acs3::signature(algorithm, secret, &to_sign);
    let names = acs3::signed_headers(&headers);
    let authorization = acs3::authorization(algorithm, text("access_key_id"), &names, &signature);
    Some(json!({
        "payload_hash": hash, "canonical_request": canonical, "string_to_sign": to_sign, "signed_headers": names,
        "signature": signature, "authorization": authorization,
    }))
}

/// `name=value&…`, percent-encoded.
fn pairs_of(query: &str) -> Option<Vec<(String, String)>> {
    let text = |text: &str| percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned());
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').and_then(|(name, value)| Some((text(name)?, text(value)?)))).collect()
}
