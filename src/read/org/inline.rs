//! Markup within a text: emphasis, links, footnotes, targets.

use crate::read::flow::inline::Token;
use std::ops::Range;

/// How far emphasis may reach, in bytes: a star that ends none is not looked for through a whole file.
const REACH: usize = 4 << 10;

/// The marks of emphasis.
const EMPHASIS: [char; 6] = ['*', '/', '_', '=', '~', '+'];

/// What `text` is made of.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut scan = Scan { text, tokens: Vec::new(), from: 0, ends: Vec::new(), barren: [0; EMPHASIS.len()] };
    scan.range(0..text.len());
    scan.tokens
}

struct Scan<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Where the text begins that has not been written.
    from: usize,
    /// Where emphasis ends that is open: the place of its last mark, and whether it is bold.
    ends: Vec<(usize, bool)>,
    /// For each mark of emphasis, up to where none ends any that begins further on: it is not looked for again.
    barren: [usize; EMPHASIS.len()],
}

impl Scan<'_> {
    fn flush(&mut self, to: usize) {
        if self.from < to {
            self.tokens.push(Token::Text(self.from..to));
        }
    }

    fn range(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(length) = self.text[at..].find(['*', '/', '_', '=', '~', '+', '[', '\\', '<']) {
            at += length;
            at = self.mark(at);
        }
        self.flush(self.text.len());
    }

    /// What the mark at hand means; returns where to go on.
    fn mark(&mut self, at: usize) -> usize {
        while let Some(&(end, bold)) = self.ends.last().filter(|(end, _)| *end <= at) {
            self.ends.pop();
            if end == at {
                self.flush(at);
                self.from = at + 1;
                if bold {
                    self.tokens.push(Token::Unbold);
                }
                return at + 1;
            }
        }
        match self.text.as_bytes().get(at) {
            Some(b'[') => self.bracket(at),
            Some(b'\\') if self.text[at..].starts_with("\\\\") => self.line_break(at),
            Some(b'<') if self.text[at..].starts_with("<<") => self.target(at),
            Some(b'\\' | b'<') | None => at + 1,
            Some(&mark) => self.emphasis(at, char::from(mark)),
        }
    }

    fn emphasis(&mut self, at: usize, mark: char) -> usize {
        let before = self.text[..at].chars().next_back();
        let may_begin = before
            .is_none_or(|c| c.is_whitespace() || matches!(c, '-' | '(' | '{' | '\'' | '"' | '*' | '/' | '_' | '+'));
        let inner = at + 1;
        let outer = self.ends.last().map_or(self.text.len(), |(end, _)| *end);
        let Some(end) = may_begin.then(|| self.end_of(mark, inner, outer)).flatten() else { return inner };
        self.flush(at);
        self.from = inner;
        if matches!(mark, '=' | '~') {
            self.flush(end);
            self.from = end + 1;
            return end + 1;
        }
        if mark == '*' {
            self.tokens.push(Token::Bold);
        }
        self.ends.push((end, mark == '*'));
        inner
    }

    /// Where emphasis that begins at `inner` ends.
    fn end_of(&mut self, mark: char, inner: usize, outer: usize) -> Option<usize> {
        let mut limit = outer.min(inner + REACH);
        while !self.text.is_char_boundary(limit) {
            limit -= 1;
        }
        if self.text[inner..limit].starts_with(|c: char| c.is_whitespace() || c == mark) {
            return None;
        }
        let kind = EMPHASIS.iter().position(|known| *known == mark)?;
        let from = self.barren[kind].max(inner);
        let ends = |at: &usize| {
            let behind = self.text[at + 1..].chars().next();
            self.text[..*at].chars().next_back().is_some_and(|c| !c.is_whitespace())
                && behind.is_none_or(|c| {
                    c.is_whitespace() || !c.is_alphanumeric() && !matches!(c, '<' | '=' | '~') || !c.is_ascii()
                })
        };
        let mut marks = self.text.get(from..limit).unwrap_or_default().match_indices(mark).map(|(at, _)| from + at);
        let end = marks.find(ends);
        if end.is_none() {
            self.barren[kind] = from.max(limit);
        }
        end
    }

    /// `[[address][text]]`, `[fn:1]`, `[2/3]`.
    fn bracket(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let head = beginning(rest);
        let head = head.split("\n\n").next().unwrap_or(head);
        if let Some(inner) = rest.strip_prefix("[[") {
            let Some(close) = find_within(inner, "]") else { return at + 2 };
            let behind = &inner[close..];
            if behind.starts_with("]]") {
                let address = &inner[..close];
                let skip = address.len() - address.strip_prefix(['*', '#']).unwrap_or(address).len();
                return self.take(at, at + 2 + skip..at + 2 + close, at + close + 4);
            }
            if let Some(text) = behind.strip_prefix("][")
                && let Some(end) = find_within(text, "]]")
            {
                let start = at + close + 4;
                return self.take(at, start..start + end, start + end + 2);
            }
            return at + 2;
        }
        if let Some(note) = head.strip_prefix("[fn:")
            && let Some(end) = note.find(']')
        {
            // A note that is defined where it is called has its text here.
            let text = note[..end].find(':').map_or(end, |colon| colon + 1);
            return self.take(at, at + 4 + text..at + 4 + end, at + 5 + end);
        }
        at + 1
    }

    fn take(&mut self, at: usize, inner: Range<usize>, end: usize) -> usize {
        self.flush(at);
        if !inner.is_empty() {
            self.tokens.push(Token::Text(inner));
        }
        self.from = end;
        end
    }

    fn line_break(&mut self, at: usize) -> usize {
        let behind = &self.text[at + 2..];
        let white = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let end = at + 2 + white;
        if self.text[end..].starts_with('\n') {
            self.flush(at);
            self.tokens.push(Token::Break(at..end + 1));
            self.from = end + 1;
            return end + 1;
        }
        at + 2
    }

    /// `<<target>>` is an anchor, `<<<text>>>` is text too.
    fn target(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let marks = rest.len() - rest.trim_start_matches('<').len();
        let inner = &rest[marks..];
        let close = find_within(inner, ">>").filter(|_| marks <= 3 && !inner.starts_with(' '));
        let Some(close) = close else { return at + marks };
        let start = at + marks;
        let text = if marks == 3 { start..start + close } else { start..start };
        let end = start + close;
        self.take(at, text, end + marks.min(self.text[end..].len() - self.text[end..].trim_start_matches('>').len()))
    }
}

/// Where `wanted` stands near the beginning of `text`.
fn find_within(text: &str, wanted: &str) -> Option<usize> {
    beginning(text).find(wanted)
}

/// As much of a text as markup may reach.
fn beginning(text: &str) -> &str {
    let mut limit = text.len().min(REACH);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    &text[..limit]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let part = |token| match token {
            Token::Text(range) => text[range].to_owned(),
            Token::Bold => "<".to_owned(),
            Token::Unbold => ">".to_owned(),
            Token::Break(_) => "\n".to_owned(),
            Token::Replaced(plain, _) => plain,
        };
        tokens(text).into_iter().map(part).collect()
    }

    #[test]
    fn markup_is_taken_out() {
        for (text, expected) in [
            ("*a /b/* =c *d*= ~e~ +f+ _g_", "<a b> c *d* e f g"),
            ("2 * 3 * 4, a/b/c, snake_case_name, x=y=z", "2 * 3 * 4, a/b/c, snake_case_name, x=y=z"),
            ("[[https://x.y][a text]] [[https://x.y]] [[*Head]] [[#id]] [x]", "a text https://x.y Head id [x]"),
            ("a[fn:1] b[fn:: inline] c[fn:n: named] [2/3]", "a b inline c named [2/3]"),
            ("a\\\\\nb <<t>>c <<<radio>>> 1 << 2 <2024-01-01>", "a\nb c radio 1 << 2 <2024-01-01>"),
            ("*not ended, [[no", "*not ended, [[no"),
            ("(*bold*), \"/it/\".", "(<bold>), \"it\"."),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn many_marks_take_linear_time() {
        for mark in
            ["*a ", "/a", " =a", "[[a", "[fn:", "\\\\", "<<", "<<a ", "[[a][", "*/_a", "[#A] ", "1. _x_", "*x*a "]
        {
            tokens(&mark.repeat(20_000));
        }
    }

    #[test]
    fn what_markup_may_reach_ends_between_characters() {
        for before in 0..4 {
            assert_eq!(plain(&format!("{}[{}", "x".repeat(before), "中".repeat(REACH))).len(), before + 1 + 3 * REACH);
        }
    }
}
