//! Everything that is served: actions with their operations, found by name and version or by path.

use super::pairs::Pairs;
use super::refusal::Refusal;
use super::sample;
use super::unflatten::Names;
use crate::diag::did_you_mean;
use crate::model;
use crate::tables;
use bindery_runtime::operation::{Operation, Protocol};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::BTreeMap;

/// Everything that is served.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub actions: Vec<Known>,
    /// Indices of actions, by name.
    by_name: BTreeMap<&'static str, Vec<usize>>,
}

/// An action.
#[derive(Debug)]
pub(super) struct Known {
    pub operation: &'static Operation,
    pub names: Names,
    /// The API that it belongs to, by its position among those that are served.
    pub api: usize,
    /// What it answers where nothing else is said.
    pub sample: Value,
}

impl Catalog {
    pub fn of(apis: &[model::Api]) -> Catalog {
        let mut catalog = Catalog::default();
        for (index, api) in apis.iter().enumerate() {
            let shared = tables::api(api);
            for action in &api.actions {
                let operation = tables::operation(api, action, shared);
                catalog.by_name.entry(operation.action()).or_default().push(catalog.actions.len());
                catalog.actions.push(Known {
                    operation,
                    names: Names::of(operation.table),
                    api: index,
                    sample: sample::answer(api, action),
                });
            }
        }
        catalog
    }

    /// The action that a request names. `version`: what it says of the API's version.
    pub fn named(&self, name: &str, version: Option<&str>) -> Result<usize, Refusal> {
        let Some(found) = self.by_name.get(name) else {
            return Err(Refusal::unknown_action(name, did_you_mean(name, self.by_name.keys().copied())));
        };
        let Some(version) = version.filter(|version| !version.is_empty()) else {
            return Err(Refusal::missing("Version", "the header `x-acs-version` or the parameter `Version`"));
        };
        let fits = |index: &&usize| self.known(**index).is_some_and(|known| known.operation.api.version == version);
        found.iter().find(fits).copied().ok_or_else(|| {
            let known = found.iter().filter_map(|index| self.known(*index)).map(|known| known.operation.api.version);
            let recommend = format!("send {}", known.collect::<Vec<_>>().join(" or "));
            Refusal::new(400, "InvalidVersion", format!("`{name}` has no such version"), recommend)
        })
    }

    /// The action that a method and a path mean. A segment that is spelled out wins over a placeholder.
    pub fn at(&self, method: &str, path: &str) -> Option<usize> {
        let fitting = self.actions.iter().enumerate().filter(|(_, known)| {
            known.operation.api.protocol == Protocol::Roa
                && known.operation.method == method
                && segments(known.operation.path, path).is_some()
        });
        fitting.min_by_key(|(_, known)| known.operation.path.matches('{').count()).map(|(index, _)| index)
    }

    pub fn known(&self, index: usize) -> Option<&Known> {
        self.actions.get(index)
    }
}

impl Known {
    /// The parameters in a path; `None` if the path is not the action's.
    pub fn in_path(&self, path: &str) -> Option<Pairs> {
        match self.operation.api.protocol {
            Protocol::Rpc => (path == "/").then(Pairs::default),
            Protocol::Roa => segments(self.operation.path.split('?').next().unwrap_or_default(), path),
        }
    }

    /// Whether the action answers to a method.
    pub fn takes(&self, method: &str) -> bool {
        match self.operation.api.protocol {
            Protocol::Rpc => matches!(method, "GET" | "POST"),
            Protocol::Roa => method == self.operation.method,
        }
    }
}

/// The values that stand in a path where the pattern has placeholders; `None` if it does not fit.
fn segments(pattern: &str, path: &str) -> Option<Pairs> {
    if pattern.split('/').count() != path.split('/').count() {
        return None;
    }
    let mut values = Pairs::default();
    for (wanted, found) in pattern.split('/').zip(path.split('/')) {
        let found = percent_decode_str(found).decode_utf8_lossy();
        match wanted.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some((name, verb)) => match found.strip_suffix(verb) {
                Some(value) if !value.is_empty() => values.push(name, value),
                _ => return None,
            },
            None if wanted != found => return None,
            None => {}
        }
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::{Pairs, segments};

    #[test]
    fn paths_fit_whole_segments() {
        let pairs = |encoded: &str| Some(Pairs::parse(encoded.as_bytes()));
        assert_eq!(segments("/", "/"), pairs(""));
        assert_eq!(segments("/a/{B}", "/a/x%2Fy"), pairs("B=x/y"));
        assert_eq!(segments("/{A}/b/{C}", "/1/b/2"), pairs("A=1&C=2"));
        assert_eq!(segments("/{A}:stop", "/1:stop"), pairs("A=1"));
        for wrong in ["/a", "/a/", "/b/x", "/a/x/", "/a/x/y", ""] {
            assert_eq!(segments("/a/{B}", wrong), None, "{wrong}");
        }
    }
}
