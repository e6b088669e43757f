//! From a request to an answer: which action, who asks, is it in order, what is played. Nothing here waits; what is sent,
//! and how, is [`super::send`]'s affair.

use super::answer::{Filling, Format, failure};
use super::catalog::{Catalog, Known};
use super::incoming::Incoming;
use super::log::{Kept, Log, Place, Received};
use super::pairs::Pairs;
use super::play::{Play, Turn};
use super::prepared::{Content, Manner, Prepared};
use super::refusal::Refusal;
use super::unflatten::Given;
use super::verify::Verifier;
use axum::http::HeaderValue;
use bindery_runtime::sign::{Algorithm, rpc1};
use bindery_runtime::{Json, table};
use std::sync::atomic::{AtomicU64, Ordering};

/// The service.
#[derive(Debug)]
pub(super) struct Service {
    pub catalog: Catalog,
    /// Answers without a scenario, by action.
    pub usual: Vec<Option<Prepared>>,
    /// What is played, by API.
    pub plays: Vec<Option<Play>>,
    /// `None`: signatures are not looked at.
    pub verifier: Option<Verifier>,
    pub log: Log,
    pub requests: AtomicU64,
    /// Bytes of a request's body.
    pub body_limit: usize,
}

/// What is sent, and how.
#[derive(Debug)]
pub(super) struct Reply<'s> {
    pub status: u16,
    pub body: String,
    pub content_type: Option<HeaderValue>,
    pub format: Format,
    pub request_id: String,
    pub manner: Option<&'s Manner>,
}

/// How far a request got.
struct Course<'r> {
    action: Option<usize>,
    name: &'r str,
    code: Option<String>,
}

impl Service {
    /// Answers a request that could be read.
    pub fn answer(&self, mut incoming: Incoming) -> Reply<'_> {
        let format = incoming.format();
        let request_id = self.request_id();
        let routed = self.route(&incoming);
        let action = routed.as_ref().ok().copied();
        if let Some(known) = action.and_then(|action| self.catalog.known(action)) {
            incoming.in_path = known.in_path(&incoming.path).unwrap_or_default();
        }
        let outcome = routed.and_then(|action| self.admit(&incoming, action));
        let name = incoming.action().unwrap_or_default();
        let mut course = Course { action, name, code: None };
        let reply = match outcome {
            Ok((action, turn)) => self.played(&incoming, action, &turn, format, request_id, &mut course),
            Err(refusal) => {
                course.code = Some(refusal.code.to_string());
                self.refused(&refusal, incoming.header("host").unwrap_or_default(), format, request_id)
            }
        };
        let received = self.received(&course, &reply, &incoming);
        self.log.push(redacted(received, &incoming, action.and_then(|action| self.catalog.known(action))));
        reply
    }

    /// Answers a request that could not be read.
    pub fn refuse(&self, refusal: &Refusal, format: Format) -> Reply<'_> {
        self.refused(refusal, "", format, self.request_id())
    }

    fn request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        format!("B14D0000-0000-4000-8000-{number:012X}")
    }

    fn route(&self, incoming: &Incoming) -> Result<usize, Refusal> {
        let version = incoming.protocol("x-acs-version", "Version");
        let method = incoming.method.as_str();
        let action = match incoming.action() {
            Some(name) => self.catalog.named(name, version)?,
            None => self.catalog.at(method, &incoming.path).ok_or_else(|| {
                let place = "the header `x-acs-action` or the parameter `Action`";
                let message = format!("{place} is missing, and no action has this method and path");
                Refusal::new(400, "MissingAction", message, "name the action")
            })?,
        };
        let known = self.catalog.known(action);
        let fits = known.is_some_and(|known| known.takes(method) && known.in_path(&incoming.path).is_some());
        let wanted = known.map(|known| format!("send {} {}", known.operation.method, known.operation.path));
        if fits {
            return Ok(action);
        }
        let message = "the action has another method or path";
        Err(Refusal::new(404, "InvalidAction.NotFound", message, wanted.unwrap_or_default()))
    }

    /// Whether the request is signed and in order; then what is played.
    fn admit(&self, incoming: &Incoming, action: usize) -> Result<(usize, Turn<'_>), Refusal> {
        if let Some(verifier) = &self.verifier {
            verifier.verify(incoming)?;
        }
        let missing = || Refusal::unknown_action("", None);
        let known = self.catalog.known(action).ok_or_else(missing)?;
        let table = known.operation.table;
        let violations = table.check_json(&request(known, incoming));
        // The host that was meant does not come with a request to this machine.
        let in_host = |path: &str| {
            table.parameters.iter().any(|parameter| parameter.place == table::Place::Host && parameter.name == path)
        };
        if let Some(refusal) = Refusal::of(&violations, table.action, |violation| !in_host(&violation.path)) {
            return Err(refusal);
        }
        let token = known.operation.token.and_then(|index| table.parameters.get(usize::from(index)));
        let token = token.and_then(|parameter| incoming.value(parameter.name));
        let turn = match self.plays.get(known.api).and_then(Option::as_ref) {
            Some(play) => play.turn(action, incoming, token),
            None => Turn { answer: None, manner: None, resource: String::new(), state: "", listed: None },
        };
        Ok((action, turn))
    }

    fn played<'s>(
        &'s self,
        incoming: &Incoming,
        action: usize,
        turn: &Turn<'s>,
        format: Format,
        request_id: String,
        course: &mut Course<'_>,
    ) -> Reply<'s> {
        let usual = || self.usual.get(action).and_then(Option::as_ref);
        let Some(answer) = turn.answer.or_else(usual) else {
            return Reply { status: 200, body: "{}".to_owned(), content_type: None, format, request_id, manner: None };
        };
        let manner = turn.manner.unwrap_or(&answer.manner);
        let host = incoming.header("host").unwrap_or_default();
        let body = match &answer.content {
            Content::Raw(text) => text.clone(),
            Content::Failure(failure) => {
                course.code = Some(failure.code.clone());
                let recommend = failure.recommend.as_deref().unwrap_or_default();
                shaped(format, &request_id, host, &failure.code, &failure.message, recommend)
            }
            Content::Body(template) => template.fill(
                format,
                Filling {
                    request_id: &request_id,
                    resource: &turn.resource,
                    state: turn.state,
                    now: self.verifier.as_ref().map_or_else(jiff::Timestamp::now, Verifier::now),
                    incoming,
                    listed: turn.listed.as_ref(),
                },
            ),
        };
        let content_type = manner.content_type.clone().or_else(|| answer.manner.content_type.clone());
        Reply { status: answer.status, body, content_type, format, request_id, manner: Some(manner) }
    }

    fn refused(&self, refusal: &Refusal, host: &str, format: Format, request_id: String) -> Reply<'_> {
        let body = shaped(format, &request_id, host, &refusal.code, &refusal.message, &refusal.recommend);
        Reply { status: refusal.status, body, content_type: None, format, request_id, manner: None }
    }

    fn received(&self, course: &Course<'_>, reply: &Reply<'_>, incoming: &Incoming) -> Received {
        let known = course.action.and_then(|action| self.catalog.known(action));
        Received {
            action: known.map_or(course.name, |known| known.operation.action()).to_owned(),
            method: incoming.method.as_str().to_owned(),
            path: incoming.path.clone(),
            parameters: Vec::new(),
            signature: incoming.algorithm,
            nonce: incoming.protocol("x-acs-signature-nonce", "SignatureNonce").map(str::to_owned),
            status: reply.status,
            code: course.code.clone(),
            request_id: reply.request_id.clone(),
        }
    }
}

/// The error's body.
fn shaped(format: Format, request_id: &str, host: &str, code: &str, message: &str, recommend: &str) -> String {
    let members =
        [("RequestId", request_id), ("HostId", host), ("Code", code), ("Message", message), ("Recommend", recommend)];
    failure(format, &members)
}

impl Incoming {
    /// What a header says, or else a parameter.
    fn protocol(&self, header: &str, parameter: &str) -> Option<&str> {
        let given = match self.algorithm {
            Some(Algorithm::Rpc1HmacSha1) => self.parameter(parameter).or_else(|| self.header(header)),
            _ => self.header(header).or_else(|| self.parameter(parameter)),
        };
        given.filter(|value| !value.is_empty())
    }

    fn action(&self) -> Option<&str> {
        self.protocol("x-acs-action", "Action")
    }
}

/// The request that the wire stands for; what the action does not know is left away.
fn request(known: &Known, incoming: &Incoming) -> Json {
    let mut given = Given::default();
    let sent = incoming.pairs().filter(|(name, _)| !is_protocol(known, incoming, name));
    for (name, value) in sent.chain(incoming.in_path.iter()) {
        if let Some(place) = known.names.find(name) {
            given.add(place, value);
        }
    }
    for (index, parameter) in known.operation.table.parameters.iter().enumerate() {
        let value = match parameter.place {
            table::Place::Header => incoming.header(parameter.name),
            table::Place::Body if incoming.form.is_empty() && !incoming.body.is_empty() => {
                std::str::from_utf8(&incoming.body).ok()
            }
            _ => None,
        };
        if let Some(value) = value {
            given.add((index, ""), value);
        }
    }
    given.request(&known.names)
}

/// Whether a name belongs to the signature or says which action is meant.
fn is_protocol(known: &Known, incoming: &Incoming, name: &str) -> bool {
    match incoming.algorithm {
        Some(Algorithm::Rpc1HmacSha1) => rpc1::RESERVED.contains(&name),
        _ => matches!(name, "Action" | "Version" | "Format") && known.names.find(name).is_none(),
    }
}

/// A request's record with its parameters, but for what must not be seen.
fn redacted(received: Received, incoming: &Incoming, known: Option<&Known>) -> Kept {
    let is_protocol = |name: &str| match known {
        Some(known) => is_protocol(known, incoming, name),
        None => rpc1::RESERVED.contains(&name),
    };
    let placed = |place| move |(name, value)| (name, value, place);
    let query = incoming.query.iter().map(placed(Place::Query));
    let form = incoming.form.iter().map(placed(Place::Form));
    let sent = query.chain(form).filter(|(name, ..)| !is_protocol(name));
    let count = incoming.query.len() + incoming.form.len() + incoming.in_path.len();
    let room = incoming.pairs().map(|(name, value)| name.len() + value.len()).sum();
    let (mut pairs, mut marks) = (Pairs::with_room(count, room), Vec::with_capacity(count));
    for (name, value, place) in sent.chain(incoming.in_path.iter().map(placed(Place::Path))) {
        let index = known.and_then(|known| Some((known, known.names.find(name)?.0)));
        let shown = index.is_some_and(|(known, index)| !known.names.is_hidden(index));
        pairs.push(name, if shown { value } else { "***" });
        marks.push((place, index.is_some()));
    }
    Kept { received, sent: pairs, marks }
}
