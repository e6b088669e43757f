//! Answers in pages: asks for one after the other and knows when to stop.
//!
//! It never knows how a call is made: it says what to call, and gets the answer.

use crate::decode::{Answer, Decode};
use crate::error::Error;
use crate::http::BoxFuture;
use crate::operation::{Next, Operation, Paging};
use crate::wire::Wire;
use crate::{Json, Value, field};
use futures_core::Stream;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Pages, or their items, one by one. Nothing is called before it is asked for; after an error nothing follows.
///
/// It is a [`Stream`]; [`Pages::next`] and [`Pages::collect`] need no trait for that.
#[must_use = "nothing is called before a page is asked for"]
pub struct Pages<T> {
    stream: Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>,
    over: bool,
}

impl<T> Pages<T> {
    fn of(stream: impl Stream<Item = Result<T, Error>> + Send + 'static) -> Pages<T> {
        Pages { stream: Box::pin(stream), over: false }
    }

    /// The next one; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All that are left.
    ///
    /// # Errors
    /// The first error; what came before it is lost.
    pub async fn collect(mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(one) = self.next().await {
            all.push(one?);
        }
        Ok(all)
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if self.over {
            return Poll::Ready(None);
        }
        let next = self.stream.as_mut().poll_next(context);
        self.over = matches!(next, Poll::Ready(None | Some(Err(_))));
        next
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl Pages<Answer> {
    /// Pages as they come, from the request's wire form and what makes a call of one.
    ///
    /// They begin where the request says, else with the first.
    pub fn new(
        operation: &'static Operation,
        paging: &'static Paging,
        wire: Wire,
        call: impl FnMut(Wire) -> BoxFuture<'static, Result<Answer, Error>> + Send + 'static,
    ) -> Pages<Answer> {
        let turner = Turner { operation, paging, way: Way::of(operation, paging, &wire), wire, over: false, call };
        Pages::of(stream::try_unfold(turner, Turner::turn))
    }

    /// Each page as a type.
    pub fn typed<T: Decode + Send + 'static>(self, operation: &'static Operation) -> Pages<T> {
        Pages::of(self.map(|page| page?.typed(operation.action())))
    }

    /// The items of all pages, each as a type. One that cannot be read is an error, in its place.
    pub fn items<T: Decode + Send + 'static>(self, operation: &'static Operation, paging: &'static Paging) -> Pages<T> {
        let items = self.map_ok(|page| {
            let read = |item| {
                T::decode(item).ok_or_else(|| {
                    let message = format!("an element of `{}` is not what it is known to be", paging.items);
                    page.unreadable(operation.action(), message)
                })
            };
            stream::iter(field::all(&page.body, paging.items).into_iter().map(read).collect::<Vec<_>>())
        });
        Pages::of(items.try_flatten())
    }
}

/// Turns pages.
struct Turner<C> {
    operation: &'static Operation,
    paging: &'static Paging,
    wire: Wire,
    way: Way,
    over: bool,
    call: C,
}

impl<C: FnMut(Wire) -> BoxFuture<'static, Result<Answer, Error>> + Send> Turner<C> {
    async fn turn(mut self) -> Result<Option<(Answer, Self)>, Error> {
        if self.over {
            return Ok(None);
        }
        self.way.ask(self.operation, &mut self.wire);
        let answer = (self.call)(self.wire.clone()).await?;
        let items = field::all(&answer.body, self.paging.items);
        match self.way.step(&answer.body, &items) {
            Step::Page => {}
            Step::Last => self.over = true,
            Step::Beyond => return Ok(None),
            Step::Stuck(message) => return Err(answer.unreadable(self.operation.action(), message)),
        }
        Ok(Some((answer, self)))
    }
}

/// What a page means for the way through all of them.
#[derive(Debug, PartialEq)]
enum Step {
    /// It is one, and another one follows.
    Page,
    /// It is one, and none follows.
    Last,
    /// It is none: it is empty, and pages came before it.
    Beyond,
    /// There is no way on.
    Stuck(String),
}

/// The way through all pages.
enum Way {
    Numbers { parameter: u16, total: &'static str, page: i64, seen: i64, last: Option<Print> },
    Tokens { parameter: u16, field: &'static str, token: Option<String>, used: HashSet<String> },
}

/// What a page looks like, to know it again.
struct Print {
    whole: u64,
    items: u64,
    /// How many pages in a row have had these items.
    times: u32,
}

/// Pages in a row that may have the same items while something else in them changes.
const SAME: u32 = 3;

impl Way {
    fn of(operation: &Operation, paging: &Paging, wire: &Wire) -> Way {
        match paging.next {
            Next::Number { parameter, total } => {
                let page = wire.get(operation.table, parameter).and_then(|page| page.trim().parse().ok());
                Way::Numbers { parameter, total, page: page.unwrap_or(1), seen: 0, last: None }
            }
            Next::Token { parameter, token } => {
                let given = wire.get(operation.table, parameter).map(str::to_owned);
                Way::Tokens { parameter, field: token, used: given.iter().cloned().collect(), token: given }
            }
        }
    }

    /// Puts into the request which page is meant.
    fn ask(&self, operation: &Operation, wire: &mut Wire) {
        match self {
            Way::Numbers { parameter, page, .. } => wire.set(operation.table, *parameter, Value::Integer(*page)),
            Way::Tokens { parameter, token: Some(token), .. } => {
                wire.set(operation.table, *parameter, Value::Text(token));
            }
            Way::Tokens { token: None, .. } => {}
        }
    }

    /// Takes a page in.
    fn step(&mut self, body: &Json, items: &[&Json]) -> Step {
        match self {
            Way::Numbers { last, .. } if items.is_empty() => {
                if last.is_none() {
                    Step::Last
                } else {
                    Step::Beyond
                }
            }
            Way::Numbers { total, page, seen, last, .. } => {
                let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
                let Some(print) = Print::of(body, items, last.as_ref()) else {
                    let message =
                        format!("page {page} is the page before it once more: the service does not turn pages");
                    return Step::Stuck(message);
                };
                if last.is_none() {
                    // Who begins in the middle leaves out at least so many, unless pages differ in size.
                    *seen = page.saturating_sub(1).max(0).saturating_mul(count);
                }
                *last = Some(print);
                *seen = seen.saturating_add(count);
                let total = field::all(body, total).into_iter().find_map(i64::decode);
                match page.checked_add(1) {
                    Some(next) if total.is_none_or(|total| *seen < total) => {
                        *page = next;
                        Step::Page
                    }
                    _ => Step::Last,
                }
            }
            Way::Tokens { field, token, used, .. } => match field::text(body, field) {
                Some(next) if used.insert(next.clone()) => {
                    *token = Some(next);
                    Step::Page
                }
                Some(_) => Step::Stuck(format!("`{field}` is one that was followed before: the pages form a ring")),
                None => Step::Last,
            },
        }
    }
}

impl Print {
    /// Of a page, given the one before it; `None` if it is that page once more.
    fn of(body: &Json, items: &[&Json], last: Option<&Print>) -> Option<Print> {
        let told: Vec<_> = match body {
            Json::Object(members) => {
                members.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("RequestId")).collect()
            }
            _ => Vec::new(),
        };
        let (whole, items) = (print(&told), print(&items));
        let times = last.filter(|last| last.items == items).map_or(1, |last| last.times + 1);
        (last.is_none_or(|last| last.whole != whole) && times < SAME).then_some(Print { whole, items, times })
    }
}

fn print(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}
