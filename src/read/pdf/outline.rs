//! The outline of a document: its headings, as programs show them beside the pages.

use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{HashMap, HashSet};

/// No outline has more headings than this.
const MOST: usize = 20_000;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its level; 1 is the highest.
    pub level: u8,
    /// Its text.
    pub title: String,
    /// The page that it leads to, counted from 0, where that can be told.
    pub page: Option<usize>,
}

/// The headings of a document's outline, in order.
pub fn outline(document: &Document) -> Vec<Heading> {
    let Ok(catalog) = document.catalog() else { return Vec::new() };
    let Ok(root) = document.get_dict_in_dict(catalog, b"Outlines") else { return Vec::new() };
    let pages = document.get_pages().into_values().enumerate().map(|(number, page)| (page, number)).collect();
    let places = Places { document, pages, names: named(document, catalog) };
    let (mut headings, mut seen) = (Vec::new(), HashSet::new());
    let mut next = vec![(root.get(b"First").ok(), 1_u8)];
    while let Some((node, level)) = next.pop() {
        let Some(Ok(id)) = node.map(Object::as_reference) else { continue };
        let Ok(node) = document.get_dictionary(id) else { continue };
        if !seen.insert(id) || headings.len() > MOST {
            continue;
        }
        if let Some(title) = title(document, node) {
            headings.push(Heading { level, title, page: places.of(node) });
        }
        next.push((node.get(b"Next").ok(), level));
        next.push((node.get(b"First").ok(), level.saturating_add(1)));
    }
    headings
}

fn title(document: &Document, node: &Dictionary) -> Option<String> {
    let (_, title) = document.dereference(node.get(b"Title").ok()?).ok()?;
    let title = lopdf::decode_text_string(title).ok()?;
    let title = title.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty() && title.len() < 1 << 10).then_some(title)
}

/// Where links lead.
struct Places<'a> {
    document: &'a Document,
    pages: HashMap<ObjectId, usize>,
    names: HashMap<Vec<u8>, &'a Object>,
}

impl<'a> Places<'a> {
    fn of(&self, node: &'a Dictionary) -> Option<usize> {
        let target = node.get(b"Dest").or_else(|_| self.document.get_dict_in_dict(node, b"A")?.get(b"D")).ok()?;
        let (_, target) = self.document.dereference(target).ok()?;
        let place = match target {
            Object::Array(_) => target,
            Object::String(name, _) | Object::Name(name) => self.names.get(name)?,
            _ => return None,
        };
        let (_, place) = self.document.dereference(place).ok()?;
        let place = match place {
            Object::Dictionary(place) => self.document.dereference(place.get(b"D").ok()?).ok()?.1,
            place => place,
        };
        let page = place.as_array().ok()?.first()?;
        self.pages.get(&page.as_reference().ok()?).copied()
    }
}

/// The places that have names.
fn named<'a>(document: &'a Document, catalog: &'a Dictionary) -> HashMap<Vec<u8>, &'a Object> {
    let mut names = HashMap::new();
    if let Ok(old) = document.get_dict_in_dict(catalog, b"Dests") {
        names.extend(old.iter().map(|(name, place)| (name.clone(), place)));
    }
    let tree = document.get_dict_in_dict(catalog, b"Names").and_then(|all| document.get_dict_in_dict(all, b"Dests"));
    let (mut next, mut seen): (Vec<&Dictionary>, _) = (tree.into_iter().collect(), HashSet::new());
    while let Some(node) = next.pop() {
        if let Ok(Object::Array(pairs)) = node.get(b"Names") {
            for pair in pairs.chunks_exact(2) {
                if let [Object::String(name, _), place] = pair {
                    names.insert(name.clone(), place);
                }
            }
        }
        for kid in node.get(b"Kids").and_then(Object::as_array).into_iter().flatten() {
            if let Ok(id) = kid.as_reference()
                && seen.insert(id)
                && let Ok(kid) = document.get_dictionary(id)
            {
                next.push(kid);
            }
        }
    }
    names
}
