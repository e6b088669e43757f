//! `bindery sample`: the smallest request that keeps every rule, as it is or for a branch that one chooses.

use super::assign;
use super::report::{misused, report, said};
use super::specs::Specs;
use crate::diag::{Diagnostic, Diagnostics, Sources, did_you_mean};
use crate::model::{Action, Api, Kind, Language};
use crate::rules::sample::{Demand, Refusal, Wish, literal, sample};
use crate::rules::{normalize, space, words};
use clap::ValueEnum;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

/// Print the smallest request that keeps every rule
///
/// It holds what is required and what rules make of that, no more. Values are those of the documentation where it has
/// some that fit; `***` stands for what is sensitive. Where a request can be had without advice, there is none.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
What is printed can be given to `validate`, `request` and `call`.

Exit codes: 0 done; 1 no correct request is as wished, shown on stderr; 2 bad usage.

Examples:
  bindery sample ConfigureSynchronizationJob
  bindery sample ConfigureSynchronizationJob --when SourceEndpoint.InstanceType=ECS
  bindery sample ConfigureSynchronizationJob --each SourceEndpoint.InstanceType
  bindery sample ConfigureSynchronizationJob --all-branches
  bindery sample StartSynchronizationJob --format arguments")]
pub(super) struct Args {
    /// The action, as ACTION or PRODUCT.ACTION
    action: String,
    /// What the request has to say; may be repeated. The last part of a name is enough where it is only one parameter's
    #[arg(long = "when", value_name = "PARAM=VALUE")]
    when: Vec<String>,
    /// A request for every value of this parameter
    #[arg(long, value_name = "PARAM", conflicts_with = "all_branches")]
    each: Option<String>,
    /// A request for every value of every parameter that a rule's condition asks for
    #[arg(long)]
    all_branches: bool,
    /// A folder with a product.json, or one that holds such folders [default: those of the nearest bindery.toml]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// How requests are written
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// JSON whose keys are wire names; of several, an array of `{when, request}`
    Json,
    /// The same with an object for each group
    Nested,
    /// A line `KEY=VALUE` a parameter
    Arguments,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> ExitCode {
    print(args).unwrap_or_else(|outcome| outcome)
}

fn print(args: &Args) -> Result<ExitCode, ExitCode> {
    let specs = Specs::load(args.specs.as_deref())?;
    let (api, action) = specs.action(&args.action).map_err(misused)?;
    let given = wished(api, action, &args.when).map_err(misused)?;
    let chosen = match &args.each {
        Some(name) => vec![whole(action, name).map_err(misused)?],
        None if args.all_branches => deciders(action),
        None => {
            let wish = Wish { given, ..Wish::default() };
            let request = sample(api, action, &wish).map_err(|refusal| refused(action, &wish, &refusal, ""))?;
            return Ok(said(&args.format.text(&request)));
        }
    };
    let (mut all, mut outcome) = (Vec::new(), ExitCode::SUCCESS);
    for (index, value) in branches(api, action, &chosen, &given) {
        let name = action.parameters.get(index).map_or("", |parameter| parameter.name.as_str());
        let mut wish = Wish { given: given.clone(), ..Wish::default() };
        wish.given.push((index, value.clone()));
        match sample(api, action, &wish) {
            Ok(request) => all.push((name, value, request)),
            Err(refusal) => {
                let branch = format!(" when `{name}` is `{}`", value.as_str().map_or(value.to_string(), str::to_owned));
                outcome = refused(action, &wish, &refusal, &branch);
            }
        }
    }
    if args.each.is_some() && all.is_empty() && outcome == ExitCode::SUCCESS {
        let help = "a parameter with documented values, or of which rules' conditions name some";
        return Err(misused(Diagnostic::placeless("usage", "no values are known to choose from").help(help)));
    }
    let shown = said(&args.format.several(&all));
    Ok(if shown == ExitCode::SUCCESS { outcome } else { shown })
}

/// What `--when` says, as values by parameter.
fn wished(api: &Api, action: &Action, when: &[String]) -> Result<Vec<(usize, Value)>, Diagnostic> {
    let mut assignments = Vec::new();
    for wish in when {
        let Some((key, text)) = wish.split_once('=') else {
            let message = format!("`--when {wish}` does not say a value");
            return Err(Diagnostic::placeless("usage", message).help("write PARAM=VALUE"));
        };
        let known = action.parameters.iter().any(|parameter| {
            let rest = key.strip_prefix(parameter.name.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        let key = match known {
            true => key.to_owned(),
            false => {
                action.parameters.get(whole(action, key)?).map_or_else(String::new, |found| found.name.to_string())
            }
        };
        assignments.push((key, text));
    }
    let assignments: Vec<(&str, &str)> = assignments.iter().map(|(key, text)| (key.as_str(), *text)).collect();
    let mut request = Value::Object(Map::new());
    assign::all(api, action, &mut request, &assignments, false)?;
    let values = normalize(action, &request).values.into_iter().enumerate();
    Ok(values.filter_map(|(index, value)| Some((index, value?))).collect())
}

/// The parameter of a name, or of the last part of one.
fn whole(action: &Action, name: &str) -> Result<usize, Diagnostic> {
    if let Some(index) = action.parameter(name) {
        return Ok(index);
    }
    let ends = |known: &str| known.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    let named = action.parameters.iter().enumerate().map(|(index, parameter)| (index, parameter.name.as_str()));
    let found: Vec<(usize, &str)> = named.filter(|(_, known)| ends(known)).collect();
    match found.as_slice() {
        [(index, _)] => Ok(*index),
        [] => {
            let known = action.parameters.iter().map(|parameter| parameter.name.as_str());
            let help = did_you_mean(name, known).map(|near| format!("did you mean `{near}`?"));
            let message = format!("`{}` has no parameter `{name}`", action.name);
            Err(Diagnostic::placeless("unknown-parameter", message).maybe_help(help))
        }
        several => {
            let names: Vec<String> = several.iter().map(|(_, known)| format!("`{known}`")).collect();
            let message = format!("`{name}` may be {}", names.join(" or "));
            Err(Diagnostic::placeless("ambiguous-parameter", message).help("write the whole name"))
        }
    }
}

/// The parameters whose values rules' conditions compare, in the action's order.
fn deciders(action: &Action) -> Vec<usize> {
    let mut deciders = Vec::new();
    for rule in &action.rules {
        space::each_comparison(&rule.when, &mut |index, _| deciders.push(index));
    }
    deciders.sort_unstable();
    deciders.dedup();
    deciders
}

/// Each value of some parameters: the documented ones, then what conditions name beside them. What is wished stays so.
fn branches(api: &Api, action: &Action, chosen: &[usize], given: &[(usize, Value)]) -> Vec<(usize, Value)> {
    let mut branches: Vec<(usize, Value)> = Vec::new();
    for index in chosen.iter().filter(|index| !given.iter().any(|(known, _)| known == *index)) {
        let Some(parameter) = action.parameters.get(*index) else { continue };
        let shape = api.meant(&parameter.shape);
        let mut texts: Vec<String> = shape.values.iter().map(|choice| choice.wire.clone()).collect();
        if shape.kind == Kind::Boolean && texts.is_empty() {
            texts.extend(["true".to_owned(), "false".to_owned()]);
        }
        for rule in &action.rules {
            space::each_comparison(&rule.when, &mut |compared, values| {
                if compared == *index {
                    texts.extend(values.iter().cloned());
                }
            });
        }
        for text in texts {
            let branch = (*index, literal(&shape.kind, &text));
            if !branches.contains(&branch) {
                branches.push(branch);
            }
        }
    }
    branches
}

/// Says why there is no sample.
fn refused(action: &Action, wish: &Wish, refusal: &Refusal, branch: &str) -> ExitCode {
    let name = |index: usize| action.parameters.get(index).map_or("", |parameter| parameter.name.as_str());
    let mut diagnostics = Diagnostics::new();
    let conflict = match refusal {
        Refusal::TooMany => {
            let message = format!("`{}` has too many branches to find a request{branch}", action.name);
            diagnostics.push(Diagnostic::placeless("no-sample", message).help("say more with `--when PARAM=VALUE`"));
            return report(&diagnostics, &Sources::default());
        }
        Refusal::Conflict(demands) => demands,
    };
    let wishes: Vec<String> = wish.given.iter().map(|(index, _)| format!("`{}`", name(*index))).collect();
    let message = match wishes.is_empty() {
        true => format!("no request for `{}` is correct", action.name),
        false => format!("no correct request for `{}` is as wished{branch}", action.name),
    };
    let help = match wishes.is_empty() {
        true => "each of these stands in the way: mend the specs".to_owned(),
        false => format!("each of these stands in the way: wish something else of {}", wishes.join(", ")),
    };
    diagnostics.push(Diagnostic::placeless("no-sample", message).help(help));
    for demand in conflict {
        let place = |index: usize| action.parameters.get(index).map(|parameter| parameter.origin.clone());
        let found = match demand {
            Demand::Keeps(index) => action.rules.get(*index).map(|rule| {
                let text = format!("rule `{}`: {}", rule.id, words::rule(action, rule, Language::En));
                Diagnostic::error("rule", rule.origin.clone(), text)
            }),
            Demand::Gives(index) => {
                place(*index).map(|at| Diagnostic::error("missing", at, format!("`{}` is required", name(*index))))
            }
            Demand::Fits(index) => place(*index).map(|at| {
                let message =
                    format!("`{}` may not have this value: see what `bindery validate` says of it", name(*index));
                Diagnostic::error("value", at, message)
            }),
        };
        diagnostics.extend(found);
    }
    report(&diagnostics, &Sources::default())
}

impl Format {
    fn text(self, request: &Map<String, Value>) -> String {
        match self {
            Format::Json => format!("{:#}\n", Value::Object(request.clone())),
            Format::Nested => format!("{:#}\n", Value::Object(nested(request))),
            Format::Arguments => {
                let line = |(name, value): (&String, &Value)| {
                    format!("{name}={}\n", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                };
                request.iter().map(line).collect()
            }
        }
    }

    fn several(self, all: &[(&str, Value, Map<String, Value>)]) -> String {
        if self == Format::Arguments {
            let block = |(name, value, request): &(&str, Value, Map<String, Value>)| {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                format!("# {name}={value}\n{}", self.text(request))
            };
            return all.iter().map(block).collect::<Vec<_>>().join("\n");
        }
        let each = all.iter().map(|(name, value, request)| {
            let request = if self == Format::Nested { nested(request) } else { request.clone() };
            json!({"when": {*name: value}, "request": request})
        });
        format!("{:#}\n", each.collect::<Value>())
    }
}

/// Dotted names as objects in objects.
fn nested(request: &Map<String, Value>) -> Map<String, Value> {
    let mut root = Map::new();
    for (name, value) in request {
        let mut parts: Vec<&str> = name.split('.').collect();
        let Some(last) = parts.pop() else { continue };
        let mut level = Some(&mut root);
        for part in parts {
            let inner = level.and_then(|level| level.entry(part).or_insert_with(|| json!({})).as_object_mut());
            level = inner;
        }
        if let Some(level) = level {
            level.insert(last.to_owned(), value.clone());
        }
    }
    root
}
