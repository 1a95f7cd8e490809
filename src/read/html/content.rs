//! What of a page is its content: not its menus, banners and footers, and the main part where one is named.

use super::{
    labels::{ASIDE_ROLES, ASIDES, CLUTTER, CLUTTER_BEGINNINGS, COOKIE_ENDS, MAIN, NOTES},
    names,
    page::{Node, Page},
};
use std::ops::Range;

/// More text than this, in bytes, is no clutter unless it is mostly links.
const LONG_CLUTTER: usize = 2000;

/// More of the text than this share is no aside.
const ASIDE_SHARE: f64 = 0.5;

/// How much of the text is in the main part, if that is one: what names itself so may be short.
const MAIN_SHARE: f64 = 0.3;
const ARTICLE_SHARE: f64 = 0.6;

/// Which elements and which stretch of a page are content.
pub struct Content {
    /// For each element, whether it is left out with all that is in it.
    skipped: Vec<bool>,
    /// For each element, whether it is in a form.
    in_form: Vec<bool>,
    /// For each node, the bytes of text before it.
    before: Vec<usize>,
    /// The nodes of the main part, in order and apart.
    pub parts: Vec<Range<usize>>,
}

impl Content {
    /// Finds the content of a page.
    pub fn of(page: &Page<'_>) -> Self {
        let mut content = Self::all(page);
        content.skip_clutter(page);
        content.skip_lists_of_links(page);
        content.before = weigh(page, &content.skipped);
        content.parts = content.main(page);
        content
    }

    /// Takes all of a page for content that is text at all.
    pub fn all(page: &Page<'_>) -> Self {
        let mut content = Self {
            skipped: vec![false; page.elements.len()],
            in_form: vec![false; page.elements.len()],
            before: Vec::new(),
            parts: std::iter::once(0..page.nodes.len()).collect(),
        };
        content.inherit(page, |_, element| names::is_no_text(page.name(element)) && page.name(element) != "nav");
        content.before = weigh(page, &content.skipped);
        content
    }

    /// Whether an element is left out.
    pub fn is_skipped(&self, element: u32) -> bool {
        self.skipped[element as usize]
    }

    /// Leaves out an element.
    pub fn skip(&mut self, element: u32) {
        self.skipped[element as usize] = true;
    }

    /// Whether an element is within a form.
    pub fn is_in_form(&self, element: u32) -> bool {
        self.in_form[element as usize]
    }

    /// The bytes of text in a range of nodes.
    pub fn weight(&self, nodes: &Range<usize>) -> usize {
        weight_in(&self.before, nodes)
    }

    /// Adds stretches of nodes to the main part.
    pub fn add(&mut self, mut stretches: Vec<Range<usize>>) {
        stretches.append(&mut self.parts);
        stretches.sort_by_key(|stretch| stretch.start);
        for stretch in stretches {
            match self.parts.last_mut() {
                Some(last) if stretch.start < last.end => last.end = last.end.max(stretch.end),
                _ => self.parts.push(stretch),
            }
        }
    }

    fn inherit(&mut self, page: &Page<'_>, own: impl Fn(&Self, u32) -> bool) {
        for element in page.all() {
            let at = element as usize;
            let parent = page.elements[at].parent.map(|parent| parent as usize);
            let above = parent.is_some_and(|parent| self.skipped[parent]);
            self.in_form[at] = page.name(element) == "form" || parent.is_some_and(|parent| self.in_form[parent]);
            self.skipped[at] = self.skipped[at] || above || own(self, element);
        }
    }

    fn skip_clutter(&mut self, page: &Page<'_>) {
        let total = self.before.last().copied().unwrap_or(0) as f64;
        let holds_content: Vec<usize> = page
            .all()
            .filter(|&element| {
                matches!(page.name(element), "main" | "article") || page.has_word(element, "role", "main")
            })
            .map(|element| page.elements[element as usize].nodes.start)
            .collect();
        let sectioned = sectioned(page);
        let links = weigh_links(page, &self.before);
        self.inherit(page, |content, element| {
            let nodes = &page.elements[element as usize].nodes;
            let holds = || {
                let next = holds_content.partition_point(|&start| start <= nodes.start);
                holds_content.get(next).is_some_and(|&start| start < nodes.end)
            };
            let is_aside = || is_aside(page, element, sectioned[element as usize]);
            let weight = || content.weight(nodes);
            // Sphinx puts a whole book where its table of contents would be.
            let is_text = || weight() > LONG_CLUTTER && weight_in(&links, nodes) * 2 < weight();
            let share = || weight() as f64 / total.max(1.0);
            is_clutter(page, element) && !holds() && !is_text() || is_aside() && !holds() && share() <= ASIDE_SHARE
        });
    }

    /// Leaves out lists of nothing but links to places of the same page: what they say stands there.
    fn skip_lists_of_links(&mut self, page: &Page<'_>) {
        let ids: std::collections::HashSet<&str> = page
            .all()
            .flat_map(|element| [page.filled(element, "id"), page.filled(element, "name")])
            .flatten()
            .collect();
        let is_inner = |element: u32| {
            let target = page.attribute(element, "href").and_then(|href| href.strip_prefix('#'));
            let leads = ["data-toggle", "data-bs-toggle", "aria-controls"];
            let opens = leads.iter().any(|name| page.attribute(element, name).is_some());
            page.name(element) == "a" && !opens && target.is_some_and(|target| ids.contains(target))
        };
        // The bytes of link text, and the number of links, before each link.
        let mut links = vec![(0, 0, 0)];
        for element in page.all().filter(|&element| is_inner(element)) {
            let nodes = page.elements[element as usize].nodes.clone();
            let (_, bytes, count) = links.last().copied().unwrap_or_default();
            links.push((nodes.start, bytes + self.weight(&nodes), count + 1));
        }
        let upto = |node: usize| links[links.partition_point(|link| link.0 < node).saturating_sub(1)];
        let lists: Vec<bool> = page
            .all()
            .map(|element| {
                let nodes = &page.elements[element as usize].nodes;
                let (from, to) = (upto(nodes.start), upto(nodes.end));
                matches!(page.name(element), "ul" | "ol" | "dl" | "p" | "div")
                    && to.2 - from.2 >= 3
                    && (to.1 - from.1) as f64 >= self.weight(nodes) as f64 * 0.9
            })
            .collect();
        self.inherit(page, |_, element| lists[element as usize]);
    }

    /// The nodes of the main part.
    fn main(&self, page: &Page<'_>) -> Vec<Range<usize>> {
        let whole = 0..page.nodes.len().saturating_sub(1);
        let total = self.weight(&whole) as f64;
        let is_main = |element| page.name(element) == "main" || page.has_word(element, "role", "main");
        let is_article = |element| page.name(element) == "article" || page.has_word(element, "itemprop", "articleBody");
        let is_named = |element| {
            matches!(page.name(element), "div" | "section" | "td")
                && labels(page, element).any(|label| MAIN.contains(&&*label))
        };
        let choices: [(&dyn Fn(u32) -> bool, f64); 3] =
            [(&is_main, MAIN_SHARE), (&is_article, ARTICLE_SHARE), (&is_named, ARTICLE_SHARE)];
        let headings = self.outermost(page, &|element| matches!(page.name(element), "h1" | "h2"));
        for (wanted, share) in choices {
            let parts = self.outermost(page, wanted);
            let weight: usize = parts.iter().map(|part| self.weight(part)).sum();
            // A section that stands beside what only looks like the main part is real text.
            let within = headings.iter().filter(|heading| is_within(&parts, heading)).count();
            let is_whole = share < ARTICLE_SHARE || headings.len() <= within + 1;
            if weight > 0 && is_whole && weight as f64 >= total * share {
                return self.with_title(page, parts);
            }
        }
        std::iter::once(0..page.nodes.len()).collect()
    }

    fn outermost(&self, page: &Page<'_>, wanted: &dyn Fn(u32) -> bool) -> Vec<Range<usize>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for element in page.all().filter(|&element| !self.is_skipped(element) && wanted(element)) {
            let nodes = &page.elements[element as usize].nodes;
            if parts.last().is_none_or(|last| nodes.start >= last.end) {
                parts.push(nodes.start..nodes.end + 1);
            }
        }
        parts
    }

    /// The parts, with the first headings of the page where they have none.
    fn with_title(&self, page: &Page<'_>, mut parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let mut titles = self.outermost(page, &|element| page.name(element) == "h1");
        if !titles.iter().any(|title| is_within(&parts, title)) {
            titles.truncate(1);
            parts.extend(titles);
            parts.sort_by_key(|part| part.start);
        }
        parts
    }
}

/// Whether a stretch begins in one of the parts, which are in order.
fn is_within(parts: &[Range<usize>], stretch: &Range<usize>) -> bool {
    let at = parts.partition_point(|part| part.end <= stretch.start);
    parts.get(at).is_some_and(|part| part.start <= stretch.start)
}

/// The bytes of text before each node, without white space and what is left out.
fn weigh(page: &Page<'_>, skipped: &[bool]) -> Vec<usize> {
    let (mut before, mut total, mut hidden) = (Vec::with_capacity(page.nodes.len() + 1), 0, 0_usize);
    for node in &page.nodes {
        before.push(total);
        match node {
            Node::Open(element) => hidden += usize::from(skipped[*element as usize]),
            Node::Close(element) => hidden -= usize::from(skipped[*element as usize]),
            Node::Text(text) if hidden == 0 => {
                total += text.plain(page.source).bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
            }
            Node::Text(_) => {}
        }
    }
    before.push(total);
    before
}

/// The bytes of text in links before each node.
fn weigh_links(page: &Page<'_>, before: &[usize]) -> Vec<usize> {
    let (mut links, mut total, mut end) = (Vec::with_capacity(before.len()), 0, 0);
    for (at, node) in page.nodes.iter().enumerate() {
        links.push(total);
        if let Node::Open(element) = node
            && page.name(*element) == "a"
            && page.attribute(*element, "href").is_some()
        {
            end = end.max(page.elements[*element as usize].nodes.end);
        }
        total += if at < end { before[at + 1] - before[at] } else { 0 };
    }
    links.push(total);
    links
}

fn weight_in(before: &[usize], nodes: &Range<usize>) -> usize {
    before[nodes.end].saturating_sub(before[nodes.start])
}

/// For each element, whether it is within a part of the page that has headers and footers of its own.
fn sectioned(page: &Page<'_>) -> Vec<bool> {
    let mut sectioned = vec![false; page.elements.len()];
    for element in page.all() {
        let parent = page.elements[element as usize].parent;
        let own = |parent: u32| matches!(page.name(parent), "main" | "article" | "section" | "details" | "blockquote");
        sectioned[element as usize] = parent.is_some_and(|parent| sectioned[parent as usize] || own(parent));
    }
    sectioned
}

/// The id and the classes of an element, in lower case. The id of a section says what it is about, not what it is for.
fn labels<'a>(page: &'a Page<'_>, element: u32) -> impl Iterator<Item = String> + 'a {
    let id = page.filled(element, "id").filter(|id| !is_slug(page, element, id)).unwrap_or_default();
    let class = page.attribute(element, "class").unwrap_or_default();
    let words = id.split_ascii_whitespace().chain(class.split_ascii_whitespace());
    words.map(|word| word.to_ascii_lowercase().replace('_', "-"))
}

/// Whether an id is that of a section with a heading, or made of the words of the heading.
fn is_slug(page: &Page<'_>, element: u32, id: &str) -> bool {
    let end = page.elements[element as usize].nodes.end;
    let inner = page.all().skip(element as usize + 1).take(8);
    let mut inner = inner.take_while(|&inner| page.elements[inner as usize].nodes.start < end);
    let Some(heading) = inner.find(|&inner| names::heading_level(page.name(inner)).is_some()) else { return false };
    let is_section = page.name(element) == "section" || page.has_word(element, "class", "section");
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    is_section || letters(&page.text_of(heading, 200)) == letters(id)
}

fn may_be_clutter(name: &str) -> bool {
    !matches!(name, "html" | "body" | "main" | "article") && names::heading_level(name).is_none()
}

fn is_clutter(page: &Page<'_>, element: u32) -> bool {
    let is_label = |label: String| {
        let begins = || CLUTTER_BEGINNINGS.iter().any(|beginning| label.starts_with(beginning));
        let of_cookies = || label.starts_with("cookie") && COOKIE_ENDS.iter().any(|end| label.contains(end));
        CLUTTER.contains(&&*label) || begins() || of_cookies()
    };
    // A table of contents as docutils writes it.
    let of_docutils = || page.has_word(element, "class", "contents") && page.has_word(element, "class", "topic");
    let name = page.name(element);
    may_be_clutter(name) && (name == "nav" || labels(page, element).any(is_label) || of_docutils())
}

fn is_aside(page: &Page<'_>, element: u32, sectioned: bool) -> bool {
    let name = page.name(element);
    let role = page.attribute(element, "role").unwrap_or_default();
    let is_note = || {
        let is_part = |label: String| label.split('-').any(|part| NOTES.contains(&part));
        labels(page, element).any(is_part) || matches!(role, "note" | "doc-footnote" | "doc-tip")
    };
    let by_name = match name {
        "footer" => true,
        "aside" => !is_note(),
        "header" => !sectioned && !has_heading(page, element),
        _ => false,
    };
    let by_label = || labels(page, element).any(|label| ASIDES.contains(&&*label));
    may_be_clutter(name) && (by_name || ASIDE_ROLES.contains(&role) || by_label())
}

/// Whether a heading is among the first elements within.
fn has_heading(page: &Page<'_>, element: u32) -> bool {
    let end = page.elements[element as usize].nodes.end;
    let within = page.all().skip(element as usize + 1).take(200);
    let mut within = within.take_while(|&inner| page.elements[inner as usize].nodes.start < end);
    within.any(|inner| matches!(page.name(inner), "h1" | "h2" | "p"))
}
