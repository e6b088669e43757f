//! What is known of an action beyond its parameters: which API it belongs to, how it is addressed, what calling it does.
//! Static data, as [`crate::table`] is.

use crate::table::Table;

/// A product's version.
#[derive(Debug)]
pub struct Api {
    /// The product's code (`Dts`).
    pub product: &'static str,
    /// The version (`2020-01-01`).
    pub version: &'static str,
    /// How its actions are addressed.
    pub protocol: Protocol,
    /// Where it answers.
    pub endpoints: Endpoints,
}

/// How actions are addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// One path; the action is named in a header or a parameter.
    Rpc,
    /// The path names the resource.
    Roa,
}

/// Where an API answers.
#[derive(Debug)]
pub struct Endpoints {
    /// The host for a region that is not listed: `{region}` stands for the region, `{network}` for nothing or for a
    /// hyphen and the network (`-vpc`).
    pub pattern: Option<&'static str>,
    /// Hosts by region.
    pub regions: &'static [(&'static str, &'static str)],
}

/// One action as it is called.
#[derive(Debug)]
pub struct Operation {
    /// What it belongs to.
    pub api: &'static Api,
    /// What the service demands of its requests; names the action.
    pub table: &'static Table,
    /// The HTTP method (`POST`).
    pub method: &'static str,
    /// The path: `/`, or with a placeholder for each parameter that travels there (`/clusters/{ClusterId}`).
    pub path: &'static str,
    /// What calling it does to the world.
    pub effect: Effect,
    /// The parameter that makes a repeated call harmless, by its index in the table.
    pub token: Option<u16>,
}

impl Operation {
    /// The action's name.
    pub fn action(&self) -> &'static str {
        self.table.action
    }
}

/// What calling an action does to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Only reads: calling it again is harmless.
    Read,
    /// Changes something.
    Write,
    /// Changes something that costs money.
    Spend,
}

/// How an answer is cut into pages.
#[derive(Debug)]
pub struct Paging {
    /// How the next page is asked for.
    pub next: Next,
    /// The field of the answer that holds the list: a dotted path.
    pub items: &'static str,
}

/// How the next page is asked for. Parameters by their index in the table.
#[derive(Debug, Clone, Copy)]
pub enum Next {
    /// By its number, from 1, until as many items have come as the answer says there are.
    Number {
        /// The parameter that takes the number.
        parameter: u16,
        /// The field of the answer that says how many items there are in all: a dotted path.
        total: &'static str,
    },
    /// By a token that the answer holds, until it holds none.
    Token {
        /// The parameter that takes the token.
        parameter: u16,
        /// The field of the answer that holds the token: a dotted path.
        token: &'static str,
    },
}

/// What to wait for: ask again until an answer says yes or no.
#[derive(Debug)]
pub struct Waiter {
    /// Its name (`SynchronizationJobRunning`).
    pub name: &'static str,
    /// Seconds between two calls.
    pub delay: u32,
    /// Calls at most.
    pub attempts: u32,
    /// The first that fits an answer decides; none: ask again.
    pub acceptors: &'static [Acceptor],
    /// What an answer says of a failure.
    pub reasons: Option<Reasons>,
}

/// What an answer means for a waiter.
#[derive(Debug)]
pub struct Acceptor {
    /// What it means.
    pub state: WaitState,
    /// Where to look.
    pub look: Look,
    /// The texts that fit, compared without regard to ASCII case.
    pub values: &'static [&'static str],
}

/// Where an acceptor looks.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    /// At a field of the answer: a dotted path. Of a list on the way, any element may fit.
    Field(&'static str),
    /// At the code of an error.
    Error,
}

/// What an answer means for a waiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitState {
    /// What was waited for is there.
    Success,
    /// It will not come.
    Failure,
    /// Not yet.
    Retry,
}

/// Where an answer says why something failed: the elements of a list that have a certain value.
#[derive(Debug, Clone, Copy)]
pub struct Reasons {
    /// The list: a dotted path.
    pub items: &'static str,
    /// Only elements whose field has one of these values; `None`: all.
    pub only: Option<(&'static str, &'static [&'static str])>,
    /// The fields that tell what a person should know, in order.
    pub show: &'static [&'static str],
}
