//! What the styles of a Word document say of its paragraphs, and what its lists count with.

use crate::read::package::{
    paragraphs::Kind,
    xml::{Step, walk},
};
use std::collections::HashMap;

/// No style is based on more than this many others.
const DEPTH: usize = 32;

/// The styles and lists of a document.
#[derive(Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    /// The lists by number, as numbers of definitions.
    lists: HashMap<String, String>,
    /// For each definition, the levels at which it has bullets.
    bullets: HashMap<String, Vec<usize>>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: (Option<String>, usize),
    bold: Option<bool>,
}

/// What a style comes to, with all that it is based on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// What paragraphs of the style are.
    pub kind: Kind,
    /// The list that they are in, and at which level.
    pub list: Option<(String, usize)>,
    /// Whether their text is bold.
    pub bold: bool,
}

impl Styles {
    /// Reads the styles and the numbering of a document. What is broken in them says nothing.
    pub fn read(styles: &str, numbering: &str) -> Self {
        let mut all = Self::default();
        all.read_styles(styles);
        all.read_numbering(numbering);
        all
    }

    fn read_styles(&mut self, source: &str) {
        let mut open: Option<(String, Style)> = None;
        let _ = walk(source, |step| match step {
            Step::Start("w:style", attributes) => {
                open = attributes.get("styleId").map(|id| (id, Style::default()));
            }
            Step::End("w:style") => self.by_id.extend(open.take()),
            Step::Start(name, attributes) => {
                let Some((_, style)) = &mut open else { return };
                match name {
                    "w:name" => style.name = attributes.get("val").unwrap_or_default().to_lowercase(),
                    "w:basedOn" => style.based_on = attributes.get("val"),
                    "w:outlineLvl" => style.outline = attributes.number("val"),
                    "w:numId" => style.list.0 = attributes.get("val"),
                    "w:ilvl" => style.list.1 = attributes.number("val").unwrap_or(0),
                    "w:b" => style.bold = Some(is_on(attributes.get("val").as_deref())),
                    _ => {}
                }
            }
            _ => {}
        });
    }

    fn read_numbering(&mut self, source: &str) {
        let (mut definition, mut list, mut level) = (None, None, 0);
        let _ = walk(source, |step| match step {
            Step::Start("w:abstractNum", attributes) => definition = attributes.get("abstractNumId"),
            Step::End("w:abstractNum") => definition = None,
            Step::Start("w:num", attributes) => list = attributes.get("numId"),
            Step::Start("w:abstractNumId", attributes) => self.lists.extend(list.take().zip(attributes.get("val"))),
            Step::Start("w:lvl", attributes) => level = attributes.number("ilvl").unwrap_or(0),
            Step::Start("w:numFmt", attributes) => {
                if let Some(definition) = &definition
                    && matches!(attributes.get("val").as_deref(), Some("bullet" | "none"))
                {
                    self.bullets.entry(definition.clone()).or_default().push(level);
                }
            }
            _ => {}
        });
    }

    /// What a style says, with all that it is based on.
    pub fn meaning(&self, id: &str) -> Meaning {
        let mut meaning = Meaning::default();
        let (mut kind, mut bold) = (None, None);
        let mut next = Some(id);
        for _ in 0..DEPTH {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else { break };
            kind = kind.or_else(|| kind_of(&style.name)).or(style.outline.and_then(heading));
            bold = bold.or(style.bold);
            meaning.list = meaning.list.or_else(|| Some((style.list.0.clone()?, style.list.1)));
            next = style.based_on.as_deref();
        }
        // A document may have no styles, and still name them in its paragraphs.
        kind = kind.or_else(|| if self.by_id.contains_key(id) { None } else { kind_of(&spaced(id)) });
        meaning.kind = kind.unwrap_or_default();
        meaning.bold = bold.unwrap_or(false);
        meaning
    }

    /// Whether a list counts its items at a level.
    pub fn is_numbered(&self, list: &str, level: usize) -> bool {
        let definition = self.lists.get(list);
        definition.is_some_and(|definition| !self.bullets.get(definition).is_some_and(|all| all.contains(&level)))
    }
}

/// `Heading1` as `heading 1`.
fn spaced(id: &str) -> String {
    let lower = id.to_lowercase();
    let name = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    format!("{} {}", name.trim_end(), &lower[name.len()..]).trim_end().to_owned()
}

/// The heading of an outline level, which counts from 0; 9 is the body.
pub fn heading(outline: u8) -> Option<Kind> {
    (outline < 9).then_some(Kind::Heading(outline + 1))
}

/// What a style with this name is, whatever it is based on. Programs keep the English names in files.
pub fn kind_of(name: &str) -> Option<Kind> {
    let level = |prefix: &str| name.strip_prefix(prefix)?.trim().parse::<u8>().ok();
    match name {
        "title" => Some(Kind::Title),
        "source code" | "html preformatted" | "preformatted text" | "code" | "code block" | "verbatim" => {
            Some(Kind::Code)
        }
        "definition term" | "list heading" => Some(Kind::Term),
        "definition" | "definition definition" | "list contents" => Some(Kind::Definition),
        "toc heading" | "table of contents" | "table of figures" | "index heading" | "contents heading" => {
            Some(Kind::Contents)
        }
        _ if level("toc ").or(level("index ")).or(level("contents ")).is_some() => Some(Kind::Contents),
        _ => level("heading ").filter(|level| (1..=9).contains(level)).map(Kind::Heading),
    }
}

/// Whether a property that is there is on.
pub fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}
