//! Rules as `if` and `then`. Exact: an absent parameter meets a condition if its default does.

use super::shape::{Writer, number};
use crate::model::{Action, Condition, Effect, Parameter, Rule, Severity};
use crate::rules::words;
use serde_json::{Map, Value, json};

/// Why JSON Schema has no words for a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inexpressible {
    Advice,
    Comparison,
    /// The rule points at a parameter that the action does not have; the model rules it out.
    Nowhere,
}

impl Inexpressible {
    pub fn reason(self) -> &'static str {
        match self {
            Inexpressible::Advice => "advice: a request that goes against it is still valid",
            Inexpressible::Comparison => "JSON Schema cannot compare two values of an instance",
            Inexpressible::Nowhere => "it is about a parameter that the action does not have",
        }
    }
}

/// A rule as a schema of the whole request.
pub(super) fn schema(writer: Writer<'_>, action: &Action, rule: &Rule) -> Result<Map<String, Value>, Inexpressible> {
    if rule.severity == Severity::Advice {
        return Err(Inexpressible::Advice);
    }
    let rules = Rules { writer, action };
    let effect = rules.effect(&rule.effect)?;
    let mut out = Map::from_iter([
        ("$comment".to_owned(), json!(rule.id)),
        ("description".to_owned(), json!(words::rule(action, rule, writer.language))),
    ]);
    match (&rule.when, effect) {
        (Condition::Always, Value::Object(keywords)) => out.extend(keywords),
        (condition, effect) => {
            out.insert("if".to_owned(), rules.condition(condition)?);
            out.insert("then".to_owned(), effect);
        }
    }
    Ok(out)
}

struct Rules<'a> {
    writer: Writer<'a>,
    action: &'a Action,
}

impl Rules<'_> {
    fn parameter(&self, index: usize) -> Result<&Parameter, Inexpressible> {
        self.action.parameters.get(index).ok_or(Inexpressible::Nowhere)
    }

    fn names(&self, indices: &[usize]) -> Result<Vec<&str>, Inexpressible> {
        indices.iter().map(|&index| Ok(self.parameter(index)?.name.as_str())).collect()
    }

    fn condition(&self, condition: &Condition) -> Result<Value, Inexpressible> {
        let all = |conditions: &[Condition]| -> Result<Vec<Value>, Inexpressible> {
            conditions.iter().map(|condition| self.condition(condition)).collect()
        };
        Ok(match condition {
            Condition::Always => json!(true),
            Condition::Is(index, texts) => {
                let parameter = self.parameter(*index)?;
                let literals = self.writer.literals(&parameter.shape.kind, texts.iter().map(String::as_str));
                let by_default = parameter.default_wire().is_some_and(|default| texts.contains(&default));
                value_is(parameter, json!({"enum": literals}), by_default)
            }
            Condition::Present(indices) => json!({"required": self.names(indices)?}),
            Condition::Above(index, bound) => {
                self.beyond(*index, "exclusiveMinimum", *bound, |value| value > *bound)?
            }
            Condition::Below(index, bound) => {
                self.beyond(*index, "exclusiveMaximum", *bound, |value| value < *bound)?
            }
            Condition::Not(condition) => json!({"not": self.condition(condition)?}),
            Condition::All(conditions) => json!({"allOf": all(conditions)?}),
            Condition::Any(conditions) => json!({"anyOf": all(conditions)?}),
        })
    }

    fn beyond(
        &self,
        index: usize,
        keyword: &str,
        bound: f64,
        holds: impl Fn(f64) -> bool,
    ) -> Result<Value, Inexpressible> {
        let parameter = self.parameter(index)?;
        let by_default = parameter.default_wire().and_then(|text| text.parse().ok()).is_some_and(holds);
        Ok(value_is(parameter, json!({"type": "number", keyword: number(bound)}), by_default))
    }

    fn effect(&self, effect: &Effect) -> Result<Value, Inexpressible> {
        let each_given = |indices: &[usize]| -> Result<Vec<Value>, Inexpressible> {
            Ok(self.names(indices)?.into_iter().map(|name| json!({"required": [name]})).collect())
        };
        Ok(match effect {
            Effect::Require(indices) => json!({"required": self.names(indices)?}),
            Effect::Forbid(indices) => self.none_given(indices)?,
            Effect::Ignore(_) => return Err(Inexpressible::Advice),
            Effect::Constrain(limits) => {
                let properties: Result<Map<String, Value>, Inexpressible> = limits
                    .iter()
                    .map(|(index, limit)| {
                        let parameter = self.parameter(*index)?;
                        let schema = self.writer.limit(&parameter.shape.kind, limit);
                        Ok((parameter.name.as_str().to_owned(), Value::Object(schema)))
                    })
                    .collect();
                json!({"properties": properties?})
            }
            Effect::ExactlyOne(indices) => json!({"oneOf": each_given(indices)?}),
            Effect::AtLeastOne(indices) => json!({"anyOf": each_given(indices)?}),
            Effect::AtMostOne(indices) => {
                let mut cases = each_given(indices)?;
                cases.push(self.none_given(indices)?);
                json!({"oneOf": cases})
            }
            Effect::AllOrNone(indices) => {
                json!({"anyOf": [{"required": self.names(indices)?}, self.none_given(indices)?]})
            }
            Effect::Equal(..) => return Err(Inexpressible::Comparison),
        })
    }

    fn none_given(&self, indices: &[usize]) -> Result<Value, Inexpressible> {
        let absent: Map<String, Value> =
            self.names(indices)?.into_iter().map(|name| (name.to_owned(), json!(false))).collect();
        Ok(json!({"properties": absent}))
    }
}

/// `properties` holds of an absent parameter, which is right exactly if its default meets the condition.
fn value_is(parameter: &Parameter, schema: Value, by_default: bool) -> Value {
    let name = parameter.name.as_str();
    if by_default {
        json!({"properties": {name: schema}})
    } else {
        json!({"properties": {name: schema}, "required": [name]})
    }
}
