//! Many pages to many drafts: one page an action and language, and every problem of every page at once.

use super::imported::Harvest;
use super::markdown::{self, Page, Vocabulary};
use super::{Input, Language, Options};
use crate::diag::{Diagnostic, Diagnostics, Origin};
use indexmap::IndexMap;

/// Reads pages. A page with an error yields nothing; the diagnostics say why.
pub(super) fn harvest(pages: &[Input], options: &Options, diagnostics: &mut Diagnostics) -> Harvest {
    let mut harvest = Harvest::default();
    match Vocabulary::embedded() {
        Ok(words) => {
            let chosen = chosen(pages, options, &words, diagnostics).into_iter();
            harvest.drafts = chosen.map(|(input, page)| markdown::draft(input, page, diagnostics)).collect();
        }
        Err(problem) => {
            let message = format!("the built-in words are broken: {problem}");
            diagnostics.push(Diagnostic::placeless("phrases", message));
        }
    }
    harvest
}

/// The pages to import, one an action and language, in the order in which they are given.
fn chosen<'a>(
    pages: &'a [Input],
    options: &Options,
    words: &Vocabulary,
    diagnostics: &mut Diagnostics,
) -> Vec<(&'a Input, Page)> {
    let mut chosen: IndexMap<(String, Option<String>, Language), (&Input, Page)> = IndexMap::new();
    for input in pages {
        let Some(page) = markdown::read(input, words, diagnostics) else {
            continue;
        };
        if !of_product(input, &page, options, diagnostics) {
            continue;
        }
        let action = page.identity.action.clone();
        let key = (action.clone(), page.identity.product.as_ref().map(|name| name.to_lowercase()), page.language);
        let Some((other, _)) = chosen.get(&key) else {
            chosen.insert(key, (input, page));
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
            chosen.insert(key, (input, page));
        }
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
