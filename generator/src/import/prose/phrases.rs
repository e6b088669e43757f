//! The phrases of a language as data: `zh.json`, `en.json`. A family of phrases has an id, patterns and effects; the
//! grammar of conditions is data too. Code here compiles and never contains a word of a language.

use super::lexicon::{Lexicon, Words, first, needs};
use super::pattern::{Node, Slot, compile};
use crate::import::Language;
use indexmap::IndexMap;
use serde::Deserialize;

/// What a phrase says, to be applied to the parameter in whose description it stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// If the condition holds, the targets must be given.
    Require,
    /// Unless the condition holds, the targets must not be given.
    Available,
    /// If the condition holds, the targets are needless or without effect.
    Ignore,
    /// Unless the condition holds, the targets are without effect.
    Effective,
    /// If the condition holds, the targets must not be given.
    Forbid,
    /// Where this parameter is given (or has the value that is explained), the named ones must be given too.
    Requires,
    /// Exactly one of the targets is given.
    ExactlyOne,
    /// At least one of the targets is given.
    AtLeastOne,
    /// At most one of the targets is given.
    AtMostOne,
    /// All of the targets are given, or none.
    AllOrNone,
    /// Where a named parameter is given, this one is overruled.
    Overruled,
    /// Where this parameter is given, the others of the targets are overruled.
    Overrules,
    /// The value equals that of the named parameter.
    Equal,
    /// Unless the condition holds, the value must not be used.
    ValueAvailable,
    /// Unless the condition holds, the value is without effect.
    ValueEffective,
    /// If the condition holds, the value must not be used.
    ValueForbid,
    /// The number lies between two.
    Range,
    /// The number is at least this.
    Minimum,
    /// The number is at most this.
    Maximum,
    /// The number is larger than this.
    Above,
    /// The number fits into 32 bits.
    Int32,
    /// The text has between so many and so many characters.
    Length,
    /// The text has at most so many characters.
    MaxLength,
    /// The list has between so many and so many elements.
    Items,
    /// The list has at most so many elements.
    MaxItems,
    /// The text is a list, joined by commas.
    CommaList,
    /// The text matches.
    Pattern(String),
    /// The text has this format.
    Format(String),
    /// The text is JSON.
    Json,
    /// These are the values.
    Values,
    /// The values follow as a list.
    ValuesFollow,
    /// The value is the default.
    Default,
    /// The value that is explained is the default.
    ValueDefault,
    /// The action tells the value.
    Lookup,
    /// The service wants callers to stop using it.
    Deprecated,
    /// A repeated call with the same value acts once.
    IdempotencyToken,
    /// A condition: all else that the sentence says holds under it.
    Under,
    /// A restriction that no request shows.
    Precondition,
    /// Only explains; no rule.
    Meaning,
}

/// What a clause of a condition says about its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Means {
    /// The value is one of these.
    Is,
    /// The value is none of these.
    IsNot,
    /// It is given.
    Present,
    /// It is not given.
    Absent,
    /// None of them is given, even where "or" stands between them.
    Neither,
    /// It is larger than a number.
    Above,
    /// It is smaller than a number.
    Below,
}

/// Phrases that say the same.
#[derive(Debug, Clone)]
pub struct Family {
    /// Stable; specs name it as the source of a rule.
    pub id: String,
    /// What they say.
    pub effects: Vec<Effect>,
    /// They count wherever they stand, not only where a clause begins.
    pub anywhere: bool,
    /// They count only in the items of a list of values.
    pub under: bool,
    /// They count only where no condition is stated, understood or not.
    pub alone: bool,
    /// Where they begin a sentence, it says nothing else.
    pub whole: bool,
    /// How they are worded.
    pub patterns: Vec<Pattern>,
}

/// One wording.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// What it is made of.
    pub nodes: Vec<Node>,
    /// The words that it may begin with, unless it may begin with something else.
    pub first: Option<Words>,
    /// Sets of which it needs a word each.
    pub needs: Vec<Words>,
    /// It speaks of a condition.
    pub conditional: bool,
}

impl Pattern {
    fn of(nodes: Vec<Node>) -> Pattern {
        Pattern { first: first(&nodes), needs: needs(&nodes), conditional: conditional(&nodes), nodes }
    }
}

fn conditional(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Slot(Slot::Condition | Slot::Only) => true,
        Node::Choice(choices, _) => choices.iter().any(|choice| conditional(choice)),
        Node::Repeat(inner) => conditional(inner),
        Node::Slot(_) | Node::Word(_) => false,
    })
}

/// How conditions are worded.
#[derive(Debug, Clone)]
pub struct Grammar {
    /// What a condition may begin with.
    pub head: Vec<Node>,
    /// What a condition begins with that says that it is the only one.
    pub only: Vec<Node>,
    /// What a condition begins with whose clauses must not hold.
    pub unless: Option<Vec<Node>>,
    /// What a condition ends with, if the language has such a word.
    pub tail: Option<Vec<Node>>,
    /// Between clauses that must all hold.
    pub and: Vec<Node>,
    /// Between clauses of which one must hold.
    pub or: Vec<Node>,
    /// Between clauses that must all hold, where something else ends the last of them.
    pub between: Option<Vec<Node>>,
    /// What tells that the words before were a condition, if nothing else did.
    pub then: Option<Vec<Node>>,
    /// What stands for "if it has the value that is explained here".
    pub explained: Option<Vec<Node>>,
    /// The clauses.
    pub clauses: Vec<(Means, Vec<Node>)>,
}

/// All phrases of a language.
#[derive(Debug, Clone)]
pub struct Phrases {
    /// The language.
    pub language: Language,
    /// The words of all patterns.
    pub lexicon: Lexicon,
    /// "This parameter".
    pub own: Vec<Node>,
    /// What may stand before a parameter's name.
    pub before: Vec<Node>,
    /// What may stand after it.
    pub after: Vec<Node>,
    /// Between the members of a list.
    pub separator: Vec<Node>,
    /// The separators that mean "or".
    pub alternative: Vec<Node>,
    /// Words that are no value, even where nothing but values can stand.
    pub no_value: Option<Vec<Node>>,
    /// What may follow a number that is a value.
    pub unit: Option<Vec<Node>>,
    /// At the end of what leads a list: the parameter whose values the items are conditions on.
    pub items_of: Option<Vec<Node>>,
    /// At the end of what leads a list: the items are no values.
    pub other_items: Option<Vec<Node>>,
    /// What links a noun to what it belongs to, in front of a parameter's own noun.
    pub of: Option<String>,
    /// A bare word where a value is due is one, listed or not: the language's own words are of other letters.
    pub bare_values: bool,
    /// How conditions are worded.
    pub grammar: Grammar,
    /// In the order in which they are tried.
    pub families: Vec<Family>,
    /// What tells a condition. Left over in a sentence, it makes what was understood doubtful.
    pub conditional: Pattern,
    /// What tells a rule. Left over in a sentence, it makes the sentence one that was not understood.
    pub rule_like: Pattern,
    /// What looks like one of these two and is none.
    pub innocent: Pattern,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct File {
    language: Language,
    words: IndexMap<String, String>,
    own: String,
    before: String,
    after: String,
    separator: String,
    alternative: String,
    no_value: Option<String>,
    unit: Option<String>,
    items_of: Option<String>,
    other_items: Option<String>,
    of: Option<String>,
    bare_values: bool,
    condition: GrammarFile,
    families: Vec<FamilyFile>,
    conditional: String,
    rule_like: String,
    innocent: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrammarFile {
    head: String,
    only: String,
    unless: Option<String>,
    tail: Option<String>,
    and: String,
    or: String,
    between: Option<String>,
    then: Option<String>,
    explained: Option<String>,
    clauses: Vec<ClauseFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseFile {
    means: Means,
    pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyFile {
    id: String,
    effects: Vec<Effect>,
    #[serde(default)]
    anywhere: bool,
    #[serde(default)]
    under: bool,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    whole: bool,
    patterns: Vec<String>,
}

impl Phrases {
    /// The embedded phrases of a language.
    ///
    /// # Errors
    /// If the embedded file is wrong; a test keeps that from happening.
    pub fn embedded(language: Language) -> Result<Phrases, String> {
        let text = match language {
            Language::Zh => include_str!("zh.json"),
            Language::En => include_str!("en.json"),
        };
        Phrases::parse(text)
    }

    /// Phrases as a file holds them.
    ///
    /// # Errors
    /// If the text is no such file, or a pattern is wrong.
    pub fn parse(text: &str) -> Result<Phrases, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        file.compile()
    }
}

impl File {
    fn compile(self) -> Result<Phrases, String> {
        let mut lexicon = Lexicon::default();
        let mut compile = |pattern: &str| {
            compile(pattern, &self.words, &mut lexicon).map_err(|error| format!("`{pattern}`: {error}"))
        };
        let grammar = &self.condition;
        let grammar = Grammar {
            head: compile(&grammar.head)?,
            only: compile(&grammar.only)?,
            unless: grammar.unless.as_deref().map(&mut compile).transpose()?,
            tail: grammar.tail.as_deref().map(&mut compile).transpose()?,
            and: compile(&grammar.and)?,
            or: compile(&grammar.or)?,
            between: grammar.between.as_deref().map(&mut compile).transpose()?,
            then: grammar.then.as_deref().map(&mut compile).transpose()?,
            explained: grammar.explained.as_deref().map(&mut compile).transpose()?,
            clauses: grammar
                .clauses
                .iter()
                .map(|clause| Ok((clause.means, compile(&clause.pattern)?)))
                .collect::<Result<_, String>>()?,
        };
        let mut families = vec![];
        for family in &self.families {
            let patterns = family.patterns.iter().map(|pattern| Ok(Pattern::of(compile(pattern)?)));
            families.push(Family {
                id: family.id.clone(),
                effects: family.effects.clone(),
                anywhere: family.anywhere,
                under: family.under,
                alone: family.alone,
                whole: family.whole,
                patterns: patterns.collect::<Result<_, String>>()?,
            });
        }
        Ok(Phrases {
            language: self.language,
            own: compile(&self.own)?,
            before: compile(&self.before)?,
            after: compile(&self.after)?,
            separator: compile(&self.separator)?,
            alternative: compile(&self.alternative)?,
            no_value: self.no_value.as_deref().map(&mut compile).transpose()?,
            unit: self.unit.as_deref().map(&mut compile).transpose()?,
            items_of: self.items_of.as_deref().map(&mut compile).transpose()?,
            other_items: self.other_items.as_deref().map(&mut compile).transpose()?,
            of: self.of.clone(),
            bare_values: self.bare_values,
            grammar,
            families,
            conditional: Pattern::of(compile(&self.conditional)?),
            rule_like: Pattern::of(compile(&self.rule_like)?),
            innocent: Pattern::of(compile(&self.innocent)?),
            lexicon,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn embedded_phrases_compile_and_no_id_stands_twice() {
        for language in [Language::Zh, Language::En] {
            let phrases = Phrases::embedded(language).unwrap();
            let mut ids: Vec<_> = phrases.families.iter().map(|family| &family.id).collect();
            let count = ids.len();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), count);
        }
    }
}
