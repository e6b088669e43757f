//! An API as pages for people: one page an action and language, an index a language, a book around them.
//!
//! Everything that comes from the spec goes through [`crate::markdown`]; this module decides what is said and where. It
//! may not write Markdown of its own, and it must never know a programming language.

mod call;
mod labels;
mod parameter;
mod phrase;
mod response;
mod sample;
mod shape;
mod when;

use crate::diag::{Diagnostic, Diagnostics};
use crate::markdown::{Block, Dialect, Fence, Inline, Line, Slug, TAKEN_SLUGS, flat, prose, slugs};
use crate::model::{Action, ActionName, Api, Language, Method, Precondition, Protocol, Rule};
use crate::rules;
use crate::target::Scope;
use crate::view::{Package, markdown as view};
use phrase::{either, fixed};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Lowers an API to pages in some languages. `rust_examples` holds a Rust sample for an action's name; an action without
/// one gets no such section.
pub fn run(
    api: &Api,
    languages: &[Language],
    rust_examples: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Package {
    let mut stems = Scope::new(TAKEN_SLUGS);
    let slugs = slugs(api.actions.iter().map(|action| action.name.as_str()), |wanted| stems.claim(wanted, "_"));
    let mut package = Package::default();
    let mut push = |unit: Result<(), serde_json::Error>| {
        if let Err(error) = unit {
            diagnostics.push(Diagnostic::placeless("view", format!("a page cannot be put together: {error}")));
        }
    };
    let parts = languages.iter().map(|language| part(api, *language, &slugs)).collect();
    let (product, version) = (api.product.to_string(), api.version.clone());
    push(package.push(&view::Book { product, version, parts }));
    for language in languages {
        push(package.push(&index(api, *language, languages, &slugs)));
        let pages = api.actions.par_iter().filter_map(|action| {
            let page = Page { api, action, language: *language, slugs: &slugs };
            let rust = rust_examples.get(action.name.as_str());
            let view = page.view(languages, rust.map(String::as_str))?;
            let mut own = Package::default();
            Some(own.push(&view).map(|()| own.units))
        });
        for units in pages.collect::<Vec<_>>() {
            push(units.map(|units| package.units.extend(units)));
        }
    }
    package
}

/// What is being written: one action in one language.
struct Page<'a> {
    api: &'a Api,
    action: &'a Action,
    language: Language,
    slugs: &'a BTreeMap<&'a str, Slug>,
}

fn title(api: &Api, language: Language) -> Inline {
    match api.title.get(language) {
        "" => Inline::new().text(api.product.as_str()),
        title => Inline::new().text(title),
    }
}

fn part(api: &Api, language: Language, slugs: &BTreeMap<&str, Slug>) -> view::Part {
    let (folder, name) = labels::folder(language);
    let page =
        |(title, slug): (&&str, &Slug)| view::PageLink { title: Inline::new().text(title).line(), slug: slug.clone() };
    view::Part {
        language: folder,
        name,
        title: title(api, language).line(),
        all_actions: labels::labels(language).all_actions,
        pages: slugs.iter().map(page).collect(),
    }
}

fn translations(language: Language, languages: &[Language]) -> Vec<view::Translation> {
    let others = languages.iter().filter(|other| **other != language).map(|other| labels::folder(*other));
    others.map(|(language, name)| view::Translation { language, name }).collect()
}

fn index(api: &Api, language: Language, languages: &[Language], slugs: &BTreeMap<&str, Slug>) -> view::Index {
    let row = |action: &Action| {
        let name = Inline::new();
        let link = match slugs.get(action.name.as_str()) {
            Some(slug) => name.page(action.name.as_str(), slug),
            None => name.text(action.name.as_str()),
        };
        let old = if action.deprecated { either(language, "Deprecated.", "已弃用。") } else { "" };
        let summary = Inline::new().strong_unless_empty(old).sentence(flat(action.summary.get(language)));
        view::ActionRow {
            link: link.cell(),
            summary: summary.cell(),
            effect: Inline::new().text(phrase::effect(action.effect, language)).cell(),
        }
    };
    let pattern = api.endpoints.pattern.as_deref().map(|pattern| {
        let lead = match (api.endpoints.regions.is_empty(), language) {
            (true, Language::En) => "Every region answers at ",
            (true, Language::Zh) => "各地域的地址格式为 ",
            (false, Language::En) => "A region that is not listed answers at ",
            (false, Language::Zh) => "未列出的地域，其地址格式为 ",
        };
        let network = match pattern.contains("{network}") {
            true => network(language),
            false => Inline::new(),
        };
        Inline::new().text(lead).code(pattern).then(network).text(either(language, ".", "。"))
    });
    view::Index {
        language: labels::folder(language).0,
        labels: labels::labels(language),
        title: title(api, language).line(),
        version: Inline::new().code(&api.version).line(),
        doc: prose(api.doc.get(language), Dialect::Page),
        translations: translations(language, languages),
        actions: api.actions.iter().map(row).collect(),
        waiters: call::rows(api, language, slugs),
        has_endpoints: pattern.is_some() || !api.endpoints.regions.is_empty(),
        pattern: pattern.unwrap_or_default().line(),
        endpoints: endpoints(api, language),
    }
}

fn network(language: Language) -> Inline {
    let lead = Inline::new().text(either(language, ", where ", "，其中 ")).code("{network}");
    let lead =
        lead.text(either(language, " stands for nothing or, within a private network, for ", " 为空，专有网络内为 "));
    lead.code("-vpc")
}

/// One row a host, because many regions share one.
fn endpoints(api: &Api, language: Language) -> Vec<view::EndpointRow> {
    let mut hosts: Vec<(&str, Vec<&str>)> = Vec::new();
    for (region, host) in &api.endpoints.regions {
        match hosts.iter_mut().find(|(known, _)| known == host) {
            Some((_, regions)) => regions.push(region),
            None => hosts.push((host, vec![region])),
        }
    }
    let row = |(host, regions): (&str, Vec<&str>)| view::EndpointRow {
        host: Inline::new().code(host).cell(),
        regions: phrase::list(language, regions, phrase::Join::Comma).cell(),
    };
    hosts.into_iter().map(row).collect()
}

impl Page<'_> {
    /// A link to an action's page, or its name if this API has no such action.
    fn link(&self, name: &ActionName) -> Inline {
        match self.slugs.get(name.as_str()) {
            Some(slug) => Inline::new().page(name.as_str(), slug),
            None => Inline::new().code(name.as_str()),
        }
    }

    fn view(&self, languages: &[Language], rust_example: Option<&str>) -> Option<view::Action> {
        let Page { api, action, language, .. } = *self;
        let slug = self.slugs.get(action.name.as_str())?.clone();
        let related = action.related.iter().map(|name| self.link(name));
        let samples = [sample::request(self), sample::answer(self), sample::xml(self)];
        let [request_sample, json_sample, xml_sample] = samples;
        let structures = shape::structures(self);
        let rust_example = rust_example.map(|code| Block::new(Fence::Rust, code));
        Some(view::Action {
            language: labels::folder(language).0,
            labels: labels::labels(language),
            slug,
            name: Inline::new().text(action.name.as_str()).line(),
            summary: flat(action.summary.get(language)).line(),
            deprecated: action.deprecated,
            doc: prose(action.doc.get(language), Dialect::Page),
            effect: self.effect().line(),
            related: Inline::join(related, either(language, ", ", "、")).line(),
            translations: translations(language, languages),
            count: self.count().line(),
            groups: parameter::groups(self),
            structures: structures.sections,
            tables: when::tables(api, action, language),
            rules: action.rules.iter().map(|rule| self.rule(rule)).collect(),
            preconditions: self.preconditions(&structures.preconditions),
            response: response::tree(self),
            paging: call::paging(self).line(),
            waiting: call::waiting(self),
            errors: self.errors(),
            has_samples: [&request_sample, &rust_example, &json_sample, &xml_sample].iter().any(|s| s.is_some()),
            request_sample,
            rust_example,
            json_sample,
            xml_sample,
        })
    }

    fn effect(&self) -> Inline {
        let method = match self.action.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
            Method::Head => "HEAD",
        };
        let said = Inline::new().text(phrase::effect_sentence(self.action.effect, self.language));
        let mut by = fixed(self.language, "Sent by ", "请求方法：").code(method);
        if self.api.protocol == Protocol::Roa {
            by = by.text(either(self.language, " to ", "，路径：")).code(self.action.path.as_str());
        }
        said.sentence(by.text(either(self.language, ".", "。")))
    }

    fn count(&self) -> Inline {
        let all = self.action.parameters.len();
        let required = self.action.parameters.iter().filter(|parameter| parameter.required).count();
        Inline::new().text(&match self.language {
            Language::En if all == 0 => "It takes none.".to_owned(),
            Language::Zh if all == 0 => "没有参数。".to_owned(),
            Language::En => format!("{all} in all, {required} always required."),
            Language::Zh => format!("共 {all} 个参数，其中 {required} 个始终必填。"),
        })
    }

    /// A rule in words, followed by what a person says about it.
    fn sentence(&self, rule: &Rule) -> Inline {
        let words = flat(&rules::words::rule(self.action, rule, self.language));
        words.closed(either(self.language, ".", "。")).sentence(flat(rule.doc.get(self.language)))
    }

    fn rule(&self, rule: &Rule) -> view::RuleRow {
        let language = self.language;
        let source = &rule.source;
        let comma = either(language, ", ", "，");
        let mut known = Inline::new().text(phrase::authority(rule.authority, language));
        if !source.document.is_empty() {
            known = known.text(either(language, " in ", "：")).code(&source.document);
        }
        if !source.parameter.is_empty() {
            known = known.text(comma).text(either(language, "at ", "参数 ")).code(&source.parameter);
        }
        if !source.language.is_empty() {
            let spoken = match (source.language.as_str(), language) {
                ("en", Language::En) => "in English",
                ("zh", Language::En) => "in Chinese",
                ("en", Language::Zh) => "英文",
                ("zh", Language::Zh) => "中文",
                (other, _) => other,
            };
            known = known.text(comma).text(spoken);
        }
        if !source.pattern.is_empty() {
            known = known.text(comma).text(either(language, "by pattern ", "句式 ")).code(&source.pattern);
        }
        for (taken, written) in &source.as_written {
            known = known.text(either(language, "; written ", "；原文写作 ")).code(written);
            known = known.text(either(language, " for ", "，应为 ")).code(taken);
        }
        view::RuleRow {
            text: self.sentence(rule).cell(),
            severity: Inline::new().text(phrase::severity(rule.severity, language)).cell(),
            known: known.text(either(language, " (", "（")).code(&rule.id).text(either(language, ")", "）")).cell(),
        }
    }

    fn preconditions(&self, inside: &[(String, &Precondition)]) -> Vec<Line> {
        let own = self
            .action
            .parameters
            .iter()
            .flat_map(|parameter| parameter.preconditions.iter().map(|said| (parameter.name.as_str(), said)));
        let inner = inside.iter().map(|(path, said)| (path.as_str(), *said));
        own.chain(inner).map(|(name, said)| self.precondition(name, said)).collect()
    }

    fn precondition(&self, name: &str, said: &Precondition) -> Line {
        let mut subject = Inline::new().code(name);
        if let Some(value) = &said.value {
            subject = subject.text(" = ").code(value);
        }
        let doc = match said.doc.is_empty() {
            true => fixed(self.language, "nobody has put this into words yet: ", "尚无文字说明：").code(&said.id),
            false => flat(said.doc.get(self.language)),
        };
        subject.text(either(self.language, ": ", "：")).then(doc).line()
    }

    fn errors(&self) -> Vec<view::ErrorRow> {
        let language = self.language;
        let row = |error: &crate::model::Error| {
            let again = match error.retryable {
                true => fixed(language, "Trying again later may help.", "稍后重试可能成功。"),
                false => Inline::new(),
            };
            view::ErrorRow {
                code: Inline::new().code(&error.code).cell(),
                status: error.status.map_or_else(Inline::new, |status| Inline::new().text(&status.to_string())).cell(),
                meaning: flat(error.doc.get(language)).sentence(again).cell(),
            }
        };
        self.action.errors.iter().map(row).collect()
    }
}
