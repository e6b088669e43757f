//! What the JSON sample shows at each place of the response. Every place is looked at once, whoever asks how often.

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde_json::Value;

/// A place of the sample, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct LevelId(usize);

/// Whether the sample has a name at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It has, and this is the place below it.
    Here(LevelId),
    /// It has the place, and not the name.
    Missing,
    /// It does not have the place.
    Unknown,
}

/// All places that have been looked at.
#[derive(Debug)]
pub(super) struct Levels<'a> {
    levels: Vec<Level<'a>>,
    found: IndexMap<(LevelId, &'a str), Found>,
}

/// The place of which nothing is known.
const NOWHERE: LevelId = LevelId(0);

impl<'a> Levels<'a> {
    pub fn new(sample: Option<&'a Value>) -> Levels<'a> {
        Levels { levels: vec![Level::default(), Level::root(sample)], found: IndexMap::new() }
    }

    pub fn root(&self) -> LevelId {
        LevelId(1)
    }

    /// Looks for a name, below the wrapper if there is one.
    pub fn find(&mut self, level: LevelId, name: &'a str) -> Found {
        let place = match self.found.entry((level, name)) {
            Entry::Occupied(found) => return *found.get(),
            Entry::Vacant(place) => place,
        };
        let found = match self.levels.get(level.0).map(|level| level.find(name)) {
            None | Some(Looked::Unknown) => Found::Unknown,
            Some(Looked::Missing) => Found::Missing,
            Some(Looked::Here(below)) => {
                self.levels.push(below);
                Found::Here(LevelId(self.levels.len() - 1))
            }
        };
        *place.insert(found)
    }

    /// The place below a name.
    pub fn below(&mut self, level: LevelId, name: &'a str) -> LevelId {
        match self.find(level, name) {
            Found::Here(below) => below,
            Found::Missing | Found::Unknown => NOWHERE,
        }
    }

    /// The wrapper below which a name is found.
    pub fn wrapper_of(&self, level: LevelId, name: &str) -> Option<String> {
        self.levels.get(level.0)?.wrapper_of(name).map(str::to_owned)
    }

    /// The sample shows something that has members here.
    pub fn has_members(&self, level: LevelId) -> bool {
        self.levels.get(level.0).is_some_and(|level| level.values.iter().any(|value| value.is_object()))
    }

    /// The sample shows plain values here, and nothing that has members.
    pub fn is_plain(&self, level: LevelId) -> bool {
        self.levels.get(level.0).is_some_and(Level::is_plain)
    }
}

/// The values that the sample shows at one place: several, if a list is on the way.
#[derive(Debug, Clone, Default)]
struct Level<'a> {
    values: Vec<&'a Value>,
}

enum Looked<'a> {
    Here(Level<'a>),
    Missing,
    Unknown,
}

impl<'a> Level<'a> {
    /// The top. Some samples put the whole answer below one name.
    fn root(sample: Option<&'a Value>) -> Level<'a> {
        let top = Level { values: sample.into_iter().collect() };
        match top.only_member() {
            Some((name, inner)) if name.to_lowercase().ends_with("response") => inner,
            _ => top,
        }
    }

    fn find(&self, name: &str) -> Looked<'a> {
        if !self.values.iter().any(|value| value.is_object()) {
            return Looked::Unknown;
        }
        let direct = self.below(name);
        if !direct.values.is_empty() {
            return Looked::Here(direct);
        }
        match self.only_member() {
            Some((_, inner)) => match inner.below(name) {
                found if found.values.is_empty() => Looked::Missing,
                found => Looked::Here(found),
            },
            None => Looked::Missing,
        }
    }

    fn wrapper_of(&self, name: &str) -> Option<&'a str> {
        let (wrapper, inner) = self.only_member()?;
        let wrapped = self.below(name).values.is_empty() && !inner.below(name).values.is_empty();
        wrapped.then_some(wrapper)
    }

    fn is_plain(&self) -> bool {
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
