//! Which elements are questions and which their answers: microdata, `RDFa`, accordions.

use super::{
    content::Content,
    names,
    page::{Node, Page},
};
use crate::split::labels::ends_with_question_mark;
use std::collections::HashMap;

/// Text of a question is not longer than this, in bytes.
const LONGEST: usize = 2 << 10;

/// What a class of a question is about, and its last word.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "accordeon", "accordian", "accordion", "answer", "collapse", "collapsible", "expandable", "expander", "faq",
    "faqs", "qa", "qna", "question", "toggle",
];
#[rustfmt::skip]
const ASKS: &[&str] = &[
    "btn", "button", "control", "head", "header", "heading", "label", "link", "name", "q", "question", "summary",
    "term", "title", "toggle", "toggler", "trigger",
];
#[rustfmt::skip]
const ANSWERS: &[&str] = &[
    "a", "answer", "body", "collapse", "container", "content", "copy", "desc", "description", "details", "inner",
    "panel", "pane", "response", "text",
];

/// What opens more of a text and asks nothing.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "close", "collapse", "expand", "less", "menu", "more", "more details", "more info", "open", "read more", "see
    more", "show all", "show more", "toggle navigation", "view more", "mehr anzeigen",
];

/// A question and the end of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The element with the question.
    pub ask: u32,
    /// The element with the answer, or with the last of them.
    pub answer: u32,
}

/// The pairs of a page, in order; each is within the answer of another or apart from it.
///
/// What of a pair is no text (votes, authors) is left out of `content`.
pub fn pairs(page: &Page<'_>, content: &mut Content) -> Vec<Pair> {
    let marked = marked(page, content);
    let mut taken = vec![false; page.elements.len()];
    let mut found = Vec::new();
    let search = Search { page, content };
    for pair in marked.into_iter().chain(search.controlled()).chain(search.named()) {
        if search.fits(pair) && !search.is_taken(pair.ask, &taken) {
            search.take(pair.ask, &mut taken);
            found.push(pair);
        }
    }
    found.sort_by_key(|pair| pair.ask);
    nested(page, found)
}

/// The pairs that are within or apart from each other.
fn nested(page: &Page<'_>, found: Vec<Pair>) -> Vec<Pair> {
    let nodes = |element: u32| &page.elements[element as usize].nodes;
    let (mut kept, mut open): (Vec<Pair>, Vec<Pair>) = (Vec::new(), Vec::new());
    let mut found = found.into_iter().peekable();
    while let Some(pair) = found.next() {
        while open.last().is_some_and(|outer| nodes(outer.answer).end < nodes(pair.ask).start) {
            open.pop();
        }
        let crosses = open.last().is_some_and(|outer| nodes(outer.answer).end < nodes(pair.answer).end);
        let between = found.peek().is_some_and(|next| nodes(next.ask).start < nodes(pair.answer).start);
        if !crosses && !between && open.last().is_none_or(|outer| outer.answer != pair.answer) {
            kept.push(pair);
            open.push(pair);
        }
    }
    kept
}

struct Search<'a> {
    page: &'a Page<'a>,
    content: &'a Content,
}

impl Search<'_> {
    fn weight(&self, element: u32) -> usize {
        self.content.weight(&self.page.elements[element as usize].nodes)
    }

    /// Whether both have text and the answer comes behind.
    fn fits(&self, pair: Pair) -> bool {
        let (ask, answer) = (&self.page.elements[pair.ask as usize], &self.page.elements[pair.answer as usize]);
        let in_order = ask.nodes.end < answer.nodes.start;
        let weight = self.weight(pair.ask);
        let of_content = !self.content.is_skipped(pair.ask) && !self.content.is_skipped(pair.answer);
        in_order && of_content && weight > 0 && weight <= LONGEST && self.weight(pair.answer) > 0
    }

    /// Whether a question is a part of another that was found before, or has one within.
    fn is_taken(&self, ask: u32, taken: &[bool]) -> bool {
        let inner = self.within(ask).any(|element| taken[element as usize]);
        inner || self.page.around(ask).take(6).any(|element| taken[element as usize])
    }

    fn take(&self, ask: u32, taken: &mut [bool]) {
        taken[ask as usize] = true;
        for element in self.within(ask) {
            taken[element as usize] = true;
        }
    }

    /// The elements in an element, as far as a question has any.
    fn within(&self, outer: u32) -> impl Iterator<Item = u32> + '_ {
        let end = self.page.elements[outer as usize].nodes.end;
        let inner = outer + 1..self.page.elements.len() as u32;
        inner.take(64).take_while(move |&element| self.page.elements[element as usize].nodes.start < end)
    }

    /// What opens and closes something: `aria-controls`, `aria-expanded`, Bootstrap's `data-toggle`.
    fn controlled(&self) -> Vec<Pair> {
        let mut ids = HashMap::new();
        for element in self.page.all() {
            if let Some(id) = self.page.filled(element, "id") {
                ids.entry(id).or_insert(element);
            }
        }
        let candidates = self.page.all().filter(|&element| !self.content.is_skipped(element));
        let pair = |ask: u32| {
            let target = self.target(ask).and_then(|id| ids.get(id).copied());
            let is_opener = self.page.attribute(ask, "aria-expanded").is_some();
            let answer = target.or_else(|| is_opener.then(|| self.next(ask)).flatten())?;
            self.asks(ask).then_some(Pair { ask, answer })
        };
        candidates.filter_map(pair).collect()
    }

    /// The id of what an element opens.
    fn target(&self, element: u32) -> Option<&str> {
        if self.page.has_word(element, "role", "tab") {
            return None;
        }
        let value = |name| self.page.filled(element, name);
        let toggles = [value("data-toggle"), value("data-bs-toggle")].contains(&Some("collapse"));
        let by_toggle = || {
            let target = value("data-target").or(value("data-bs-target")).or(value("href"))?;
            target.strip_prefix('#').filter(|_| toggles)
        };
        value("aria-controls").or_else(by_toggle)
    }

    /// The element with text right behind an element or behind what only holds it.
    fn next(&self, element: u32) -> Option<u32> {
        let mut at = element;
        for _ in 0..4 {
            let mut node = self.page.elements[at as usize].nodes.end + 1;
            // What has no text is passed over, as far as anybody would put it there.
            let mut steps = 0..32;
            loop {
                steps.next()?;
                match self.page.nodes.get(node)? {
                    Node::Text(text) if text.plain(self.page.source).trim().is_empty() => node += 1,
                    Node::Open(next) if self.weight(*next) > 0 => return Some(*next),
                    Node::Open(next) => node = self.page.elements[*next as usize].nodes.end + 1,
                    Node::Close(parent) if self.weight(*parent) == self.weight(element) => {
                        at = *parent;
                        break;
                    }
                    Node::Text(_) | Node::Close(_) => return None,
                }
            }
        }
        None
    }

    /// Whether what opens something is a question or the name of a part, rather than a button.
    fn asks(&self, element: u32) -> bool {
        let text = self.page.text_of(element, LONGEST);
        if ends_with_question_mark(&text) {
            return true;
        }
        let is_heading = |element: u32| names::heading_level(self.page.name(element)).is_some();
        let is_named = |element: u32| classes(self.page, element).any(|(about, _)| about);
        let around = || self.page.around(element).take(3).any(|element| is_heading(element) || is_named(element));
        let is_opener = OPENERS.contains(&text.to_lowercase().trim_end_matches(['.', '…', ' ']));
        !is_opener && (is_named(element) || self.within(element).any(is_heading) || around())
    }

    /// Elements whose classes say that they are question and answer.
    fn named(&self) -> Vec<Pair> {
        let (mut pairs, mut asked): (Vec<Pair>, Option<u32>) = (Vec::new(), None);
        let end = |element: u32| self.page.elements[element as usize].nodes.end;
        for element in self.page.all().filter(|&element| !self.content.is_skipped(element)) {
            let start = self.page.elements[element as usize].nodes.start;
            let role = class_role(self.page, element);
            match (role, asked) {
                (Some(Role::Asks), Some(before)) if start < end(before) => {}
                (Some(Role::Asks), _) => asked = Some(element),
                (Some(Role::Answers), Some(ask)) => {
                    // What holds an answer is no question.
                    if start > end(ask) {
                        pairs.push(Pair { ask, answer: element });
                    }
                    asked = None;
                }
                _ => {}
            }
        }
        pairs
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Asks,
    Answers,
}

/// For each class of an element, whether it is about questions or what opens and closes, and its last word.
fn classes<'a>(page: &'a Page<'_>, element: u32) -> impl Iterator<Item = (bool, String)> + 'a {
    page.attribute(element, "class").unwrap_or_default().split_ascii_whitespace().filter_map(|class| {
        let words = words(class);
        let (last, first) = words.split_last()?;
        let about = |word: &String| ABOUT.contains(&word.as_str());
        let alone = first.is_empty() && matches!(last.as_str(), "question" | "answer");
        Some((alone || first.iter().any(about) || matches!(last.as_str(), "question" | "answer"), last.clone()))
    })
}

/// The words of a class such as `faq-question`, `faq__question--open` or `faqQuestion`.
fn words(class: &str) -> Vec<String> {
    let class = class.split("--").next().unwrap_or_default();
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in class.chars().take(80) {
        let new = matches!(c, '-' | '_') || (c.is_ascii_uppercase() && before.is_ascii_lowercase());
        if new && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && c.is_ascii_alphabetic()
        {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn class_role(page: &Page<'_>, element: u32) -> Option<Role> {
    let mut classes = classes(page, element).filter(|(about, _)| *about);
    classes.find_map(|(_, last)| match last.as_str() {
        "input" | "icon" => None,
        last if ASKS.contains(&last) => Some(Role::Asks),
        last if ANSWERS.contains(&last) => Some(Role::Answers),
        _ => None,
    })
}

/// A question in microdata or `RDFa`.
#[derive(Default)]
struct Marked {
    name: Option<u32>,
    text: Option<u32>,
    answer: Option<u32>,
}

/// Questions and answers that say so: `itemtype="https://schema.org/Question"`, `typeof="Question"`.
fn marked(page: &Page<'_>, content: &mut Content) -> Vec<Pair> {
    let mut questions: Vec<Marked> = Vec::new();
    let mut by_scope: HashMap<u32, usize> = HashMap::new();
    // The innermost thing that each element is a part of, itself included.
    let mut scopes: Vec<Option<u32>> = Vec::with_capacity(page.elements.len());
    for element in page.all() {
        let around = page.elements[element as usize].parent.and_then(|parent| scopes[parent as usize]);
        let is_scope = page.attribute(element, "itemscope").or(page.attribute(element, "typeof")).is_some();
        scopes.push(if is_scope { Some(element) } else { around });
        if is_a(page, element, "Question") {
            by_scope.insert(element, questions.len());
            questions.push(Marked::default());
        }
        let Some(scope) = around else { continue };
        let of_answer = || is_a(page, scope, "Answer");
        match by_scope.get(&scope) {
            Some(&question) => {
                let question = &mut questions[question];
                if has_property(page, element, &["name", "headline"]) {
                    question.name.get_or_insert(element);
                } else if has_property(page, element, &["text"]) {
                    question.text.get_or_insert(element);
                } else if has_property(page, element, &["acceptedAnswer", "suggestedAnswer"]) {
                    question.answer = Some(element);
                } else if has_property(page, element, BESIDES) {
                    content.skip(element);
                }
            }
            None if has_property(page, element, BESIDES) && of_answer() => content.skip(element),
            None => {}
        }
    }
    let pair = |question: Marked| Some(Pair { ask: question.name.or(question.text)?, answer: question.answer? });
    questions.into_iter().filter_map(pair).collect()
}

/// What questions and answers have beside their text.
#[rustfmt::skip]
const BESIDES: &[&str] = &[
    "answerCount", "author", "commentCount", "dateCreated", "dateModified", "datePublished", "downvoteCount",
    "upvoteCount",
];

fn is_a(page: &Page<'_>, element: u32, kind: &str) -> bool {
    let local = |word: &str| word.rsplit(['/', ':', '#']).next() == Some(kind);
    let says = |name| page.attribute(element, name).is_some_and(|value| value.split_ascii_whitespace().any(local));
    says("itemtype") || says("typeof")
}

fn has_property(page: &Page<'_>, element: u32, wanted: &[&str]) -> bool {
    let local = |word: &str| word.rsplit(['/', ':']).next().is_some_and(|word| wanted.contains(&word));
    let says = |name| page.attribute(element, name).is_some_and(|value| value.split_ascii_whitespace().any(local));
    says("itemprop") || says("property")
}
