//! The text of an `OpenDocument` text.

use super::styles::Styles;
use crate::read::package::{
    paragraphs::{Kind, ListItem, Node, Paragraph},
    xml::{Attributes, Step, walk},
};

/// What is no text of the document as it stands: what was deleted, remarks, what is made of the rest, forms and scripts.
const LEFT_OUT: &[&str] = &[
    "text:tracked-changes",
    "text:table-of-content",
    "text:alphabetical-index",
    "text:illustration-index",
    "text:table-index",
    "text:object-index",
    "text:user-index",
    "text:note-citation",
    "text:sequence-decls",
    "text:ruby-text",
    "text:bibliography",
    "svg:title",
    "svg:desc",
    "office:annotation",
    "office:forms",
    "office:scripts",
    "office:font-face-decls",
    "office:automatic-styles",
    "office:styles",
    "office:master-styles",
    "office:meta",
    "office:settings",
];

/// What is in a document.
#[derive(Default)]
pub struct Body {
    /// Its paragraphs and tables.
    pub nodes: Vec<Node>,
    /// Where it breaks off, and why.
    pub problem: Option<String>,
}

/// Reads the text of a document.
pub fn read(source: &str, styles: &Styles) -> Body {
    let mut steps =
        Steps { styles, body: Body::default(), open: Vec::new(), lists: Vec::new(), within: Vec::new(), left_out: 0 };
    let problem = walk(source, |step| steps.take(&step)).err();
    while !steps.open.is_empty() {
        steps.end_paragraph();
    }
    Body { problem, ..steps.body }
}

/// A paragraph that is open.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    /// How text is that no span says anything of.
    bold: bool,
    /// Whether text is bold, and whether it is hidden, for each span that is open.
    spans: Vec<(bool, bool)>,
    /// Whether the text leads to another place of the document.
    linked: bool,
    /// What comes behind the paragraph: its notes, and the text boxes within it.
    behind: Vec<Node>,
    /// How many lists were open when it began: those that begin within are not around it.
    lists: usize,
}

/// A list that is open.
struct List {
    style: String,
    /// Whether its item that is open has had no paragraph.
    begins: bool,
    /// Whether what is open is the header of the list, which is no item.
    header: bool,
}

struct Steps<'a> {
    styles: &'a Styles,
    body: Body,
    /// The paragraphs that are open: one may be in a text box or note of another.
    open: Vec<Open>,
    lists: Vec<List>,
    /// The lists around the cells and notes that are open: those within have nothing to do with them.
    within: Vec<usize>,
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
            Step::Start(name, attributes) => self.start(name, attributes),
            Step::End(name) => self.end(name),
            Step::Text(text) => self.text(&text.replace(['\n', '\r', '\t'], " ")),
        }
    }

    /// Adds a node to the document, or to what comes behind the paragraph that is open.
    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.behind.push(node),
            None => self.body.nodes.push(node),
        }
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        let (bold, hidden) = open.spans.last().copied().unwrap_or((open.bold, false));
        if !hidden {
            open.paragraph.linked += if open.linked { text.trim().len() } else { 0 };
            open.paragraph.push(text, bold);
        }
    }

    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "text:p" | "text:h" => self.begin_paragraph(name, attributes),
            "text:span" => self.begin_span(attributes),
            "text:a" => {
                let inner = attributes.get("href").is_some_and(|link| link.starts_with('#'));
                if let Some(open) = self.open.last_mut() {
                    open.linked = inner;
                }
            }
            "text:s" => {
                let count = attributes.number::<usize>("c").unwrap_or(1).min(200);
                self.text(&" ".repeat(count));
            }
            "text:tab" => self.text(" "),
            "text:line-break" => self.text("\n"),
            "text:list" => {
                let style = attributes.get("style-name").or_else(|| Some(self.lists.last()?.style.clone()));
                self.lists.push(List { style: style.unwrap_or_default(), begins: true, header: false });
            }
            "text:list-item" | "text:list-header" => {
                if let Some(list) = self.lists.last_mut() {
                    (list.begins, list.header) = (true, name == "text:list-header");
                }
            }
            "table:table" => self.push(Node::Table),
            "table:table-row" => self.push(Node::Row),
            "table:table-cell" => {
                self.push(Node::Cell);
                self.within.push(self.lists.len());
            }
            "table:covered-table-cell" => self.push(Node::Cell),
            "text:note-body" | "draw:text-box" => self.within.push(self.lists.len()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "text:p" | "text:h" => self.end_paragraph(),
            "text:a" => {
                if let Some(open) = self.open.last_mut() {
                    open.linked = false;
                }
            }
            "text:span" => drop(self.open.last_mut().and_then(|open| open.spans.pop())),
            "text:list" => drop(self.lists.pop()),
            "table:table" => self.push(Node::TableEnd),
            "table:table-cell" | "text:note-body" | "draw:text-box" => drop(self.within.pop()),
            _ => {}
        }
    }

    fn begin_span(&mut self, attributes: &Attributes<'_>) {
        let meaning = self.styles.meaning("text", &attributes.get("style-name").unwrap_or_default());
        if let Some(open) = self.open.last_mut() {
            let (bold, hidden) = open.spans.last().copied().unwrap_or((open.bold, false));
            open.spans.push((meaning.bold.unwrap_or(bold), meaning.hidden || hidden));
        }
    }

    fn begin_paragraph(&mut self, name: &str, attributes: &Attributes<'_>) {
        let meaning = self.styles.meaning("paragraph", &attributes.get("style-name").unwrap_or_default());
        let mut paragraph = Paragraph { kind: meaning.kind, ..Paragraph::default() };
        if name == "text:h" {
            let level = attributes.number::<u8>("outline-level").unwrap_or(1).clamp(1, 10);
            paragraph.kind = match meaning.kind {
                kind @ (Kind::Title | Kind::Contents) => kind,
                _ => Kind::Heading(level),
            };
        }
        paragraph.list = self.list_item();
        let spans = if meaning.hidden { vec![(false, true)] } else { Vec::new() };
        let lists = self.lists.len();
        self.open.push(Open { paragraph, bold: meaning.bold == Some(true), spans, lists, ..Open::default() });
    }

    /// Where in a list a paragraph is that begins here.
    fn list_item(&mut self) -> Option<ListItem> {
        let from = self.within.last().copied().unwrap_or(0);
        let level = self.lists.len().checked_sub(from + 1)?;
        let list = self.lists.last_mut()?;
        let begins = std::mem::take(&mut list.begins);
        let numbered = self.styles.is_numbered(&list.style, level);
        (!list.header).then_some(ListItem { level, numbered, begins })
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.lists.truncate(open.lists);
        self.push(Node::Paragraph(open.paragraph));
        for node in open.behind {
            self.push(node);
        }
    }
}
