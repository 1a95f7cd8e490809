//! Questions and answers in JSON-LD: schema.org's `FAQPage`, `QAPage` and `Question`.

use super::{
    fragment, looks_like_html,
    page::{Node, Page},
};
use crate::{
    model::{SourceText, article::trim},
    read::json_text::{RawObject, offset_in, string_text},
};
use serde_json::value::RawValue;

/// Deepest nesting that is searched. Each level is read once more for each level above.
const DEPTH: usize = 24;

/// The text of a question that has a name too is another way to ask it, if it is not longer. In bytes.
const LONGEST: usize = 500;

/// A question with its answers.
pub struct Faq {
    /// The question and other ways to ask it.
    pub questions: Vec<SourceText>,
    /// Its answers, each in parts.
    pub answers: Vec<SourceText>,
}

/// Something in the JSON-LD of a page that is of no use.
pub struct Problem {
    /// Where it begins.
    pub at: usize,
    /// What is wrong with it.
    pub reason: String,
    /// Whether it is a question, which is left out.
    pub skipped: bool,
}

/// The questions in the JSON-LD of a page.
pub fn faqs(page: &Page<'_>) -> (Vec<Faq>, Vec<Problem>) {
    let (mut faqs, mut problems) = (Vec::new(), Vec::new());
    let is_json_ld = |element: &u32| {
        let kind = page.attribute(*element, "type").unwrap_or_default();
        page.name(*element) == "script" && kind.to_ascii_lowercase().contains("ld+json")
    };
    for element in page.all().filter(is_json_ld) {
        let start = page.elements[element as usize].nodes.start;
        if let Some(Node::Text(text)) = page.nodes.get(start + 1) {
            let script = page.source.get(text.range.clone()).unwrap_or_default();
            let (found, told) = script_faqs(script, text.range.start);
            faqs.extend(found);
            problems.extend(told);
        }
    }
    (faqs, problems)
}

/// The questions of a script that begins at `at`.
fn script_faqs(script: &str, at: usize) -> (Vec<Faq>, Vec<Problem>) {
    let json = unwrapped(script);
    let at = at + (json.as_ptr() as usize - script.as_ptr() as usize);
    let mut search = Search { faqs: Vec::new(), problems: Vec::new(), json, at, broken_lines: false };
    match serde_json::from_str::<&RawValue>(json) {
        _ if json.is_empty() => {}
        Ok(value) => search.walk(value, 0),
        Err(error) => {
            if let Some(found) = with_broken_lines(json, at) {
                return found;
            }
            let line = json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            let reason = format!("the JSON-LD is not understood: {message} at column {}", error.column());
            search.problem(at + line, reason, false);
        }
    }
    (search.faqs, search.problems)
}

/// The questions of a script whose strings go on in the next line, which no JSON does and many pages have.
fn with_broken_lines(json: &str, at: usize) -> Option<(Vec<Faq>, Vec<Problem>)> {
    let mut edited = SourceText::default();
    for part in json.split_inclusive(|mark: char| mark.is_ascii_control()) {
        let start = at + (part.as_ptr() as usize - json.as_ptr() as usize);
        let text = part.trim_end_matches(|mark: char| mark.is_ascii_control());
        edited.push_verbatim(text, start);
        edited.push_replaced(&" ".repeat(part.len() - text.len()), start + text.len()..start + part.len());
    }
    let value = serde_json::from_str::<&RawValue>(edited.plain()).ok()?;
    let mut search = Search { faqs: Vec::new(), problems: Vec::new(), json: edited.plain(), at: 0, broken_lines: true };
    search.walk(value, 0);
    let Search { mut faqs, mut problems, .. } = search;
    for text in faqs.iter_mut().flat_map(|faq| faq.questions.iter_mut().chain(&mut faq.answers)) {
        *text = text.through(&edited);
    }
    for problem in &mut problems {
        problem.at += at;
    }
    Some((faqs, problems))
}

struct Search<'a> {
    faqs: Vec<Faq>,
    problems: Vec<Problem>,
    /// The script under way and where it begins.
    json: &'a str,
    at: usize,
    /// Whether line breaks within strings are white space.
    broken_lines: bool,
}

impl<'a> Search<'a> {
    fn problem(&mut self, at: usize, reason: String, skipped: bool) {
        self.problems.push(Problem { at, reason, skipped });
    }

    fn place(&self, value: &RawValue) -> usize {
        self.at + offset_in(self.json, value)
    }

    fn walk(&mut self, value: &'a RawValue, depth: usize) {
        let is_object = value.get().starts_with('{');
        if !is_object && !value.get().starts_with('[') {
            return;
        }
        if depth > DEPTH {
            let reason = format!("the JSON-LD is nested more than {DEPTH} levels deep: what is below is left out");
            return self.problem(self.place(value), reason, false);
        }
        if !is_object {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
            return items.into_iter().for_each(|item| self.walk(item, depth + 1));
        }
        match serde_json::from_str::<RawObject<'a>>(value.get()) {
            Ok(object) if is_question(&object) => self.question(value, &object),
            Ok(object) => object.0.iter().for_each(|(_, member)| self.walk(member, depth + 1)),
            Err(error) => {
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or(&message);
                self.problem(self.place(value), format!("an object of the JSON-LD is left out: {message}"), false);
            }
        }
    }

    fn question(&mut self, whole: &RawValue, object: &RawObject<'a>) {
        let result = self.read_question(object);
        match result {
            Ok(faq) => self.faqs.push(faq),
            Err(reason) => self.problem(self.place(whole), format!("a question in JSON-LD {reason}"), true),
        }
    }

    fn read_question(&self, object: &RawObject<'a>) -> Result<Faq, String> {
        let mut questions = Vec::new();
        for key in ["name", "headline", "text"] {
            let Some(value) = member(object, key) else { continue };
            if let Some(text) = self.text(value).map_err(|reason| format!("has a `{key}` that {reason}"))?
                && (questions.is_empty() || text.len() <= LONGEST)
                && !questions.iter().any(|known: &SourceText| known.plain() == text.plain())
            {
                questions.push(text);
            }
        }
        let mut answers: Vec<(usize, SourceText)> = Vec::new();
        for key in ["acceptedAnswer", "suggestedAnswer"] {
            if let Some(value) = member(object, key) {
                self.answers(value, &mut answers).map_err(|reason| format!("has an `{key}` that {reason}"))?;
            }
        }
        if questions.is_empty() {
            return Err("has no `name`: give it one".to_owned());
        }
        if answers.is_empty() {
            return Err("has no answer with words in it: give it an `acceptedAnswer` with a `text`".to_owned());
        }
        // In the order of the file, so that they can be cited as one.
        answers.sort_by_key(|(at, _)| *at);
        Ok(Faq { questions, answers: answers.into_iter().map(|(_, text)| text).collect() })
    }

    /// The answers in a value: a text, an object with one, or a list of those.
    fn answers(&self, value: &'a RawValue, answers: &mut Vec<(usize, SourceText)>) -> Result<(), String> {
        let values: Vec<&RawValue> = match value.get().as_bytes().first() {
            Some(b'[') => serde_json::from_str(value.get()).unwrap_or_default(),
            _ => vec![value],
        };
        for value in values {
            let text = match value.get().as_bytes().first() {
                Some(b'{') => {
                    let object: RawObject<'a> = serde_json::from_str(value.get()).map_err(|error| {
                        let message = error.to_string();
                        format!("is not understood: {}", message.split(" at line ").next().unwrap_or(&message))
                    })?;
                    ["text", "name", "description"].iter().find_map(|key| member(&object, key))
                }
                Some(b'"') => Some(value),
                _ => None,
            };
            if let Some(text) = text
                && let Some(answer) = self.text(text)?
            {
                answers.push((self.place(text), answer));
            }
        }
        Ok(())
    }

    /// The text of a string, which may be HTML itself; `None` if it has no words.
    fn text(&self, value: &RawValue) -> Result<Option<SourceText>, String> {
        if !value.get().starts_with('"') {
            return Ok(None);
        }
        let text = string_text(value.get(), self.place(value))?;
        let text = if self.broken_lines || looks_like_html(text.plain()) { fragment(&text).0 } else { text };
        let range = trim(text.plain(), 0..text.len());
        Ok((!range.is_empty()).then(|| text.slice(range)))
    }
}

fn member<'a>(object: &RawObject<'a>, key: &str) -> Option<&'a RawValue> {
    object.0.iter().find(|(known, _)| known == key).map(|(_, value)| *value)
}

fn is_question(object: &RawObject<'_>) -> bool {
    let Some(kind) = member(object, "@type") else { return member(object, "acceptedAnswer").is_some() };
    let kinds: Vec<String> = serde_json::from_str(kind.get())
        .or_else(|_| serde_json::from_str(kind.get()).map(|kind| vec![kind]))
        .unwrap_or_default();
    kinds.iter().any(|kind| kind.rsplit(['/', ':']).next() == Some("Question"))
}

/// The JSON of a script, without what keeps it from old parsers.
fn unwrapped(script: &str) -> &str {
    let mut json = script.trim();
    loop {
        let before = json.len();
        for start in ["//", "/*", "*/", "<!--", "<![CDATA["] {
            json = json.strip_prefix(start).unwrap_or(json).trim_start();
        }
        for end in ["//", "/*", "*/", "-->", "]]>", ";"] {
            json = json.strip_suffix(end).unwrap_or(json).trim_end();
        }
        if json.len() == before {
            return json;
        }
    }
}
