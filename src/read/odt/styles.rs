//! What the styles of an `OpenDocument` text say of its paragraphs, words and lists.

use crate::read::{
    docx::styles::kind_of,
    package::{
        paragraphs::Kind,
        xml::{Attributes, Step, walk},
    },
};
use std::collections::HashMap;

/// No style is based on more than this many others.
const DEPTH: usize = 32;

/// The styles of a document.
#[derive(Default)]
pub struct Styles {
    /// By family and name.
    by_name: HashMap<(String, String), Style>,
    /// For each list style, the levels that have numbers, counted from 0.
    numbered: HashMap<String, Vec<usize>>,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    hidden: bool,
}

/// What a style comes to, with all that it is based on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Meaning {
    /// What paragraphs of the style are.
    pub kind: Kind,
    /// Whether text of the style is bold, where it says.
    pub bold: Option<bool>,
    /// Whether text of the style is not shown.
    pub hidden: bool,
}

impl Styles {
    /// Reads the styles in a part of the document. What is broken in them says nothing.
    pub fn read(&mut self, source: &str) {
        let (mut open, mut list): (Option<(String, String)>, Option<String>) = (None, None);
        let _ = walk(source, |step| match step {
            Step::Start("style:style", attributes) => open = self.begin(&attributes),
            Step::End("style:style") => open = None,
            Step::Start("style:text-properties", attributes) => {
                let Some(style) = open.as_ref().and_then(|key| self.by_name.get_mut(key)) else { return };
                style.bold = attributes.get("font-weight").map(|weight| is_bold(&weight));
                style.hidden = attributes.get("display").as_deref() == Some("none");
            }
            Step::Start("text:list-style", attributes) => list = attributes.get("name"),
            Step::End("text:list-style") => list = None,
            Step::Start("text:list-level-style-number", attributes) => {
                let shown = attributes.get("num-format").is_none_or(|format| !format.is_empty());
                if let Some(list) = list.as_ref().filter(|_| shown) {
                    let level = attributes.number::<usize>("level").unwrap_or(1).saturating_sub(1);
                    self.numbered.entry(list.clone()).or_default().push(level);
                }
            }
            _ => {}
        });
    }

    fn begin(&mut self, attributes: &Attributes<'_>) -> Option<(String, String)> {
        let key = (attributes.get("family")?, attributes.get("name")?);
        let style = Style { parent: attributes.get("parent-style-name"), ..Style::default() };
        self.by_name.insert(key.clone(), style);
        Some(key)
    }

    /// What a style of a family says, with all that it is based on.
    pub fn meaning(&self, family: &str, name: &str) -> Meaning {
        let mut meaning = Meaning::default();
        let (mut next, mut kind) = (Some(name.to_owned()), None);
        for _ in 0..DEPTH {
            let Some(name) = next.take() else { break };
            kind = kind.or_else(|| kind_of(&shown(&name)));
            let Some(style) = self.by_name.get(&(family.to_owned(), name)) else { break };
            meaning.bold = meaning.bold.or(style.bold);
            meaning.hidden |= style.hidden;
            next.clone_from(&style.parent);
        }
        // A heading is an element of its own: a style alone makes none.
        meaning.kind = kind.filter(|kind| !matches!(kind, Kind::Heading(_))).unwrap_or_default();
        meaning
    }

    /// Whether a list style counts items at a level.
    pub fn is_numbered(&self, list: &str, level: usize) -> bool {
        self.numbered.get(list).is_some_and(|levels| levels.contains(&level))
    }
}

/// The name of a style as people see it, in lower case: `Source_20_Code` as `source code`.
fn shown(name: &str) -> String {
    name.replace("_20_", " ").to_lowercase()
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
}
