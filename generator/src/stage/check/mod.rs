//! What a spec says about itself: lints over the model.
//!
//! Each family of lints is a file that holds the lints it reports, as data, beside the code that finds them; [`LINTS`]
//! lists them all. Everything here is a pure function of the model: no file is read and no target language is known.

mod allow;
mod conflict;
mod fit;
mod known;
mod lint;
mod parameter;
mod place;
mod provenance;
mod reach;
mod report;
mod response;
mod sibling;
mod waiter;
mod wording;

pub use lint::{LINTS, Lint};

use crate::diag::Diagnostics;
use crate::model::{Action, Api};
use rayon::prelude::*;
use report::Report;

/// An API that every lint has looked at. Whether it may go on is for the diagnostics to say.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a>(&'a Api);

impl<'a> Checked<'a> {
    /// The API.
    pub fn api(self) -> &'a Api {
        self.0
    }
}

/// Reports what a person should look at in an API.
pub fn run<'a>(api: &'a Api, diagnostics: &mut Diagnostics) -> Checked<'a> {
    let found = api.actions.par_iter().map(|each| {
        let mut found = Diagnostics::new();
        action(api, each, &mut found);
        found
    });
    found.collect::<Vec<_>>().into_iter().for_each(|found| diagnostics.extend(found));
    Checked(api)
}

/// Reports what a person should look at in one action of an API.
pub fn action(api: &Api, action: &Action, diagnostics: &mut Diagnostics) {
    let mut report = Report::new(action);
    known::check(&mut report);
    reach::check(&mut report);
    conflict::check(&mut report);
    sibling::check(&mut report);
    parameter::check(api, &mut report);
    response::check(api, &mut report);
    waiter::check(api, &mut report);
    provenance::check(&mut report);
    wording::check(api, &mut report);
    diagnostics.extend(allow::apply(action, report.into_findings()));
}
