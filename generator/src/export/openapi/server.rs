//! Where the service answers, as servers: one with the region as a variable, then the hosts that do not fit it.

use crate::model::{Endpoints, Language};
use serde_json::{Value, json};

pub(super) fn list(endpoints: &Endpoints, language: Language) -> Vec<Value> {
    // A variable that may be empty is no variable to OpenAPI: each network is a server of its own.
    let within = |network: &str| endpoints.pattern.as_deref().map(|pattern| pattern.replace("{network}", network));
    let public = within("");
    let host = |region: &str| public.as_deref().map(|pattern| pattern.replace("{region}", region));
    let (regular, special): (Vec<_>, Vec<_>) =
        endpoints.regions.iter().partition(|(region, known)| host(region).as_ref() == Some(known));
    let mut servers = Vec::new();
    if let (Some(pattern), Some((first, _))) = (&public, regular.first()) {
        let regions: Vec<&str> = regular.iter().map(|(region, _)| region.as_str()).collect();
        let server = |pattern: &str| {
            let mut server = json!({"url": format!("https://{pattern}")});
            if pattern.contains("{region}") {
                server["variables"] = json!({"region": {"enum": regions, "default": first}});
            }
            server
        };
        let mut open = server(pattern);
        if !pattern.contains("{region}") {
            open["description"] = json!(serves(&regions, language));
        }
        servers.push(open);
        if let Some(private) = within("-vpc").filter(|private| private != pattern) {
            let mut closed = server(&private);
            closed["description"] = json!(match language {
                Language::En => "Within a private network.",
                Language::Zh => "专有网络内。",
            });
            servers.push(closed);
        }
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
