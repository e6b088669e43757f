//! How a client is set up.

use super::{Client, Inner, env, retry::Quota};
use crate::credentials::{self, Cached, ProvideCredentials, profile_region, says_true};
use crate::endpoint::Endpoint;
use crate::error::ConfigurationError;
use crate::http::{HttpClient, HttpOptions, Limits, Reqwest};
use crate::operation::Api;
use crate::prepare::{Format, Manner};
use crate::sign::Algorithm;
use crate::surroundings::{Machine, Outside, Surroundings};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// Sets up a [`Client`], or what is made of one. Nothing is looked at or connected to before [`Builder::build`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct Builder<C = Client> {
    made: PhantomData<fn() -> C>,
    api: &'static Api,
    region: Option<String>,
    network: String,
    endpoint: Option<String>,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    http: Option<Arc<dyn HttpClient>>,
    machine: Arc<dyn Surroundings>,
    algorithm: Algorithm,
    format: Format,
    strict: bool,
    secrets_in_form: bool,
    fill_client_token: bool,
    attempts: u32,
    attempt_timeout: Duration,
    timeout: Duration,
    body_limit: usize,
    wait_delay: Option<Duration>,
    user_agent: Option<String>,
    options: HttpOptions,
    reads_environment: bool,
}

/// Something that a client becomes: the client of one API, with a method an action.
pub trait FromClient: Sized {
    /// Makes it.
    ///
    /// # Errors
    /// If the machine lacks what it needs.
    fn from_client(client: Client) -> Result<Self, ConfigurationError>;
}

impl FromClient for Client {
    fn from_client(client: Client) -> Result<Client, ConfigurationError> {
        Ok(client)
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("api", &self.api.product).field("region", &self.region).finish_non_exhaustive()
    }
}

impl<C: FromClient> Builder<C> {
    /// Sets up a client of an API.
    pub fn new(api: &'static Api) -> Builder<C> {
        Builder {
            made: PhantomData,
            api,
            region: None,
            network: String::new(),
            endpoint: None,
            credentials: None,
            http: None,
            machine: Arc::new(Machine),
            algorithm: Algorithm::default(),
            format: Format::default(),
            strict: false,
            secrets_in_form: false,
            fill_client_token: true,
            attempts: 3,
            attempt_timeout: Duration::from_secs(15),
            timeout: Duration::from_secs(60),
            body_limit: 16 << 20,
            wait_delay: None,
            user_agent: None,
            options: HttpOptions::default(),
            reads_environment: false,
        }
    }

    /// The region to call (`cn-hangzhou`). It selects the endpoint; what a request says of a region is the request's.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The network to call over: `vpc` from within one. Regions whose host the API lists have one host for all networks.
    pub fn network(mut self, network: impl Into<String>) -> Self {
        self.network = network.into();
        self
    }

    /// The host to call, whatever the region: `dts.aliyuncs.com`, `https://127.0.0.1:8443`.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// What to sign with: [`crate::credentials::Credentials`], or where to get them. Default: the vendor's chain of
    /// sources ([`credentials::default_chain`]). They are kept, renewed ahead of their end, and asked for again
    /// after 15 minutes if they have none.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(Cached::new(provider)));
        self
    }

    /// Another HTTP client. Connect timeout, certificates and proxies are then its own affair.
    pub fn http_client(mut self, http: Arc<dyn HttpClient>) -> Self {
        self.http = Some(http);
        self
    }

    /// Another world: variables, files, commands and the clock come from there.
    pub fn surroundings(mut self, machine: Arc<dyn Surroundings>) -> Self {
        self.machine = machine;
        self
    }

    /// How requests are signed. Default: `ACS3-HMAC-SHA256`.
    pub fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// The form in which answers are wanted. Default: JSON. XML needs the feature `xml`.
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Refuses every request that breaks a known rule, also one that is only read from the documentation. Default: only
    /// what is required and the types are enforced, the rest is logged: documents age.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Sends passwords and the like in the form of the request, and not in its URL, where the service documents the URL.
    pub fn secrets_in_form(mut self) -> Self {
        self.secrets_in_form = true;
        self
    }

    /// Whether a client token is made for requests that may have one and have none, so that they can be repeated safely.
    /// One call has one token, however often it is sent. Default: yes.
    pub fn fill_client_token(mut self, fill: bool) -> Self {
        self.fill_client_token = fill;
        self
    }

    /// How often a request is sent at most, if that is safe. Default: 3; 1: never again.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// For making a connection, TLS included. Default: 5 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options.connect_timeout = timeout;
        self
    }

    /// For one attempt, from its first byte to the answer's last. Default: 15 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// For a whole call, with its repetitions and the pauses between. Default: 60 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Bytes of an answer's body, after decompression. Default: 16 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// The pause between two calls of a waiter, in place of what the waiter says itself.
    pub fn wait_delay(mut self, pause: Duration) -> Self {
        self.wait_delay = Some(pause);
        self
    }

    /// What the client calls itself beside its own name.
    pub fn user_agent(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent = Some(suffix.into());
        self
    }

    /// Trusts an authority's certificate, in PEM, beside the machine's own. There is no switch to trust everything.
    pub fn trust(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.options.extra_roots.push(pem.into());
        self
    }

    /// Dangerous: lets an endpoint be `http://…`. Parameters, passwords among them, then travel for everybody to read.
    /// For a service on this machine.
    pub fn dangerous_allow_http(mut self) -> Self {
        self.options.allow_http = true;
        self
    }

    /// Takes from the environment what is not set here: the region (`ALIBABA_CLOUD_REGION_ID`, or the one of the command
    /// line's profile), the endpoint (`ALIBABA_CLOUD_DTS_ENDPOINT`, after the product), and whether that may be `http://`.
    pub fn environment(mut self) -> Self {
        self.reads_environment = true;
        self
    }

    /// The client.
    ///
    /// # Errors
    /// If the settings do not make sense: no region and no endpoint, a host or a region that is none, `http://` without
    /// [`Builder::dangerous_allow_http`], control characters in the user agent.
    pub fn build(mut self) -> Result<C, ConfigurationError> {
        if self.reads_environment {
            self.options.allow_http |= says_true(&*self.machine, env::DANGEROUS_ALLOW_HTTP);
        }
        let http = match self.http.take() {
            Some(http) => http,
            None => Arc::new(Reqwest::new(&self.options)?),
        };
        let outside = Outside { machine: self.machine.clone(), http };
        if self.reads_environment {
            let variable = |name: &str| outside.machine.variable(name);
            if let (Some(pause), None) = (variable(env::WAIT_DELAY_MS), self.wait_delay) {
                let wrong = |_| ConfigurationError::new(format!("{} is a number of milliseconds", env::WAIT_DELAY_MS));
                self.wait_delay = Some(Duration::from_millis(pause.parse().map_err(wrong)?));
            }
            self.endpoint = self.endpoint.take().or_else(|| variable(&env::endpoint(self.api.product)));
            self.region = self.region.take().or_else(|| variable(env::REGION)).or_else(|| profile_region(&outside));
        }
        let endpoint = self.find_endpoint()?;
        if endpoint.is_plain() && !self.options.allow_http {
            return Err(ConfigurationError::new(format!(
                "the endpoint {endpoint} is not encrypted: passwords would travel for everybody to read. For a service on \
                 this machine, say `dangerous_allow_http` or set {}=true",
                env::DANGEROUS_ALLOW_HTTP
            )));
        }
        if endpoint.is_plain() {
            tracing::warn!(server.address = endpoint.authority(), "requests are sent without encryption");
        }
        if cfg!(not(feature = "xml")) && self.format == Format::Xml {
            return Err(ConfigurationError::new("answers in XML need the feature `xml` of this crate"));
        }
        let user_agent = format!(
            "bindery-runtime/{} ({}; {}) rust{}",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
            self.user_agent.map(|suffix| format!(" {suffix}")).unwrap_or_default(),
        );
        if user_agent.bytes().any(|byte| !(b' '..0x7f).contains(&byte)) {
            return Err(ConfigurationError::new("the user agent may hold printable ASCII alone"));
        }
        let provider = self.credentials.unwrap_or_else(|| Arc::new(credentials::default_chain()));
        C::from_client(Client::new(Inner {
            manner: Manner {
                endpoint,
                user_agent,
                algorithm: self.algorithm,
                format: self.format,
                secrets_in_form: self.secrets_in_form,
            },
            credentials: provider,
            outside,
            strict: self.strict,
            fill_client_token: self.fill_client_token,
            attempts: self.attempts,
            timeout: self.timeout,
            limits: Limits {
                connect: self.options.connect_timeout,
                total: self.attempt_timeout,
                body: self.body_limit,
            },
            wait_delay: self.wait_delay,
            quota: Quota::full(),
        }))
    }

    fn find_endpoint(&self) -> Result<Endpoint, ConfigurationError> {
        match (&self.endpoint, &self.region) {
            (Some(endpoint), _) => Endpoint::parse(endpoint),
            (None, Some(region)) => Endpoint::of_region(self.api, region, &self.network),
            (None, None) => Err(ConfigurationError::new(format!(
                "no region: name one with `region`, or set {} (for example to cn-hangzhou)",
                env::REGION
            ))),
        }
    }
}
