//! What the JSON sample shows at a place of the response.

use serde_json::Value;

/// The values that the sample shows at one place: several, if a list is on the way.
#[derive(Debug, Clone, Default)]
pub struct Level<'a> {
    values: Vec<&'a Value>,
}

/// Whether the sample has a name at a place.
#[derive(Debug, Clone)]
pub enum Found<'a> {
    /// It has, with these values.
    Here(Level<'a>),
    /// It has the place, and not the name.
    Missing,
    /// It does not have the place.
    Unknown,
}

impl<'a> Found<'a> {
    /// The level below the name.
    pub fn level(self) -> Level<'a> {
        match self {
            Found::Here(level) => level,
            Found::Missing | Found::Unknown => Level::default(),
        }
    }
}

impl<'a> Level<'a> {
    /// The top. Some samples put the whole answer below one name.
    pub fn root(sample: Option<&'a Value>) -> Level<'a> {
        let top = Level { values: sample.into_iter().collect() };
        match top.only_member() {
            Some((name, inner)) if name.to_lowercase().ends_with("response") => inner,
            _ => top,
        }
    }

    /// Looks for a name, below the wrapper if there is one.
    pub fn find(&self, name: &str) -> Found<'a> {
        if !self.values.iter().any(|value| value.is_object()) {
            return Found::Unknown;
        }
        let direct = self.below(name);
        if !direct.values.is_empty() {
            return Found::Here(direct);
        }
        match self.only_member() {
            Some((_, inner)) => match inner.below(name) {
                found if found.values.is_empty() => Found::Missing,
                found => Found::Here(found),
            },
            None => Found::Missing,
        }
    }

    /// The wrapper below which a name is found.
    pub fn wrapper_of(&self, name: &str) -> Option<&'a str> {
        let (wrapper, inner) = self.only_member()?;
        let wrapped = self.below(name).values.is_empty() && !inner.below(name).values.is_empty();
        wrapped.then_some(wrapper)
    }

    /// The sample shows plain values here, and nothing that has members.
    pub fn is_plain(&self) -> bool {
        let leaf = |value: &&Value| !value.is_object() && value.as_str() != Some("") && !value.is_null();
        !self.values.is_empty() && self.values.iter().all(leaf)
    }

    fn below(&self, name: &str) -> Level<'a> {
        let values = self.values.iter().filter_map(|value| value.get(name));
        Level { values: values.flat_map(elements).collect() }
    }

    /// The one member that every object here has, and what is below it.
    fn only_member(&self) -> Option<(&'a str, Level<'a>)> {
        let mut names = self.values.iter().filter_map(|value| value.as_object()).flat_map(|object| object.keys());
        let first = names.next()?;
        names.all(|name| name == first).then(|| (first.as_str(), self.below(first)))
    }
}

/// The elements of a list, of lists in it too; the value itself if it is none.
fn elements(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().flat_map(elements).collect(),
        other => vec![other],
    }
}
