//! What one value of a parameter needs beside it: where a constructor comes from.

use crate::model::{Action, Kind};
use crate::rules;

/// What a value of a parameter needs beside it.
pub struct Need {
    /// The parameter that decides.
    pub decider: usize,
    /// Its value, as it travels.
    pub value: String,
    /// The parameters that it needs, in the specification's order.
    pub parameters: Vec<usize>,
}

/// For the parameters of one struct: each documented value of each that decides what else is needed. At the request's
/// own level only a parameter that is required anyway can decide; a group exists because its members belong together.
pub fn of(action: &Action, members: &[usize], at_root: bool) -> Vec<Need> {
    let deciders = members.iter().copied().filter_map(|index| {
        let parameter = action.parameters.get(index)?;
        let documented = matches!(parameter.shape.kind, Kind::Text) && !parameter.shape.sensitive;
        (documented && !parameter.shape.values.is_empty() && (parameter.required || !at_root))
            .then_some((index, parameter))
    });
    deciders
        .flat_map(|(decider, parameter)| {
            let needs: Vec<Need> = parameter
                .shape
                .values
                .iter()
                .map(|choice| Need {
                    decider,
                    value: choice.wire.clone(),
                    parameters: members
                        .iter()
                        .copied()
                        .filter(|member| rules::needs(action, decider, &choice.wire, *member))
                        .collect(),
                })
                .collect();
            let decides = needs.iter().any(|need| !need.parameters.is_empty());
            if decides { needs } else { Vec::new() }
        })
        .collect()
}

/// Tells needs apart: the value and, after the last slash, the parameter that has it.
pub fn key(action: &Action, need: &Need) -> String {
    let decider = action.parameters.get(need.decider).map_or("", |parameter| parameter.name.as_str());
    format!("{}/{decider}", need.value)
}
