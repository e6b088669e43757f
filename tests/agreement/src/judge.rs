//! The judges, and what it means that they agree.

use crate::nest::nested;
use bindery::export::{NOT_EXPRESSED, instance, json_schema};
use bindery::model::{Action, Api, Language, Severity};
use bindery::rules::{self, normalize};
use bindery_runtime::table::Table;
use bindery_runtime::{Request, Violations};
use jsonschema::Validator;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// The judges of one action.
pub struct Judges<'a> {
    /// Its API.
    pub api: &'a Api,
    /// The action.
    pub action: &'a Action,
    schema: Validator,
    not_expressed: Vec<String>,
    table: Option<&'static Table>,
    typed: Option<fn(Value) -> Option<Violations>>,
}

/// What was seen.
#[derive(Debug, Default)]
pub struct Tally {
    /// Requests without an error.
    pub valid: usize,
    /// Requests with one.
    pub invalid: usize,
    /// Requests that the generated type could hold.
    pub typed: usize,
    /// How often each code came up.
    pub codes: BTreeMap<&'static str, usize>,
}

/// A violation without its words: code, path, rule and severity.
type Finding = (String, String, Option<String>, String);

impl<'a> Judges<'a> {
    /// The schema and the reference.
    ///
    /// # Panics
    /// If the export is no JSON Schema.
    pub fn new(api: &'a Api, action: &'a Action) -> Judges<'a> {
        let schema = json_schema(api, action, Language::En);
        let not_expressed = schema.get(NOT_EXPRESSED).and_then(Value::as_array).into_iter().flatten();
        let not_expressed = not_expressed.filter_map(|entry| Some(entry.get("rule")?.as_str()?.to_owned())).collect();
        let schema = jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{}: {error}", action.name));
        Judges { api, action, schema, not_expressed, table: None, typed: None }
    }

    /// And the runtime.
    pub fn table(mut self, table: &'static Table) -> Judges<'a> {
        self.table = Some(table);
        self
    }

    /// And the runtime and the generated type.
    pub fn generated<R: Request + DeserializeOwned>(mut self) -> Judges<'a> {
        self.typed = Some(|request| serde_json::from_value::<R>(request).ok().map(|request| request.check()));
        self.table(R::TABLE)
    }

    /// Asks them all.
    ///
    /// # Errors
    /// Who said what, if they disagree.
    pub fn judge(&self, request: &Value, tally: &mut Tally) -> Result<(), String> {
        let violations = rules::check(self.api, self.action, request, Language::En);
        let errors = || violations.iter().filter(|violation| violation.severity == Severity::Error);
        let reference: Vec<Finding> = violations.iter().map(of_reference).collect();

        let normal = normalize(self.action, request);
        let expected =
            errors().all(|violation| violation.rule.as_ref().is_some_and(|rule| self.not_expressed.contains(rule)));
        let instance = instance(self.api, self.action, &normal);
        let by_schema = instance.as_ref().is_some_and(|instance| self.schema.is_valid(instance));
        if by_schema != expected {
            let found = instance.iter().flat_map(|instance| self.schema.iter_errors(instance));
            let found: Vec<String> = found.map(|error| format!("{error} at {}", error.schema_path())).collect();
            return Err(disagreement("the schema", &found, "the reference", &reference));
        }
        if let Some(table) = self.table {
            let runtime = of_runtime(&table.check_json(request));
            if runtime != reference {
                return Err(disagreement("the runtime", &runtime, "the reference", &reference));
            }
        }
        if normal.faults.is_empty()
            && let Some(typed) = self.typed
            && let Some(typed) = typed(nested(self.action, &normal))
        {
            tally.typed += 1;
            let typed = of_runtime(&typed);
            if typed != reference {
                return Err(disagreement("the generated type", &typed, "the reference", &reference));
            }
        }

        *(if errors().next().is_none() { &mut tally.valid } else { &mut tally.invalid }) += 1;
        for violation in &violations {
            *tally.codes.entry(violation.code).or_default() += 1;
        }
        Ok(())
    }
}

fn of_reference(violation: &rules::Violation) -> Finding {
    let severity = match violation.severity {
        Severity::Error => "error",
        Severity::Advice => "advice",
    };
    (violation.code.to_owned(), violation.path.clone(), violation.rule.clone(), severity.to_owned())
}

fn of_runtime(violations: &Violations) -> Vec<Finding> {
    let each = violations.iter().map(|violation| {
        let rule = violation.rule.map(str::to_owned);
        (violation.code.to_string(), violation.path.clone(), rule, violation.severity.as_str().to_owned())
    });
    each.collect()
}

fn disagreement(one: &str, said: &impl fmt::Debug, other: &str, says: &impl fmt::Debug) -> String {
    format!("{one} says {said:#?}\n{other} says {says:#?}")
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} valid, {} invalid, {} typed;", self.valid, self.invalid, self.typed)?;
        for (code, count) in &self.codes {
            write!(f, " {code} {count}")?;
        }
        Ok(())
    }
}
