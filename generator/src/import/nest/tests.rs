//! Small tables whose places a person can see.
use super::*;
use serde_json::json;

fn paths(rows: &[(&str, Children)], sample: &Value) -> Vec<String> {
    let fields: Vec<_> = rows.iter().map(|(name, children)| Field { name, children: *children, mark: 0 }).collect();
    let places = nest(&fields, Some(sample));
    let mut paths: Vec<String> = vec![];
    for (field, place) in fields.iter().zip(places.places) {
        let parent =
            place.parent.and_then(|parent| paths.get(parent)).map(|path| format!("{path}/")).unwrap_or_default();
        let wrapper = place.wrapper.map(|wrapper| format!("({wrapper})/")).unwrap_or_default();
        paths.push(format!("{parent}{wrapper}{}", field.name));
    }
    paths
}

#[test]
fn the_sample_decides_where_a_container_ends() {
    let rows = [
        ("A", Children::Some),
        ("Name", Children::None),
        ("Zone", Children::None),
        ("B", Children::None),
        ("Name", Children::None),
    ];
    let sample = json!({"A": [{"Name": 1, "Zone": 2}], "B": 3, "Name": 4});
    assert_eq!(paths(&rows, &sample), ["A", "A/Name", "A/Zone", "B", "Name"]);
}

#[test]
fn the_order_of_names_decides_where_the_sample_is_silent() {
    let rows = [
        ("C", Children::Some),
        ("M", Children::None),
        ("N", Children::Some),
        ("X", Children::None),
        ("D", Children::None),
    ];
    assert_eq!(paths(&rows, &json!({"C": {}})), ["C", "C/M", "C/N", "C/N/X", "D"]);
}

#[test]
fn a_wrapper_that_only_the_sample_has_is_told() {
    let rows = [("Tags", Children::Some), ("Key", Children::None), ("Z", Children::None)];
    let sample = json!({"Tags": {"Tag": [{"Key": 1}]}, "Z": 1});
    assert_eq!(paths(&rows, &sample), ["Tags", "Tags/(Tag)/Key", "Z"]);
}

#[test]
fn marks_say_where_a_row_stands_and_what_holds_others() {
    let rows = [("Data", 0), ("Item", 1), ("Qps", 2), ("Time", 2), ("Z", 1), ("Id", 0)];
    let fields: Vec<_> =
        rows.iter().map(|(name, mark)| Field { name, children: Children::None, mark: *mark }).collect();
    let parents: Vec<_> = nest(&fields, None).places.iter().map(|place| place.parent).collect();
    assert_eq!(parents, [None, Some(0), Some(1), Some(1), Some(0), None]);
}

#[test]
fn two_readings_that_cost_the_same_are_told() {
    let rows = [("Sets", Children::Some), ("A", Children::None), ("Zone", Children::None)];
    let fields: Vec<_> = rows.iter().map(|(name, children)| Field { name, children: *children, mark: 0 }).collect();
    assert_eq!(nest(&fields, None).doubt, Some(Doubt { row: 2, parent: None }));
    assert_eq!(nest(&fields, Some(&json!({"Id": 1, "Sets": [{"A": 1, "Zone": 1}]}))).doubt, None);
}

#[test]
fn long_tables_do_not_take_the_square_of_their_length() {
    let names: Vec<String> =
        (0..4_000).map(|row| if row % 3 == 1 { "Same".into() } else { format!("N{row}") }).collect();
    let rows = names.iter().enumerate();
    let children = |row| if row % 3 == 0 { Children::Some } else { Children::None };
    let fields: Vec<_> = rows.map(|(row, name)| Field { name, children: children(row), mark: 0 }).collect();
    assert_eq!(nest(&fields, None).places.len(), fields.len());
}
