//! Is the English text the translation of the Chinese one? Now and then upstream's descriptions slipped, and each stands
//! beside another parameter than its own. Both languages mark values, names and links alike, so what is marked in a
//! description tells whose translation it is.

use crate::diag::{Diagnostic, Diagnostics, Origin};
use crate::import::draft::{Draft, Field};
use crate::import::{Description, Language};
use std::collections::BTreeSet;

/// Drops the English descriptions of an action that are not what they seem: all of them if they slipped, and each that is
/// not English at all.
pub fn keep_what_aligns(drafts: &mut [Draft], diagnostics: &mut Diagnostics) {
    let chinese = drafts.iter().find(|draft| draft.language == Language::Zh).map(marks);
    for draft in drafts.iter_mut().filter(|draft| draft.language == Language::En) {
        let untranslated: Vec<String> = draft.parameters.iter_mut().filter_map(untranslated).collect();
        if let Some(first) = untranslated.first() {
            let message = format!(
                "{} English descriptions are in Chinese, that of `{}` first; they are left out",
                untranslated.len(),
                first.escape_debug()
            );
            let origin = Origin::file(&draft.file);
            diagnostics.push(
                Diagnostic::warning("untranslated", origin, message)
                    .help("nothing is lost if the Chinese file is given, too"),
            );
        }
        let english = marks(draft);
        let Some(slipped) = chinese.as_ref().and_then(|chinese| slipped(&english, chinese)) else { continue };
        let message = format!(
            "the English descriptions slipped: that of `{}` translates the Chinese one of `{}`; all of this action's are \
             left out",
            slipped.of.escape_debug(),
            slipped.belongs_to.escape_debug()
        );
        diagnostics.push(
            Diagnostic::warning("languages-misaligned", Origin::file(&draft.file), message)
                .help("what is known in Chinese stands; write English texts in an overlay"),
        );
        for field in &mut draft.parameters {
            silence(field);
        }
    }
}

/// Takes a description away that is not English; the name of its field.
fn untranslated(field: &mut Field) -> Option<String> {
    let chinese = field.declared.doc.as_ref().and_then(|doc| doc.en.as_deref()).is_some_and(is_chinese);
    chinese.then(|| {
        silence(field);
        field.name.clone()
    })
}

fn silence(field: &mut Field) {
    field.declared.doc = None;
    field.description = Description::default();
}

/// Whether a text has more than a Chinese word in it, such as an example.
pub fn is_chinese(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|c| {
        run = if ('\u{4e00}'..='\u{9fff}').contains(&c) { run + 1 } else { 0 };
        run > 3
    })
}

/// A parameter and what is marked in its description.
struct Marks {
    name: String,
    marks: BTreeSet<String>,
}

fn marks(draft: &Draft) -> Vec<Marks> {
    let marks = |field: &Field| {
        let doc = field.declared.doc.as_ref();
        let text = doc.and_then(|doc| doc.zh.as_ref().or(doc.en.as_ref())).map_or("", String::as_str);
        Marks { name: field.name.clone(), marks: marked(text) }
    };
    draft.parameters.iter().map(marks).collect()
}

/// What stands in a text in bold, as code or as the target of a link, if it can stand in any language.
fn marked(text: &str) -> BTreeSet<String> {
    let text = text.replace('\\', "");
    let pieces = ["**", "`", "~~"].into_iter().flat_map(|mark| text.split(mark).skip(1).step_by(2));
    let bare =
        pieces.map(|piece| piece.trim_matches(|c: char| c.is_whitespace() || "*:：.".contains(c)).to_lowercase());
    let neutral = |piece: &String| {
        let label = matches!(piece.as_str(), "note" | "notice" | "description");
        !piece.is_empty() && piece.len() < 80 && !label && piece.chars().all(|c| c == ' ' || c.is_ascii_graphic())
    };
    bare.filter(neutral).collect()
}

/// A description that stands beside another parameter than its own.
struct Slipped<'a> {
    of: &'a str,
    belongs_to: &'a str,
}

/// The first slipped description, if the evidence is enough: two descriptions that fit two other parameters better than
/// their own, or one that says of another parameter, and not of its own, exactly what the Chinese says.
fn slipped<'a>(english: &'a [Marks], chinese: &'a [Marks]) -> Option<Slipped<'a>> {
    let mut strays: Vec<Slipped<'a>> = vec![];
    let mut certain = false;
    for this in english.iter().filter(|this| !this.marks.is_empty()) {
        let own = chinese.iter().find(|other| other.name == this.name)?;
        let home = likeness(&this.marks, &own.marks);
        let others = chinese.iter().filter(|other| other.name != this.name && other.marks != own.marks);
        let best = others.map(|other| (likeness(&this.marks, &other.marks), other));
        // Of equals, the first.
        let Some((fit, other)) = best.reduce(|best, next| if next.0 > best.0 { next } else { best }) else { continue };
        if home < 0.25 && fit >= 0.5 {
            certain |= home == 0.0 && fit > 0.9 && this.marks.iter().filter(|mark| !yes_or_no(mark)).count() > 1;
            strays.push(Slipped { of: &this.name, belongs_to: &other.name });
        }
    }
    let homes: BTreeSet<&str> = strays.iter().map(|stray| stray.belongs_to).collect();
    (certain || homes.len() > 1).then(|| strays.into_iter().next()).flatten()
}

fn yes_or_no(mark: &str) -> bool {
    matches!(mark, "true" | "false")
}

/// How much of what either marks both mark.
fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let both = one.intersection(other).count();
    let either = one.len() + other.len() - both;
    if either == 0 { 0.0 } else { f64::from(u32::try_from(both).unwrap_or(u32::MAX)) / either as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(marks: &[(&str, &str)]) -> Vec<Marks> {
        marks.iter().map(|(name, text)| Marks { name: (*name).to_owned(), marks: marked(text) }).collect()
    }

    #[test]
    fn what_is_marked_is_found() {
        let found: Vec<String> =
            marked("**Note:** the `A\\_b` of [x](~~12~~): **红**, **red**：").into_iter().collect();
        assert_eq!(found, ["12", "a_b", "red"]);
    }

    #[test]
    fn descriptions_that_slipped_are_found_and_short_ones_are_not_taken_for_it() {
        let zh = [("A", "**x** **y**"), ("B", "**1** **2**"), ("C", "[t](~~7~~)")];
        let slipped_by_one = told(&[("A", ""), ("B", "**x** or **y**"), ("C", "**1** to **2**")]);
        assert_eq!(slipped(&slipped_by_one, &told(&zh)).map(|slipped| slipped.belongs_to), Some("A"));
        let terse = told(&[("A", "**x** **y** [t](~~7~~)"), ("B", "**1**"), ("C", "")]);
        assert!(slipped(&terse, &told(&zh)).is_none());
        let one_switch = told(&[("A", "**true** **false**")]);
        assert!(slipped(&one_switch, &told(&[("A", ""), ("B", "**true** **false**")])).is_none());
    }

    #[test]
    fn a_chinese_word_is_no_chinese_text() {
        assert!(!is_chinese("for example 同步"));
        assert!(is_chinese("The 实例的编号 of it"));
    }
}
