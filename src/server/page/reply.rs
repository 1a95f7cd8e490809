//! A reply as HTML, for browsers that run no scripts; and as data, for those that do.

use super::text::{prose, shown};
use crate::{
    Reply,
    model::{Answer, Citation, reply::OneOrMany},
    server::{failure::Failure, links::Links},
};
use maud::{Markup, PreEscaped, html};

/// Confidence in words, from the highest on: the least for each, how many of five bars, the words. `web/cards.js` has
/// the same.
const CONFIDENCE: [(f64, u8, &str); 5] = [
    (0.9, 5, "Very sure"),
    (0.7, 4, "Quite sure"),
    (0.45, 3, "Fairly sure"),
    (0.2, 2, "Not very sure"),
    (0.0, 1, "A long shot"),
];

/// Below this an answer behind the first is folded away.
const LIKELY: f64 = 0.2;

/// A text for the value of an attribute.
pub fn escaped(text: &str) -> String {
    html! { (text) }.into_string()
}

/// What a form sends along: the filters in force, and what was asked before.
pub fn hidden(filters: &[String], before: &[String]) -> Markup {
    html! {
        @for (name, values) in [("filter", filters), ("after", before)] {
            @for value in values { input type="hidden" name=(name) value=(value); }
        }
    }
}

/// The reply to what was asked with some filters, and the same as data for the script of the page.
pub fn page_part(reply: &Reply, filters: &[String]) -> Markup {
    let data = serde_json::to_string(reply).unwrap_or_default().replace('<', "\\u003c");
    html! {
        script type="application/json" id="given" { (PreEscaped(data)) }
        (understood(reply, filters))
        @if reply.answered { (answers(reply)) } @else { (no_answer(reply, filters)) }
    }
}

/// Why a question was not asked.
pub fn refused(failure: &Failure) -> Markup {
    html! { div class="note" role="alert" { (sentence(&failure.detail)) } }
}

/// The server has keys, and the page was opened without one.
pub fn needs_key() -> Markup {
    html! { noscript { div class="note" { "This server needs a key, and to enter one the page needs scripts." } } }
}

/// What the question was taken for.
fn understood(reply: &Reply, filters: &[String]) -> Markup {
    html! {
        @if reply.told_corrections().next().is_some() {
            p class="note" {
                @for (at, correction) in reply.told_corrections().enumerate() {
                    @if at == 0 { "Read “" } @else { "; “" }
                    bdi { (shown(&correction.word)) } "” as " bdi { (shown(&correction.taken_for.join(" or "))) }
                }
                "."
            }
        }
        @if !reply.carried.is_empty() {
            p class="note" {
                "Read together with what you asked before: " bdi { (shown(&reply.carried.join(", "))) } ". "
                a href=(ask_again(&reply.question, filters)) { "Ask it by itself" }
            }
        }
    }
}

fn answers(reply: &Reply) -> Markup {
    let likely = |(at, answer): &(usize, &Answer)| *at == 0 || answer.confidence >= LIKELY;
    let (shown, rest): (Vec<_>, Vec<_>) = reply.answers.iter().enumerate().partition(likely);
    html! {
        @for (_, answer) in shown { (card(answer)) }
        @if !rest.is_empty() {
            details class="rest" {
                summary { (rest.len()) " less likely answer" @if rest.len() > 1 { "s" } }
                @for (_, answer) in rest { (card(answer)) }
            }
        }
    }
}

fn card(answer: &Answer) -> Markup {
    html! {
        article class="card" {
            @if let Some(part) = &answer.part { p class="part" { "To “" bdi { (shown(part)) } "”" } }
            @if let Some(question) = &answer.question { h2 dir="auto" { (shown(question)) } }
            div class="answer" dir="auto" { (prose(&answer.text, answer.highlight.as_ref().map(|best| best.text.as_str()))) }
            @if answer.superseded_by.is_some() { p class="warn" { "A newer answer says otherwise." } }
            @for old in &answer.supersedes {
                p class="warn" {
                    "Newer than what " a href=(source(&old.citation)) { (shown(&old.citation.title)) } " says"
                    @if let Some(day) = &old.published { " (" (day) ")" } "."
                }
            }
            ul class="sources" { @for citation in &answer.citations { li { (cited(citation)) } } }
            @if !answer.metadata.is_empty() { p class="tags" { (tags(answer)) } }
            div class="foot" { (confidence(answer.confidence)) }
        }
    }
}

fn no_answer(reply: &Reply, filters: &[String]) -> Markup {
    html! {
        div class="card none" {
            h2 { "No answer to this" }
            p {
                "The articles do not say, or not in words that match."
                @if !filters.is_empty() { " The filter leaves out a part of them." }
            }
            @if !reply.suggestions.is_empty() {
                p { "Questions that they do answer:" }
                ul class="near" {
                    @for question in &reply.suggestions { li { a href=(ask_again(question, filters)) dir="auto" { (shown(question)) } } }
                }
            }
        }
    }
}

fn confidence(value: f64) -> Markup {
    let (_, bars, words) =
        CONFIDENCE.iter().find(|(least, ..)| value >= *least).copied().unwrap_or((0.0, 1, "A long shot"));
    html! { p class="sure" { span class="bars" data-level=(bars) aria-hidden="true" {} (words) } }
}

fn cited(citation: &Citation) -> Markup {
    html! {
        div class="where" {
            cite dir="auto" { (shown(&citation.title)) }
            @for heading in &citation.heading { (sign(" › ")) bdi { (shown(heading)) } }
            (sign(" · ")) span class="place" { bdi { (shown(&citation.place())) } }
            @if let Some(day) = &citation.published { (sign(" · ")) span class="place whole" { (day) } }
        }
        div class="row" {
            a class="button" href=(source(citation)) { "Show in source" }
            @if let Some(url) = citation.url.as_deref().filter(|url| is_web(url)) {
                a href=(url) rel="noopener noreferrer" { "Open the article" }
            }
        }
    }
}

/// Between two texts, of which each runs in its own direction.
fn sign(text: &str) -> Markup {
    html! { span class="place" aria-hidden="true" { (text) } }
}

fn tags(answer: &Answer) -> Markup {
    html! {
        @for (key, values) in &answer.metadata {
            @let values = match values { OneOrMany::One(value) => std::slice::from_ref(value), OneOrMany::Many(values) => values };
            @for value in values { span class="tag" dir="auto" { (shown(key)) ": " (shown(value)) } }
        }
    }
}

/// Whether an address is one of the web: nothing else becomes a link, `javascript:` least of all.
fn is_web(url: &str) -> bool {
    let begins = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("https://") || begins("http://")
}

/// The view of a source, on this server.
fn source(citation: &Citation) -> String {
    Links::within().source(citation)
}

fn ask_again(question: &str, filters: &[String]) -> String {
    let filters = filters.iter().map(|filter| ("filter", filter.as_str()));
    let pairs: Vec<(&str, &str)> = std::iter::once(("q", question)).chain(filters).collect();
    format!("/?{}", serde_html_form::to_string(pairs).unwrap_or_default())
}

/// A message as a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert!(is_web("https://a") && is_web("HTTP://a"));
        assert!(!is_web("javascript:alert(1)") && !is_web("data:text/html,x") && !is_web("//a") && !is_web("é"));
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("it is so"), "It is so.");
    }

    #[test]
    fn a_question_is_an_address() {
        assert_eq!(ask_again("a/b&c d?", &["k=v".to_owned()]), "/?q=a%2Fb%26c+d%3F&filter=k%3Dv");
    }
}
