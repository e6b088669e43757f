//! Changes for programs.

use super::{Report, located};
use crate::diag::{LineColumn, Origin, Sources};
use crate::diff::{Change, Level, Service};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One object: the changes by service, how many there are of each level and id, and the advice.
pub fn json(report: &Report, sources: &Sources) -> Value {
    let all = || report.changes.iter().chain(report.ignored.iter().map(|ignored| &ignored.change));
    let places = located(all(), sources);
    let services = report.services().into_iter().map(|(Service { product, version }, changes)| {
        let changes: Vec<Value> = changes.into_iter().map(|found| change(found, &places)).collect();
        json!({"product": product, "version": version, "changes": changes})
    });
    let ignored = report.ignored.iter().map(|ignored| {
        let mut value = change(&ignored.change, &places);
        value["product"] = json!(ignored.change.service.product);
        value["version"] = json!(ignored.change.service.version);
        value["reason"] = json!(ignored.reason);
        value["until"] = json!(ignored.until);
        value
    });
    let mut ids: Map<String, Value> = Map::new();
    for kind in report.kinds() {
        let count = report.changes.iter().filter(|change| change.kind == kind).count();
        ids.insert(kind.code.to_owned(), json!(count));
    }
    let levels: Map<String, Value> =
        Level::ALL.iter().map(|level| (level.as_str().to_owned(), json!(report.count(*level)))).collect();
    json!({
        "services": services.collect::<Vec<_>>(),
        "ignored": ignored.collect::<Vec<_>>(),
        "levels": levels,
        "ids": ids,
        "step": report.step().map(|step| step.as_str()),
        "stepBeforeOne": report.step().map(|step| step.before_one().as_str()),
    })
}

fn change(change: &Change, places: &BTreeMap<&Origin, LineColumn>) -> Value {
    let kind = change.kind;
    let place = |origin: &Option<Origin>| {
        let origin = origin.as_ref()?;
        let at = places.get(origin);
        Some(json!({"file": &*origin.file, "line": at.map(|at| at.line), "column": at.map(|at| at.column)}))
    };
    json!({
        "id": kind.code,
        "fingerprint": change.fingerprint(),
        "level": kind.level.as_str(),
        "step": kind.step.as_str(),
        "place": change.place(),
        "action": change.action,
        "path": change.path,
        "old": change.old,
        "new": change.new,
        "message": change.message,
        "means": {"wire": kind.wire, "rust": kind.rust, "docs": kind.docs},
        "at": {"old": place(&change.old_origin), "new": place(&change.new_origin)},
    })
}
