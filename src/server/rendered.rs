//! A reply as one text, with the places of its citations in it: for clients that show a text and no more.
//!
//! What is said is the first answer, or the two where a question asks for two things, word for word: nothing in it is
//! escaped or left out. Clients that show Markdown therefore show what an author wrote as Markdown.

use super::{links::Links, phrases::Phrases};
use crate::model::{Answer, Citation, Reply};
use std::ops::Range;

/// A text, and what of it is cited.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// What is said.
    pub text: String,
    /// The quotes in it, in the order of the answers' citations.
    pub cited: Vec<Cited>,
}

/// A part of a text with its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Cited {
    /// Where it begins, in Unicode code points.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// An address at which the source can be read.
    pub url: String,
    /// The id of the unit that answers.
    pub id: String,
    /// The confidence in the answer.
    pub confidence: f64,
    /// The proof: what stands at the place is its quote.
    pub citation: Citation,
}

/// How a reply is said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner<'a> {
    /// The language of the question, where it is known.
    pub language: Option<&'a str>,
    /// Whether the sources are named behind the answer, as Markdown links.
    pub sources: bool,
}

impl Rendered {
    /// Says a reply.
    pub fn of(reply: &Reply, manner: Manner<'_>, links: &Links) -> Self {
        let phrases = Phrases::of(&reply.question, manner.language);
        let mut rendered = Self { text: String::new(), cited: Vec::new() };
        for answer in said(reply) {
            rendered.add(answer, links);
        }
        if rendered.text.is_empty() {
            rendered.text = declined(reply, phrases);
        } else if manner.sources {
            rendered.text += &rendered.sources(phrases);
        }
        rendered
    }

    fn add(&mut self, answer: &Answer, links: &Links) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let base = self.text.chars().count();
        let code_points = |bytes: usize| base + answer.text.get(..bytes).unwrap_or_default().chars().count();
        for (place, citation) in quoted(answer) {
            self.cited.push(Cited {
                start: code_points(place.start),
                end: code_points(place.end),
                url: links.citation(citation),
                id: answer.id.clone(),
                confidence: answer.confidence,
                citation: citation.clone(),
            });
        }
        self.text.push_str(&answer.text);
    }

    /// A line for each source: its title as a link, and the place in it.
    fn sources(&self, phrases: Phrases) -> String {
        let mut lines: Vec<String> = Vec::new();
        for Cited { url, citation, .. } in &self.cited {
            let (title, place) = (label(&citation.title), label(&citation.place()));
            let line = format!("{}: [{title}]({}) ({place})", phrases.source, destination(url));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        // Two spaces at the end keep a line a line of its own in Markdown.
        if lines.is_empty() { String::new() } else { format!("\n\n{}", lines.join("  \n")) }
    }
}

/// The answers that are said: one to each part of the question, or the first.
pub fn said(reply: &Reply) -> impl Iterator<Item = &Answer> {
    let in_parts = reply.answers.iter().filter(|answer| answer.part.is_some()).count();
    reply.answers.iter().take(in_parts.max(1))
}

/// Where the quotes of an answer stand in its text, in bytes; those that stand there.
fn quoted(answer: &Answer) -> Vec<(Range<usize>, &Citation)> {
    let mut behind = 0;
    let mut found = Vec::new();
    for citation in answer.citations.iter().filter(|citation| !citation.quote.is_empty()) {
        let quote = citation.quote.as_str();
        let next = answer.text.get(behind..).and_then(|rest| rest.find(quote)).map(|at| at + behind);
        // What repeats the answer elsewhere stands where the answer does, if it says it in the same words.
        let Some(start) = next.or_else(|| answer.text.find(quote)) else { continue };
        let place = start..start + quote.len();
        behind = behind.max(place.end);
        found.push((place, citation));
    }
    found
}

/// A polite no, with the nearest questions.
fn declined(reply: &Reply, phrases: Phrases) -> String {
    let mut text = phrases.no_answer.to_owned();
    if !reply.suggestions.is_empty() {
        text = format!("{text} {}\n", phrases.near);
        reply.suggestions.iter().for_each(|suggestion| text += &format!("\n- {suggestion}"));
    }
    text
}

/// A text as the label of a Markdown link.
fn label(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    for letter in text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }) {
        if "\\`*_[]<>!#&".contains(letter) {
            label.push('\\');
        }
        label.push(letter);
    }
    label
}

/// An address as the destination of a Markdown link.
fn destination(url: &str) -> String {
    let ends = |letter: char| letter.is_whitespace() || letter.is_control() || "()<>\\".contains(letter);
    let mut destination = String::with_capacity(url.len());
    for letter in url.chars() {
        if ends(letter) {
            letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| destination += &format!("%{byte:02X}"));
        } else {
            destination.push(letter);
        }
    }
    destination
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UnitKind;

    fn citation(quote: &str) -> Citation {
        Citation {
            title: "A [title]".to_owned(),
            source: "corpus/a.txt".to_owned(),
            url: Some("https://a.example/x(1)".to_owned()),
            heading: Vec::new(),
            lines: Some([3, 4]),
            bytes: Some([10, 20]),
            paragraph: None,
            page: None,
            quote: quote.to_owned(),
            published: None,
        }
    }

    fn answer(text: &str, quotes: &[&str]) -> Answer {
        Answer {
            id: "u".to_owned(),
            kind: UnitKind::Qa,
            document: "d".to_owned(),
            question: None,
            text: text.to_owned(),
            highlight: None,
            part: None,
            supersedes: Vec::new(),
            superseded_by: None,
            confidence: 0.9,
            score: 1.0,
            metadata: std::collections::BTreeMap::new(),
            citations: quotes.iter().map(|quote| citation(quote)).collect(),
        }
    }

    fn reply(answers: Vec<Answer>) -> Reply {
        Reply {
            question: "What is it?".to_owned(),
            answered: !answers.is_empty(),
            answers,
            suggestions: Vec::new(),
            corrections: Vec::new(),
            took_ms: 0.0,
            carried: Vec::new(),
            explanation: None,
        }
    }

    fn render(reply: &Reply, sources: bool) -> Rendered {
        Rendered::of(reply, Manner { sources, language: None }, &Links::at("http://h"))
    }

    /// The cited parts, cut out by code points.
    fn parts(rendered: &Rendered) -> Vec<String> {
        let part = |cited: &Cited| rendered.text.chars().skip(cited.start).take(cited.end - cited.start).collect();
        rendered.cited.iter().map(part).collect()
    }

    #[test]
    fn every_quote_is_found_by_code_points_however_often_its_words_come() {
        let first =
            answer("Zoë 😀 ends. … Ends. … Zoë 😀 ends.", &["Zoë 😀 ends.", "Ends.", "Zoë 😀 ends.", "elsewhere"]);
        let rendered = render(&reply(vec![first, answer("Other.", &["Other."])]), false);
        assert_eq!(rendered.text, "Zoë 😀 ends. … Ends. … Zoë 😀 ends.");
        assert_eq!(parts(&rendered), ["Zoë 😀 ends.", "Ends.", "Zoë 😀 ends."]);
        assert!(rendered.cited[2].start > rendered.cited[1].end);
    }

    #[test]
    fn two_questions_in_one_get_both_answers() {
        let part = |text: &str| Answer { part: Some(text.to_owned()), ..answer(text, &[text]) };
        let rendered = render(&reply(vec![part("Ä."), part("B."), answer("C.", &["C."])]), true);
        let source = r"Source: [A \[title\]](https://a.example/x%281%29) (corpus/a.txt:3-4)";
        assert_eq!(rendered.text, format!("Ä.\n\nB.\n\n{source}"));
        assert_eq!(parts(&rendered), ["Ä.", "B."]);
    }

    #[test]
    fn without_an_answer_the_nearest_questions_are_offered() {
        let mut none = reply(Vec::new());
        assert_eq!(render(&none, true).text, "I have no answer to that.");
        none.suggestions = vec!["Is *it* a?".to_owned(), "B?".to_owned()];
        let rendered = render(&none, false);
        assert_eq!(rendered.text, "I have no answer to that. Did you mean one of these?\n\n- Is *it* a?\n- B?");
        assert!(rendered.cited.is_empty());
    }

    #[test]
    fn nothing_of_an_answer_is_changed() {
        let text = "<script>alert(1)</script> [x](javascript:alert(2))\u{1b}[31m **b**";
        assert_eq!(render(&reply(vec![answer(text, &[text])]), false).text, text);
    }
}
