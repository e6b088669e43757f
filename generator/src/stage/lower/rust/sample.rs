//! Values for examples: the ones that a sample request would have.

use super::fields::Speller;
use crate::model::{Action, Language, Severity};
use crate::rules;
use crate::rules::sample::preferred;
use serde_json::{Map, Value};

impl Speller<'_> {
    /// A value that fits.
    pub fn sample(&self, action: &Action, index: usize) -> Value {
        preferred(self.api(), action, index)
    }

    /// Whether a request has no violation but advice.
    pub fn passes(&self, action: &Action, request: &Map<String, Value>) -> bool {
        let faults = rules::check(self.api(), action, &Value::Object(request.clone()), Language::En);
        faults.iter().all(|fault| fault.severity == Severity::Advice)
    }
}
