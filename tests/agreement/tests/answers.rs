//! Answers are read as the spec says: of what a sample shows, nothing is left over but what the spec does not name, and
//! it does not matter whether a scalar comes as text or a list of one as its element.

use alibabacloud_dts::runtime::Call;
use alibabacloud_dts::runtime::decode::Decode;
use alibabacloud_dts::{
    ConfigureSynchronizationJob, CreateSynchronizationJob, DescribeSynchronizationJobStatus,
    DescribeSynchronizationJobs, StartSynchronizationJob,
};
use bindery::model::{Action, Api, Kind, Shape};
use bindery_agreement::load;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

fn api() -> Api {
    load(Path::new("../../api-specs/dts/2020-01-01")).unwrap()
}

/// The action of a request's type, and its sample answer.
fn sample<R: Call>(api: &Api) -> (&Action, Value) {
    let action = api.action(R::OPERATION.action()).unwrap();
    (action, action.samples.json.clone().unwrap())
}

/// A value without what its shape does not name.
fn known(api: &Api, shape: &Shape, value: &Value) -> Value {
    let shape = api.meant(shape);
    match (&shape.kind, value) {
        (Kind::Object(members, _), Value::Object(object)) => {
            let named = |name: &String| members.iter().find(|member| member.name.as_str() == name);
            let kept =
                object.iter().filter_map(|(name, value)| Some((name.clone(), known(api, &named(name)?.shape, value))));
            kept.collect::<Map<_, _>>().into()
        }
        (Kind::List(inner), Value::Array(items)) => items.iter().map(|item| known(api, inner, item)).collect(),
        _ => value.clone(),
    }
}

/// Adds a member that no spec names to every object.
fn strange(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let own = [("Strange".to_owned(), json!(1))];
            object.iter().map(|(name, value)| (name.clone(), strange(value))).chain(own).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(strange).collect(),
        other => other.clone(),
    }
}

fn objects(value: &Value) -> usize {
    match value {
        Value::Object(object) => 1 + object.values().map(objects).sum::<usize>(),
        Value::Array(items) => items.iter().map(objects).sum(),
        _ => 0,
    }
}

/// Every scalar as text, every list of one as its element.
fn as_text(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            object.iter().map(|(name, value)| (name.clone(), as_text(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => match items.as_slice() {
            [one] => as_text(one),
            items => items.iter().map(as_text).collect(),
        },
        Value::Bool(_) | Value::Number(_) => json!(value.to_string()),
        other => other.clone(),
    }
}

/// How many levels of an answer hold something that was left over. Debug output is the one view of every level.
fn left_over(answer: &impl Debug) -> usize {
    let printed = format!("{answer:?}");
    printed.matches("others: {").count() - printed.matches("others: {}").count()
}

fn reads<R: Call>(api: &Api) -> &str
where
    R::Response: Debug + PartialEq,
{
    let (action, sample) = sample::<R>(api);
    let sample = known(api, action.response.as_ref().unwrap(), &sample);
    let read = |value: &Value| R::Response::decode(value).unwrap();
    let answer = read(&sample);
    assert_eq!(left_over(&answer), 0, "{}: {answer:#?}", action.name);
    assert_eq!(read(&as_text(&sample)), answer, "{}", action.name);
    assert_eq!(left_over(&read(&strange(&sample))), objects(&sample), "{}: unknown members are kept", action.name);
    action.name.as_str()
}

#[test]
fn nothing_of_a_sample_is_left_over() {
    let api = api();
    let read = BTreeSet::from([
        reads::<ConfigureSynchronizationJob>(&api),
        reads::<CreateSynchronizationJob>(&api),
        reads::<DescribeSynchronizationJobStatus>(&api),
        reads::<DescribeSynchronizationJobs>(&api),
        reads::<StartSynchronizationJob>(&api),
    ]);
    let all: BTreeSet<&str> = api.actions.iter().map(|action| action.name.as_str()).collect();
    assert!(read.len() == 5 && read.is_subset(&all), "{read:?}");
}

#[test]
fn a_leftover_is_seen() {
    let api = api();
    let (_, mut sample) = sample::<DescribeSynchronizationJobs>(&api);
    sample["SynchronizationInstances"][0]["Performance"]["RPS"] = json!({"no": "text"});
    let answer = <DescribeSynchronizationJobs as Call>::Response::decode(&sample).unwrap();
    assert_eq!(left_over(&answer), 1, "what does not fit its field is kept");
}
