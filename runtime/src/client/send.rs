//! One call: as many attempts as are safe and needed.

use super::{Client, Inner, retry, trace};
use crate::credentials::CredentialsError;
use crate::decode::{Answer, Received};
use crate::error::Error;
use crate::http::{Limits, Response, TransportError, TransportErrorKind};
use crate::operation::{Effect, Operation};
use crate::prepare::Outgoing;
use crate::sign::{Stamp, random_hex};
use crate::table::Severity;
use crate::wire::Wire;
use crate::{Code, Secret, Value, Violation, Violations};
use std::time::Duration;
use tokio::time::Instant;
use tracing::Instrument;

/// For who sets no end: longer than any program runs.
const NEVER: Duration = Duration::from_secs(30 * 365 * 24 * 3600);

impl Client {
    /// Calls an action with a request that has no type. `violations`: what is wrong with it.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn call(
        &self,
        operation: &'static Operation,
        wire: Wire,
        violations: &Violations,
    ) -> Result<Answer, Error> {
        self.exchange(operation, wire, violations).await.map(|(answer, _)| answer)
    }

    /// The same, with the client token that the request carried.
    pub(super) async fn exchange(
        &self,
        operation: &'static Operation,
        wire: Wire,
        violations: &Violations,
    ) -> Result<(Answer, Option<String>), Error> {
        let span = trace::call(operation, &self.inner.manner.endpoint);
        let result = self.inner.call(operation, wire, violations).instrument(span.clone()).await;
        trace::called(&span, result.as_ref().map(|(answer, _)| answer));
        result
    }

    /// The request as [`Client::call`] would send it, for looking at: not signed, and without a client token of the
    /// client's making. `violations`: what is wrong with it.
    ///
    /// # Errors
    /// If it would not be sent.
    pub fn prepare(
        &self,
        operation: &'static Operation,
        wire: Wire,
        violations: &Violations,
    ) -> Result<Outgoing, Error> {
        self.inner.enforce(operation, violations)?;
        Ok(Outgoing::new(operation, wire, &self.inner.manner)?)
    }
}

impl Inner {
    async fn call(
        &self,
        operation: &'static Operation,
        mut wire: Wire,
        violations: &Violations,
    ) -> Result<(Answer, Option<String>), Error> {
        self.enforce(operation, violations)?;
        let token = self.token(operation, &mut wire)?;
        let secrets: Vec<Secret> = wire.secrets().into_iter().map(|text| Secret::from(text.into_owned())).collect();
        let outgoing = Outgoing::new(operation, wire, &self.manner)?;
        let begun = Instant::now();
        let end = begun.checked_add(self.timeout).unwrap_or(begun + NEVER);
        let repeatable = retry::is_repeatable(operation, token.as_deref());
        let mut delays = retry::Delays::new();
        // An earlier attempt may have been applied, whatever becomes of the later ones.
        let mut is_unsettled = false;
        let mut attempt = 1;
        loop {
            let error = match self.attempt(&outgoing, &secrets, attempt, end).await {
                Ok(answer) => {
                    self.quota.earn(attempt > 1);
                    return Ok((answer, token));
                }
                Err(error) => error,
            };
            is_unsettled |= retry::is_ambiguous(&error);
            let delay = delays.next(&error);
            // A service may ask for more time than a clock can hold.
            let has_time = delay < end.saturating_duration_since(Instant::now());
            let again = repeatable && attempt < self.attempts && retry::is_transient(&error) && has_time;
            if !again || !self.quota.pay() {
                return Err(if is_unsettled { retry::settled(error, operation, token) } else { error });
            }
            tracing::debug!(
                attempt,
                delay_ms = delay.as_millis(),
                "error.type" = trace::kind(&error),
                "sent again after a pause"
            );
            tokio::time::sleep(delay).await;
            attempt += 1;
            tracing::Span::current().record("http.request.resend_count", attempt - 1);
        }
    }

    /// What upstream declares is enforced, what its prose says only on request: the rest is logged.
    fn enforce(&self, operation: &Operation, violations: &Violations) -> Result<(), Error> {
        let declared = |violation: &&Violation| {
            let is_basic = matches!(violation.code, Code::Missing | Code::UnknownParameter | Code::Type | Code::Json);
            // What stands inside of a JSON text, the prose alone says.
            let is_declared = is_basic && violation.rule.is_none() && !violation.path.contains('#');
            violation.severity == Severity::Error && (self.strict || is_declared)
        };
        let enforced: Violations = violations.iter().filter(declared).cloned().collect();
        if !enforced.is_empty() {
            return Err(Error::Validation { action: operation.action().to_owned(), violations: enforced });
        }
        for violation in violations {
            tracing::warn!(
                code = violation.code.as_str(),
                path = %violation.path,
                rule = violation.rule,
                "the documentation says that the service will not accept this: {violation}"
            );
        }
        Ok(())
    }

    /// The token that the request carries; a new one if it carries none and may.
    fn token(&self, operation: &Operation, wire: &mut Wire) -> Result<Option<String>, Error> {
        let Some(index) = operation.token else { return Ok(None) };
        if let Some(given) = wire.get(operation.table, index).filter(|given| !given.is_empty()) {
            return Ok(Some(given.to_owned()));
        }
        if operation.effect == Effect::Read || !self.fill_client_token {
            return Ok(None);
        }
        let token = random_hex()?;
        wire.set(operation.table, index, Value::Text(&token));
        Ok(Some(token))
    }

    async fn attempt(
        &self,
        outgoing: &Outgoing,
        secrets: &[Secret],
        number: u32,
        end: Instant,
    ) -> Result<Answer, Error> {
        let action = outgoing.operation.action();
        let started = Instant::now();
        let left = end.saturating_duration_since(started);
        let credentials = tokio::time::timeout(left, self.credentials.provide(&self.outside)).await;
        // Nothing has been sent: it must not look as if it had been.
        let late = || CredentialsError::failed(format!("no credentials came within {:.1} s", left.as_secs_f64()));
        let credentials = credentials
            .unwrap_or_else(|_| Err(late()))
            .map_err(|cause| Error::Credentials { action: action.to_owned(), cause })?;
        let stamp = Stamp::fresh(self.outside.machine.now())?;
        let request = outgoing.sign_http(&credentials, &stamp)?;
        let total = self.limits.total.min(end.saturating_duration_since(Instant::now()));
        let span = trace::attempt(outgoing.operation, &outgoing.endpoint, number - 1);
        // An HTTP client of somebody else's may forget the time.
        let sent = tokio::time::timeout(total, self.outside.http.send(request, Limits { total, ..self.limits }));
        let answer = sent
            .instrument(span.clone())
            .await
            .unwrap_or_else(|_| Err(TransportError::new(TransportErrorKind::Timeout, "the time was over")))
            .map_err(|cause| self.transport(action, cause, started.elapsed()));
        let status = answer.as_ref().map(Response::status);
        trace::attempted(&span, action, number - 1, status, started.elapsed());
        let answer = answer?;
        let (parts, body) = answer.into_parts();
        let mut hidden: Vec<&str> = secrets.iter().map(Secret::expose).collect();
        hidden.push(credentials.access_key_secret.expose());
        hidden.extend(credentials.security_token.iter().map(Secret::expose));
        let received = Received {
            action,
            status: parts.status.as_u16(),
            headers: &parts.headers,
            body: &body,
            at: self.outside.machine.now(),
            secrets: &hidden,
        };
        received.read()
    }

    fn transport(&self, action: &str, cause: TransportError, after: Duration) -> Error {
        match cause.kind {
            TransportErrorKind::Timeout => self.timed_out(action, after),
            _ => Error::Transport { action: action.to_owned(), host: self.host(), cause },
        }
    }

    fn timed_out(&self, action: &str, after: Duration) -> Error {
        Error::Timeout { action: action.to_owned(), host: self.host(), after }
    }

    fn host(&self) -> String {
        self.manner.endpoint.authority().to_owned()
    }
}
