//! The text of a Word document.

use super::styles::{Meaning, Styles, heading, is_on};
use crate::read::package::{
    paragraphs::{Kind, ListItem, Node, Paragraph},
    xml::{Attributes, Step, walk},
};
use std::collections::HashMap;

/// What is no text of the document as it stands: what was deleted or is there twice, and what properties were before.
const LEFT_OUT: &[&str] = &[
    "w:del",
    "w:moveFrom",
    "mc:Fallback",
    "w:sdtPr",
    "w:pPrChange",
    "w:rPrChange",
    "w:tblPrChange",
    "w:numberingChange",
    "w:sectPr",
];

/// The notes below pages, by kind and number.
pub type Notes = HashMap<(&'static str, String), Vec<Node>>;

/// What is in a document.
#[derive(Default)]
pub struct Body {
    /// Its paragraphs and tables.
    pub nodes: Vec<Node>,
    /// Where it breaks off, and why.
    pub problem: Option<String>,
    /// How many other files are to be shown in it.
    pub chunks: usize,
}

/// Reads the text of a document.
pub fn read(source: &str, styles: &Styles, notes: &Notes) -> Body {
    let mut steps = Steps { styles, notes, body: Body::default(), open: Vec::new(), left_out: 0 };
    let problem = walk(source, |step| steps.take(&step)).err();
    while !steps.open.is_empty() {
        steps.end_paragraph();
    }
    Body { problem, ..steps.body }
}

/// Reads notes; `kind` is the name of their element.
pub fn notes(source: &str, styles: &Styles, kind: &'static str) -> Notes {
    let mut notes = Notes::new();
    let none = Notes::new();
    let mut steps = Steps { styles, notes: &none, body: Body::default(), open: Vec::new(), left_out: 0 };
    let mut number = None;
    let _ = walk(source, |step| match step {
        Step::Start(name, attributes) if name.strip_prefix("w:") == Some(kind) => {
            // The line above the notes is one of them.
            number = attributes.get("id").filter(|_| attributes.get("type").is_none_or(|kind| kind == "normal"));
            steps.body.nodes.clear();
        }
        Step::End(name) if name.strip_prefix("w:") == Some(kind) => {
            let nodes = std::mem::take(&mut steps.body.nodes);
            notes.extend(number.take().map(|number| ((kind, number), nodes)));
        }
        step => steps.take(&step),
    });
    notes
}

/// A paragraph that is open.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    /// What its style and its own properties say.
    meaning: Meaning,
    /// What the step at hand is within.
    within: Within,
    /// How the text of the run is.
    bold: bool,
    hidden: bool,
    /// Whether the text leads to another place of the document.
    linked: bool,
    /// What comes behind the paragraph: its notes, and the text boxes within it.
    behind: Vec<Node>,
}

/// What is open in a paragraph.
#[derive(Default, PartialEq, Eq)]
enum Within {
    #[default]
    Else,
    /// The properties of the paragraph.
    Properties,
    /// Text.
    Text,
}

struct Steps<'a> {
    styles: &'a Styles,
    notes: &'a Notes,
    body: Body,
    /// The paragraphs that are open: one may be in a text box of another.
    open: Vec<Open>,
    /// How deep we are in what is left out.
    left_out: usize,
}

impl Steps<'_> {
    fn take(&mut self, step: &Step<'_>) {
        match step {
            Step::Start(..) if self.left_out > 0 => self.left_out += 1,
            Step::End(_) if self.left_out > 0 => self.left_out -= 1,
            Step::Text(_) if self.left_out > 0 => {}
            Step::Start(name, _) if LEFT_OUT.contains(name) => self.left_out = 1,
            Step::Start("w:p", _) => self.open.push(Open::default()),
            Step::End("w:p") => self.end_paragraph(),
            Step::Start("w:tbl", _) => self.push(Node::Table),
            Step::Start("w:tr", _) => self.push(Node::Row),
            Step::Start("w:tc", _) => self.push(Node::Cell),
            Step::End("w:tbl") => self.push(Node::TableEnd),
            Step::Start("w:altChunk", _) => self.body.chunks += 1,
            Step::Start(name, attributes) => self.start(name, attributes),
            Step::End(name) => self.end(name),
            Step::Text(text) => {
                if let Some(open) = self.open.last_mut().filter(|open| open.within == Within::Text && !open.hidden) {
                    open.paragraph.linked += if open.linked { text.trim().len() } else { 0 };
                    open.paragraph.push(&text.replace(['\n', '\r', '\t'], " "), open.bold);
                }
            }
        }
    }

    /// Adds a node to the document, or to what comes behind the paragraph that is open.
    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.behind.push(node),
            None => self.body.nodes.push(node),
        }
    }

    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        let Some(open) = self.open.last_mut() else { return };
        let on = || is_on(attributes.get("val").as_deref());
        match name {
            "w:pPr" => open.within = Within::Properties,
            _ if open.within == Within::Properties => property(open, self.styles, name, attributes),
            "w:r" => (open.bold, open.hidden) = (open.meaning.bold, false),
            "w:hyperlink" => open.linked = attributes.get("anchor").is_some() && attributes.get("id").is_none(),
            "w:rStyle" => {
                let style = attributes.get("val").unwrap_or_default();
                open.bold |= style == "Strong" || self.styles.meaning(&style).bold;
            }
            "w:b" => open.bold = on(),
            "w:vanish" => open.hidden = on(),
            "w:t" | "m:t" => open.within = Within::Text,
            "w:tab" | "w:ptab" if !open.hidden => open.paragraph.push(" ", open.bold),
            "w:br" | "w:cr" if !open.hidden => open.paragraph.push("\n", open.bold),
            "w:noBreakHyphen" if !open.hidden => open.paragraph.push("\u{2011}", open.bold),
            "w:footnoteReference" | "w:endnoteReference" => {
                let kind = if name == "w:footnoteReference" { "footnote" } else { "endnote" };
                let note = attributes.get("id").and_then(|id| self.notes.get(&(kind, id)));
                open.behind.extend(note.into_iter().flatten().cloned());
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let Some(open) = self.open.last_mut() else { return };
        match name {
            "w:hyperlink" => open.linked = false,
            "w:pPr" | "w:t" | "m:t" => open.within = Within::Else,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let mut paragraph = open.paragraph;
        paragraph.kind = open.meaning.kind;
        paragraph.list = open
            .meaning
            .list
            .filter(|(list, _)| !matches!(list.as_str(), "" | "0"))
            .map(|(list, level)| ListItem { level, numbered: self.styles.is_numbered(&list, level), begins: true });
        self.push(Node::Paragraph(paragraph));
        for node in open.behind {
            self.push(node);
        }
    }
}

/// A property of a paragraph. Those of the mark at its end, which it has too, are no properties of its text.
fn property(open: &mut Open, styles: &Styles, name: &str, attributes: &Attributes<'_>) {
    match name {
        "w:pStyle" => {
            let own = std::mem::take(&mut open.meaning);
            open.meaning = styles.meaning(&attributes.get("val").unwrap_or_default());
            open.meaning.list = own.list.or(open.meaning.list.take());
        }
        "w:outlineLvl" => {
            if let (Kind::Text, Some(kind)) = (open.meaning.kind, attributes.number("val").and_then(heading)) {
                open.meaning.kind = kind;
            }
        }
        "w:numId" => {
            let level = open.meaning.list.as_ref().map_or(0, |(_, level)| *level);
            open.meaning.list = attributes.get("val").map(|list| (list, level));
        }
        "w:ilvl" => {
            let list = open.meaning.list.take().map(|(list, _)| list).unwrap_or_default();
            open.meaning.list = Some((list, attributes.number("val").unwrap_or(0)));
        }
        _ => {}
    }
}
