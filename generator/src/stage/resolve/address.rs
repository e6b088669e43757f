//! Where requests go: the hosts of a product, the path of an action. Both end up in URLs, so both have a grammar of their
//! own, and nothing is repaired.

use super::{Context, context_key};
use crate::diag::{Diagnostic, below};
use crate::model::{Endpoints, Kind, Parameter, Place, UrlPath};
use crate::spec::{self, Protocol};

/// The hosts of a product.
pub(super) fn endpoints(given: Option<&spec::Endpoints>, context: &mut Context<'_>) -> Endpoints {
    let Some(given) = given else { return Endpoints::default() };
    for (region, name) in &given.regions {
        if !is_label(region) || !is_host(name) {
            let message = format!("`{}` at `{}` is no host of a region", name.escape_debug(), region.escape_debug());
            let place = below("/endpoints/regions", region);
            context.error("endpoint", &place, message, "lower-case letters, digits and `-`, joined by dots");
        }
    }
    if let Some(pattern) = &given.pattern {
        // Whatever stands for the placeholders, a host must come of it.
        let filled = |network: &str| pattern.replace("{region}", "region").replace("{network}", network);
        if !is_host(&filled("")) || !is_host(&filled("-network")) {
            let help = "a host name that may hold `{region}` and, where `-vpc` may stand, `{network}`";
            context.error("endpoint", "/endpoints/pattern", "is no host", help);
        }
    }
    Endpoints {
        pattern: given.pattern.clone(),
        regions: given.regions.iter().map(|(region, host)| (region.clone(), host.clone())).collect(),
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_host(host: &str) -> bool {
    // A name whose last label begins with a digit is read as an address.
    let named = host.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_lowercase()));
    host.len() <= 253 && host.contains('.') && named && host.split('.').all(is_label)
}

/// The path of an action, whose placeholders are just the parameters that travel there. `whole`: none of the parameters
/// was left out.
pub(super) fn path(
    given: Option<&str>,
    style: Protocol,
    parameters: &[Parameter],
    whole: bool,
    context: &mut Context<'_>,
) -> UrlPath {
    let travelling = || parameters.iter().filter(|parameter| parameter.place == Place::Path);
    if style == Protocol::Rpc {
        if given.is_some() {
            let message = "the product's actions share one path";
            context.error("path", "/path", message, "remove it, or say `\"style\": \"roa\"` in product.json");
        }
        for parameter in travelling() {
            let message = format!("`{}` travels in the path, but the product's actions share one path", parameter.name);
            let help = "let it travel elsewhere (`in`), or say `\"style\": \"roa\"` in product.json";
            context.diagnostics.push(Diagnostic::error("path", parameter.origin.clone(), message).help(help));
        }
        return UrlPath::default();
    }
    let path = match UrlPath::new(given.unwrap_or("/")) {
        Ok(path) => path,
        Err(error) => {
            context.error("path", "/path", "cannot be the path of a URL", error.expected);
            return UrlPath::default();
        }
    };
    if whole {
        placeholders(&path, parameters, context);
    }
    for parameter in travelling() {
        let name = &parameter.name;
        let (message, help) = if !path.placeholders().any(|known| known == name.as_str()) {
            let message = format!("`{name}` travels in the path, but `{path}` has no place for it");
            (message, format!("write `{{{name}}}` where its value goes, or let it travel elsewhere (`in`)"))
        } else if !parameter.required {
            (format!("`{name}` travels in the path, but may be absent"), "add `\"required\": true`".to_owned())
        } else if !matches!(parameter.shape.kind, Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number) {
            let message = format!("`{name}` travels in the path, but is more than one text or number");
            (message, "mend its type, or let it travel elsewhere (`in`)".to_owned())
        } else {
            continue;
        };
        context.diagnostics.push(Diagnostic::error("path", parameter.origin.clone(), message).help(help));
    }
    path
}

/// Each placeholder stands for a parameter of its own that travels in the path.
fn placeholders(path: &UrlPath, parameters: &[Parameter], context: &mut Context<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    for name in path.placeholders() {
        if seen.contains(&name) {
            context.error("path", "/path", format!("`{{{name}}}` stands twice in it"), "keep one of the two");
            continue;
        }
        seen.push(name);
        let scope = "a placeholder stands for a parameter of its own action";
        let Some(index) = context.parameter(name, parameters, "/path", scope) else { continue };
        if parameters.get(index).is_some_and(|parameter| parameter.place != Place::Path) {
            let place = context_key(context, &below("/parameters", name));
            let message = format!("`{path}` has a place for `{name}`, which travels elsewhere");
            context.diagnostics.push(Diagnostic::error("path", place, message).help("add `\"in\": \"path\"`"));
        }
    }
}
