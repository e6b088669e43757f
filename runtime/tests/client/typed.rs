//! What a typed call adds: the answer becomes a type, or it is said what that means.

use crate::server::{Act, Server};
use crate::world::{API, client, kind};
use bindery_runtime::decode::{Decode, Fields};
use bindery_runtime::error::Error;
use bindery_runtime::operation::{Effect, Operation};
use bindery_runtime::table::{Kind, Parameter, Place, Shape, Table};
use bindery_runtime::{AsValue, Call, Json, Request, Value};
use serde_json::json;

static TEXT: Shape = Shape::of(Kind::Text);
static HIDDEN: Shape = Shape { sensitive: true, ..Shape::of(Kind::Text) };
static BUY: Table = Table {
    action: "BuyThing",
    parameters: &[Parameter::of("Name", &TEXT), Parameter::of("ClientToken", &TEXT)],
    rules: &[],
};

struct Buy;

impl Request for Buy {
    const TABLE: &'static Table = &BUY;

    fn values<'a>(&'a self, visit: &mut dyn FnMut(u16, Value<'a>)) {
        visit(0, "one".as_value());
    }
}

#[derive(Debug)]
struct Bought {
    id: Option<String>,
}

impl Decode for Bought {
    fn decode(json: &Json) -> Option<Bought> {
        Some(Bought { id: Fields::of(json)?.take("Id") })
    }
}

impl Call for Buy {
    type Response = Bought;

    const OPERATION: &'static Operation =
        &Operation { api: &API, table: &BUY, method: "POST", path: "/", effect: Effect::Spend, token: Some(1) };
}

#[tokio::test]
async fn an_answer_that_nobody_understands_may_mean_that_it_was_applied() {
    let server =
        Server::playing(vec![vec![Act::answer(200, "", "[1]")], vec![Act::answer(200, "", r#"{"Id": 7}"#)]]).await;
    let client = client(&server.url()).build().unwrap();
    let error = client.send(&Buy).await.unwrap_err();
    assert_eq!(kind(&error), "may have been applied: decode 200");
    let Error::MayHaveBeenApplied { client_token: Some(token), .. } = &error else { panic!("{error}") };
    assert_eq!(server.seen()[0].query("ClientToken"), Some(token.as_str()));
    assert_eq!(client.send(&Buy).await.unwrap().id.as_deref(), Some("7"));
}

/// An action whose parameters travel in the URL, in a form and as the body: a body takes the form's place.
#[tokio::test]
async fn nothing_is_lost_where_a_body_is_possible() {
    static KEEP: Table = Table {
        action: "KeepThing",
        parameters: &[
            Parameter::of("Password", &HIDDEN),
            Parameter { place: Place::Form, ..Parameter::of("Kind", &TEXT) },
            Parameter { place: Place::Body, ..Parameter::of("Thing", &TEXT) },
        ],
        rules: &[],
    };
    static OPERATION: Operation =
        Operation { api: &API, table: &KEEP, method: "POST", path: "/", effect: Effect::Write, token: None };
    let server = Server::playing(vec![vec![Act::good()]]).await;
    let client = client(&server.url()).secrets_in_form().build().unwrap();
    let request = json!({"Password": "hunter2", "Kind": "small"});
    client.call(&OPERATION, KEEP.json_to_wire(&request), &KEEP.check_json(&request)).await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(seen.query("Password"), Some("hunter2"), "a form is not certain to be there");
    assert_eq!(seen.form(), [("Kind".to_owned(), "small".to_owned())]);
    let both = json!({"Kind": "small", "Thing": "{}"});
    let error = client.call(&OPERATION, KEEP.json_to_wire(&both), &KEEP.check_json(&both)).await.unwrap_err();
    assert!(error.to_string().contains("both a form and another body"), "{error}");
}
