//! Everything that is traced or logged on a thread while a test listens, from the client and from what it stands on.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, Once};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

/// A span or an event, and all that was ever recorded in it.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: &'static str,
    pub target: String,
    pub is_span: bool,
    pub parent: Option<&'static str>,
    pub fields: BTreeMap<String, String>,
}

#[derive(Clone, Default)]
pub struct Traces(Arc<Mutex<Vec<Entry>>>);

/// What is traced and logged on this thread from now on, until the guard is dropped.
pub fn listen() -> (Traces, DefaultGuard) {
    // A place of the code that is first reached by a thread where nobody listens would count as of no interest to anybody,
    // also to who begins to listen in that moment: so there is always a listener.
    static ALWAYS: Once = Once::new();
    ALWAYS.call_once(|| tracing::subscriber::set_global_default(tracing_subscriber::registry()).unwrap());
    tracing::callsite::rebuild_interest_cache();
    let traces = Traces::default();
    let guard = tracing_subscriber::registry().with(traces.clone()).set_default();
    (traces, guard)
}

impl Traces {
    pub fn entries(&self) -> Vec<Entry> {
        self.0.lock().unwrap().clone()
    }

    pub fn text(&self) -> String {
        let lines =
            self.entries().into_iter().map(|entry| format!("{} {} {:?}", entry.target, entry.name, entry.fields));
        lines.collect::<Vec<_>>().join("\n")
    }

    pub fn spans(&self, name: &str) -> Vec<Entry> {
        self.entries().into_iter().filter(|entry| entry.is_span && entry.name == name).collect()
    }
}

/// Where a span stands in the list.
struct Place(usize);

impl Visit for Entry {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name().to_owned(), value.to_owned());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Traces {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let (metadata, span) = (attributes.metadata(), context.span(id).unwrap());
        let mut entry = Entry {
            name: metadata.name(),
            target: metadata.target().to_owned(),
            is_span: true,
            parent: span.parent().map(|parent| parent.name()),
            ..Entry::default()
        };
        attributes.record(&mut entry);
        let mut entries = self.0.lock().unwrap();
        span.extensions_mut().insert(Place(entries.len()));
        entries.push(entry);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        let place = span.extensions().get::<Place>().unwrap().0;
        values.record(&mut self.0.lock().unwrap()[place]);
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let metadata = event.metadata();
        let mut entry = Entry {
            name: metadata.name(),
            target: metadata.target().to_owned(),
            parent: context.event_span(event).map(|span| span.name()),
            ..Entry::default()
        };
        event.record(&mut entry);
        self.0.lock().unwrap().push(entry);
    }
}
