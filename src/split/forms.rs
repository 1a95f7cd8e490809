//! What the form of a line tells: ends of sentences and questions, list marks, and what may be a heading.

use super::words;
use std::ops::Range;

/// A heading has no more words than this.
const HEADING_WORDS: usize = 12;
/// A heading has no more characters than this.
const HEADING_CHARS: usize = 100;
/// A title has no more characters than this.
const TITLE_CHARS: usize = 200;
/// A fence with the name of a language is no longer than this.
const FENCE: usize = 40;

/// Marks that end a sentence.
const ENDS: &[char] =
    &['.', '!', '?', '…', '。', '！', '？', '．', '｡', '؟', '۔', '।', '॥', '։', '።', '។', '៕', '‼', '⁇', '⁈', '⁉'];
/// Marks after which a text goes on.
const GOES_ON: &[char] = &[',', ';', ':', '，', '；', '：', '、', '،', '؛', '·', '&', '+', '/', '='];
/// What may stand behind the end of a sentence and still belong to it.
const CLOSERS: &[char] = &['"', '\'', '”', '’', '»', '«', '“', ')', ']', '）', '」', '』', '】', '›', '*', '_', '`'];
/// Marks of list items.
const BULLETS: &[char] = &[
    '-', '*', '+', '•', '–', '—', '·', '‣', '◦', '▪', '▫', '●', '○', '■', '□', '◆', '➤', '►', '▶', '→', '✓', '✔', '✅',
    '・', '⁃', '∙', '🔹', '🔸', '👉', '📌', '⭐',
];
/// Marks of list items that need no space behind them.
const TIGHT_BULLETS: &[char] = &['•', '‣', '◦', '▪', '●', '■', '➤', '►', '✅', '・', '⁃'];

/// Whether the character ends a sentence.
pub fn is_end(mark: char) -> bool {
    ENDS.contains(&mark)
}

/// Whether the character may close a quotation, a bracket or an emphasis.
pub fn is_closer(mark: char) -> bool {
    CLOSERS.contains(&mark)
}

/// The text without closing quotes, brackets and emphasis at its end.
pub fn without_closers(text: &str) -> &str {
    text.trim_end_matches(|mark: char| is_closer(mark) || mark.is_whitespace())
}

/// Whether the text ends as a sentence does.
pub fn ends_sentence(text: &str) -> bool {
    without_closers(text).ends_with(is_end)
}

/// Whether the text ends as a question does. The Greek question mark looks like a semicolon.
pub fn ends_question(text: &str) -> bool {
    let text = without_closers(text);
    let is_greek = |mark: char| matches!(mark, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}');
    match text.trim_end_matches('!').chars().next_back() {
        Some('?' | '？' | '؟' | '⁇' | '⁈' | '⁉' | '\u{37e}' | '՞') => true,
        Some(';') => text.chars().filter(|&mark| is_greek(mark)).count() * 2 > text.chars().count(),
        _ => false,
    }
}

/// Where the first question of a text ends, if more text follows it.
pub fn question_end(text: &str) -> Option<usize> {
    let (at, mark) = text.char_indices().find(|&(_, mark)| matches!(mark, '?' | '？' | '؟' | '\u{37e}'))?;
    let mut end = at + mark.len_utf8();
    end += text[end..].len() - text[end..].trim_start_matches(|mark: char| is_closer(mark) || mark == '?').len();
    let rest = &text[end..];
    let apart = mark == '？' || rest.starts_with(char::is_whitespace);
    (apart && !rest.trim().is_empty()).then_some(end)
}

/// A list mark at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bullet {
    /// Its length in bytes, with the white space behind it.
    pub len: usize,
    /// Whether it counts.
    pub numbered: bool,
}

/// The list mark at the beginning of a trimmed line, if something follows it.
pub fn bullet(line: &str) -> Option<Bullet> {
    let first = line.chars().next()?;
    let (mark, numbered) =
        if BULLETS.contains(&first) { (first.len_utf8(), false) } else { (number_mark(line)?, true) };
    let rest = &line[mark..];
    let body = rest.trim_start();
    let tight = TIGHT_BULLETS.contains(&first) || line[..mark].ends_with('、');
    let apart = body.len() < rest.len() || tight;
    (apart && !body.is_empty()).then(|| Bullet { len: line.len() - body.len(), numbered })
}

/// Length of `1.`, `12)`, `(3)`, `a)` or `1、` at the beginning of a line.
fn number_mark(line: &str) -> Option<usize> {
    let open = usize::from(line.starts_with('('));
    let body = &line[open..];
    let digits = body.len() - body.trim_start_matches(|mark: char| mark.is_ascii_digit()).len();
    let letter = body.starts_with(|mark: char| mark.is_ascii_alphabetic());
    let (len, is_digit) = match digits {
        1..=3 => (digits, true),
        0 if letter => (1, false),
        _ => return None,
    };
    let end = body[len..].chars().next()?;
    let ends = match end {
        ')' => true,
        '.' | '、' => is_digit && open == 0,
        _ => false,
    };
    ends.then(|| open + len + end.len_utf8())
}

/// Whether a line begins or ends a block of code.
pub fn is_fence(line: &str) -> bool {
    (line.starts_with("```") || line.starts_with("~~~")) && line.len() <= FENCE
}

/// Whether a line is the row of a table.
pub fn is_table(line: &str) -> bool {
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

/// The range without emphasis marks at its ends, and whether both ends had them.
pub fn without_emphasis(text: &str, range: Range<usize>) -> (Range<usize>, bool) {
    let is_mark = |mark: char| matches!(mark, '*' | '_' | ' ' | '\t');
    let Some(part) = text.get(range.clone()) else { return (range, false) };
    let inner = part.trim_matches(is_mark);
    if inner.is_empty() {
        return (range, false);
    }
    let both = part.starts_with(['*', '_']) && part.ends_with(['*', '_']);
    let start = range.start + (part.len() - part.trim_start_matches(is_mark).len());
    (start..start + inner.len(), both)
}

/// Whether the form of a line would do for a heading: short, and no sentence.
pub fn like_heading(text: &str) -> bool {
    short(text, HEADING_CHARS) && words::count(text) <= HEADING_WORDS && unfinished(text)
}

/// Whether the form of a line would do for the title of an article.
pub fn like_title(text: &str) -> bool {
    short(text, TITLE_CHARS) && unfinished(text)
}

fn short(text: &str, most: usize) -> bool {
    text.chars().take(most + 1).count() <= most && text.contains(char::is_alphanumeric)
}

/// Neither the end of a sentence (a question may be a heading) nor a text that goes on.
fn unfinished(text: &str) -> bool {
    let end = without_closers(text);
    let sentence = end.ends_with(is_end) && !ends_question(text);
    let inner = end.trim_end_matches(is_end);
    let several = [". ", "! ", "。"].iter().any(|mark| inner.contains(mark)) && words::count(text) > HEADING_WORDS / 2;
    (!sentence && !several && !end.ends_with(GOES_ON) && !text.contains("://")) || ends_question(text)
}

/// Whether a line beneath the title names the author or the day.
pub fn like_byline(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "by ",
        "von ",
        "par ",
        "por ",
        "di ",
        "door ",
        "av ",
        "af ",
        "published",
        "updated",
        "posted",
        "last updated",
        "author",
        "written by",
        "date:",
        "veröffentlicht",
        "publié",
        "publicado",
        "stand:",
        "作者",
        "发布",
        "公開",
    ];
    let lower = text.to_lowercase();
    let year = lower
        .split(|mark: char| !mark.is_ascii_digit())
        .any(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")));
    let starts = STARTS.iter().any(|start| lower.starts_with(start));
    starts || (year && words::count(text) <= 4 && lower.contains([',', '-', '/', '.', '年']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_marks_are_told_from_words() {
        let len = |line: &str| bullet(line).map(|bullet| (bullet.len, bullet.numbered));
        assert_eq!(len("- one"), Some((2, false)));
        assert_eq!(len("•one"), Some((3, false)));
        assert_eq!(len("12)  one"), Some((5, true)));
        assert_eq!(len("(a) one"), Some((4, true)));
        assert_eq!(len("1、一"), Some((4, true)));
        for line in ["-5 degrees", "**bold**", "J. Smith", "2024. A year", "3.11 is out", "-", "1."] {
            assert_eq!(len(line), None, "{line}");
        }
    }

    #[test]
    fn the_form_of_a_heading() {
        for line in ["Industry Impact", "What is DNS?", "1.2 Setting up", "The \"fast\" path", "行业影响"] {
            assert!(like_heading(line), "{line}");
        }
        for line in ["It works.", "The steps are:", "first, second,", "“It works.”", "行业影响。", "---", "Wow!"]
        {
            assert!(!like_heading(line), "{line}");
        }
        assert!(!like_heading(&"word ".repeat(13)));
    }

    #[test]
    fn questions_in_several_scripts() {
        for line in ["Why?", "**Why?**", "为什么？", "لماذا؟", "Γιατί;", "Why?!", "(Why?)"] {
            assert!(ends_question(line), "{line}");
        }
        assert!(!ends_question("one; two;"));
        assert_eq!(question_end("Why? Because."), Some(4));
        assert_eq!(question_end("Why?"), None);
        assert_eq!(question_end("a?b=c"), None);
    }
}
