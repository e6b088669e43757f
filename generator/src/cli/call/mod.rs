//! `bindery call`: any action of any spec, without generated code.

mod answer;
mod outcome;
mod output;
mod pages;
mod wait;

use super::client::{Called, Flags, configuration};
use super::report::{said, told};
use super::specs::Specs;
use super::{given, sheet};
use crate::diag::{Diagnostic, Level};
use crate::tables;
use bindery_runtime::blocking;
use bindery_runtime::client;
use bindery_runtime::error::Error;
use bindery_runtime::wire::Wire;
use bindery_runtime::{Json, Violations};
use outcome::{Outcome, aside, problem, say};
use output::Output;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use wait::Plan;

/// Call an action and print its answer
///
/// The request is checked first: what the service is known to demand is enforced, what its documentation says beyond that
/// is shown, and enforced with `--strict`. Credentials come from where the vendor's own tools find them: the environment,
/// configuration files, the machine's role. A request is repeated only where that does no harm. Nothing that the specs
/// call sensitive is ever printed.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
{}

Exit codes:
{}
Examples:
  bindery call DescribeSynchronizationJobs PageSize=30 --region cn-hangzhou --output table
  bindery call DescribeSynchronizationJobs --all-pages --query 'SynchronizationInstances[].SynchronizationJobId'
  bindery call StartSynchronizationJob SynchronizationJobId=dtsexample --dry-run
  bindery call ConfigureSynchronizationJob request.json SourceEndpoint.Password=@password.txt \\
      --wait SynchronizationJobSynchronizing
  bindery call DescribeSynchronizationJobStatus SynchronizationJobId=dtsexample --wait SynchronizationJobPrechecked
  bindery call StartSynchronizationJob request.json --endpoint http://127.0.0.1:8080 --dangerous-allow-http",
    given::HOW, outcome::help()))]
pub(super) struct Args {
    /// The action, as ACTION or PRODUCT.ACTION
    action: String,
    /// The request: a file, `-`, key=value
    #[arg(value_name = "REQUEST.json|KEY=VALUE")]
    given: Vec<String>,
    /// A folder with a product.json, or one that holds such folders [default: those of the nearest bindery.toml]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Refuses a request that breaks any known rule, also one that only the documentation tells
    #[arg(long)]
    strict: bool,
    /// Shows the request as `bindery request` does, and sends nothing
    #[arg(long)]
    dry_run: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "json")]
    output: Output,
    /// Prints what a JMESPath expression makes of the answer
    #[arg(long, value_name = "EXPRESSION")]
    query: Option<String>,
    /// Calls for every page, and prints one answer with the items of all
    #[arg(long, conflicts_with = "wait")]
    all_pages: bool,
    /// Then waits until the specs' WAITER has what it waits for, asking with the parameters of the same names; where it
    /// asks ACTION itself, that is the call
    #[arg(long, value_name = "WAITER")]
    wait: Option<Option<String>>,
    /// Seconds for a call, repetitions included [default: 60, of which 15 for an attempt]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    timeout: Option<u32>,
    /// Dangerous: lets the endpoint be `http://…`, where everybody on the way can read passwords
    #[arg(long)]
    dangerous_allow_http: bool,
    #[command(flatten)]
    flags: Flags,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> ExitCode {
    call(args).unwrap_or_else(|outcome| outcome)
}

fn call(args: &Args) -> Result<ExitCode, ExitCode> {
    let usage = |problem| Outcome::Usage.because(problem);
    let query = args.query.as_deref().map(output::query).transpose().map_err(usage)?;
    let specs = Specs::load(args.specs.as_deref())?;
    let called = Called::find(&specs, &args.action)?;
    let plan = args.wait.as_ref().map(|name| Plan::find(&called, name.as_deref())).transpose().map_err(usage)?;
    let paging = called.action.paging.as_ref().map(tables::paging);
    if args.all_pages && paging.is_none() {
        let message = format!("`{}` does not answer in pages", called.action.name);
        return Err(usage(Diagnostic::placeless("usage", message).help("leave `--all-pages` away")));
    }
    let (request, is_wrong) = given::request(called.api, called.action, &args.given)?;
    let ready = Ready::new(args, &called, &request)?;
    if is_wrong {
        let message = "only the documentation says so: that is no reason not to send it";
        say(aside(Level::Warning, "documented", message).help("`--strict` makes it one"));
    }
    if args.dry_run {
        return Ok(said(&ready.sheet()?));
    }
    if let Some(parameter) = plan.as_ref().and_then(|plan| plan.missing(&called, &request)) {
        let message = format!("nothing was sent: to wait, `{parameter}` must be known");
        return Err(Outcome::Problem.because(Diagnostic::placeless("waiter", message).help("give it in the request")));
    }
    let client = blocking::Client::new(ready.client.clone()).map_err(|error| ready.failed(&error.into()))?;
    let (wire, violations) = (ready.wire.clone(), &ready.violations);
    let body = match (&plan, paging) {
        (Some(plan), _) if plan.is_the_call => {
            announce(plan, &ready.client);
            client.call_wait(plan.waiter, called.operation, &wire, violations).map(|answer| answer.body)
        }
        (_, Some(paging)) if args.all_pages => {
            let pages = client.call_pages(called.operation, paging, wire, violations.clone());
            let pages = pages.map(|page| page.map(|page| page.body)).collect::<Result<Vec<Json>, Error>>();
            pages.map(|pages| pages::merged(pages, paging.items))
        }
        _ => client.call(called.operation, wire, violations).map(|answer| answer.body),
    };
    let body = body.map_err(|error| ready.failed(&error))?;
    let mut shown = body.clone();
    answer::veil(called.api, called.action.response.as_ref(), &mut shown, &ready.secrets);
    let printed = match query.map(|query| output::ask(&query, &shown)).transpose() {
        Ok(found) => {
            let items = paging.map(|paging| paging.items).filter(|_| found.is_none());
            said(&output::text(found.as_ref().unwrap_or(&shown), args.output, items))
        }
        Err(problem) => {
            say(problem);
            ExitCode::FAILURE
        }
    };
    if printed != ExitCode::SUCCESS {
        // It may hold the name of what was made and paid for.
        told(&output::text(&shown, Output::Json, None));
    }
    let Some(plan) = plan.filter(|plan| !plan.is_the_call) else {
        return Ok(if printed == ExitCode::SUCCESS { printed } else { Outcome::Unshown.code() });
    };
    let request = plan.request(&request, &body);
    let violations = plan.operation.table.check_json(&request);
    let wire = plan.operation.table.json_to_wire(&request);
    announce(&plan, &ready.client);
    client
        .call_wait(plan.waiter, plan.operation, &wire, &violations)
        .map_err(|error| Outcome::Unawaited.because(problem(&error, &ready.secrets)))?;
    say(aside(Level::Note, "waited", format!("{}: reached", plan.meant.name)));
    Ok(if printed == ExitCode::SUCCESS { printed } else { Outcome::Unshown.code() })
}

/// A call that only needs to be made.
struct Ready {
    client: client::Client,
    operation: &'static bindery_runtime::operation::Operation,
    wire: Wire,
    violations: Violations,
    secrets: Vec<String>,
}

impl Ready {
    fn new(args: &Args, called: &Called<'_>, request: &Json) -> Result<Ready, ExitCode> {
        let mut builder = args.flags.builder(called.of);
        if args.strict {
            builder = builder.strict();
        }
        if args.dangerous_allow_http {
            builder = builder.dangerous_allow_http();
        }
        if let Some(seconds) = args.timeout {
            let limit = Duration::from_secs(seconds.into());
            builder = builder.timeout(limit).attempt_timeout(limit);
        }
        let client = builder.build().map_err(|error| {
            let problem = configuration(called.of, &error);
            let help = problem.help.clone().unwrap_or_default();
            Outcome::Problem.because(problem.help(format!("{help}; `--dangerous-allow-http` lets HOST be http://…")))
        })?;
        let wire = called.operation.table.json_to_wire(request);
        let secrets = wire.secrets().into_iter().map(std::borrow::Cow::into_owned).collect();
        let violations = called.operation.table.check_json(request);
        let ready = Ready { client, operation: called.operation, wire, violations, secrets };
        // Whatever can be wrong without the network, before anything is waited for.
        match ready.client.prepare(ready.operation, ready.wire.clone(), &ready.violations) {
            Ok(_) => Ok(ready),
            Err(Error::Validation { violations, .. }) => {
                let message = format!("nothing was sent: {} to mend", violations.len());
                Err(Outcome::Problem.because(Diagnostic::placeless("invalid", message).help("see each of them above")))
            }
            Err(error) => Err(ready.failed(&error)),
        }
    }

    /// The request as it would go out.
    fn sheet(&self) -> Result<String, ExitCode> {
        let prepare = |wire| self.client.prepare(self.operation, wire, &self.violations);
        let (whole, safe) = prepare(self.wire.clone())
            .and_then(|whole| Ok((whole, prepare(sheet::veiled(self.wire.clone()))?)))
            .map_err(|error| self.failed(&error))?;
        Ok(sheet::json(&sheet::without_secrets(sheet::unsigned(whole), safe)))
    }

    fn failed(&self, error: &Error) -> ExitCode {
        Outcome::of(error).because(problem(error, &self.secrets))
    }
}

fn announce(plan: &Plan<'_>, client: &client::Client) {
    let (model, pause) = (plan.meant, client.wait_delay(plan.waiter).as_secs_f64());
    let message = format!("{} asks {} every {pause} s, {} times at most", model.name, model.action, model.attempts);
    say(aside(Level::Note, "waiting", message));
}
