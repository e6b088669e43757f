//! What a service is started with.

use super::catalog::Catalog;
use super::log::Log;
use super::nonces::Nonces;
use super::plan;
use super::play::Play;
use super::prepared::Prepared;
use super::serve::Running;
use super::service::Service;
use super::verify::Verifier;
use super::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Mock};
use crate::diag::{Diagnostic, Diagnostics, Sources};
use crate::model::Api;
use crate::pipeline::{self, Loaded};
use crate::spec::scenario::Scenario;
use bindery_runtime::credentials::Credentials;
use jiff::Timestamp;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// What a service is started with.
#[derive(Debug, Clone)]
pub struct Builder {
    specs: Vec<PathBuf>,
    apis: Vec<Api>,
    scenario: Option<String>,
    address: SocketAddr,
    keys: Vec<Credentials>,
    verify: bool,
    time: Option<String>,
    log: usize,
    body_limit: usize,
}

impl Default for Builder {
    fn default() -> Builder {
        Builder::new()
    }
}

impl Builder {
    /// A service that has been told nothing yet: it takes a free port of this machine, knows one access key, checks
    /// signatures, and answers samples.
    #[must_use]
    pub fn new() -> Builder {
        Builder {
            specs: Vec::new(),
            apis: Vec::new(),
            scenario: None,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            keys: Vec::new(),
            verify: true,
            time: None,
            log: 1000,
            body_limit: 8 << 20,
        }
    }

    /// The folder of one product's version, where `product.json` lies; call it again for more. Of two products with an
    /// action of the same name and version, the first one answers.
    #[must_use]
    pub fn specs(mut self, dir: impl Into<PathBuf>) -> Builder {
        self.specs.push(dir.into());
        self
    }

    /// An API that is loaded already; call it again for more.
    #[must_use]
    pub fn api(mut self, api: Api) -> Builder {
        self.apis.push(api);
        self
    }

    /// What to play: the name of a file in the `scenarios/` of the specs (`happy`), or the path of a file.
    #[must_use]
    pub fn scenario(mut self, name_or_file: impl Into<String>) -> Builder {
        self.scenario = Some(name_or_file.into());
        self
    }

    /// Where to listen. Default: any free port of 127.0.0.1. Whoever can reach another address can see what tests send.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Builder {
        self.address = address;
        self
    }

    /// Credentials that are known; call it again for more. With a security token, requests must carry it. Default:
    /// [`ACCESS_KEY_ID`] alone.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Builder {
        self.keys.push(credentials);
        self
    }

    /// Answers whoever asks: signatures are not looked at.
    #[must_use]
    pub fn without_verification(mut self) -> Builder {
        self.verify = false;
        self
    }

    /// Time stands still at `2006-01-02T15:04:05Z`, for requests that were signed long ago.
    #[must_use]
    pub fn at(mut self, time: impl Into<String>) -> Builder {
        self.time = Some(time.into());
        self
    }

    /// How many requests are remembered. Default: 1,000.
    #[must_use]
    pub fn remember(mut self, requests: usize) -> Builder {
        self.log = requests;
        self
    }

    /// How many bytes a request's body may have. Default: 8 MiB.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Builder {
        self.body_limit = bytes;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// Everything that is wrong with the specs or the scenario, at once, or what kept it from listening.
    pub fn start(self) -> Result<Mock, MockError> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
        let service = self.service(&mut sources, &mut diagnostics);
        let Some(service) = service.filter(|_| !diagnostics.has_errors()) else {
            return Err(MockError { diagnostics, sources });
        };
        let service = Arc::new(service);
        match Running::start(Arc::clone(&service), self.address) {
            Ok(running) => Ok(Mock { running, service, credentials: self.keys().swap_remove(0) }),
            Err(error) => {
                let message = format!("cannot listen on {}: {error}", self.address);
                let help = "name another address, or port 0 for any free one";
                diagnostics.push(Diagnostic::placeless("listen", message).help(help));
                Err(MockError { diagnostics, sources })
            }
        }
    }

    fn service(&self, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Service> {
        let mut apis = Vec::new();
        let mut folders = Vec::new();
        for folder in &self.specs {
            let Loaded { api, diagnostics: found, sources: read } = pipeline::load(folder);
            diagnostics.extend(found);
            sources.extend(read);
            apis.extend(api);
            folders.push(folder);
        }
        apis.extend(self.apis.iter().cloned());
        if apis.is_empty() && !diagnostics.has_errors() {
            let problem = Diagnostic::placeless("no-specs", "there are no specs to serve");
            diagnostics.push(problem.help("name the folder where product.json lies"));
        }
        if diagnostics.has_errors() {
            return None;
        }
        let catalog = Catalog::of(&apis);
        let plays = self.plays(&catalog, &apis, sources, diagnostics)?;
        let usual = catalog.actions.iter().map(|known| Prepared::of(known, &known.sample)).collect();
        let verifier = match self.verify {
            true => Some(self.verifier(diagnostics)?),
            false => None,
        };
        let (log, requests) = (Log::new(self.log), AtomicU64::new(0));
        Some(Service { catalog, usual, plays, verifier, log, requests, body_limit: self.body_limit })
    }

    fn verifier(&self, diagnostics: &mut Diagnostics) -> Option<Verifier> {
        let time = match self.time.as_deref().map(str::parse::<Timestamp>) {
            Some(Err(_)) => {
                let problem = Diagnostic::placeless("time", "the time to stand still at cannot be read");
                diagnostics.push(problem.help("write it as `2006-01-02T15:04:05Z`"));
                return None;
            }
            other => other.and_then(Result::ok),
        };
        Some(Verifier { keys: self.keys(), time, nonces: Nonces::new() })
    }

    /// The credentials that are known: at least one.
    fn keys(&self) -> Vec<Credentials> {
        match self.keys.as_slice() {
            [] => vec![Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)],
            keys => keys.to_vec(),
        }
    }

    /// What each API plays. `None`: an error was pushed.
    fn plays(
        &self,
        catalog: &Catalog,
        apis: &[Api],
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Option<Play>>> {
        let mut plays: Vec<Option<Play>> = apis.iter().map(|_| None).collect();
        let Some(named) = &self.scenario else { return Some(plays) };
        if named.ends_with(".json") || named.contains(['/', '\\']) {
            let (file, scenario) = pipeline::scenario(&PathBuf::from(named), sources, diagnostics)?;
            // The API that knows most of what the file names is the one that is meant.
            let known = |api: &Api| actions(&scenario).filter(|name| api.action(name).is_some()).count();
            let api = apis.iter().enumerate().rev().max_by_key(|(_, api)| known(api)).map_or(0, |(index, _)| index);
            let plan = plan::plan(&scenario, &file, catalog, api, diagnostics);
            plays.get_mut(api).map(|play| play.insert(Play::new(plan)));
            return Some(plays);
        }
        for (index, folder) in self.specs.iter().enumerate() {
            let Some(path) = pipeline::scenario_file(folder, named) else { continue };
            let (file, scenario) = pipeline::scenario(&path, sources, diagnostics)?;
            let plan = plan::plan(&scenario, &file, catalog, index, diagnostics);
            plays.get_mut(index).map(|play| play.insert(Play::new(plan)));
        }
        if plays.iter().all(Option::is_none) {
            let mut known: Vec<String> = self.specs.iter().flat_map(|folder| pipeline::scenarios(folder)).collect();
            known.sort();
            let problem = Diagnostic::placeless("no-scenario", format!("there is no scenario `{named}`"));
            let known = known.join(", ");
            let help = match known.is_empty() {
                true => "name a file; the specs have no `scenarios/`".to_owned(),
                false => format!("known scenarios: {known}; or name a file"),
            };
            diagnostics.push(problem.help(help));
            return None;
        }
        Some(plays)
    }
}

/// The actions that a scenario names.
fn actions(scenario: &Scenario) -> impl Iterator<Item = &str> {
    let in_states = scenario.states.values().flat_map(|state| state.on.keys().chain(state.answers.keys()));
    let creates = scenario.resource.iter().flat_map(|resource| &resource.creates);
    let faults = scenario.faults.iter().flat_map(|fault| &fault.actions);
    let answers = scenario.answers.keys().chain(scenario.lists.keys());
    in_states.chain(creates).chain(faults).chain(answers).map(String::as_str)
}

/// Everything that kept a service from starting.
#[derive(Clone)]
pub struct MockError {
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// What was read, so that problems can be shown in their place.
    pub sources: Sources,
}

/// A line each.
impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            let line = if index > 0 { "\n" } else { "" };
            let at = diagnostic.origin.as_ref().and_then(|origin| self.sources.locate(origin));
            let at = at.map(|at| format!("line {}: ", at.line)).unwrap_or_default();
            write!(f, "{line}{at}{diagnostic}")?;
        }
        Ok(())
    }
}

/// As `Display`: a test shows errors with `Debug`.
impl fmt::Debug for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service cannot be started\n{self}")
    }
}

impl std::error::Error for MockError {}
