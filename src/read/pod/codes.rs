//! Formatting codes: `B<bold>`, `C<< a > b >>`, `L<text|address>`, `E<lt>`.

use crate::read::{flow::inline::Token, markdown::html::entity};

/// What `text` is made of.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut scan = Scan { text, tokens: Vec::new(), from: 0, open: Vec::new(), hidden: 0 };
    let mut at = 0;
    while let Some(length) = text[at..].find(['<', '>', '|']) {
        at += length;
        at = match text.as_bytes().get(at) {
            Some(b'<') => scan.begin(at),
            Some(b'>') => scan.end(at),
            _ => scan.bar(at),
        };
    }
    scan.flush(text.len());
    scan.tokens
}

/// A code that is open.
struct Code {
    letter: char,
    /// How many brackets it begins with and must end with.
    brackets: usize,
    /// Where its text begins.
    start: usize,
    /// Whether what is left of it is an address.
    address: bool,
}

struct Scan<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Where the text begins that has not been written.
    from: usize,
    open: Vec<Code>,
    /// How many of the open codes have no text.
    hidden: usize,
}

impl Scan<'_> {
    fn flush(&mut self, to: usize) {
        if self.from < to && self.hidden == 0 {
            self.tokens.push(Token::Text(self.from..to));
        }
        self.from = to.max(self.from);
    }

    /// A code begins at a bracket, if a capital letter is before it.
    fn begin(&mut self, at: usize) -> usize {
        let letter = self.text[..at].chars().next_back().filter(char::is_ascii_uppercase);
        let Some(letter) = letter.filter(|_| at > self.from) else { return at + 1 };
        let rest = &self.text[at..];
        let run = rest.len() - rest.trim_start_matches('<').len();
        let is_wide = run > 1 && rest[run..].starts_with(char::is_whitespace);
        let brackets = if is_wide { run } else { 1 };
        self.flush(at - 1);
        let behind = &rest[brackets..];
        let white = if is_wide { behind.len() - behind.trim_start().len() } else { 0 };
        let start = at + brackets + white;
        self.from = start;
        match letter {
            'X' | 'Z' | 'E' => self.hidden += 1,
            'B' => self.tokens.push(Token::Bold),
            _ => {}
        }
        self.open.push(Code { letter, brackets, start, address: false });
        start
    }

    /// The innermost code ends, if as many brackets are here.
    fn end(&mut self, at: usize) -> usize {
        let Some(code) = self.open.last() else { return at + 1 };
        let before = &self.text[..at];
        let rest = &self.text[at..];
        let run = rest.len() - rest.trim_start_matches('>').len();
        if code.brackets > 1 && (run < code.brackets || !before.ends_with(char::is_whitespace)) {
            return at + run;
        }
        let brackets = code.brackets;
        let stop = if brackets > 1 { before.trim_end().len().max(self.from) } else { at };
        let Some(code) = self.open.pop() else { return at + 1 };
        let (start, end) = (code.start, at + brackets);
        match code.letter {
            'L' if !code.address => self.link(start, stop),
            _ => self.flush(stop),
        }
        match code.letter {
            'X' | 'Z' | 'E' => self.hidden = self.hidden.saturating_sub(1),
            'B' => self.tokens.push(Token::Unbold),
            'L' if code.address => self.hidden = self.hidden.saturating_sub(1),
            _ => {}
        }
        if code.letter == 'E' && self.hidden == 0 {
            let name = &self.text[start..stop.max(start)];
            let plain = escape(name).unwrap_or_else(|| name.to_owned());
            self.tokens.push(Token::Replaced(plain, start - 1 - brackets.min(start - 1)..end));
        }
        self.from = end;
        end
    }

    /// Behind a bar in a link is its address.
    fn bar(&mut self, at: usize) -> usize {
        let is_link = self.open.last().is_some_and(|code| code.letter == 'L' && !code.address);
        if is_link {
            self.flush(at);
            self.hidden += 1;
            if let Some(code) = self.open.last_mut() {
                code.address = true;
            }
        }
        at + 1
    }

    /// A link without a text of its own: `"section"`, `/section` and `name/"section"` lose their marks.
    fn link(&mut self, start: usize, stop: usize) {
        if self.from > start {
            return self.flush(stop);
        }
        let target = &self.text[start..stop];
        let is_address = target.contains("://");
        let target = if is_address { target } else { target.strip_prefix('/').unwrap_or(target) };
        self.from = stop - target.len();
        if let Some(inner) = target.strip_prefix('"').and_then(|quoted| quoted.strip_suffix('"')) {
            self.from += 1;
            self.flush(self.from + inner.len());
        }
        self.flush(stop - usize::from(target.len() > 1 && target.starts_with('"') && target.ends_with('"')));
    }
}

/// The character of an escape by name or number.
fn escape(name: &str) -> Option<String> {
    let number = match name.strip_prefix("0x").or_else(|| name.strip_prefix('x')) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None if name.starts_with('0') => u32::from_str_radix(name, 8).ok(),
        None => name.parse().ok(),
    };
    match name {
        "verbar" => Some("|".to_owned()),
        "sol" => Some("/".to_owned()),
        "lchevron" => Some("«".to_owned()),
        "rchevron" => Some("»".to_owned()),
        _ => number.and_then(char::from_u32).map(String::from).or_else(|| {
            let decoded = entity(&format!("&{name};"))?;
            Some(decoded.0.clone())
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let part = |token| match token {
            Token::Text(range) => text[range].to_owned(),
            Token::Replaced(plain, range) => format!("{plain}{{{}}}", &text[range]),
            Token::Bold => "<".to_owned(),
            Token::Unbold => ">".to_owned(),
            Token::Break(_) => String::new(),
        };
        tokens(text).into_iter().map(part).collect()
    }

    #[test]
    fn codes_are_taken_out() {
        for (text, expected) in [
            ("I<a> B<b C<c>> d", "a <b c> d"),
            ("C<< a > b >> C<<< a >> b >>>", "a > b a >> b"),
            ("a E<lt> b E<eacute> E<181>", "a <{E<lt>} b é{E<eacute>} µ{E<181>}"),
            ("X<index entry>a Z<>b S<c d>", "a b c d"),
            (
                "L<text|http://x.y> L<perlop> L</\"sec\"> L<perlop/x> L<B<b>|x> L<http://x.y/z>",
                "text perlop sec perlop/x <b> http://x.y/z",
            ),
            ("a < b > c | d => $x->{y}", "a < b > c | d => $x->{y}"),
            ("C<$a <=E<gt> $b> B<never ended", "$a <=>{E<gt>} $b <never ended"),
            ("F<<a> x", "<a x"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn many_codes_take_linear_time() {
        for part in ["B<", "L<a|", "C<< ", ">", " >>", "E<lt", "X<B<a>", "L</\"a\"> "] {
            tokens(&part.repeat(200_000));
        }
    }
}
