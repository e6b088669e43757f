//! "Did you mean …?"

/// The candidate that a person most likely meant, if one is near enough to be worth saying.
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let near = strsim::normalized_damerau_levenshtein(&lower, &candidate.to_lowercase());
            (near >= 0.6).then_some((near, candidate))
        })
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn finds_the_nearest_and_stays_silent_when_nothing_is_near() {
        let keys = ["required", "default", "values"];
        assert_eq!(did_you_mean("Required", keys), Some("required"));
        assert_eq!(did_you_mean("requried", keys), Some("required"));
        assert_eq!(did_you_mean("colour", keys), None);
    }
}
