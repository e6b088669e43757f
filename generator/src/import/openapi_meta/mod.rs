//! From the vendor's metadata of a product, one JSON file (`api-docs.json`), to drafts of its actions.
//!
//! Each file is parsed once, strictly. A problem inside an action refuses that action and no other. Every key of the format
//! is either read or in the list of those that are left out on purpose ([`known`]); any other is a warning, so that nothing
//! is lost in silence. What the prose says is no business of this room.

mod action;
mod answer;
mod at;
mod document;
mod field;
mod keyword;
mod known;
mod sample;

use super::Input;
use super::Options;
use super::imported::Harvest;
use crate::diag::Diagnostics;
use rayon::prelude::*;

/// Reads files. An action with an error yields nothing; the diagnostics say why.
pub(super) fn harvest(inputs: &[Input], options: &Options, diagnostics: &mut Diagnostics) -> Harvest {
    let read: Vec<(Harvest, Diagnostics)> = inputs.par_iter().map(|input| document::read(input, options)).collect();
    let mut harvest = Harvest::default();
    for (found, problems) in read {
        harvest.facts.extend(found.facts);
        harvest.drafts.extend(found.drafts);
        harvest.passed_over.extend(found.passed_over);
        diagnostics.extend(problems);
    }
    harvest
}
