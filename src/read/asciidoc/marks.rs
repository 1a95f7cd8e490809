//! The marks by which a line of `AsciiDoc` tells what it begins.

/// What a line that encloses a block encloses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fence {
    /// Code.
    Code,
    /// Something for the output alone.
    Pass,
    /// A comment.
    Comment,
    /// Any other blocks.
    Open,
    /// A table.
    Table,
}

/// The kind of block that a line encloses.
pub fn fence(line: &str) -> Option<Fence> {
    let all = |mark: char| line.len() >= 4 && line.chars().all(|c| c == mark);
    if line == "--" || all('=') || all('*') || all('_') {
        return Some(Fence::Open);
    }
    match line {
        _ if all('-') || all('.') || line.starts_with("```") => Some(Fence::Code),
        _ if all('+') => Some(Fence::Pass),
        _ if all('/') => Some(Fence::Comment),
        "|===" | ",===" | ":===" | "!===" => Some(Fence::Table),
        _ if line.strip_prefix('|').is_some_and(|rest| rest.len() > 3 && rest.chars().all(|c| c == '=')) => {
            Some(Fence::Table)
        }
        _ => None,
    }
}

/// The level of a section's title, and the length of its marks.
pub fn section(line: &str) -> Option<(usize, usize)> {
    let mark = line.chars().next().filter(|c| matches!(c, '=' | '#'))?;
    let behind = line.trim_start_matches(mark);
    let level = line.len() - behind.len();
    let title = behind.trim_start();
    (level <= 6 && title.len() < behind.len() && !title.is_empty()).then(|| (level, line.len() - title.len()))
}

/// The level of the title above a line of marks, as older documents have it.
pub fn underlined(title: &str, below: &str) -> Option<usize> {
    let mark = below.chars().next()?;
    let level = 1 + ['=', '-', '~', '^', '+'].iter().position(|known| *known == mark)?;
    let (wanted, length) = (title.chars().count(), below.len());
    let fits = length > 2 && wanted.abs_diff(length) <= 2 && below.chars().all(|c| c == mark);
    (fits && title.contains(char::is_alphanumeric) && !title.starts_with(['[', '|', ':'])).then_some(level)
}

/// The mark of a list item, with which its fellows begin, and its length with the white space behind it.
pub fn item(text: &str) -> Option<(&str, usize)> {
    let first = text.chars().next()?;
    let (mark, behind) = match first {
        '*' | '.' => {
            let behind = text.trim_start_matches(first);
            (&text[..text.len() - behind.len()], behind)
        }
        '-' | '•' => (first_of(text), &text[first.len_utf8()..]),
        '0'..='9' => ("1.", text.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('.')?),
        '<' => {
            let inner = text[1..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            ("<1>", inner.strip_prefix('>').filter(|_| inner.len() + 1 < text.len())?)
        }
        'a'..='z' => ("a.", text[1..].strip_prefix('.')?),
        _ => return None,
    };
    let content = behind.trim_start();
    (content.len() < behind.len() && !content.is_empty() && mark.len() <= 6).then(|| (mark, text.len() - content.len()))
}

fn first_of(text: &str) -> &str {
    &text[..text.chars().next().map_or(0, char::len_utf8)]
}

/// The mark behind the term of a labelled list, the end of the term, and where its text begins.
pub fn term(text: &str) -> Option<(&str, usize, usize)> {
    if text.starts_with("//") || text.starts_with('[') {
        return None;
    }
    let mut from = 0;
    while let Some(found) = text[from..].find([':', ';']) {
        let at = from + found;
        let kind = &text[at..=at];
        let behind = text[at..].trim_start_matches(kind);
        let length = text.len() - at - behind.len();
        let is_mark = if kind == ":" { (2..=4).contains(&length) } else { length == 2 };
        let is_apart = behind.is_empty() || behind.starts_with([' ', '\t']);
        if is_mark && is_apart && at > 0 {
            return Some((&text[at..at + length], at, text.len() - behind.trim_start().len()));
        }
        from = at + length;
    }
    None
}

/// The name of a macro that is a block: `image::x.png[]`.
pub fn block_macro(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once("::")?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    (is_name && !rest.starts_with([' ', ':']) && rest.ends_with(']') && rest.contains('[')).then_some(name)
}

/// The name and value of an attribute that a line sets.
pub fn attribute(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '!'));
    (is_name && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (name, value.trim()))
}

/// What a line of attributes in brackets says about the block below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The anchor.
    pub id: Option<String>,
    /// The style: `source`, `qanda`, `NOTE`.
    pub style: Option<String>,
}

impl Given {
    /// Adds what another line says.
    pub fn add(&mut self, line: &str) {
        if let Some(anchor) = line.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
            self.id = anchor.split(',').next().map(str::to_owned);
            return;
        }
        let inner = line.trim_start_matches('[').trim_end_matches(']');
        let first = inner.split(',').next().unwrap_or_default().trim();
        if let Some((_, id)) = first.split_once('#') {
            let end = id.find(['.', '%', '#']).unwrap_or(id.len());
            self.id = Some(id[..end].to_owned());
        }
        if let Some((_, id)) = inner.split_once("id=") {
            let end = id.find(',').unwrap_or(id.len());
            self.id = Some(id[..end].trim_matches('"').to_owned());
        }
        let style = first.split(['#', '.', '%', '=']).next().unwrap_or_default();
        if !style.is_empty() && !first.contains('=') {
            self.style = Some(style.to_ascii_lowercase());
        }
    }
}

/// Whether a line gives attributes of the block below it.
pub fn is_given(line: &str) -> bool {
    let Some(inner) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    let mark = |c: char| c.is_alphanumeric() || matches!(c, '#' | '.' | '%' | '[' | ',' | '"' | '_' | ':' | '\'' | '{');
    inner.is_empty() || (inner.starts_with(mark) && (!inner.contains(['[', ']']) || inner.starts_with('[')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_known_by_their_marks() {
        assert_eq!(section("== A b"), Some((2, 3)));
        assert_eq!(section("==A"), None);
        assert_eq!(underlined("A title", "-------"), Some(2));
        assert_eq!(underlined("A", "----"), None);
        assert_eq!(item("** a"), Some(("**", 3)));
        assert_eq!(item("1. a"), Some(("1.", 3)));
        assert_eq!(item("<1> a"), Some(("<1>", 4)));
        assert_eq!(item("*a*"), None);
        assert_eq!(item(".Title"), None);
        assert_eq!(term("What is it?:: This"), Some(("::", 11, 14)));
        assert_eq!(term("a:b;; c"), Some((";;", 3, 6)));
        assert_eq!(term("Is it a std::string?::"), Some(("::", 20, 22)));
        assert_eq!(term("image::x.png[]"), None);
        assert_eq!(block_macro("image::x.png[a b]"), Some("image"));
        assert_eq!(attribute(":a-b: c d"), Some(("a-b", "c d")));
        assert_eq!(attribute("::: c"), None);
        assert!(is_given("[[x]]") && is_given("[source,ruby]") && is_given("[#id.role]") && !is_given("[ ] [x]"));
        let mut given = Given::default();
        given.add("[qanda#faq.role]");
        assert_eq!((given.style.as_deref(), given.id.as_deref()), (Some("qanda"), Some("faq")));
    }
}
