//! From a rule's keywords to a condition and an effect over parameters.

use super::{Context, context_key, doc, shape};
use crate::diag::below;
use crate::model::{
    Authority, Condition, Confidence, Effect, Kind, Limit, Limits, Parameter, Rule, Severity, Source, wire_text,
};
use crate::spec;
use serde_json::Value;

/// Every rule of an action that makes sense.
pub(super) fn all(given: &spec::Action, parameters: &[Parameter], context: &mut Context<'_>) -> Vec<Rule> {
    let mut binder = Binder { parameters, sources: &given.sources, context };
    given.rules.iter().filter_map(|(id, rule)| binder.rule(id, rule)).collect()
}

struct Binder<'a, 'b> {
    parameters: &'a [Parameter],
    sources: &'a spec::Map<spec::SourceDocument>,
    context: &'a mut Context<'b>,
}

impl Binder<'_, '_> {
    fn rule(&mut self, id: &str, given: &spec::Rule) -> Option<Rule> {
        let pointer = below("/rules", id);
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > 120 || !id.chars().all(kebab) {
            let message = format!("`{}` cannot be a rule's id", id.escape_debug());
            self.context.error_at_key("name", &pointer, message, "lower-case letters, digits and `-`, at most 120");
            return None;
        }
        let when = match &given.when {
            None => Some(Condition::Always),
            Some(condition) => self.condition(condition, &format!("{pointer}/when")),
        };
        let effect = self.effect(given, &pointer);
        let (when, effect) = (when?, effect?);
        let ignore = matches!(effect, Effect::Ignore(_));
        if ignore && given.severity == Some(spec::Severity::Error) {
            let place = format!("{pointer}/severity");
            self.context.error("rule", &place, "`ignore` is always advice", "remove `severity`, or use `forbid`");
        }
        Some(Rule {
            id: id.to_owned(),
            when,
            effect,
            severity: match given.severity.unwrap_or_default() {
                spec::Severity::Error if !ignore => Severity::Error,
                _ => Severity::Advice,
            },
            authority: match given.authority.unwrap_or_default() {
                spec::Authority::Declared => Authority::Declared,
                spec::Authority::Documented => Authority::Documented,
                spec::Authority::Judged => Authority::Judged,
            },
            source: given.source.as_ref().map_or_else(Source::default, |given| source(given, self.sources)),
            doc: doc(given.doc.as_ref()),
            origin: context_key(self.context, &pointer),
        })
    }

    fn parameter(&mut self, name: &str, pointer: &str) -> Option<usize> {
        self.context.parameter(name, self.parameters, pointer, "a rule speaks of parameters of its own action")
    }

    fn parameters(&mut self, names: &[String], pointer: &str) -> Option<Vec<usize>> {
        let found: Vec<Option<usize>> =
            names.iter().enumerate().map(|(index, name)| self.parameter(name, &format!("{pointer}/{index}"))).collect();
        let mut seen = Vec::new();
        for (index, parameter) in found.iter().enumerate() {
            if parameter.is_some() && seen.contains(parameter) {
                let place = format!("{pointer}/{index}");
                self.context.error("rule", &place, "the parameter is listed twice", "remove one of the two");
            }
            seen.push(*parameter);
        }
        found.into_iter().collect()
    }

    fn condition(&mut self, given: &spec::Condition, pointer: &str) -> Option<Condition> {
        let spec::Condition { present, above, below, not, all, any, is } = given;
        let mut parts: Vec<Option<Condition>> = Vec::new();
        for (name, values) in is {
            parts.push(self.is(name, values, &format!("{pointer}/{name}")));
        }
        if !present.is_empty() {
            parts.push(self.parameters(present, &format!("{pointer}/present")).map(Condition::Present));
        }
        for (name, bound) in above {
            parts.push(self.numeric(name, &format!("{pointer}/above/{name}")).map(|p| Condition::Above(p, *bound)));
        }
        for (name, bound) in below {
            parts.push(self.numeric(name, &format!("{pointer}/below/{name}")).map(|p| Condition::Below(p, *bound)));
        }
        if let Some(inner) = not {
            let inner = self.condition(inner, &format!("{pointer}/not"));
            parts.push(inner.map(|inner| Condition::Not(Box::new(inner))));
        }
        for (index, inner) in all.iter().enumerate() {
            parts.push(self.condition(inner, &format!("{pointer}/all/{index}")));
        }
        if !any.is_empty() {
            let options: Vec<Option<Condition>> = any
                .iter()
                .enumerate()
                .map(|(index, inner)| self.condition(inner, &format!("{pointer}/any/{index}")))
                .collect();
            let options: Option<Vec<Condition>> = options.into_iter().collect();
            parts.push(options.map(|options| combined(options, Condition::Any)));
        }
        if parts.is_empty() {
            let help = "name a parameter and its values, or use `present`, `above`, `below`, `not`, `all` or `any`";
            self.context.error("rule", pointer, "the condition says nothing", help);
            return None;
        }
        let parts: Option<Vec<Condition>> = parts.into_iter().collect();
        parts.map(|parts| combined(parts, Condition::All))
    }

    fn is(&mut self, name: &str, values: &[Value], pointer: &str) -> Option<Condition> {
        let parameter = self.parameter(name, pointer)?;
        if values.is_empty() {
            self.context.error("rule", pointer, "no value is listed", "list the values for which the rule holds");
            return None;
        }
        let kind = &self.parameters[parameter].shape.kind;
        let texts: Vec<String> = values.iter().map(wire_text).collect();
        for (index, text) in texts.iter().enumerate() {
            if values[index].is_array() || values[index].is_object() || !shape::fits_text(kind, text) {
                let message = format!("`{}` is never a value of `{name}`", text.escape_debug());
                self.context.error(
                    "value",
                    &format!("{pointer}/{index}"),
                    message,
                    "mend the value or the parameter's type",
                );
            }
        }
        Some(Condition::Is(parameter, texts))
    }

    fn numeric(&mut self, name: &str, pointer: &str) -> Option<usize> {
        let parameter = self.parameter(name, pointer)?;
        if !matches!(self.parameters[parameter].shape.kind, Kind::Integer | Kind::Number) {
            self.context.error(
                "rule",
                pointer,
                format!("`{name}` is not a number"),
                "compare numbers, list other values",
            );
            return None;
        }
        Some(parameter)
    }

    /// The one effect. None or several is an error.
    fn effect(&mut self, given: &spec::Rule, pointer: &str) -> Option<Effect> {
        type Build = fn(Vec<usize>) -> Effect;
        let lists: [(&str, &[String], Build, usize); 7] = [
            ("require", &given.require[..], Effect::Require, 1),
            ("forbid", &given.forbid[..], Effect::Forbid, 1),
            ("ignore", &given.ignore[..], Effect::Ignore, 1),
            ("exactlyOne", &given.exactly_one[..], Effect::ExactlyOne, 2),
            ("atLeastOne", &given.at_least_one[..], Effect::AtLeastOne, 2),
            ("atMostOne", &given.at_most_one[..], Effect::AtMostOne, 2),
            ("allOrNone", &given.all_or_none[..], Effect::AllOrNone, 2),
        ];
        let mut effects: Vec<Option<Effect>> = Vec::new();
        for (keyword, names, effect, least) in lists {
            if names.is_empty() {
                continue;
            }
            let place = format!("{pointer}/{keyword}");
            if names.len() < least {
                let message = format!("`{keyword}` needs at least {least} parameters");
                self.context.error("rule", &place, message, "name the others, or use `require` or `forbid`");
            }
            effects.push(self.parameters(names, &place).map(effect));
        }
        if !given.constrain.is_empty() {
            effects.push(self.constrain(&given.constrain, &format!("{pointer}/constrain")));
        }
        if !given.equal.is_empty() {
            let place = format!("{pointer}/equal");
            let pair = self.parameters(&given.equal, &place);
            if given.equal.len() != 2 {
                self.context.error("rule", &place, "`equal` compares two parameters", "name exactly two");
            }
            effects.push(pair.and_then(|pair| match pair[..] {
                [left, right] => Some(Effect::Equal(left, right)),
                _ => None,
            }));
        }
        if effects.len() != 1 {
            let help =
                "one of: require, forbid, ignore, constrain, exactlyOne, atLeastOne, atMostOne, allOrNone, equal";
            let message = if effects.is_empty() { "the rule has no effect" } else { "the rule has several effects" };
            self.context.error_at_key("rule", pointer, message, help);
        }
        effects.pop().flatten()
    }

    fn constrain(&mut self, given: &spec::Map<spec::Constraint>, pointer: &str) -> Option<Effect> {
        let mut limits = Vec::new();
        for (name, constraint) in given {
            let place = format!("{pointer}/{name}");
            let parameter = self.parameter(name, &place);
            let limit = self.limit(constraint, &place);
            limits.push(parameter.map(|parameter| (parameter, limit)));
            let Some(parameter) = parameter else { continue };
            let kind = &self.parameters[parameter].shape.kind;
            for value in constraint.values.keys() {
                if !shape::fits_text(kind, value) {
                    let message = format!("`{}` is never a value of `{name}`", value.escape_debug());
                    self.context.error("value", &place, message, "mend the value or the parameter's type");
                }
            }
        }
        let limits: Option<Vec<(usize, Limit)>> = limits.into_iter().collect();
        limits.map(Effect::Constrain)
    }

    fn limit(&mut self, given: &spec::Constraint, pointer: &str) -> Limit {
        if *given == spec::Constraint::default() {
            self.context.error("rule", pointer, "the constraint says nothing", "add `values`, `minimum` …");
        }
        let limits = Limits {
            minimum: shape::number(given.minimum.as_ref()),
            maximum: shape::number(given.maximum.as_ref()),
            exclusive_minimum: shape::number(given.exclusive_minimum.as_ref()),
            exclusive_maximum: shape::number(given.exclusive_maximum.as_ref()),
            min_length: given.min_length,
            max_length: given.max_length,
            min_items: given.min_items,
            max_items: given.max_items,
            pattern: given.pattern.clone().filter(|pattern| shape::compiles(pattern, pointer, self.context)),
            format: given.format.as_deref().and_then(|name| shape::format(name, pointer, self.context)),
        };
        shape::ordered(&limits, pointer, self.context);
        Limit { values: given.values.keys().cloned().collect(), limits }
    }
}

fn combined(mut parts: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            several(parts)
        }
        None => Condition::Always,
    }
}

/// A source, with what the action says of its document.
fn source(given: &spec::Source, sources: &spec::Map<spec::SourceDocument>) -> Source {
    let about = match &given.from {
        Some(id) => sources.get(id),
        None => sources.values().next(),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Source {
        document: given.document.clone().or_else(|| Some(about?.document.clone())).unwrap_or_default(),
        parameter: text(&given.parameter),
        language: given.language.clone().or_else(|| Some(about?.language.clone())).unwrap_or_default(),
        pattern: text(&given.pattern),
        as_written: given.as_written.iter().map(|(taken, written)| (taken.clone(), written.clone())).collect(),
        confidence: match given.confidence {
            None | Some(spec::Confidence::Exact) => Confidence::Exact,
            Some(spec::Confidence::Normalized) => Confidence::Normalized,
            Some(spec::Confidence::Conflicting) => Confidence::Conflicting,
        },
    }
}
