//! Answers are read as the spec says, for every action: of a sample and of random answers, nothing is left over but what
//! the spec does not name, and it does not matter whether a scalar comes as text or a list of one as its element.

use alibabacloud_dts as dts;
use alibabacloud_dts::DescribeSynchronizationJobs;
use alibabacloud_dts::runtime::Call;
use alibabacloud_dts::runtime::decode::Decode;
use bindery::model::Api;
use bindery_agreement::{Answers, as_text, known, load, strange};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/requests.rs"));

/// So many random answers are read an action.
const COUNT: usize = 200;

fn api() -> Api {
    load(Path::new("../../api-specs/dts/2020-01-01")).unwrap()
}

/// How many levels of an answer hold something that was left over. Debug output is the one view of every level.
fn left_over(answer: &impl Debug) -> usize {
    let printed = format!("{answer:?}");
    printed.matches("others: {").count() - printed.matches("others: {}").count()
}

/// Reads an action's answers, and says which action it was.
fn reads<R: Call>(api: &Api) -> &str
where
    R::Response: Debug + PartialEq,
{
    let action = api.action(R::OPERATION.action()).unwrap();
    let shape = action.response.as_ref().unwrap();
    let sample = action.samples.json.iter().map(|sample| known(api, shape, sample));
    let mut random = Answers::new(api, shape, 20_200_101);
    for value in sample.chain((0..COUNT).map(|_| random.answer())) {
        let read = |value: &Value| R::Response::decode(value).unwrap_or_else(|| panic!("{}: {value:#}", action.name));
        let answer = read(&value);
        assert_eq!(left_over(&answer), 0, "{}: {answer:#?} of {value:#}", action.name);
        assert_eq!(read(&as_text(api, shape, &value)), answer, "{}: {value:#}", action.name);
        let (strange, objects) = strange(api, shape, &value);
        assert_eq!(left_over(&read(&strange)), objects, "{}: unknown members are kept, {strange:#}", action.name);
    }
    action.name.as_str()
}

#[test]
fn nothing_of_an_answer_is_left_over() {
    let api = api();
    macro_rules! reads {
        ($($request:ident)*) => { [$(reads::<dts::$request>(&api)),*] };
    }
    let read: BTreeSet<&str> = for_each_request!(reads).into_iter().collect();
    assert_eq!(read, api.actions.iter().map(|action| action.name.as_str()).collect());
}

#[test]
fn a_leftover_is_seen() {
    let api = api();
    let action = api.action(DescribeSynchronizationJobs::OPERATION.action()).unwrap();
    let mut sample = action.samples.json.clone().unwrap();
    sample["SynchronizationInstances"][0]["Performance"]["RPS"] = json!({"no": "text"});
    let answer = <DescribeSynchronizationJobs as Call>::Response::decode(&sample).unwrap();
    assert_eq!(left_over(&answer), 1, "what does not fit its field is kept");
}
