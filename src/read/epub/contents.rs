//! What is in a book, and in which order.

use crate::read::package::{
    Package, resolve,
    xml::{Step, walk},
};
use std::collections::HashMap;

/// What is in a book.
pub struct Contents {
    /// The document that says it, which also has what the book says about itself.
    pub package: String,
    /// The files of the chapters, in the order of reading.
    pub chapters: Vec<String>,
    /// The titles of files, by the table of contents.
    titles: HashMap<String, String>,
}

/// A file that the book lists.
struct Item {
    path: String,
    kind: String,
    is_nav: bool,
}

impl Contents {
    /// Reads what is in a book.
    ///
    /// # Errors
    /// The reason for the report.
    pub fn read(package: &mut Package) -> Result<Self, String> {
        let no_book = |what: &str| format!("is no book ({what}): name it as what it is, or save it again");
        let container = package.text("META-INF/container.xml")?.ok_or_else(|| no_book("it has no list of contents"))?;
        let mut root = None;
        // Where a list breaks off, what was listed before still counts; so it is with all of them here.
        let _ = walk(&container, |step| {
            if let Step::Start(name, attributes) = step
                && name.ends_with("rootfile")
            {
                root = root.take().or_else(|| attributes.get("full-path"));
            }
        });
        let root = root.ok_or_else(|| no_book("it names no list of contents"))?;
        let source = package.text(&root)?.ok_or_else(|| no_book(&format!("`{root}` is missing")))?;
        let (items, spine, ncx) = list(&root, &source);
        let in_order = spine.iter().filter_map(|id| items.get(id));
        let is_page = |item: &&Item| item.kind.contains("html") && !item.is_nav;
        let chapters: Vec<String> = in_order.filter(is_page).map(|item| item.path.clone()).collect();
        refuse_protected(package, &chapters)?;
        let nav = items.values().find(|item| item.is_nav).or_else(|| items.get(&ncx?)).map(|item| item.path.clone());
        let titles = match nav {
            Some(nav) => titles(&nav, &package.text(&nav)?.unwrap_or_default()),
            None => HashMap::new(),
        };
        Ok(Self { package: source, chapters, titles })
    }

    /// The title of a chapter in the table of contents.
    pub fn title_of(&self, chapter: &str) -> Option<&str> {
        self.titles.get(chapter).map(String::as_str)
    }
}

/// The files of a book by their ids, the ids in the order of reading, and the id of the old table of contents.
fn list(root: &str, source: &str) -> (HashMap<String, Item>, Vec<String>, Option<String>) {
    let (mut items, mut spine, mut ncx) = (HashMap::new(), Vec::new(), None);
    let _ = walk(source, |step| {
        let Step::Start(name, attributes) = step else { return };
        match name.rsplit(':').next().unwrap_or(name) {
            "item" => {
                if let (Some(id), Some(href)) = (attributes.get("id"), attributes.get("href")) {
                    let is_nav =
                        attributes.get("properties").is_some_and(|all| all.split_whitespace().any(|one| one == "nav"));
                    let (path, kind) = (target(root, &href), attributes.get("media-type").unwrap_or_default());
                    items.insert(id, Item { path, kind, is_nav });
                }
            }
            "itemref" => spine.extend(attributes.get("idref")),
            "spine" => ncx = attributes.get("toc"),
            _ => {}
        }
    });
    (items, spine, ncx)
}

/// Protected files are noise without the key of a shop. Fonts may be garbled all the same.
fn refuse_protected(package: &mut Package, chapters: &[String]) -> Result<(), String> {
    let list = package.text("META-INF/encryption.xml")?.unwrap_or_default();
    let mut protected = false;
    let _ = walk(&list, |step| {
        if let Step::Start(name, attributes) = step
            && name.ends_with("CipherReference")
        {
            let path = attributes.get("URI").map(|uri| target("", &uri));
            protected |= path.is_some_and(|path| chapters.contains(&path));
        }
    });
    if protected { Err("is protected against copying: get it without that".to_owned()) } else { Ok(()) }
}

/// The titles in a table of contents: the first for each file.
fn titles(nav: &str, source: &str) -> HashMap<String, String> {
    let mut titles = HashMap::new();
    let (mut label, mut link, mut in_label): (String, Option<String>, bool) = (String::new(), None, false);
    let _ = walk(source, |step| match step {
        Step::Start(name, attributes) => match name.rsplit(':').next().unwrap_or(name) {
            "a" => (label, link, in_label) = (String::new(), attributes.get("href"), true),
            "navLabel" => (label, in_label) = (String::new(), true),
            "content" => note(&mut titles, nav, attributes.get("src"), &label),
            _ => {}
        },
        Step::Text(text) if in_label => label.push_str(text),
        Step::Text(_) => {}
        Step::End(name) => match name.rsplit(':').next().unwrap_or(name) {
            "a" => {
                in_label = false;
                note(&mut titles, nav, link.take(), &label);
            }
            "navLabel" => in_label = false,
            _ => {}
        },
    });
    titles
}

fn note(titles: &mut HashMap<String, String>, nav: &str, link: Option<String>, label: &str) {
    let label = squeezed(label);
    if let Some(link) = link.filter(|_| !label.is_empty()) {
        titles.entry(target(nav, &link)).or_insert(label);
    }
}

/// The file that a link leads to, as a path within the package.
fn target(from: &str, link: &str) -> String {
    let link = link.split('#').next().unwrap_or(link);
    resolve(from, &unescaped(link))
}

/// `%20` as the character that it stands for.
fn unescaped(link: &str) -> String {
    let mut bytes = Vec::with_capacity(link.len());
    let mut rest = link.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let code = if first == b'%' { behind.get(..2).and_then(|code| std::str::from_utf8(code).ok()) } else { None };
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| link.to_owned())
}

/// A text with white space folded.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
