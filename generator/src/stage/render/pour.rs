//! Pours what templates are mostly made of: texts, fields, `if`, `unless`, `each` and partials.
//!
//! Handlebars has parsed them. When it renders, it copies what a partial sees, and each element of a list in it, and spells
//! every path anew; here all of that is borrowed. Whatever is out of the ordinary, in a template or in what it is given, is
//! left to Handlebars, which knows what to make of it, or what to say of it. Nothing is ever refused here.

use handlebars::template::{DecoratorTemplate, HelperTemplate, Parameter, Template, TemplateElement};
use handlebars::{Handlebars, Path};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What a single word between braces would call, if there were no field of that name.
const HELPERS: [&str; 17] = [
    "and", "each", "eq", "gt", "gte", "if", "len", "log", "lookup", "lt", "lte", "ne", "not", "or", "raw", "unless",
    "with",
];
/// Partials that hold themselves end where what they see ends, and it is not that deep.
const MAX_DEPTH: usize = 256;

/// The templates that are poured here, by name.
pub(super) struct Pourer(BTreeMap<String, Vec<Step>>);

/// One thing to do.
pub(super) enum Step {
    Text(String),
    Field(Place),
    Choice {
        on: Place,
        wanted: bool,
        then: Vec<Step>,
        otherwise: Vec<Step>,
    },
    Each {
        list: Place,
        then: Vec<Step>,
        otherwise: Vec<Step>,
    },
    /// Where blanks stand before it, Handlebars puts them before each further line of it.
    Partial {
        name: String,
        of: Option<Place>,
        given: Vec<(String, Place)>,
        one_line: bool,
    },
}

/// Where a value is looked for: so many lists or partials further out, and from there by names.
pub(super) struct Place {
    up: usize,
    what: What,
}

enum What {
    Value(Vec<String>),
    /// From the outermost.
    Root(Vec<String>),
    First,
    Last,
    Index,
}

/// What a list's element or a partial sees.
#[derive(Clone, Copy)]
struct Frame<'a> {
    value: &'a Value,
    /// The element's number, and how many there are.
    element: Option<(usize, usize)>,
}

/// Where the pouring is.
struct Scene<'s, 'a> {
    /// From the outermost.
    frames: Vec<Frame<'a>>,
    /// What the partials on the way were given by name.
    given: Vec<(&'s str, &'a Value)>,
}

/// What a place holds.
enum Found<'a> {
    Value(&'a Value),
    Flag(bool),
    Number(usize),
}

impl Pourer {
    /// Takes over the templates that hold nothing out of the ordinary.
    pub(super) fn new(engine: &Handlebars<'_>) -> Pourer {
        let templates = engine.get_templates().iter();
        Pourer(templates.filter_map(|(name, template)| Some((name.clone(), steps(template)?))).collect())
    }

    /// Pours a template; `None` leaves it to Handlebars.
    pub(super) fn pour(&self, name: &str, data: &Value) -> Option<String> {
        self.pour_steps(self.0.get(name)?, data)
    }

    /// Pours steps of [`steps`]; `None` leaves them to Handlebars.
    pub(super) fn pour_steps<'s>(&'s self, steps: &'s [Step], data: &Value) -> Option<String> {
        let mut out = String::new();
        let mut scene = Scene { frames: vec![Frame { value: data, element: None }], given: Vec::new() };
        self.all(steps, &mut scene, &mut out)?;
        Some(out)
    }

    fn all<'s>(&'s self, steps: &'s [Step], scene: &mut Scene<'s, '_>, out: &mut String) -> Option<()> {
        steps.iter().try_for_each(|step| self.one(step, scene, out))
    }

    fn one<'s>(&'s self, step: &'s Step, scene: &mut Scene<'s, '_>, out: &mut String) -> Option<()> {
        match step {
            Step::Text(text) => out.push_str(text),
            Step::Field(place) => match scene.find(place)? {
                Found::Value(Value::String(text)) => out.push_str(text),
                Found::Value(Value::Number(number)) => write!(out, "{number}").ok()?,
                Found::Value(&Value::Bool(flag)) | Found::Flag(flag) => write!(out, "{flag}").ok()?,
                Found::Number(number) => write!(out, "{number}").ok()?,
                Found::Value(Value::Null | Value::Array(_) | Value::Object(_)) => return None,
            },
            Step::Choice { on, wanted, then, otherwise } => {
                let holds = match scene.find(on)? {
                    Found::Flag(flag) | Found::Value(&Value::Bool(flag)) => flag,
                    Found::Number(number) => number > 0,
                    Found::Value(Value::String(text)) => !text.is_empty(),
                    Found::Value(Value::Array(list)) => !list.is_empty(),
                    Found::Value(Value::Object(members)) => !members.is_empty(),
                    Found::Value(Value::Null | Value::Number(_)) => return None,
                };
                self.all(if holds == *wanted { then } else { otherwise }, scene, out)?;
            }
            Step::Each { list, then, otherwise } => {
                let Found::Value(Value::Array(list)) = scene.find(list)? else { return None };
                if list.is_empty() {
                    return self.all(otherwise, scene, out);
                }
                for (index, value) in list.iter().enumerate() {
                    scene.frames.push(Frame { value, element: Some((index, list.len())) });
                    self.all(then, scene, out)?;
                    scene.frames.pop();
                }
            }
            Step::Partial { name, of, given, one_line } => {
                let around = *scene.frames.last()?;
                let value = of.as_ref().map_or(Some(around.value), |place| scene.value(place))?;
                let (before, start) = (scene.given.len(), out.len());
                for (name, place) in given {
                    let value = scene.value(place)?;
                    scene.given.push((name, value));
                }
                if scene.frames.len() > MAX_DEPTH {
                    return None;
                }
                // It knows which element it is for.
                scene.frames.push(Frame { value, element: around.element });
                self.all(self.0.get(name)?, scene, out)?;
                scene.frames.pop();
                scene.given.truncate(before);
                if *one_line && out.get(start..)?.contains('\n') {
                    return None;
                }
            }
        }
        Some(())
    }
}

impl<'a> Scene<'_, 'a> {
    fn find(&self, place: &Place) -> Option<Found<'a>> {
        let frame = self.frames.iter().rev().nth(place.up)?;
        let below = |value: &'a Value, names: &[String]| {
            names.iter().try_fold(value, |value, name| value.as_object()?.get(name)).map(Found::Value)
        };
        match &place.what {
            What::Value(names) => {
                let given = names.split_first().and_then(|(first, rest)| {
                    let (_, value) = self.given.iter().rev().find(|(name, _)| name == first)?;
                    Some((*value, rest))
                });
                let (from, names) = given.unwrap_or((frame.value, names));
                below(from, names)
            }
            What::Root(names) => below(self.frames.first()?.value, names),
            What::First => Some(Found::Flag(frame.element?.0 == 0)),
            What::Last => frame.element.map(|(index, count)| Found::Flag(index.saturating_add(1) == count)),
            What::Index => Some(Found::Number(frame.element?.0)),
        }
    }

    fn value(&self, place: &Place) -> Option<&'a Value> {
        match self.find(place)? {
            Found::Value(value) => Some(value),
            Found::Flag(_) | Found::Number(_) => None,
        }
    }
}

/// What a template says to do; `None` if anything in it is out of the ordinary.
pub(super) fn steps<'t>(template: &'t Template) -> Option<Vec<Step>> {
    let mut text_before = "";
    let step = |element: &'t TemplateElement| {
        let before = std::mem::take(&mut text_before);
        match element {
            TemplateElement::RawString(text) => {
                text_before = text;
                Some(Step::Text(text.clone()))
            }
            TemplateElement::Comment(_) => Some(Step::Text(String::new())),
            TemplateElement::Expression(field) | TemplateElement::HtmlExpression(field) => self::field(field),
            TemplateElement::HelperBlock(block) => self::block(block),
            TemplateElement::PartialExpression(include) => partial(include, before),
            _ => None,
        }
    };
    template.elements.iter().map(step).collect()
}

fn field(field: &HelperTemplate) -> Option<Step> {
    let known = field.name.as_name().is_some_and(|name| HELPERS.contains(&name));
    let plain = !known && !field.block && field.params.is_empty() && field.hash.is_empty();
    if plain { Some(Step::Field(place(&field.name)?)) } else { None }
}

fn block(block: &HelperTemplate) -> Option<Step> {
    let [on] = block.params.as_slice() else { return None };
    if !block.hash.is_empty() || block.block_param.is_some() {
        return None;
    }
    let inner = |template: &Option<Template>| template.as_ref().map_or_else(|| Some(Vec::new()), steps);
    let (on, then, otherwise) = (place(on)?, inner(&block.template)?, inner(&block.inverse)?);
    match block.name.as_name()? {
        "each" => Some(Step::Each { list: on, then, otherwise }),
        "if" => Some(Step::Choice { on, wanted: true, then, otherwise }),
        "unless" => Some(Step::Choice { on, wanted: false, then, otherwise }),
        _ => None,
    }
}

/// What is included inside a line. On a line of its own, with blanks before it, it would have to be indented: then the
/// text `before` has lost the blanks.
fn partial(include: &DecoratorTemplate, before: &str) -> Option<Step> {
    let indent = include.indent.as_deref().unwrap_or_default();
    if include.template.is_some() || !before.ends_with(indent) {
        return None;
    }
    let of = match include.params.as_slice() {
        [] => None,
        [of] => Some(place(of)?),
        _ => return None,
    };
    let given = include.hash.iter().map(|(name, value)| Some((name.clone(), place(value)?)));
    let (name, given) = (include.name.as_name()?.to_owned(), given.collect::<Option<_>>()?);
    Some(Step::Partial { name, of, given, one_line: !indent.is_empty() })
}

/// Reads `name`, `this`, `inner.name`, `../name`, `@root.name`, `@first`, `@last` and `@index`.
fn place(parameter: &Parameter) -> Option<Place> {
    let raw = match parameter {
        Parameter::Name(raw) | Parameter::Path(Path::Relative((_, raw)) | Path::Local((_, _, raw))) => raw,
        _ => return None,
    };
    match raw.as_str() {
        "@first" => return Some(Place { up: 0, what: What::First }),
        "@last" => return Some(Place { up: 0, what: What::Last }),
        "@index" => return Some(Place { up: 0, what: What::Index }),
        _ => {}
    }
    let (mut up, mut rest) = (0_usize, raw.as_str());
    while let Some(outer) = rest.strip_prefix("../") {
        (up, rest) = (up.saturating_add(1), outer);
    }
    let named = |name: &str| {
        let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        letters && !name.is_empty() && name != "this"
    };
    let names = |path: &str| path.split('.').map(|name| named(name).then(|| name.to_owned())).collect::<Option<_>>();
    let what = match rest.strip_prefix("@root.") {
        Some(path) if up == 0 => What::Root(names(path)?),
        _ if rest == "this" => What::Value(Vec::new()),
        _ => What::Value(names(rest)?),
    };
    Some(Place { up, what })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::diag::{Diagnostics, Sources};
    use crate::target;
    use serde_json::json;

    /// What is poured here, and by Handlebars.
    fn both(template: &str, part: &str, data: &Value) -> (Option<String>, Option<String>) {
        let mut engine = Handlebars::new();
        engine.set_strict_mode(true);
        engine.register_escape_fn(handlebars::no_escape);
        engine.register_template_string("whole", template).unwrap();
        engine.register_template_string("part", part).unwrap();
        engine.register_template_string("lines", "1\n2\n").unwrap();
        (Pourer::new(&engine).pour("whole", data), engine.render("whole", data).ok())
    }

    #[test]
    fn pours_what_handlebars_would() {
        let data = json!({
            "name": "a<b", "flag": true, "off": false, "count": 3, "none": [], "empty": "",
            "inner": {"name": "inner", "list": ["x", "y"]},
            "nodes": [{"name": "1", "nodes": [{"name": "1.1", "nodes": []}]}, {"name": "2", "nodes": []}],
        });
        for (template, part) in [
            ("{{name}} {{{name}}} {{flag}} {{count}} {{inner.name}} {{! nothing }}{{empty}}.\n", ""),
            (
                "{{#if flag}}yes{{else}}no{{/if}} {{#unless off}}un{{/unless}} {{#if empty}}a{{else if flag}}b{{/if}}",
                "",
            ),
            ("{{#if none}}some{{/if}}{{#each none}}each{{else}}none{{/each}}{{#each none}}x{{/each}}", ""),
            ("{{#each inner.list}}{{@index}}{{@first}}{{@last}}{{this}} {{../name}} {{../inner.name}}, {{/each}}", ""),
            ("a\n{{#each nodes}}\n  {{name}}\n{{/each}}\nb {{~#each nodes~}} {{name}} {{~/each~}} c\n", ""),
            ("{{#each nodes}}{{#each nodes}}{{name}}{{../name}}{{../../name}}{{/each}}{{/each}}", ""),
            ("{{> part}}", "{{name}}{{#each nodes}}[{{> part}}]{{/each}}"),
            ("{{#each nodes}}{{> part}} {{> part ../inner}}{{/each}}", "{{name}}{{@last}}{{../name}}"),
            ("{{#each nodes}}\n{{> part}}\n{{/each}}\n", "<\n{{name}}\n>\n"),
            ("a: {{> part}}, {{> part inner}}", "{{name}}"),
            ("{{> part inner}}", "{{#each list}}{{this}}{{../name}}{{@root.name}}{{/each}}"),
            ("{{> part what=inner}} {{> part inner what=inner}}", "{{#if what}}{{what.name}}{{/if}}{{name}}"),
            (
                "{{> part what=name of=inner.list}}",
                "{{#each of}}{{this}}{{what}}{{../what}}{{/each}}{{#if what}}!{{/if}}",
            ),
        ] {
            let (here, there) = both(template, part, &data);
            assert!(there.is_some(), "{template} {part}");
            assert_eq!(here, there, "{template} {part}");
        }
    }

    #[test]
    fn leaves_the_rest_to_handlebars() {
        let data = json!({"name": "a", "null": null, "list": [1], "object": {"a": 1}});
        for template in [
            "{{missing}}",
            "{{#if missing}}a{{/if}}",
            "{{name.missing}}",
            "{{null}}",
            "{{list}}",
            "{{#each object}}{{this}}{{/each}}",
            "{{#each list as |item|}}{{item}}{{/each}}",
            "{{#with object}}{{a}}{{/with}}",
            "{{lookup list 0}}",
            "{{len}}",
            "{{> unknown}}",
            "  {{> part}}\n",
            "a: {{> lines}}",
            "{{> part a=1}}",
            "{{> whole}}",
        ] {
            assert_eq!(both(template, "part", &data).0, None, "{template}");
        }
    }

    #[test]
    fn pours_every_template_that_comes_along() {
        for name in target::builtin_names() {
            let target = target::builtin(name, &mut Sources::default(), &mut Diagnostics::new()).unwrap();
            let copied = |path: &str| target.manifest.copy.iter().any(|rule| path.starts_with(&rule.from));
            // A partial that stands indented is Handlebars' own affair.
            let indented =
                |text: &str| text.lines().any(|line| line.starts_with(' ') && line.trim_start().starts_with("{{>"));
            for (path, text) in target.templates.iter().filter(|(path, _)| path.ends_with(".hbs") && !copied(path)) {
                assert!(
                    indented(text) || steps(&Template::compile(text).unwrap()).is_some(),
                    "templates/{name}/{path}"
                );
            }
        }
    }
}
