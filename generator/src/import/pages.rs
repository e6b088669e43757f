//! Many pages to many actions: one page an action, and every problem of every page at once.

use super::assemble::assemble;
use super::harmless;
use super::markdown::{self, Page, Vocabulary};
use super::prose::Phrases;
use super::{Input, Language, Options, Report};
use crate::diag::{Diagnostic, Diagnostics, Origin, did_you_mean};
use crate::spec::Action;
use indexmap::IndexMap;

/// Imports pages. A page with an error yields no action; the diagnostics say why.
pub fn import_markdown(pages: &[Input], options: &Options) -> (Vec<Action>, Report, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut report = Report::default();
    let mut actions = vec![];
    match Words::embedded() {
        Ok(words) => {
            for (input, page) in chosen(pages, options, &words, &mut diagnostics) {
                let draft = markdown::draft(input, page);
                let (action, figures) = assemble(&draft, words.phrases(draft.language), options);
                let problems = harmless::problems(&action, input);
                if problems.is_empty() {
                    actions.push(action);
                    report.add(figures);
                }
                diagnostics.extend(problems);
            }
        }
        Err(problem) => {
            diagnostics.push(Diagnostic::placeless("phrases", format!("the built-in phrases are broken: {problem}")))
        }
    }
    (actions, report, diagnostics)
}

/// All words that the importer knows.
struct Words {
    vocabulary: Vocabulary,
    zh: Phrases,
    en: Phrases,
}

impl Words {
    fn embedded() -> Result<Words, String> {
        Ok(Words {
            vocabulary: Vocabulary::embedded().map_err(|error| error.to_string())?,
            zh: Phrases::embedded(Language::Zh)?,
            en: Phrases::embedded(Language::En)?,
        })
    }

    fn phrases(&self, language: Language) -> &Phrases {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// The pages to import, one an action, in the order in which they are given.
fn chosen<'a>(
    pages: &'a [Input],
    options: &Options,
    words: &Words,
    diagnostics: &mut Diagnostics,
) -> Vec<(&'a Input, Page)> {
    let mut chosen: IndexMap<String, (&Input, Page)> = IndexMap::new();
    for input in pages {
        let Some(page) = markdown::read(input, &words.vocabulary, diagnostics) else {
            continue;
        };
        if !of_product(input, &page, options, diagnostics) {
            continue;
        }
        let action = page.identity.action.clone();
        let Some((other, _)) = chosen.get(&action) else {
            chosen.insert(action, (input, page));
            continue;
        };
        // Of pages of one action, the one in the deeper folder is the one that is kept up.
        let (kept, dropped) = if depth(input) > depth(other) { (input, *other) } else { (*other, input) };
        diagnostics.push(
            Diagnostic::warning(
                "page-twice",
                Origin::file(&dropped.file),
                format!("`{action}` is documented by `{}` too", kept.file),
            )
            .help("the page in the deeper folder is taken; leave the other one out"),
        );
        if std::ptr::eq(kept, input) {
            chosen.insert(action, (input, page));
        }
    }
    if let Some(wanted) = &options.action {
        if !chosen.contains_key(wanted) {
            let near =
                did_you_mean(wanted, chosen.keys().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
            diagnostics.push(
                Diagnostic::placeless("no-such-action", format!("no page documents `{wanted}`")).maybe_help(near),
            );
        }
        chosen.retain(|action, _| action == wanted);
    }
    chosen.into_values().collect()
}

fn depth(input: &Input) -> usize {
    input.file.matches('/').count()
}

/// Whether the page belongs to the product and version that the specs are of, as far as it says so.
fn of_product(input: &Input, page: &Page, options: &Options, diagnostics: &mut Diagnostics) -> bool {
    let Some((product, version)) = &options.product else {
        return true;
    };
    let identity = &page.identity;
    let origin = identity.line.map_or_else(|| Origin::file(&input.file), |line| Origin::at(&input.file, line, 1));
    let said = [("product", identity.product.as_ref(), product), ("version", identity.version.as_ref(), version)];
    let mut agrees = true;
    for (what, said, is) in said {
        let Some(said) = said.filter(|said| !said.eq_ignore_ascii_case(is)) else {
            continue;
        };
        agrees = false;
        diagnostics.push(
            Diagnostic::error(
                "product-disagrees",
                origin.clone(),
                format!("the page is of {what} `{said}`, the specs are of `{is}`"),
            )
            .help("give `--specs` the folder of that product and version"),
        );
    }
    agrees
}
