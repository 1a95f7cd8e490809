//! How each format writes a text so that it is read as it is.

use crate::harness::Numbers;
use std::fmt::Write as _;

/// As it is.
pub fn plain(_: &mut Numbers, text: &str) -> String {
    text.to_owned()
}

/// A string of JSON: with few escapes, with many, or with nothing else.
pub fn json(numbers: &mut Numbers, text: &str) -> String {
    let often = [0, 0, 3, 100][numbers.below(4)];
    let mut literal = String::from("\"");
    for letter in text.chars() {
        match letter {
            _ if numbers.below(100) < often => unicode(&mut literal, letter),
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            '/' if often > 0 => literal.push_str("\\/"),
            '\0'..' ' => unicode(&mut literal, letter),
            other => literal.push(other),
        }
    }
    literal + "\""
}

fn unicode(literal: &mut String, letter: char) {
    for unit in letter.encode_utf16(&mut [0; 2]) {
        write!(literal, "\\u{unit:04x}").unwrap();
    }
}

/// JSON in a script of HTML: there is no `<` in it.
pub fn json_in_html(numbers: &mut Numbers, text: &str) -> String {
    json(numbers, text).replace('<', "\\u003c")
}

/// Text of HTML, some of it as entities.
pub fn html(numbers: &mut Numbers, text: &str) -> String {
    let mut written = String::new();
    for letter in text.chars() {
        match letter {
            '&' => written.push_str(["&amp;", "&#38;", "&#x26;"][numbers.below(3)]),
            '<' => written.push_str(["&lt;", "&#60;"][numbers.below(2)]),
            '>' => written.push_str("&gt;"),
            'é' => written.push_str(["é", "&eacute;"][numbers.below(2)]),
            '"' => written.push_str(["\"", "&quot;"][numbers.below(2)]),
            other if !other.is_whitespace() && !other.is_control() && numbers.below(40) == 0 => {
                write!(written, "&#x{:X};", u32::from(other)).unwrap();
            }
            other => written.push(other),
        }
    }
    written
}

/// HTML that everybody takes for it.
pub fn paragraphs(numbers: &mut Numbers, text: &str) -> String {
    let written = html(numbers, text);
    match numbers.below(3) {
        0 => format!("<p>{written}</p>"),
        1 => format!("<div class='x'><p>{written}<br></div>"),
        _ => format!("{written}<br/>"),
    }
}

/// A paragraph of Markdown.
pub fn markdown(numbers: &mut Numbers, text: &str) -> String {
    let mut written = String::new();
    for letter in text.chars() {
        match letter {
            _ if letter.is_ascii_punctuation() && numbers.below(8) == 0 => {
                write!(written, "&#{};", u32::from(letter)).unwrap();
            }
            _ if letter.is_ascii_punctuation() => {
                written.push('\\');
                written.push(letter);
            }
            other => written.push(other),
        }
    }
    written
}

/// A paragraph of Markdown that everybody takes for it.
pub fn bold(numbers: &mut Numbers, text: &str) -> String {
    let (first, rest) = text.split_once(' ').unwrap();
    format!("**{first}** {}", markdown(numbers, rest))
}

/// Text of reStructuredText.
pub fn rst(_: &mut Numbers, text: &str) -> String {
    let mut written = String::new();
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            written.push('\\');
        }
        written.push(letter);
    }
    written
}

/// Text of POD.
pub fn pod(numbers: &mut Numbers, text: &str) -> String {
    let mut written = String::new();
    for letter in text.chars() {
        match letter {
            '<' => written.push_str("E<lt>"),
            '>' => written.push_str("E<gt>"),
            '|' => written.push_str("E<verbar>"),
            'é' => written.push_str(["é", "E<eacute>"][numbers.below(2)]),
            other => written.push(other),
        }
    }
    written
}

/// A cell in quotes.
pub fn cell(_: &mut Numbers, text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A cell in quotes only where it needs them, whatever the delimiter.
pub fn bare_cell(numbers: &mut Numbers, text: &str) -> String {
    if text.contains(['"', ',', ';', '\t', '|', '\n', '\r']) { cell(numbers, text) } else { text.to_owned() }
}

/// A cell of `QnA Maker`, in which a row is one line.
pub fn line_cell(numbers: &mut Numbers, text: &str) -> String {
    cell(numbers, &text.replace('\n', "\\n"))
}

/// A scalar of YAML in double quotes.
pub fn yaml_double(numbers: &mut Numbers, text: &str) -> String {
    let mut literal = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            '\0' => literal.push_str("\\0"),
            '\u{1b}' => literal.push_str("\\e"),
            '\u{a0}' => literal.push_str(["\\_", "\u{a0}"][numbers.below(2)]),
            '\u{2028}' => literal.push_str("\\L"),
            'é' => literal.push_str(["é", "\\xe9", "\\u00e9", "\\U000000E9"][numbers.below(4)]),
            other if other.is_control() || other == '\u{feff}' => {
                write!(literal, "\\u{:04x}", u32::from(other)).unwrap();
            }
            other => literal.push(other),
        }
    }
    literal + "\""
}

/// A scalar of YAML in single quotes.
pub fn yaml_single(_: &mut Numbers, text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The lines of a literal block of YAML, indented by six.
pub fn yaml_literal(_: &mut Numbers, text: &str) -> String {
    let lines = text.trim().lines().map(|line| if line.is_empty() { line.to_owned() } else { format!("      {line}") });
    format!("|-\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// The line of a folded block of YAML, indented by six.
pub fn yaml_folded(_: &mut Numbers, text: &str) -> String {
    format!(">-\n      {}", text.trim())
}
