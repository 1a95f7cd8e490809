//! The table that says which letters the codes of a font are.

/// A part of such a table, as far as it is of use.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    /// `<0041>`
    Hex(Vec<u16>),
    Open,
    Close,
    Word(&'a [u8]),
}

/// No table says more than this.
const MOST: usize = 1 << 17;

/// What each code stands for. Tables are written in many ways, and what is not understood is passed over.
pub fn letters(table: &[u8]) -> Vec<(u16, String)> {
    let mut letters = Vec::new();
    let mut waiting: Vec<Token<'_>> = Vec::new();
    let mut rest = table;
    while let Some((token, behind)) = token(rest) {
        rest = behind;
        match token {
            Token::Word(b"endbfchar") => {
                let mut pairs = waiting.chunks_exact(2);
                while let Some([Token::Hex(code), Token::Hex(text)]) = pairs.next() {
                    letters.extend(code.last().map(|&code| (code, text_of(text))));
                }
                waiting.clear();
            }
            Token::Word(b"endbfrange") => {
                ranges(&waiting, &mut letters);
                waiting.clear();
            }
            Token::Word(_) => waiting.clear(),
            token => waiting.push(token),
        }
        if letters.len() + waiting.len() > MOST {
            break;
        }
    }
    letters
}

fn ranges(tokens: &[Token<'_>], letters: &mut Vec<(u16, String)>) {
    let mut rest = tokens;
    while let [Token::Hex(first), Token::Hex(last), target, behind @ ..] = rest {
        let (Some(&first), Some(&last)) = (first.last(), last.last()) else { return };
        let mut codes = first..=last;
        rest = behind;
        match target {
            Token::Hex(text) => {
                for (step, code) in (0..).zip(codes) {
                    let mut text = text.clone();
                    if let Some(unit) = text.last_mut() {
                        *unit = unit.wrapping_add(step);
                    }
                    letters.push((code, text_of(&text)));
                    if letters.len() > MOST {
                        return;
                    }
                }
            }
            Token::Open => {
                while let [Token::Hex(text), behind @ ..] = rest {
                    letters.extend(codes.next().map(|code| (code, text_of(text))));
                    rest = behind;
                }
                rest = rest.strip_prefix(&[Token::Close]).unwrap_or(rest);
            }
            _ => return,
        }
    }
}

fn text_of(units: &[u16]) -> String {
    String::from_utf16_lossy(units)
}

/// The first token of a table, and what is behind it.
fn token(table: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let white = table.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0)?;
    let rest = table.get(white..)?;
    match rest.first()? {
        b'[' => Some((Token::Open, rest.get(1..)?)),
        b']' => Some((Token::Close, rest.get(1..)?)),
        b'<' if rest.get(1) != Some(&b'<') => {
            let end = rest.iter().position(|&byte| byte == b'>')?;
            Some((Token::Hex(units(rest.get(1..end)?)), rest.get(end + 1..)?))
        }
        b'%' => {
            let end = rest.iter().position(|&byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
            token_behind(rest, end)
        }
        _ => {
            let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'[' | b']' | b'%');
            let end = rest.iter().skip(1).position(ends).map_or(rest.len(), |end| end + 1);
            token_behind(rest, end)
        }
    }
}

fn token_behind(rest: &[u8], end: usize) -> Option<(Token<'_>, &[u8])> {
    Some((Token::Word(rest.get(..end)?), rest.get(end..)?))
}

/// Hexadecimal digits, four of them a unit; fewer where there are no more.
fn units(digits: &[u8]) -> Vec<u16> {
    let digits: Vec<u16> =
        digits.iter().filter_map(|&byte| char::from(byte).to_digit(16)).map(|digit| digit as u16).take(64).collect();
    digits.chunks(4).map(|unit| unit.iter().fold(0, |number, digit| number << 4 | digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::letters;
    use proptest::prelude::*;

    #[test]
    fn tables_are_read_however_they_are_written() {
        let table = b"/CIDInit begincmap 2 beginbfchar <01> <0041>\n<0002><00660066> endbfchar % no\n\
            2 beginbfrange\n<0003> <0005> <0061> <06><07>[<D83CDF93> <0078>]endbfrange";
        let found = letters(table);
        let found: Vec<(u16, &str)> = found.iter().map(|(code, text)| (*code, text.as_str())).collect();
        assert_eq!(found, [(1, "A"), (2, "ff"), (3, "a"), (4, "b"), (5, "c"), (6, "🎓"), (7, "x")]);
    }

    proptest! {
        #[test]
        fn any_table_is_read(table in "(<[0-9A-F]{0,6}>|\\[|\\]|beginbfrange|endbfrange|endbfchar|%|<<| |\n){0,30}") {
            letters(table.as_bytes());
        }
    }
}
