//! Requests that can be sent: what ties a typed request to its operation and to the type of its answer.

use crate::Request;
use crate::decode::Decode;
use crate::operation::{Operation, Paging};

/// A request that can be sent.
pub trait Call: Request {
    /// What comes back.
    type Response: Decode + Send;

    /// How it is called.
    const OPERATION: &'static Operation;
}

/// A request whose answer comes in pages.
pub trait Paged: Call {
    /// What the pages list.
    type Item: Decode + Send;

    /// How they are cut.
    const PAGING: &'static Paging;
}
