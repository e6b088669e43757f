//! The names of repeated parameters, as reference pages write them: `Ids.N`, `Tag.N.Key`.

/// What stands for the index, at the end of a name.
pub const INDEX: &str = ".N";

/// The name under which rules can speak of a row: `Ids` for `Ids.N`. A member of a list keeps its own, which no rule may use.
pub fn addressed(row: &str) -> &str {
    row.strip_suffix(INDEX).unwrap_or(row)
}

/// Whether a rule can speak of a row: a request has at most one of it.
pub fn addressable(name: &str) -> bool {
    !format!("{}.", addressed(name)).contains(".N.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_lists_are_out_of_the_reach_of_rules() {
        assert_eq!(addressed("Ids.N"), "Ids");
        assert!(addressable("Ids.N") && addressable("A.B"));
        assert!(!addressable("Tag.N.Key") && !addressable("Tag.N.Value.N"));
    }
}
