//! A request as generated code holds it: looked at, checked and sent.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests may")]

use bindery_runtime::table::{
    Condition, Effect, Kind, Member, Others, Parameter, Place, Rule, Severity, Shape, Style, Table,
};
use bindery_runtime::wire::{Field, Wire};
use bindery_runtime::{AsValue, Code, Json, Language, Object, Request, Secret, Value};
use serde_json::json;
use std::collections::BTreeMap;

static TEXT: Shape = Shape::of(Kind::Text);
static FLAG: Shape = Shape::of(Kind::Boolean);
static HIDDEN: Shape = Shape { sensitive: true, ..Shape::of(Kind::Text) };
static TAG: Shape = Shape::of(Kind::Object(
    &[Member { name: "Key", required: true, shape: &TEXT }, Member { name: "Value", required: false, shape: &HIDDEN }],
    Others::Refused,
));
static TAGS: Shape = Shape::of(Kind::List(&TAG));
static NAMES: Shape = Shape::of(Kind::List(&TEXT));
static COUNTS: Shape = Shape::of(Kind::Object(&[], Others::Of(&Shape::of(Kind::Integer))));
static PRICES: Shape = Shape::of(Kind::Object(&[], Others::Of(&Shape::of(Kind::Number))));
static HELD: Shape = Shape::of(Kind::Json(&TAGS));

const fn parameter(name: &'static str, place: Place, style: Style, shape: &'static Shape) -> Parameter {
    Parameter { name, required: false, place, style, default: None, shape }
}

static TABLE: Table = Table {
    action: "Do",
    parameters: &[
        Parameter { required: true, ..parameter("Id", Place::Query, Style::Repeat, &TEXT) },
        parameter("Flag", Place::Query, Style::Repeat, &FLAG),
        parameter("Password", Place::Query, Style::Repeat, &HIDDEN),
        parameter("Tag", Place::Query, Style::Repeat, &TAGS),
        parameter("Names", Place::Header, Style::Simple, &NAMES),
        parameter("Counts", Place::Form, Style::Flat, &COUNTS),
        parameter("Whole", Place::Form, Style::Json, &PRICES),
        parameter("Held", Place::Form, Style::Repeat, &HELD),
        parameter("Any", Place::Body, Style::Repeat, &Shape::of(Kind::Any)),
    ],
    rules: &[Rule {
        id: "idle",
        when: Condition::Present(&[1]),
        effect: Effect::Ignore(&[2]),
        severity: Severity::Advice,
        when_en: "when `Flag` is given",
        when_zh: "当指定了 `Flag` 时",
    }],
};

struct Tag {
    key: &'static str,
    value: Option<&'static str>,
}

impl Object for Tag {
    fn members<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Value<'a>)) {
        visit("Key", self.key.as_value());
        if let Some(value) = &self.value {
            visit("Value", value.as_value());
        }
    }
}

impl AsValue for Tag {
    fn as_value(&self) -> Value<'_> {
        Value::Object(self)
    }
}

#[derive(Default)]
struct Do {
    id: Option<String>,
    flag: Option<bool>,
    password: Option<Secret>,
    tag: Vec<Tag>,
    names: Vec<&'static str>,
    counts: BTreeMap<String, i64>,
    whole: BTreeMap<String, f64>,
    held: Option<Json>,
    any: Option<Json>,
}

impl Request for Do {
    const TABLE: &'static Table = &TABLE;

    fn values<'a>(&'a self, visit: &mut dyn FnMut(u16, Value<'a>)) {
        let some: [(u16, Option<&'a dyn AsValue>); 9] = [
            (0, self.id.as_ref().map(|value| value as _)),
            (1, self.flag.as_ref().map(|value| value as _)),
            (2, self.password.as_ref().map(|value| value as _)),
            (3, Some(&self.tag)),
            (4, Some(&self.names)),
            (5, Some(&self.counts)),
            (6, Some(&self.whole)),
            (7, self.held.as_ref().map(|value| value as _)),
            (8, self.any.as_ref().map(|value| value as _)),
        ];
        for (index, value) in some {
            if let Some(value) = value {
                visit(index, value.as_value());
            }
        }
    }
}

fn texts(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| format!("{}={}", field.name, field.value)).collect()
}

fn full() -> Do {
    Do {
        id: Some(String::new()),
        flag: Some(true),
        password: Some("hunter2".into()),
        tag: vec![Tag { key: "a b", value: None }, Tag { key: "c", value: Some("hunter3") }],
        names: vec!["x", "y"],
        counts: BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), -2)]),
        whole: BTreeMap::from([("a".to_owned(), 1.0), ("b".to_owned(), 1.5)]),
        held: Some(json!([{"Key": "k", "Value": "hunter4"}])),
        any: Some(json!({"a": [true, null]})),
    }
}

#[test]
fn the_wire_form() {
    let wire = full().to_wire();
    assert_eq!(
        texts(&wire.query),
        ["Id=", "Flag=true", "Password=hunter2", "Tag.1.Key=a b", "Tag.2.Key=c", "Tag.2.Value=hunter3"]
    );
    assert_eq!(texts(&wire.headers), ["Names=x,y"]);
    assert_eq!(
        texts(&wire.form),
        ["Counts.a=1", "Counts.b=-2", r#"Whole={"a":1,"b":1.5}"#, r#"Held=[{"Key":"k","Value":"hunter4"}]"#]
    );
    assert_eq!(texts(&wire.body), [r#"Any={"a":[true,null]}"#]);
}

#[test]
fn text_that_holds_json_is_not_touched() {
    let wire = Do { held: Some(json!("[ {\"Key\" : 1} ]")), ..Do::default() }.to_wire();
    assert_eq!(texts(&wire.form), ["Whole={}", "Held=[ {\"Key\" : 1} ]"]);
}

#[test]
fn what_is_absent_or_empty_leaves_no_trace() {
    let Wire { query, headers, form, path, host, body } = Do::default().to_wire();
    assert_eq!(texts(&form), ["Whole={}"]);
    assert!([query, headers, path, host, body].iter().all(Vec::is_empty));
}

#[test]
fn debug_shows_no_secret() {
    let shown = format!("{:?}", full().to_wire());
    assert!(shown.contains("Tag.1.Key=\"a b\"") && shown.contains("Password=\"***\""), "{shown}");
    assert!(!shown.contains("hunter"), "{shown}");
}

#[test]
fn errors_refuse_and_advice_does_not() {
    let request = Do { tag: Vec::new(), ..full() };
    assert_eq!(request.validate(), Ok(()));
    let advice = request.check();
    assert_eq!(advice.to_string(), "advice: `Password` is given: it has no effect when `Flag` is given");
    let violations = Do { id: None, ..request }.validate().unwrap_err();
    assert_eq!(
        violations.iter().map(|violation| violation.code).collect::<Vec<_>>(),
        [Code::Missing, Code::IgnoredWhen]
    );
    assert_eq!(
        violations.to_json(Language::Zh),
        json!([
            {"code": "missing", "path": "Id", "severity": "error", "message": "缺少 `Id`：必填"},
            {"code": "ignored-when", "path": "Password", "rule": "idle", "severity": "advice",
             "message": "指定了 `Password`：当指定了 `Flag` 时，不起作用"},
        ])
    );
}

#[test]
fn a_typed_request_and_the_same_as_json_read_alike() {
    let typed = Do { id: None, tag: vec![Tag { key: "", value: Some("x") }], ..full() };
    let json = json!({"Flag": true, "Password": "x", "Tag": [{"Key": "", "Value": "x"}], "Held": "[]"});
    assert_eq!(typed.check(), TABLE.check_json(&json));
}
