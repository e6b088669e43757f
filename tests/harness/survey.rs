//! How much of real prose is understood: the share of one product's rule-like sentences must not fall.
#![allow(clippy::unwrap_used)]

use bindery::import::{self, Input, Kind, Options};
use bindery_tests::metadata::unpacked;
use std::fs;

/// The share of rule-like sentences that was understood when this was last looked at, and what it was of.
const SHARES: [(&str, f64, usize); 2] = [("en", 0.855, 900), ("zh", 0.925, 850)];

#[test]
fn the_share_of_sentences_understood_does_not_fall() {
    let Some(scratch) = unpacked("cli-meta-2026-04", &["en-US/dts", "zh-CN/dts"]) else { return };
    let mut documents = vec![];
    for language in ["zh-CN", "en-US"] {
        for entry in fs::read_dir(scratch.path().join(language).join("dts")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let file = format!("{language}/dts/{name}").as_str().into();
            documents.push(Input { file, text: fs::read_to_string(&path).unwrap().into() });
        }
    }
    let options = Options { survey: true, ..Options::default() };
    let survey = import::import(Kind::CliMeta, &documents, &options).report.survey;
    for (language, share, rule_like) in SHARES {
        let figures = survey.language(language).unwrap();
        println!("{language}: {} of {} understood", figures.understood, figures.rule_like);
        assert!(figures.rule_like >= rule_like, "{language}: {} sentences look like rules", figures.rule_like);
        assert!(figures.share() >= share, "{language}: {:.3}\n{}", figures.share(), survey.human());
    }
}
