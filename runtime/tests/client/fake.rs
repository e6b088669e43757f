//! An HTTP client that has no network: what it answers is a function of the number of the request.

use bindery_runtime::http::{BoxFuture, Bytes, HttpClient, Limits, Request, Response, TransportError};
use std::future::pending;
use std::sync::{Arc, Mutex};
use tokio::time::Instant;

/// What comes of one request: status, headers and body; `None`: nothing, ever.
pub type Outcome = Option<(u16, &'static [(&'static str, &'static str)], &'static str)>;

pub const GOOD: Outcome = Some((200, &[], r#"{"RequestId": "ID-1", "Success": true}"#));
pub const BAD: Outcome = Some((500, &[], r#"{"Code": "Failed"}"#));

pub struct Fake {
    script: Box<dyn Fn(usize) -> Outcome + Send + Sync>,
    /// When each request came.
    pub times: Mutex<Vec<Instant>>,
    pub limits: Mutex<Option<Limits>>,
}

impl Fake {
    pub fn new(script: impl Fn(usize) -> Outcome + Send + Sync + 'static) -> Arc<Fake> {
        Arc::new(Fake { script: Box::new(script), times: Mutex::default(), limits: Mutex::default() })
    }

    pub fn count(&self) -> usize {
        self.times.lock().unwrap().len()
    }
}

impl HttpClient for Fake {
    fn send(&self, _: Request<Bytes>, limits: Limits) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let number = {
                let mut times = self.times.lock().unwrap();
                times.push(Instant::now());
                times.len() - 1
            };
            *self.limits.lock().unwrap() = Some(limits);
            match (self.script)(number) {
                Some((status, headers, body)) => {
                    let mut answer = Response::builder().status(status);
                    for (name, value) in headers {
                        answer = answer.header(*name, *value);
                    }
                    Ok(answer.body(Bytes::from(body)).unwrap())
                }
                None => pending().await,
            }
        })
    }
}
