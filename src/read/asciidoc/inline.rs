//! Markup within a text: emphasis, links, cross references, attributes.

use super::header::Attributes;
use crate::read::flow::inline::Token;
use std::ops::Range;

/// How far markup may reach, in bytes: a star that ends nothing is not looked for through a whole file.
const REACH: usize = 4 << 10;

/// The marks of emphasis.
const EMPHASIS: [&str; 5] = ["*", "_", "`", "#", "+"];

/// What may begin markup.
const MARKS: &[char] = &['*', '_', '`', '#', '+', '[', '{', '<', '(', ':', '\\', '"', '\''];

/// Macros whose text is what stands in their brackets.
const MACROS: &[&str] = &[
    "link",
    "xref",
    "mailto",
    "kbd",
    "btn",
    "menu",
    "footnote",
    "footnoteref",
    "pass",
    "stem",
    "latexmath",
    "asciimath",
    "image",
    "icon",
    "anchor",
    "indexterm",
    "indexterm2",
    "http",
    "https",
    "irc",
    "ftp",
];

/// What `text` is made of.
pub fn tokens(text: &str, attributes: &mut Attributes) -> Vec<Token> {
    let mut scan = Scan { text, attributes, tokens: Vec::new(), from: 0, ends: Vec::new(), barren: [0; 5] };
    let (mut at, mut mark) = (0, None);
    loop {
        let next = mark.filter(|&mark| mark >= at).unwrap_or_else(|| {
            let found = text[at..].find(MARKS);
            found.map_or(text.len(), |length| at + length)
        });
        mark = Some(next);
        if let Some(end) = scan.ends.pop_if(|(end, _)| end.start <= next) {
            at = scan.close(end).max(at);
        } else if next < text.len() {
            at = scan.mark(next);
        } else {
            break;
        }
    }
    scan.flush(text.len());
    scan.tokens
}

struct Scan<'a> {
    text: &'a str,
    attributes: &'a mut Attributes,
    tokens: Vec<Token>,
    /// Where the text begins that has not been written.
    from: usize,
    /// What is open: where its end begins and ends, and whether it is bold.
    ends: Vec<(Range<usize>, bool)>,
    /// For each mark of emphasis, up to where none ends any that begins further on: it is not looked for again.
    barren: [usize; EMPHASIS.len()],
}

impl Scan<'_> {
    fn flush(&mut self, to: usize) {
        if self.from < to {
            self.tokens.push(Token::Text(self.from..to));
        }
        self.from = self.from.max(to);
    }

    /// Leaves out what stands from `at` to `end`.
    fn skip(&mut self, at: usize, end: usize) -> usize {
        self.flush(at);
        self.from = self.from.max(end);
        end.max(at + 1)
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// `wanted` within reach of `from`.
    fn find(&self, from: usize, wanted: &str) -> Option<usize> {
        self.text[from..self.reach(from)].find(wanted).map(|at| from + at)
    }

    /// How far what begins at `from` may reach.
    fn reach(&self, from: usize) -> usize {
        let outer = self.ends.last().map_or(self.text.len(), |(end, _)| end.start);
        let mut limit = outer.min(from + REACH).max(from);
        while !self.text.is_char_boundary(limit) {
            limit -= 1;
        }
        limit.max(from)
    }

    /// Ends what was open; returns where to go on.
    fn close(&mut self, (end, bold): (Range<usize>, bool)) -> usize {
        if end.start >= self.from {
            self.flush(end.start);
            self.from = end.end;
        }
        if bold {
            self.tokens.push(Token::Unbold);
        }
        end.end
    }

    /// What the mark at hand means; returns where to go on.
    fn mark(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        match rest.as_bytes().first() {
            Some(b'\\') => self.escape(at),
            Some(b'+') if rest.starts_with("+\n") && self.text[..at].ends_with(' ') => {
                self.flush(at);
                self.tokens.push(Token::Break(at..at + 2));
                self.from = at + 2;
                at + 2
            }
            Some(b'{') => self.reference(at),
            Some(b'<') => self.cross_reference(at),
            Some(b'[') => self.bracket(at),
            Some(b'(') => self.index_term(at),
            Some(b':') => self.macro_at(at),
            Some(b'"' | b'\'') => self.quote(at),
            Some(b'*' | b'_' | b'`' | b'#' | b'+') => self.emphasis(at),
            _ => at + 1,
        }
    }

    /// A backslash before a mark makes it text.
    fn escape(&mut self, at: usize) -> usize {
        let behind = &self.text[at + 1..];
        let Some(mark) = behind.chars().next().filter(|c| "*_`#+[{<(:h\\m'".contains(*c)) else { return at + 1 };
        self.skip(at, at + 1);
        let marks = behind.len() - behind.trim_start_matches(mark).len();
        at + 1 + marks.max(1)
    }

    /// `{name}` is the value of an attribute, where that is known.
    fn reference(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        let length =
            rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
        if length == 0 || length > 100 || !rest[length..].starts_with('}') {
            return at + 1;
        }
        let end = at + length + 2;
        if let Some(value) = self.attributes.get(&rest[..length]) {
            self.flush(at);
            self.tokens.push(Token::Replaced(value, at..end));
            self.from = end;
        }
        end
    }

    /// `<<id,text>>`.
    fn cross_reference(&mut self, at: usize) -> usize {
        if !self.text[at..].starts_with("<<") {
            return at + 1;
        }
        let Some(close) = self.find(at + 2, ">>").filter(|&close| close > at + 2) else { return at + 2 };
        let inner = &self.text[at + 2..close];
        if inner.starts_with([' ', '<']) {
            return at + 2;
        }
        let skip = inner.find(',').map_or_else(
            || inner.len() - inner.trim_start_matches('#').len(),
            |comma| inner.len() - inner[comma + 1..].trim_start().len(),
        );
        self.skip(at, at + 2 + skip);
        self.flush(close);
        self.from = close + 2;
        close + 2
    }

    /// `[[anchor]]` and the attributes of what is set off have no text.
    fn bracket(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("[[") {
            return match self.find(at + 2, "]]").filter(|&close| is_id(&self.text[at + 2..close])) {
                Some(close) => self.skip(at, close + 2),
                None => at + 2,
            };
        }
        let close = rest.bytes().take(80).position(|byte| byte == b']');
        match close.filter(|&close| rest[close + 1..].starts_with(['#', '*', '_', '`'])) {
            Some(close) if rest[1..].starts_with(['.', '#']) => self.skip(at, at + close + 1),
            _ => at + 1,
        }
    }

    /// `((term))` is text, `(((term)))` is for the index alone.
    fn index_term(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("(((") {
            return self.find(at + 3, ")))").map_or(at + 3, |close| self.skip(at, close + 3));
        }
        if !rest.starts_with("((") {
            return at + 1;
        }
        let Some(close) = self.find(at + 2, "))") else { return at + 2 };
        self.skip(at, at + 2);
        self.ends.push((close..close + 2, false));
        at + 2
    }

    /// `` "`quoted`" `` is quoted.
    fn quote(&mut self, at: usize) -> usize {
        let mark = &self.text[at..=at];
        if !self.text[at + 1..].starts_with('`') {
            return at + 1;
        }
        let Some(close) = self.find(at + 2, if mark == "\"" { "`\"" } else { "`'" }) else { return at + 2 };
        self.skip(at + 1, at + 2);
        self.ends.push((close..close + 1, false));
        at + 2
    }

    /// A macro or an address: the word before the colon, and the brackets behind it.
    fn macro_at(&mut self, at: usize) -> usize {
        let before = &self.text[self.from.min(at)..at];
        let name = MACROS.iter().filter(|name| before.ends_with(**name)).max_by_key(|name| name.len());
        let Some(name) = name else { return at + 1 };
        let begin = at - name.len();
        let is_word = self.before(begin).is_none_or(|c| !c.is_alphanumeric() && c != '_');
        if !is_word || self.text[at + 1..].starts_with(':') {
            return at + 1;
        }
        let rest = &self.text[at + 1..];
        let is_address = rest.starts_with("//");
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '[' | '<' | '>')).unwrap_or(rest.len());
        let open = at + 1 + length;
        if !self.text[open..].starts_with('[') || (is_address && !matches!(*name, "http" | "https" | "irc" | "ftp")) {
            return if is_address { open.max(at + 1) } else { at + 1 };
        }
        let Some(close) = self.find(open + 1, "]") else { return open + 1 };
        self.flush(begin);
        let text = self.text_of(name, at + 1..open, open + 1..close);
        if matches!(*name, "pass" | "stem" | "latexmath" | "asciimath" | "kbd") || text.end <= open {
            self.tokens.push(Token::Text(text));
            self.from = close + 1;
            return close + 1;
        }
        self.from = text.start;
        self.ends.push((text.end..close + 1, false));
        text.start.max(at + 1)
    }

    /// The text of a macro: in its brackets, or its target.
    fn text_of(&self, name: &str, target: Range<usize>, inner: Range<usize>) -> Range<usize> {
        let text = &self.text[inner.clone()];
        if matches!(name, "anchor" | "indexterm" | "icon") {
            return inner.start..inner.start;
        }
        let start = inner.start + usize::from(text.starts_with('"'));
        let stops = match name {
            _ if text.starts_with('"') => text[1..].find('"').map(|at| at + 1),
            "footnote" | "pass" | "kbd" | "btn" | "menu" | "footnoteref" => None,
            "image" | "mailto" => text.find(','),
            _ if text.contains('=') => text.find(',').or(Some(0)),
            _ => None,
        };
        let end = stops.map_or(inner.end, |at| inner.start + at);
        let end = if text.ends_with('^') && end == inner.end { end - 1 } else { end };
        if end > start || name == "image" {
            return start..end.max(start);
        }
        let address = matches!(name, "http" | "https" | "irc" | "ftp");
        let begin = if address { target.start - 1 - name.len() } else { target.start };
        begin..target.end
    }

    fn emphasis(&mut self, at: usize) -> usize {
        let mark = &self.text[at..=at];
        let double = self.text[at + 1..].starts_with(mark);
        let run = self.text[at..].len() - self.text[at..].trim_start_matches(mark).len();
        let (length, end) = if double && run == 2 { (2, self.unconstrained(at, mark)) } else { (1, None) };
        let end = if end.is_none() && run == 1 { self.constrained(at, mark) } else { end };
        let Some(end) = end else { return at + run };
        self.skip(at, at + length);
        if matches!(mark, "+") {
            self.flush(end);
            self.from = end + length;
            return end + length;
        }
        if mark == "*" {
            self.tokens.push(Token::Bold);
        }
        self.ends.push((end..end + length, mark == "*"));
        at + length
    }

    fn unconstrained(&self, at: usize, mark: &str) -> Option<usize> {
        self.find(at + 2, &mark.repeat(2)).filter(|&end| end > at + 2)
    }

    /// Where emphasis ends that stands around whole words.
    fn constrained(&mut self, at: usize, mark: &str) -> Option<usize> {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let may_begin = self
            .before(at)
            .is_none_or(|c| !is_word(c) && !matches!(c, ';' | ':' | '}') || c == mark.chars().next().unwrap_or(' '));
        if !may_begin || self.text[at + 1..].starts_with(char::is_whitespace) {
            return None;
        }
        let kind = EMPHASIS.iter().position(|known| *known == mark)?;
        let mut from = self.barren[kind].max(at + 1);
        while let Some(end) = self.find(from, mark).filter(|end| end - at < REACH) {
            let inside = self.before(end).is_some_and(|c| !c.is_whitespace());
            let behind = self.text[end + 1..].chars().next().is_none_or(|c| !is_word(c));
            if end > at + 1 && inside && behind {
                return Some(end);
            }
            from = end + 1;
        }
        self.barren[kind] = from.max(self.reach(at));
        None
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.' | ',' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let mut attributes = Attributes::default();
        attributes.set("name", "Faq", None);
        let part = |token| match token {
            Token::Text(range) => text[range].to_owned(),
            Token::Replaced(plain, _) => plain,
            Token::Bold => "<".to_owned(),
            Token::Unbold => ">".to_owned(),
            Token::Break(_) => "\n".to_owned(),
        };
        tokens(text, &mut attributes).into_iter().map(part).collect()
    }

    #[test]
    fn markup_is_taken_out() {
        for (text, expected) in [
            ("*a* _b_ `c *d*` #e# +f*+ **g**h __i__j", "<a> b c <d> e f* <g>h ij"),
            ("2 * 3 * 4, snake_case_name, a*b*c", "2 * 3 * 4, snake_case_name, a*b*c"),
            (
                "https://x.y/z[the *text*^] https://x.y/z and link:a/b.html[more, window=_blank] https://x.y[]",
                "the <text> https://x.y/z and more https://x.y",
            ),
            ("xref:a.adoc#b[text] <<id,some text>> <<id>> xref:id[]", "text some text id id"),
            ("{name} {cpp} {unknown} \\{name} \\*a*", "Faq C++ {unknown} {name} *a*"),
            ("[[id]]a ((term)) (((no,t))) [.role]#b# \"`q`\" footnote:[A note.]", "a term  b \"q\" A note."),
            ("image:x.png[An image,10] kbd:[Ctrl+C] a +\nb", "An image Ctrl+C a \nb"),
            ("f(x) a:b 12:30 std::x <a> x << 2", "f(x) a:b 12:30 std::x <a> x << 2"),
            ("*not ended and `x", "*not ended and `x"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn many_marks_take_linear_time() {
        for mark in [
            "*a ", " *a", "**", "`", "http://a", "link:a[", "<<a", "[[", "((", "(((", "{a", "\"`", "[.a]#", "+\n",
            "`x`a\n", "_x_a ",
        ] {
            plain(&mark.repeat(20_000));
        }
    }
}
