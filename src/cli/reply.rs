//! A reply for people: on a terminal, or as Markdown.

use super::terminal::{DIM, LABEL, MATCH, clean, highlight, width, wrap};
use comfy_table::{ContentArrangement, Table, presets};
use faqt::{
    Answer, Citation, Reply,
    ask::{
        explain::{ExplainedCandidate, Explanation},
        query::TakenFor,
        sentences::Matcher,
        signals::Signals,
    },
    model::reply::Correction,
};

/// How much of another answer is shown, in characters.
const SHOWN: usize = 160;

/// How many candidates an explanation for people shows.
const EXPLAINED: usize = 20;

/// How many candidates stand side by side in the table of signals.
const COLUMNS: usize = 5;

/// The reply for a terminal: the answer, its sources, then what is related.
pub fn text(reply: &Reply, matcher: &Matcher<'_>) -> String {
    let mut out = String::new();
    match reply.answers.split_first() {
        Some((first, others)) => {
            out += &corrections(reply);
            out += &answer(first, &reply.carried, matcher);
            let parts = others.iter().take_while(|other| other.part.is_some()).count();
            let (parts, others) = others.split_at(parts);
            for part in parts {
                out += &format!("\n{}", answer(part, &[], matcher));
            }
            if !others.is_empty() {
                out += &format!("\n{LABEL}Related{LABEL:#}\n");
                for other in others {
                    out += &related(other);
                }
            }
        }
        None => out += &no_answer(reply),
    }
    if let Some(explanation) = &reply.explanation {
        out += &explain(explanation);
    }
    out
}

/// What was read for words that the articles do not have.
fn corrections(reply: &Reply) -> String {
    let line = |correction: &Correction| {
        let words = correction.taken_for.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(" or ");
        format!("{DIM}Read “{}” as {}.{DIM:#}\n", clean(&correction.word), clean(&words))
    };
    let lines: String = reply.told_corrections().map(line).collect();
    if lines.is_empty() { lines } else { lines + "\n" }
}

fn answer(answer: &Answer, carried: &[String], matcher: &Matcher<'_>) -> String {
    let mut out = String::new();
    if let Some(part) = &answer.part {
        out += &format!("{LABEL}{}{LABEL:#}\n", wrap(part, "", width()));
    }
    out += &format!("{}\n\n", words(answer, matcher));
    if let Some(question) = &answer.question {
        out += &format!("{}\n", wrap(&format!("Answers: {question}"), "", width()));
    }
    out += &format!("{DIM}Confidence {:.0} %{DIM:#}\n", answer.confidence * 100.0);
    out += &read_with(carried);
    out += &format!("\n{LABEL}Sources{LABEL:#}\n");
    for (number, citation) in answer.citations.iter().enumerate() {
        out += &source(number + 1, citation);
    }
    if answer.superseded_by.is_some() {
        out += "\nA newer article says otherwise.\n";
    }
    if !answer.supersedes.is_empty() {
        out += &format!("\n{LABEL}Older, and says otherwise{LABEL:#}\n");
        for older in &answer.supersedes {
            let published = older.published.as_deref().map(clean).unwrap_or_default();
            out += &format!("  - {} {DIM}{published}{DIM:#}\n", place(&older.citation));
        }
    }
    out
}

/// The words of earlier turns with which a question was read.
fn read_with(carried: &[String]) -> String {
    if carried.is_empty() {
        return String::new();
    }
    format!("{DIM}{}{DIM:#}\n", wrap(&format!("Read with: {}", carried.join(", ")), "", width()))
}

/// Every source of an answer in full, each with what stands there.
pub fn sources(answer: &Answer) -> String {
    let cited = answer.citations.iter().enumerate();
    let cited = cited.map(|(number, citation)| {
        format!("{}{}\n", source(number + 1, citation), wrap(&citation.quote, "      > ", width()))
    });
    cited.collect::<Vec<_>>().join("\n")
}

/// The words of an answer: those of the question stand out, or in a long answer the best sentences.
fn words(answer: &Answer, matcher: &Matcher<'_>) -> String {
    let shown = wrap(&answer.text, "", width());
    let Some((before, best)) = highlighted(answer) else {
        return highlight(&shown, |word| is_match(word, matcher));
    };
    // Wrapping changes only white space.
    let letters = |text: &str| clean(text).chars().filter(|letter| !letter.is_whitespace()).count();
    let start = letters(before);
    let (before, rest) = shown.split_at(behind(&shown, start));
    let (best, after) = rest.split_at(behind(rest, letters(best)));
    let gap = best.len() - best.trim_start().len();
    format!("{before}{}{MATCH}{}{MATCH:#}{after}", &best[..gap], &best[gap..])
}

/// What comes before the best sentences of a long answer, and they.
fn highlighted(answer: &Answer) -> Option<(&str, &str)> {
    let best = &answer.highlight.as_ref()?.text;
    let start = answer.text.find(best.as_str())?;
    Some((&answer.text[..start], &answer.text[start..start + best.len()]))
}

/// Where a text goes on behind so many letters that are no white space.
fn behind(text: &str, letters: usize) -> usize {
    let mut ends = text.char_indices().filter(|(_, letter)| !letter.is_whitespace());
    let last = letters.checked_sub(1).and_then(|last| ends.nth(last));
    last.map_or(0, |(at, letter)| at + letter.len_utf8())
}

fn is_match(word: &str, matcher: &Matcher<'_>) -> bool {
    faqt::analyze::words::Words::of(word).iter().any(|word| matcher.is_telling(word))
}

fn source(number: usize, citation: &Citation) -> String {
    let path =
        std::iter::once(&citation.title).chain(&citation.heading).map(String::as_str).collect::<Vec<_>>().join(" › ");
    let mut out = format!("  [{number}] {}\n", place(citation));
    out += &format!("{}\n", wrap(&path, "      ", width()));
    if let Some(url) = &citation.url {
        out += &format!("      {}\n", clean(url));
    }
    if let Some(published) = &citation.published {
        out += &format!("      {}\n", clean(published));
    }
    out
}

/// `file:line`, `file:first-last`, or `file, page 3`.
fn place(citation: &Citation) -> String {
    clean(&citation.place()).replace('\n', " ")
}

fn related(answer: &Answer) -> String {
    let label = shortened(answer.question.as_deref().unwrap_or(&answer.text));
    let place = answer.citations.first().map(place).unwrap_or_default();
    let label = textwrap::fill(
        &clean(&label),
        textwrap::Options::new(width()).initial_indent("  - ").subsequent_indent("    "),
    );
    format!("{label}\n    {DIM}{place}{DIM:#}\n")
}

/// The beginning of a text, on one line, cut between words.
fn shortened(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() > SHOWN {
            return short + " …";
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short += word;
    }
    short
}

fn no_answer(reply: &Reply) -> String {
    let mut out = "No answer to that in these articles.\n".to_owned();
    out += &read_with(&reply.carried);
    if !reply.suggestions.is_empty() {
        out += &format!("\n{LABEL}Did you mean{LABEL:#}\n");
        for suggestion in &reply.suggestions {
            let options = textwrap::Options::new(width()).initial_indent("  - ").subsequent_indent("    ");
            out += &format!("{}\n", textwrap::fill(&clean(suggestion).replace('\n', " "), options));
        }
    }
    out
}

/// How a question was understood, and every candidate with its signals.
pub fn explain(explanation: &Explanation) -> String {
    let mut out = format!("\n{LABEL}Words{LABEL:#}\n");
    for term in &explanation.terms {
        let stems = if term.stems.is_empty() { "unknown".to_owned() } else { term.stems.join(", ") };
        out += &clean(&format!("  {}  {stems}  weight {:.2}\n", term.word, term.weight));
        for TakenFor { words, why, weight } in &term.taken_for {
            out += &clean(&format!("    also {words}  {} × {weight:.2}\n", why.name()));
        }
    }
    out += &format!(
        "\n{LABEL}Candidates{LABEL:#}  {} in all, threshold {:.2}\n",
        explanation.candidates, explanation.threshold
    );
    let shown = &explanation.ranking[..explanation.ranking.len().min(EXPLAINED)];
    for (number, candidate) in shown.iter().enumerate() {
        let asked = if candidate.asked { ", word for word" } else { "" };
        let label = clean(&candidate.label).replace('\n', " ");
        out += &format!(
            "  {:2} {} score {:.3}, confidence {:.2}{asked}  {label}\n",
            number + 1,
            candidate.id,
            candidate.score,
            candidate.confidence
        );
    }
    if shown.len() < explanation.ranking.len() {
        out += "  … `--format json` has them all\n";
    }
    for (block, candidates) in shown.chunks(COLUMNS).enumerate() {
        out += &format!("\n{}\n", signal_table(candidates, block * COLUMNS));
    }
    out
}

/// A row for each signal: for each candidate its value and what it adds to the score.
fn signal_table(candidates: &[ExplainedCandidate], before: usize) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let numbers = (1..=candidates.len()).map(|number| format!("#{} value × weight", before + number));
    table.set_header(std::iter::once("signal".to_owned()).chain(numbers));
    for (row, name) in Signals::NAMES.iter().enumerate() {
        let cell = |candidate: &ExplainedCandidate| {
            format!("{:.3} × {:.2}", candidate.signals.values()[row], candidate.weights.values()[row])
        };
        table.add_row(std::iter::once((*name).to_owned()).chain(candidates.iter().map(cell)));
    }
    table
}

/// The reply as Markdown: answers as quotes, sources as a numbered list.
pub fn markdown(reply: &Reply) -> String {
    if reply.answers.is_empty() {
        let suggestions = reply.suggestions.iter().map(|suggestion| format!("- {}\n", escape(suggestion)));
        let suggestions: String = suggestions.collect();
        let lead = if suggestions.is_empty() { "" } else { "\nDid you mean:\n\n" };
        return format!("No answer to that in these articles.\n{lead}{suggestions}");
    }
    reply.answers.iter().map(markdown_answer).collect::<Vec<_>>().join("\n")
}

fn markdown_answer(answer: &Answer) -> String {
    let emphasised = |mark: &str, text: &Option<String>| {
        text.as_ref().map(|text| format!("{mark}{}{mark}\n\n", escape(text).replace('\n', " "))).unwrap_or_default()
    };
    let mut out = emphasised("*", &answer.part) + &emphasised("**", &answer.question);
    for line in markdown_words(answer).lines() {
        out += &format!("> {line}\n");
    }
    out.push('\n');
    for (number, citation) in answer.citations.iter().enumerate() {
        out += &markdown_source(number + 1, citation);
    }
    if answer.superseded_by.is_some() {
        out += "\nA newer article says otherwise.\n";
    }
    if !answer.supersedes.is_empty() {
        out += "\nOlder, and says otherwise:\n\n";
        for (number, older) in answer.supersedes.iter().enumerate() {
            out += &markdown_source(number + 1, &older.citation);
        }
    }
    out
}

/// The words of an answer, the best sentences of a long one bold.
fn markdown_words(answer: &Answer) -> String {
    let Some((before, best)) = highlighted(answer) else { return escape(&answer.text) };
    let bold =
        |line: &str| if line.trim().is_empty() { line.to_owned() } else { format!("**{}**", escape(line.trim())) };
    let best_lines: Vec<String> = best.lines().map(bold).collect();
    format!("{}{}{}", escape(before), best_lines.join("\n"), escape(&answer.text[before.len() + best.len()..]))
}

fn markdown_source(number: usize, citation: &Citation) -> String {
    let title = escape(&citation.title);
    let title = match citation.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
        Some(url) => format!("[{title}](<{}>)", url.replace(['<', '>', '\n'], "")),
        None => title,
    };
    format!("{number}. {title}, `{}`\n", place(citation).replace('`', "'"))
}

/// Text that Markdown shows as it is.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
