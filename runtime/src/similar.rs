//! "Did you mean …?"

/// The candidate that a person most likely meant, if one is near enough to be worth saying.
pub(crate) fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody mistypes a page; and the time to compare grows with the product of the lengths.
    const LONGEST: usize = 100;
    let written: Vec<char> = written.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if written.len() > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let known: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
            let (edits, longer) = (distance(&written, &known), written.len().max(known.len()));
            let near = 1.0 - edits as f64 / longer.max(1) as f64;
            (near >= 0.6).then_some((near, candidate))
        })
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// How many characters must be changed, added, dropped or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, &x) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        let mut left = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut edits = (at(&row, j) + usize::from(x != y)).min(at(&row, j + 1) + 1).min(left + 1);
            if let Some(j) = j.checked_sub(1)
                && previous == Some(y)
                && b.get(j) == Some(&x)
            {
                edits = edits.min(at(&before, j) + 1);
            }
            next.push(edits);
            left = edits;
        }
        before = std::mem::replace(&mut row, next);
        previous = Some(x);
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, distance};

    #[test]
    fn counts_edits() {
        for (a, b, edits) in [("", "", 0), ("", "ab", 2), ("ab", "", 2), ("ca", "ac", 1), ("kitten", "sitting", 3)] {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(distance(&a, &b), edits, "{a:?} {b:?}");
        }
    }

    #[test]
    fn finds_the_nearest_and_stays_silent_when_nothing_is_near() {
        let known = ["MaxCompute", "Redis", "PolarDB"];
        assert_eq!(did_you_mean("Maxcompute", known), Some("MaxCompute"));
        assert_eq!(did_you_mean("Reids", known), Some("Redis"));
        assert_eq!(did_you_mean("Kafka", known), None);
        assert_eq!(did_you_mean(&"x".repeat(1000), known), None);
    }
}
