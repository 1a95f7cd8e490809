//! Documents of paragraphs, lists and tables, as word processors make them: what is in one, and its flow.

use crate::{
    read::flow::{Flow, Frame, Shape, slug::Style, writer::Writer},
    split::labels::ends_with_question_mark,
};

/// A part of a document, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A paragraph, be it in a cell of a table.
    Paragraph(Paragraph),
    /// A table begins; there may be tables in its cells.
    Table,
    /// A row of it begins.
    Row,
    /// A cell of it begins.
    Cell,
    /// The table ends.
    TableEnd,
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// What its style says it is.
    pub kind: Kind,
    /// Where in a list it is, if it is in one.
    pub list: Option<ListItem>,
    /// Its text.
    pub runs: Vec<Run>,
    /// How many bytes of it lead to other places of the document.
    pub linked: usize,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph like any other.
    #[default]
    Text,
    /// The title of the document.
    Title,
    /// A heading; 1 is the highest level.
    Heading(u8),
    /// A line of code.
    Code,
    /// A term that the next paragraphs define.
    Term,
    /// A definition.
    Definition,
    /// An entry of a table of contents or an index: it says what stands elsewhere.
    Contents,
}

/// A place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListItem {
    /// How many lists are around the item.
    pub level: usize,
    /// Whether a number stands before it, not a bullet.
    pub numbered: bool,
    /// Whether the item begins here; else this is one more paragraph of it.
    pub begins: bool,
}

/// A stretch of text; a line break in it is one that is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// Whether it is bold.
    pub bold: bool,
}

impl Paragraph {
    /// Appends text.
    pub fn push(&mut self, text: &str, bold: bool) {
        match self.runs.last_mut() {
            Some(last) if last.bold == bold => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), bold }),
        }
    }

    /// Whether there is nothing to read in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.trim().is_empty())
    }

    /// Whether it is nothing but links to other places of the document: what it says stands there.
    fn is_link(&self) -> bool {
        self.linked * 10 > self.runs.iter().map(|run| run.text.trim().len()).sum::<usize>() * 9
    }

    fn asks(&self) -> bool {
        let last = self.runs.iter().rfind(|run| !run.text.trim().is_empty());
        last.is_some_and(|run| ends_with_question_mark(&run.text))
    }
}

/// The flow of a document, and where in its text each paragraph begins that has text.
#[must_use]
pub fn flow(nodes: &[Node]) -> (Flow, Vec<usize>) {
    let is = |node: &&Node, kind| matches!(node, Node::Paragraph(found) if found.kind == kind && !found.is_blank());
    let titled = nodes.iter().any(|node| is(&node, Kind::Title));
    let chapters = nodes.iter().filter(|node| is(node, Kind::Heading(1))).count();
    let mut steps = Steps {
        nodes,
        contents: contents(nodes),
        writer: Writer::new("", Style::Chosen),
        starts: Vec::new(),
        items: Vec::new(),
        tables: Vec::new(),
        cells: 0,
        before: None,
        below_title: u8::from(titled || chapters > 1),
    };
    for (index, node) in nodes.iter().enumerate() {
        steps.take(index, node);
    }
    (steps.writer.finish(), steps.starts)
}

struct Steps<'a> {
    nodes: &'a [Node],
    /// Which of them are entries of a table of contents.
    contents: Vec<bool>,
    writer: Writer<'static>,
    starts: Vec<usize>,
    /// The levels of the list items that are open.
    items: Vec<usize>,
    /// The tables that are open, and whether each is only a frame around paragraphs.
    tables: Vec<bool>,
    /// The cells so far in the row that is open.
    cells: usize,
    /// The paragraph before, outside of tables.
    before: Option<&'a Paragraph>,
    /// What is added to the levels of headings: they are below the title.
    below_title: u8,
}

impl<'a> Steps<'a> {
    fn take(&mut self, index: usize, node: &'a Node) {
        match node {
            Node::Table => {
                let frame = is_frame(&self.nodes[index + 1..]);
                if !frame && !self.is_in_table() {
                    self.end_paragraphs();
                    self.writer.open(Shape::Table);
                }
                self.tables.push(frame);
            }
            Node::TableEnd => {
                let frame = self.tables.pop().unwrap_or(true);
                if !frame && !self.is_in_table() {
                    self.writer.end();
                }
            }
            Node::Row if self.is_innermost_table() => {
                self.cells = 0;
                if self.writer.is_open() {
                    self.writer.separator("\n", 0..0);
                }
            }
            Node::Cell if self.is_innermost_table() => {
                if self.cells > 0 {
                    self.writer.separator(" | ", 0..0);
                }
                self.cells += 1;
            }
            Node::Row | Node::Cell => self.writer.gap(" ", 0..0, false),
            Node::Paragraph(paragraph) if self.is_in_table() => {
                self.writer.gap(" ", 0..0, false);
                self.text(paragraph, false, true);
            }
            Node::Paragraph(paragraph) => self.paragraph(index, paragraph),
        }
    }

    fn is_in_table(&self) -> bool {
        self.tables.contains(&false)
    }

    /// Whether rows and cells are those of the table that is written, not of one within it.
    fn is_innermost_table(&self) -> bool {
        self.tables.iter().filter(|frame| !**frame).count() == 1 && self.tables.last() == Some(&false)
    }

    /// Ends what may go on over several paragraphs.
    fn end_paragraphs(&mut self) {
        while self.items.pop().is_some() {
            self.writer.leave();
        }
        self.writer.end();
        self.before = None;
    }

    fn paragraph(&mut self, index: usize, paragraph: &'a Paragraph) {
        let goes_on = |kind| self.before.is_some_and(|before| before.kind == kind && paragraph.kind == kind);
        if goes_on(Kind::Code) {
            self.writer.text("\n", 0..0);
            self.text(paragraph, false, false);
        } else if paragraph.is_blank() || paragraph.kind == Kind::Contents || self.contents[index] {
            return;
        } else if goes_on(Kind::Title) {
            self.writer.gap(" ", 0..0, false);
            self.text(paragraph, false, true);
        } else {
            self.begin(index, paragraph);
        }
        self.before = Some(paragraph);
    }

    fn begin(&mut self, index: usize, paragraph: &'a Paragraph) {
        let shape = match paragraph.kind {
            Kind::Title => Some(Shape::Heading(1)),
            Kind::Heading(level) => Some(Shape::Heading(level.saturating_add(self.below_title))),
            Kind::Code => Some(Shape::Code),
            Kind::Term => Some(Shape::Term),
            Kind::Text | Kind::Definition | Kind::Contents => None,
        };
        let asks = self.is_numbered_question(index, paragraph);
        let list = paragraph.list.filter(|_| shape.is_none() && !asks && paragraph.kind != Kind::Definition);
        self.end_items(list);
        if list.is_none_or(|list| list.begins || self.items.last() != Some(&list.level)) {
            self.writer.end();
        }
        if let Some(list) = list {
            self.begin_item(list);
        }
        if let Some(shape) = shape {
            self.writer.open(shape);
        }
        if paragraph.kind == Kind::Definition {
            self.writer.enter(Frame::Definition);
        }
        self.text(paragraph, asks, paragraph.kind != Kind::Code);
        if paragraph.kind == Kind::Definition {
            self.writer.leave();
        }
    }

    fn end_items(&mut self, list: Option<ListItem>) {
        let ends = |open: usize| list.is_none_or(|list| open > list.level || open == list.level && list.begins);
        while self.items.last().is_some_and(|&open| ends(open)) {
            self.items.pop();
            self.writer.leave();
        }
    }

    fn begin_item(&mut self, list: ListItem) {
        if self.items.last() == Some(&list.level) {
            self.writer.paragraph();
        } else {
            self.items.push(list.level);
            self.writer.enter(Frame::Item);
        }
    }

    /// A question with a number that word processors count, and its answer below, which has none.
    fn is_numbered_question(&self, index: usize, paragraph: &Paragraph) -> bool {
        let numbered = |paragraph: &Paragraph| paragraph.list.is_some_and(|list| list.numbered);
        if !numbered(paragraph) || !paragraph.asks() || self.before.is_some_and(numbered) {
            return false;
        }
        let mut behind = self.nodes[index + 1..].iter().filter(|node| {
            let Node::Paragraph(next) = node else { return true };
            !next.is_blank()
        });
        match behind.next() {
            Some(Node::Paragraph(next)) => matches!(next.kind, Kind::Text) && !numbered(next) && !next.asks(),
            Some(Node::Table) => true,
            _ => false,
        }
    }

    /// Writes the text of a paragraph; `fold`: white space in it is only between words.
    fn text(&mut self, paragraph: &Paragraph, bold: bool, fold: bool) {
        let mut counted = false;
        for run in &paragraph.runs {
            if run.bold || bold {
                self.writer.bold();
            }
            for part in run.text.split_inclusive(|c: char| fold && is_white(c)) {
                let word = if fold { part.trim_end_matches(is_white) } else { part };
                if !counted && !word.trim().is_empty() {
                    self.starts.push(self.writer.len());
                    counted = true;
                }
                self.writer.text(word, 0..0);
                if part.len() > word.len() {
                    let line = part.ends_with('\n') && !self.is_in_table() && self.writer.markdown.is_none();
                    self.writer.gap(if line { "\n" } else { " " }, 0..0, line);
                }
            }
            if run.bold || bold {
                self.writer.unbold();
            }
        }
    }
}

/// The paragraphs that are a table of contents that somebody made by hand: three links, or more, one below the other.
fn contents(nodes: &[Node]) -> Vec<bool> {
    let mut contents = vec![false; nodes.len()];
    let mut links = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        match node {
            Node::Paragraph(paragraph) if paragraph.is_blank() => {}
            Node::Paragraph(paragraph) if paragraph.is_link() => links.push(index),
            _ => links.clear(),
        }
        if links.len() >= 3 {
            for &link in &links {
                contents[link] = true;
            }
            links.drain(..links.len() - 2);
        }
    }
    contents
}

fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Whether a table has only one column: it is there for its frame. `nodes` are what is in it and behind it.
fn is_frame(nodes: &[Node]) -> bool {
    let (mut depth, mut cells) = (0, 0);
    for node in nodes {
        match node {
            Node::Table => depth += 1,
            Node::TableEnd if depth == 0 => return true,
            Node::TableEnd => depth -= 1,
            Node::Row if depth == 0 => cells = 0,
            Node::Cell if depth == 0 => cells += 1,
            _ => {}
        }
        if cells > 1 {
            return false;
        }
    }
    true
}
