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
