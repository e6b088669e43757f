//! Where the service answers, as servers: one with the region as a variable, then the hosts that do not fit it.

use crate::model::{Endpoints, Language};
use serde_json::{Value, json};

pub(super) fn list(endpoints: &Endpoints, language: Language) -> Vec<Value> {
    let host = |region: &str| endpoints.pattern.as_deref().map(|pattern| pattern.replace("{region}", region));
    let (regular, special): (Vec<_>, Vec<_>) =
        endpoints.regions.iter().partition(|(region, known)| host(region).as_ref() == Some(known));
    let mut servers = Vec::new();
    if let (Some(pattern), Some((first, _))) = (&endpoints.pattern, regular.first()) {
        let regions: Vec<&str> = regular.iter().map(|(region, _)| region.as_str()).collect();
        let mut server = json!({"url": format!("https://{pattern}")});
        if pattern.contains("{region}") {
            server["variables"] = json!({"region": {"enum": regions, "default": first}});
        } else {
            server["description"] = json!(serves(&regions, language));
        }
        servers.push(server);
    }
    let mut hosts: Vec<&str> = Vec::new();
    for (_, host) in &special {
        if !hosts.contains(&host.as_str()) {
            hosts.push(host);
        }
    }
    servers.extend(hosts.into_iter().map(|host| {
        let regions: Vec<&str> =
            special.iter().filter(|(_, known)| known == host).map(|(region, _)| region.as_str()).collect();
        json!({"url": format!("https://{host}"), "description": serves(&regions, language)})
    }));
    servers
}

fn serves(regions: &[&str], language: Language) -> String {
    match language {
        Language::En => regions.join(", "),
        Language::Zh => regions.join("、"),
    }
}
