//! [`Package`] to [`Tree`]: pours views into templates. The only module that knows Handlebars.
//!
//! Strict: a template that asks for what the view does not have fails with its name and line. Nothing is escaped here,
//! because every text in a view is already safe for the place that it is for.

use crate::artifact::Tree;
use crate::diag::{Diagnostic, Diagnostics, Origin};
use crate::target::Target;
use crate::view::{Package, Unit};
use handlebars::{Context, Handlebars, RenderError, RenderErrorReason, no_escape};
use rayon::prelude::*;
use std::sync::Arc;

/// How the name of a template ends.
const TEMPLATE: &str = ".hbs";

/// Pours every unit into the templates of the file rules that are for it.
pub fn run(package: Package, target: &Target, diagnostics: &mut Diagnostics) -> Tree {
    let mut tree = Tree::new();
    let Some(engine) = engine(target, diagnostics) else { return tree };
    let units: Vec<(&str, Context)> = package.units.into_iter().map(context).collect();
    for rule in &target.manifest.file {
        if !target.templates.contains_key(&rule.template) {
            let file: Arc<str> = Arc::from(format!("{}/target.toml", target.place));
            let message = format!("there is no template `{}`", rule.template);
            diagnostics
                .push(Diagnostic::error("template", Origin::file(&file), message).help("add it, or mend the rule"));
            continue;
        }
        let units = units.par_iter().filter(|(each, _)| *each == rule.each);
        let poured = units.map(|(_, data)| {
            let path = engine.render_template_with_context(&rule.path, data)?;
            let content = engine.render_with_context(&rule.template, data)?;
            Ok((path, content))
        });
        for poured in poured.collect::<Vec<Result<_, RenderError>>>() {
            match poured {
                Ok((path, content)) => {
                    if let Err(error) = tree.insert(&path, content) {
                        let problem = Diagnostic::placeless("template", format!("the path {error}"));
                        tell(problem.help("mend `path` in target.toml"), diagnostics);
                    }
                }
                Err(error) => tell(template_error(target, &rule.template, &error), diagnostics),
            }
        }
    }
    if let Some((_, whole)) = units.iter().find(|(each, _)| *each == "package") {
        copies(whole, target, &engine, &mut tree, diagnostics);
    }
    tree
}

/// What a unit's templates see, which may be much: it is moved and not copied.
fn context(unit: Unit) -> (&'static str, Context) {
    let mut context = Context::null();
    *context.data_mut() = unit.data;
    (unit.each, context)
}

/// Puts the folders that are copied beside what was poured. Where they go is a template over the package, and so is a
/// file in them whose name says so.
fn copies(whole: &Context, target: &Target, engine: &Handlebars<'_>, tree: &mut Tree, diagnostics: &mut Diagnostics) {
    for rule in &target.manifest.copy {
        let to = match engine.render_template_with_context(&rule.to, whole) {
            Ok(to) => to,
            Err(error) => {
                diagnostics.push(template_error(target, "target.toml", &error));
                continue;
            }
        };
        let mut any = false;
        let below =
            |path: &str| path.strip_prefix(&rule.from).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned);
        for (rest, text) in target.templates.iter().filter_map(|(path, text)| Some((below(path)?, text))) {
            any = true;
            let (rest, text) = match rest.strip_suffix(TEMPLATE) {
                None => (rest.as_str(), text.clone()),
                Some(bare) => match engine.render_with_context(&format!("{}/{rest}", rule.from), whole) {
                    Ok(text) => (bare, text),
                    Err(error) => {
                        diagnostics.push(template_error(target, &format!("{}/{rest}", rule.from), &error));
                        continue;
                    }
                },
            };
            let path = if to.is_empty() { rest.to_owned() } else { format!("{to}/{rest}") };
            if let Err(error) = tree.insert(&path, text) {
                let message = format!("the path {error}");
                diagnostics.push(Diagnostic::placeless("template", message).help("mend `to` in target.toml"));
            }
        }
        if !any {
            let file: Arc<str> = Arc::from(format!("{}/target.toml", target.place));
            let message = format!("there are no files in `{}`", rule.from);
            diagnostics.push(Diagnostic::error("template", Origin::file(&file), message).help("mend `from`"));
        }
    }
}

fn engine<'a>(target: &'a Target, diagnostics: &mut Diagnostics) -> Option<Handlebars<'a>> {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    engine.register_escape_fn(no_escape);
    let mut good = true;
    for (path, text) in target.templates.iter().filter(|(path, _)| path.ends_with(TEMPLATE)) {
        let name = path.strip_prefix("part/").and_then(|name| name.strip_suffix(TEMPLATE)).unwrap_or(path);
        if let Err(error) = engine.register_template_string(name, text) {
            good = false;
            let file: Arc<str> = Arc::from(format!("{}/{path}", target.place));
            let (line, column) = error.pos().unwrap_or((1, 1));
            let message = error.reason().to_string();
            let help = "mend it; templates/README.md says what a template may hold";
            diagnostics.push(Diagnostic::error("template", Origin::at(&file, line, column), message).help(help));
        }
    }
    good.then_some(engine)
}

/// Every unit stumbles over the same stone: it is told once.
fn tell(problem: Diagnostic, diagnostics: &mut Diagnostics) {
    if !diagnostics.iter().any(|told| *told == problem) {
        diagnostics.push(problem);
    }
}

fn template_error(target: &Target, template: &str, error: &RenderError) -> Diagnostic {
    let name = error.template_name.as_deref().unwrap_or(template);
    // A partial goes by its bare name.
    let path = if target.templates.contains_key(name) { name.to_owned() } else { format!("part/{name}.hbs") };
    let file: Arc<str> = Arc::from(format!("{}/{path}", target.place));
    let origin = Origin::at(&file, error.line_no.unwrap_or(1), error.column_no.unwrap_or(1));
    let message = match error.reason() {
        RenderErrorReason::MissingVariable(Some(field)) => format!("the view has no `{field}`"),
        other => other.to_string(),
    };
    Diagnostic::error("template", origin, message)
        .help("`bindery show ACTION --stage view` shows what a template may ask for")
}
