//! Four judges and no ruler: a JSON Schema validator that nobody here wrote, the reference evaluator, the runtime's
//! interpreter over an action's table, and the generated types. On every request they give the same verdict; the ones
//! that name violations name the same ones in the same order.

#![forbid(unsafe_code)]

mod answer;
mod codes;
mod judge;
mod maker;
mod nest;
mod shrink;
mod value;

pub use answer::{Answers, as_text, known, strange};
pub use judge::{Judges, Tally};
pub use maker::Maker;

use bindery::model::Api;
use bindery::pipeline;
use std::path::Path;

/// How many requests are tried an action at least: 2,000 unless `BINDERY_AGREEMENT` says otherwise.
pub fn count() -> usize {
    std::env::var("BINDERY_AGREEMENT").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000)
}

/// So many requests are tried if need be until each code came up; one that still did not is no bad luck.
const ENOUGH: usize = 20_000;

/// The API of a spec folder.
///
/// # Errors
/// The problems of the folder, a line each.
pub fn load(dir: &Path) -> Result<Api, String> {
    let loaded = pipeline::load(dir);
    let problems = || loaded.diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    loaded.api.ok_or_else(problems)
}

/// Lets the judges see as many requests as wanted, and more while a code that the action can produce has not come up; and
/// says what was seen.
///
/// # Errors
/// The smallest request found on which they disagree, and the seed that made it; or the codes that the action can
/// produce and no request did, because then the agreement proves little.
pub fn agree(judges: &Judges<'_>, count: usize, seed: u64) -> Result<Tally, String> {
    let mut maker = Maker::new(judges.api, judges.action, seed);
    let mut tally = Tally::default();
    let possible = codes::possible(judges.api, judges.action);
    let unseen = |tally: &Tally| possible.iter().copied().filter(|code| !tally.codes.contains_key(code)).collect();
    let mut tried = 0;
    loop {
        let unseen: Vec<&str> = unseen(&tally);
        if tried >= count && unseen.is_empty() {
            break;
        }
        if tried >= count.max(ENOUGH) {
            return Err(format!("{}, seed {seed}: no request in {tried} led to {unseen:?}", judges.action.name));
        }
        let request = maker.request();
        if let Err(first) = judges.judge(&request, &mut tally) {
            let (request, disagreement) = shrink::smallest(judges, request, first);
            return Err(format!(
                "{}, seed {seed}, request {tried}, as small as it gets:\n{request:#}\n{disagreement}",
                judges.action.name
            ));
        }
        tried += 1;
    }
    if tally.valid * 20 < tried || tally.invalid * 20 < tried {
        return Err(format!("{}, seed {seed}: {} of {tried} valid is lopsided", judges.action.name, tally.valid));
    }
    Ok(tally)
}
