//! Samples: JSON and XML in a text of JSON.

use super::at::{At, Reader};
use crate::spec::Samples;
use serde_json::Value;

/// The first answer in JSON and the first in XML.
pub(super) fn samples(reader: &mut Reader<'_>, at: &At<'_>) -> Option<Samples> {
    let text = reader.text(at, "responseDemo").filter(|text| !text.trim().is_empty())?;
    let Ok(Value::Array(demos)) = serde_json::from_str::<Value>(text) else {
        reader.warn("sample-not-json", &at.near("responseDemo"), "`responseDemo` holds no JSON list", "it is left out");
        return None;
    };
    let mut samples = Samples::default();
    for demo in &demos {
        let text = |key: &str| demo.get(key).and_then(Value::as_str).map(str::trim).unwrap_or_default();
        match (text("type"), text("example")) {
            (_, "") => {}
            ("json", example) if samples.json.is_none() => samples.json = serde_json::from_str(example).ok(),
            ("xml", example) if samples.xml.is_none() && example.starts_with('<') => {
                samples.xml = Some(example.to_owned());
            }
            _ => {}
        }
    }
    (samples != Samples::default()).then_some(samples)
}
