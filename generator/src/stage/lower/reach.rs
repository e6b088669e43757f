//! The shapes with a name that requests and answers reach: what several actions share.

use crate::model::{Action, Api, Kind, Others, Shape};
use std::collections::BTreeSet;

/// The named shapes that an action's parameters reach.
pub fn of_action<'a>(api: &'a Api, action: &'a Action) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    for parameter in &action.parameters {
        reach(api, &parameter.shape, &mut reached);
    }
    reached
}

/// The named shapes that an action's answer reaches.
pub fn of_answer<'a>(api: &'a Api, action: &'a Action) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    if let Some(response) = &action.response {
        reach(api, response, &mut reached);
    }
    reached
}

fn reach<'a>(api: &'a Api, shape: &'a Shape, reached: &mut BTreeSet<&'a str>) {
    match &shape.kind {
        Kind::Named(name) => {
            if reached.insert(name)
                && let Some(shape) = api.schema(name)
            {
                reach(api, shape, reached);
            }
        }
        Kind::List(inner) | Kind::Json(inner) => reach(api, inner, reached),
        Kind::Object(members, others) => {
            for member in members {
                reach(api, &member.shape, reached);
            }
            if let Others::Of(inner) = others {
                reach(api, inner, reached);
            }
        }
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => {}
    }
}
