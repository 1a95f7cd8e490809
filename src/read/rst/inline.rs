//! Markup within a text: emphasis, literals, roles, references, substitutions.

use crate::read::flow::inline::Token;
use std::ops::Range;

/// A name that is referred to is no longer than this, in characters.
const LONGEST_NAME: usize = 200;

/// What `text` is made of.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut scan = Scan { text, tokens: Vec::new(), from: 0, at: 0, dead: Vec::new() };
    while let Some(length) = scan.text[scan.at..].find(['\\', '*', '`', '|', '_', '[', ':']) {
        scan.at += length;
        scan.mark();
    }
    scan.flush(text.len());
    scan.tokens
}

struct Scan<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Where the text begins that has not been written.
    from: usize,
    at: usize,
    /// Delimiters that end nothing any more: they are not looked for again.
    dead: Vec<&'static str>,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn flush(&mut self, to: usize) {
        if self.from < to {
            self.tokens.push(Token::Text(self.from..to));
        }
    }

    /// Writes `inner` and goes on behind `end`.
    fn take(&mut self, inner: Range<usize>, end: usize) {
        self.flush(self.at);
        if !inner.is_empty() {
            self.tokens.push(Token::Text(inner));
        }
        (self.from, self.at) = (end, end);
    }

    /// What the character at hand begins, or nothing.
    fn mark(&mut self) {
        let (rest, at) = (self.rest(), self.at);
        let length = rest.chars().next().map_or(1, char::len_utf8);
        let found = match rest.as_bytes().first() {
            Some(b'\\') => return self.escape(),
            Some(b'`') if rest.starts_with("``") => self.span("``", "``", false),
            Some(b'`') => self.interpreted(at),
            Some(b'*') if rest.starts_with("**") => self.span("**", "**", true),
            Some(b'*') => self.span("*", "*", true),
            Some(b'|') => self.span("|", "|", true),
            Some(b'[') => self.footnote(),
            Some(b':') => self.role(),
            _ => self.underscore(),
        };
        if !found {
            self.at = at + length;
        }
    }

    /// `\*` is a star, and an escaped space is nothing.
    fn escape(&mut self) {
        let next = self.rest().chars().nth(1);
        let length = 1 + next.map_or(0, char::len_utf8);
        let begin = match next {
            Some(c) if c.is_whitespace() => self.at + length,
            Some(_) => self.at + 1,
            None => self.at,
        };
        self.flush(self.at);
        (self.from, self.at) = (begin, self.at + length);
    }

    /// Whether what begins with a delimiter of this length may begin here.
    fn may_begin(&self, length: usize) -> bool {
        let opened = self.before();
        let next = self.text[self.at + length..].chars().next();
        let pair = [('"', '"'), ('\'', '\''), ('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];
        opened.is_none_or(|c| c.is_whitespace() || !c.is_alphanumeric() && !matches!(c, '\\' | '`' | '*' | '_'))
            && next.is_some_and(|c| !c.is_whitespace() && !pair.contains(&(opened.unwrap_or(' '), c)))
    }

    /// Where the `end` of what begins at `from` stands.
    fn end_of(&mut self, end: &'static str, from: usize, escapes: bool) -> Option<usize> {
        if self.dead.contains(&end) {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(found) = self.text[at..].find(end) {
            let place = at + found;
            let before = self.text[..place].chars().next_back();
            let behind = self.text[place + end.len()..].chars().next();
            let is_literal = escapes && place > 0 && bytes.get(place - 1) == Some(&b'\\');
            let ends = behind.is_none_or(|c| !c.is_alphanumeric()) || end == "`";
            if place > from && !is_literal && before.is_some_and(|c| !c.is_whitespace()) && ends {
                return Some(place);
            }
            at = place + 1;
        }
        self.dead.push(end);
        None
    }

    fn span(&mut self, begin: &'static str, end: &'static str, escapes: bool) -> bool {
        let inner = self.at + begin.len();
        if !self.may_begin(begin.len()) {
            self.at = inner;
            return true;
        }
        let Some(close) = self.end_of(end, inner, escapes) else { return false };
        let is_bold = begin == "**";
        self.flush(self.at);
        if is_bold {
            self.tokens.push(Token::Bold);
        }
        self.inner(inner..close, escapes);
        if is_bold {
            self.tokens.push(Token::Unbold);
        }
        self.at = close + end.len();
        if begin == "|" {
            self.at = self.text.len() - self.rest().trim_start_matches('_').len();
        }
        self.from = self.at;
        true
    }

    /// Text in which only backslashes mean something.
    fn inner(&mut self, range: Range<usize>, escapes: bool) {
        let mut at = range.start;
        while escapes && let Some(length) = self.text[at..range.end].find('\\') {
            self.tokens.push(Token::Text(at..at + length));
            at += length + 1;
        }
        self.tokens.push(Token::Text(at..range.end));
    }

    /// `:role:` before a text in backquotes.
    fn role(&mut self) -> bool {
        let name = self.rest()[1..]
            .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | ':'));
        let end = self.text.len() - name.len();
        let is_role = name.starts_with('`') && self.text[..end].ends_with(':') && end > self.at + 2;
        if !is_role {
            // Nothing in the name begins a role either.
            self.at = end.max(self.at + 1);
            return true;
        }
        let begin = self.at;
        self.at = end;
        if !self.quoted(begin, end) {
            self.at = end;
        }
        true
    }

    fn interpreted(&mut self, begin: usize) -> bool {
        self.may_begin(1) && self.quoted(begin, self.at)
    }

    /// A text in backquotes at `quote`; what belongs to it begins at `begin`.
    fn quoted(&mut self, begin: usize, quote: usize) -> bool {
        let Some(close) = self.end_of("`", quote + 1, true) else { return false };
        let inner = &self.text[quote + 1..close];
        let range = match inner.strip_suffix('>').and_then(|inner| inner.rfind('<')) {
            Some(0) => quote + 2..close - 1,
            Some(target) => quote + 1..quote + 1 + inner[..target].trim_end().len(),
            None if begin < quote => shortened(inner, quote + 1),
            None => quote + 1..close,
        };
        self.flush(begin);
        self.inner(range, true);
        let behind = &self.text[close + 1..];
        let mut end = self.text.len() - behind.trim_start_matches('_').len();
        if begin == quote
            && let Some(role) = trailing_role(behind)
        {
            end = close + 1 + role;
        }
        (self.from, self.at) = (end, end);
        true
    }

    /// `[1]_` is left out, `[Name]_` is the name.
    fn footnote(&mut self) -> bool {
        let rest = self.rest();
        let name = rest[1..].trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '#' | '*'));
        let close = rest.len() - name.len();
        if close < 2 || !name.starts_with("]_") {
            return false;
        }
        let label = &rest[1..close];
        let is_name = label.starts_with(char::is_alphabetic);
        let end = self.at + close + 2;
        let label = if is_name { self.at..self.at + close + 1 } else { self.at..self.at };
        self.take(label, end);
        true
    }

    /// Whether a name that can be referred to ends here: `__init__` is none.
    fn is_behind_a_name(&self) -> bool {
        let mut before = self.text[..self.at].chars().rev().take(LONGEST_NAME).peekable();
        let is_word = before.peek().is_some_and(|c| c.is_alphanumeric());
        let in_name = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '.' | '+' | '_');
        let mut first = ' ';
        for c in before.take_while(in_name) {
            first = c;
        }
        is_word && first != '_'
    }

    /// A reference such as `name_`, or a target, which begins so before its text in backquotes.
    fn underscore(&mut self) -> bool {
        let rest = self.rest();
        let marks = rest.len() - rest.trim_start_matches('_').len();
        let before = self.before();
        let behind = rest[marks..].chars().next();
        if marks == 1 && behind == Some('`') && before.is_none_or(|c| !c.is_alphanumeric()) {
            let begin = self.at;
            self.at += 1;
            return self.quoted(begin, begin + 1);
        }
        let ends_word = behind.is_none_or(|c| !c.is_alphanumeric() && c != '`');
        if marks <= 2 && self.is_behind_a_name() && ends_word {
            self.take(self.at..self.at, self.at + marks);
        } else {
            self.at += marks;
        }
        true
    }
}

/// `~package.name` is shown as `name`, and `!name` is no link.
fn shortened(inner: &str, at: usize) -> Range<usize> {
    let end = at + inner.len();
    match inner.strip_prefix('~') {
        Some(path) => end - path.rsplit('.').next().unwrap_or(path).len()..end,
        None => end - inner.strip_prefix('!').unwrap_or(inner).len()..end,
    }
}

/// The length of the role that stands behind its text.
fn trailing_role(behind: &str) -> Option<usize> {
    let name = behind.strip_prefix(':')?;
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    (rest.len() < name.len() && rest.starts_with(':')).then(|| behind.len() - rest.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let part = |token| match token {
            Token::Text(range) => text[range].to_owned(),
            Token::Bold => "<".to_owned(),
            Token::Unbold => ">".to_owned(),
            _ => String::new(),
        };
        tokens(text).into_iter().map(part).collect()
    }

    #[test]
    fn markup_is_taken_out() {
        for (text, expected) in [
            ("*a* **b** ``c *d*`` e", "a <b> c *d* e"),
            ("2 * 3 * 4, (*) and '*', f(*args, **kw)", "2 * 3 * 4, (*) and '*', f(*args, **kw)"),
            ("`text <https://x.y>`_, `<https://x.y>`_ and `name`_", "text, https://x.y and name"),
            (":ref:`text <label>` :ref:`label` :py:class:`~a.b.C`s :func:`!f`", "text label Cs f"),
            ("`x`:sub: and :pep:`8`", "x and 8"),
            (
                "see name_ and name__ but snake_case and __init__ and x_",
                "see name and name but snake_case and __init__ and x",
            ),
            ("|version| |a b|_ a | b", "version a b a | b"),
            ("a [1]_ b [#n]_ c [CIT]_ d [x]", "a  b  c [CIT] d [x]"),
            ("a\\*b\\* re\\ ``x``\\s \\\\", "a*b* rexs \\"),
            ("_`here` it is, **not ended", "here it is, **not ended"),
            ("12:30: a `b", "12:30: a `b"),
            ("\\", "\\"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn many_marks_take_linear_time() {
        for mark in ["*a ", "**a ", "`a ", ":a:`b ", "|a ", "_`", "[a", "[1]_", "\\", ":", "_", "``a "] {
            tokens(&mark.repeat(200_000));
        }
    }
}
