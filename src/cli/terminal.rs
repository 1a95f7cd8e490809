//! Text for a terminal: cleaned, wrapped, highlighted.

use anstyle::{AnsiColor, Style};
use std::io::IsTerminal as _;

/// Of an answer's matched words.
pub const MATCH: Style = Style::new().bold();
/// Of headings and labels.
pub const LABEL: Style = AnsiColor::Cyan.on_default();
/// Of what matters less.
pub const DIM: Style = Style::new().dimmed();

/// Widest text that reads well.
const WIDEST: usize = 100;
/// Width where the output is no terminal.
const NO_TERMINAL: usize = 80;

/// Width to wrap at, in columns.
#[must_use]
pub fn width() -> usize {
    let columns = if std::io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    columns.map_or(NO_TERMINAL, |(width, _)| usize::from(width.0).clamp(20, WIDEST))
}

/// The text without what could drive a terminal: control characters and changes of direction.
#[must_use]
pub fn clean(text: &str) -> String {
    let letters = text.chars().filter_map(|letter| match letter {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    });
    letters.collect()
}

/// A number with its noun: `1 file`, `2 files`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// Wraps every line of a text, each with an indent.
#[must_use]
pub fn wrap(text: &str, indent: &str, width: usize) -> String {
    let options = textwrap::Options::new(width).initial_indent(indent).subsequent_indent(indent);
    clean(text).lines().map(|line| textwrap::fill(line, &options)).collect::<Vec<_>>().join("\n")
}

/// Sets off the words of a text that `is_match` knows.
#[must_use]
pub fn highlight(text: &str, is_match: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_wordlike) {
        let length = rest[start..].find(|letter| !is_wordlike(letter)).unwrap_or(rest.len() - start);
        let (before, word) = (&rest[..start], &rest[start..start + length]);
        out.push_str(before);
        if is_match(word) {
            out.push_str(&format!("{MATCH}{word}{MATCH:#}"));
        } else {
            out.push_str(word);
        }
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

fn is_wordlike(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '+' | '#' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_drive_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}\u{9b}2J\tb\u{202e}c\n"), "a[31mred2J bc\n");
    }

    #[test]
    fn lines_are_wrapped_and_indented() {
        assert_eq!(wrap("one two three\nfour", "  ", 10), "  one two\n  three\n  four");
    }

    #[test]
    fn matches_are_set_off_and_the_rest_is_untouched() {
        let shown = highlight("Use C++, not C.", |word| word == "C++");
        assert_eq!(shown, format!("Use {MATCH}C++{MATCH:#}, not C."));
        assert_eq!(highlight("", |_| true), "");
    }
}
