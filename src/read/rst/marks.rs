//! The marks by which a line of reStructuredText tells what it begins.

/// What begins at a place of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// An item of a list; the length of its bullet or number with the white space behind it.
    Item(usize),
    /// A field: the length of `:name:`.
    Field(usize),
    /// `..`, and the length with the white space behind it.
    Explicit(usize),
    /// `__ target`.
    Anonymous,
    /// `>>>`.
    Doctest,
    /// `|`, and the length with the white space behind it.
    LineBlock(usize),
    /// The upper edge of a table drawn with `+`, `-` and `|`.
    Grid,
    /// The upper edge of a table of columns under `=`.
    Simple,
    /// Anything else.
    Text,
}

/// What `text`, the rest of a line without white space at its ends, begins.
pub fn mark(text: &str) -> Mark {
    let Some(first) = text.chars().next() else { return Mark::Text };
    let behind = &text[first.len_utf8()..];
    match first {
        '-' | '*' | '+' | '•' | '‣' | '⁃' if is_apart(behind) => {
            Mark::Item(text.len() - behind.trim_start().len())
        }
        '.' if behind.starts_with('.') && is_apart(&behind[1..]) => {
            Mark::Explicit(text.len() - behind[1..].trim_start().len())
        }
        '_' if behind.starts_with("_ ") => Mark::Anonymous,
        '>' if behind.starts_with(">>") && is_apart(&behind[2..]) => Mark::Doctest,
        '|' if is_apart(behind) => Mark::LineBlock(text.len() - behind.trim_start().len()),
        '+' if is_grid_edge(text) => Mark::Grid,
        '=' if is_simple_edge(text) => Mark::Simple,
        ':' => field(text).map_or(Mark::Text, Mark::Field),
        _ => enumerator(text).map_or(Mark::Text, Mark::Item),
    }
}

fn is_apart(behind: &str) -> bool {
    behind.chars().next().is_none_or(char::is_whitespace)
}

/// The length of `:name:`, where white space or nothing is behind it.
pub fn field(text: &str) -> Option<usize> {
    let name = text.strip_prefix(':')?;
    if name.starts_with([' ', ':', '`']) {
        return None;
    }
    let mut end = 0;
    // `:a:b: value` has a name with a colon in it.
    while let Some(colon) = name[end..].find(':') {
        end += colon + 1;
        if name[..end].contains('`') {
            return None;
        }
        if is_apart(&name[end..]) && !name[..end].ends_with("\\:") {
            return Some(1 + end);
        }
    }
    None
}

/// The length of a list number with the white space behind it. Capital letters are labels and names rather.
pub fn enumerator(text: &str) -> Option<usize> {
    let opened = text.strip_prefix('(').unwrap_or(text);
    let digits = opened.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if digits.len() < opened.len() && opened.len() - digits.len() < 10 {
        digits
    } else if let Some(rest) = opened.strip_prefix('#') {
        rest
    } else {
        let letters = opened.trim_start_matches(['i', 'v', 'x']);
        if letters.len() < opened.len() { letters } else { opened.strip_prefix(|c: char| c.is_ascii_lowercase())? }
    };
    let behind = rest.strip_prefix(')').or_else(|| rest.strip_prefix('.').filter(|_| opened.len() == text.len()))?;
    is_apart(behind).then(|| text.len() - behind.trim_start().len())
}

fn is_grid_edge(text: &str) -> bool {
    text.len() > 3 && text.ends_with('+') && text.chars().all(|c| matches!(c, '+' | '-' | '='))
}

/// Whether a line is an edge of a simple table: two columns of `=` at least.
pub fn is_simple_edge(text: &str) -> bool {
    text.contains("= ") && text.chars().all(|c| matches!(c, '=' | ' '))
}

/// The character of which a line is made that may be above or below a title.
pub fn adornment(text: &str) -> Option<char> {
    let first = text.chars().next().filter(char::is_ascii_punctuation)?;
    text.chars().all(|c| c == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_known_by_their_marks() {
        for (text, expected) in [
            ("- a", Mark::Item(2)),
            ("*", Mark::Item(1)),
            ("*a*", Mark::Text),
            ("1. a", Mark::Item(3)),
            ("(iv) a", Mark::Item(5)),
            ("#.  a", Mark::Item(4)),
            ("a) b", Mark::Item(3)),
            ("(a. b", Mark::Text),
            ("A. Smith", Mark::Text),
            ("1.5 litres", Mark::Text),
            (":date: today", Mark::Field(6)),
            (":a:b: c", Mark::Field(5)),
            (":ref:`x`", Mark::Text),
            (":ref:`x`: y", Mark::Text),
            ("..", Mark::Explicit(2)),
            (".. note::", Mark::Explicit(3)),
            ("...", Mark::Text),
            ("__ x", Mark::Anonymous),
            (">>> 1", Mark::Doctest),
            ("| a", Mark::LineBlock(2)),
            ("|a|", Mark::Text),
            ("+---+--+", Mark::Grid),
            ("==  ===", Mark::Simple),
            ("=====", Mark::Text),
        ] {
            assert_eq!(mark(text), expected, "{text}");
        }
    }
}
