//! Sentences as a person would write them to find out what is made of them.

use super::super::names::{Folded, Name};
use super::*;
use crate::import::Language;

fn names() -> Names {
    let name = |wire: &str, values: &[&str]| Name {
        wire: wire.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        ..Name::default()
    };
    Names::new(vec![name("Me", &["a", "b"]), name("Kind", &["Big", "small"]), name("Other", &[]), name("Size", &[])])
}

/// Effect, whether it is doubtful, the condition, the targets; and the number of sentences that were missed.
type Read = (Vec<(Effect, bool, Option<Cond>, Vec<String>)>, usize);

fn read(language: Language, text: &str) -> Read {
    let phrases = Phrases::embedded(language).unwrap(); // house: allow - a test
    let reading = super::read("Me", &Description::parse(text, 1), &[], &names(), &phrases);
    let facts = reading.facts.into_iter();
    let condition = |fact: &Fact| fact.bound.condition.as_deref().cloned();
    let facts = facts.map(|fact| (condition(&fact), fact));
    let facts = facts.map(|(condition, fact)| (fact.effect, fact.doubtful, condition, fact.bound.targets));
    (facts.collect(), reading.missed.len())
}

fn kind(value: &str, written: Option<&str>) -> Option<Cond> {
    let value = Folded { taken: value.to_owned(), written: written.map(str::to_owned) };
    Some(Cond::Is("Kind".to_owned(), vec![value]))
}

#[test]
fn one_sentence_may_say_two_things() {
    let expected = |targets: &[&str]| {
        let targets: Vec<String> = targets.iter().map(|name| (*name).to_owned()).collect();
        let fact = |effect| (effect, false, kind("Big", None), targets.clone());
        (vec![fact(Effect::Available), fact(Effect::Require)], 0)
    };
    assert_eq!(read(Language::Zh, "仅当**Kind**的值为**Big**时，该参数有效且必填。"), expected(&["Me"]));
    assert_eq!(read(Language::Zh, "在**Kind**为**Big**时必填且有效"), expected(&[]));
    let english = "This parameter is valid and required only if **Kind** is set to **Big**.";
    assert_eq!(read(Language::En, english), expected(&["Me"]));
}

#[test]
fn values_fold_and_the_spelling_is_kept() {
    let fact = (Effect::Require, false, kind("Big", Some("BIG")), vec!["Me".to_owned()]);
    assert_eq!(read(Language::Zh, "若`Kind`=BIG，该参数必填"), (vec![fact], 0));
}

#[test]
fn a_condition_that_is_understood_in_part_is_doubtful_and_never_a_rule() {
    for (language, text) in [
        (Language::Zh, "若**Kind**为Big并且月亮是圆的，无需设置该参数。"),
        (Language::Zh, "月亮圆的时候，若**Kind**为Big，无需设置该参数。"),
        (
            Language::En,
            "If **Kind** is set to **Big** and the moon is full, you do not need to specify this parameter.",
        ),
        (Language::En, "You do not need to specify this parameter if **Kind** is set to **Big** or the moon is full."),
    ] {
        let (facts, missed) = read(language, text);
        assert_eq!(missed, 0, "{text}");
        assert!(facts.iter().any(|(effect, ..)| *effect == Effect::Ignore), "{text}");
        assert!(facts.iter().all(|(_, doubtful, ..)| *doubtful), "{text}");
    }
}

#[test]
fn a_list_of_values_after_a_copula_is_a_condition_only_below_a_head() {
    let (facts, _) = read(Language::Zh, "取值：**x**、**y**。");
    assert!(matches!(facts.as_slice(), [(Effect::Values, false, None, _)]));
    let (facts, _) = read(Language::Zh, "当**Kind**取值为**Big**时，该参数可用。取值为**small**时，不能设置该参数。");
    let conditions: Vec<_> = facts.into_iter().map(|(effect, _, condition, _)| (effect, condition)).collect();
    assert_eq!(conditions, [(Effect::Available, kind("Big", None)), (Effect::Forbid, kind("small", None))]);
}

#[test]
fn what_looks_like_a_rule_and_is_none_that_is_known_is_missed() {
    assert_eq!(read(Language::Zh, "月圆之夜必须先祭天。"), (vec![], 1));
    assert_eq!(read(Language::En, "The moon must be full."), (vec![], 1));
    assert_eq!(read(Language::Zh, "当前是夜里。"), (vec![], 0));
}

#[test]
fn what_cannot_be_done_yet_is_forbidden_and_no_condition() {
    let (facts, _) = read(Language::Zh, "当前暂不支持此功能，请勿传入此参数。");
    assert_eq!(facts, [(Effect::Forbid, false, None, vec!["Me".to_owned()])]);
}

#[test]
fn a_list_of_values_that_goes_on_is_no_list_of_all_values() {
    for (language, text, whole) in [
        (Language::Zh, "取值：x、y。", true),
        (Language::Zh, "取值：x：左，y：右。", false),
        (Language::Zh, "现已开通东城（取值为x）、西城（取值为y）。", false),
        (Language::En, "Valid values: STRING, INTEGER, and Y.", true),
        (Language::En, "Valid values: **x**, **y**, and any.", false),
    ] {
        let (facts, _) = read(language, text);
        let mut values = facts.iter().filter(|(effect, ..)| *effect == Effect::Values).peekable();
        assert!(values.peek().is_some(), "{text}");
        assert_eq!(values.all(|(_, doubtful, ..)| !doubtful), whole, "{text}");
    }
}

#[test]
fn what_a_value_is_like_and_what_a_caller_wants_are_no_values_and_no_conditions() {
    let effects = |text: &str| {
        let (facts, _) = read(Language::En, text);
        facts.into_iter().map(|(effect, doubtful, ..)| (effect, doubtful)).collect::<Vec<_>>()
    };
    for text in [
        "The value is case-sensitive.",
        "If **Kind** is set to **Big**, this parameter must be configured.",
        "To count sheep, set the value to **b**.",
    ] {
        assert!(effects(text).iter().all(|(effect, _)| *effect != Effect::Values), "{text}");
    }
    let text = "To count sheep, you must specify the **Other** or **Size** parameter, but not both.";
    assert_eq!(effects(text), [(Effect::AtMostOne, false)]);
    assert!(effects("Valid values: **6** and **60**.").iter().all(|(effect, _)| *effect != Effect::Range));
    assert!(effects("Valid values: **6** to **60**.").contains(&(Effect::Range, false)));
}
