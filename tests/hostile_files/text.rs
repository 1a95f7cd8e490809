//! Hostile words: quotes, marks, emoji, combining and right-to-left marks, control characters, very long words.

use crate::harness::Numbers;

/// What a format can hold without an escape that its writer does not know.
#[derive(Clone, Copy)]
pub struct Taste {
    /// Marks that may stand alone between words.
    pub marks: &'static [&'static str],
    /// White space between words.
    pub spaces: &'static [&'static str],
    /// Whether letters of all scripts may come, or only those of Western Europe.
    pub scripts: bool,
    /// Whether control characters may come, NUL among them.
    pub controls: bool,
    /// Whether there may be other ways to ask.
    pub others: bool,
}

/// Marks that mean something in some format.
pub const MARKS: &[&str] = &[
    "\"", "'", "''", "\"\"", ",", ";", "|", "||", "`", "*", "**", "_", "#", "##", "\\", "\\n", "<", "<5", "<=>", ">",
    "&", "&&", "{", "}", "{{x}}", "[", "]", "[x]", "(", ")", "~", "^", "=", "==", "+", "-", "--", "---", "..", "...",
    ":", "::", "%", "%20", "$", "@", "!", "/", "//", "-->", "]]>", "\\u0041", "“", "”", "«", "»", "‘", "…", "—",
];

/// Marks that mean nothing in plain text, wherever they stand between words.
pub const QUIET: &[&str] =
    &["\"", "'", ",", ";", "%", "$", "@", "!", "/", "(", ")", "&", "=", "“", "”", "«", "»", "—", "…"];

/// White space, line breaks among it.
pub const WHITE: &[&str] = &[" ", " ", " ", " ", "  ", "\t", "\u{a0}", "\u{2003}", "\n", "\n\n", " \n ", "\u{2028}"];

/// White space within a line.
pub const SPACES: &[&str] = &[" ", " ", " ", "  ", "\u{a0}"];

const LATIN: &[&str] = &[
    "library",
    "Größe",
    "straße",
    "naïve",
    "café",
    "über",
    "ferry",
    "Don't",
    "well-known",
    "3.14",
    "1,000",
    "x",
    "können",
    "später",
    "für",
    "die",
    "Öffnung",
    "señor",
    "garçon",
    "übung",
];

const SCRIPTS: &[&str] = &[
    "中文",
    "図書館",
    "도서관",
    "библиотека",
    "مكتبة",
    "ספרייה",
    "ห้องสมุด",
    "पुस्तकालय",
    "🦀",
    "👩‍👩‍👧",
    "🏳️‍🌈",
    "e\u{301}",
    "a\u{300}\u{316}\u{315}",
    "\u{202e}abc\u{202c}",
    "\u{200f}ab",
    "x\u{200d}y",
    "ﬁn",
    "İstanbul",
    "z\u{fe0f}",
    "so\u{ad}ft",
    "zero\u{200b}width",
    "Z\u{335}\u{321}a\u{316}\u{337}l\u{334}g\u{322}o",
    "𝕬𝖇𝖈",
    "ǅ",
    "n\u{feff}b",
];

const CONTROLS: &[&str] =
    &["nul\0nul", "\0", "bell\u{7}", "esc\u{1b}[31m", "del\u{7f}", "c1\u{9b}x", "\u{1}", "end\u{1a}"];

/// A question with its answer.
#[derive(Clone)]
pub struct Pair {
    pub question: String,
    pub others: Vec<String>,
    pub answer: String,
}

impl Taste {
    /// A pair that no other is like.
    pub fn pair(self, numbers: &mut Numbers, id: &str) -> Pair {
        let others = if self.others { numbers.below(4) } else { 0 };
        // A question is one line in nearly every format; where it is not, the answer shows it.
        let asks = Self { spaces: if self.controls { self.spaces } else { SPACES }, ..self };
        let mut question = |word: &str| {
            let length = 1 + numbers.below(7);
            let mark = ["?", "?", "?", " ?", "？", "؟"][if self.scripts { numbers.below(6) } else { 0 }];
            format!("{word} {id}{}{mark}", asks.words(numbers, length))
        };
        let (main, others) = (question("How is"), (0..others).map(|at| question(&format!("And {at} of"))).collect());
        let long = numbers.below(60);
        let length = match long {
            0 => 1_500,
            _ => 1 + numbers.below(24),
        };
        let tail = if long == 1 { "long".repeat(5_000) } else { "end.".to_owned() };
        let answer = format!("So {id}{} {tail}", self.words(numbers, length));
        Pair { question: main, others, answer }
    }

    /// Words with white space before each.
    fn words(self, numbers: &mut Numbers, count: usize) -> String {
        let mut text = String::new();
        for _ in 0..count {
            text.push_str(self.spaces[numbers.below(self.spaces.len())]);
            let word = match numbers.below(10) {
                3..6 if self.scripts => pick(numbers, SCRIPTS),
                6..9 => pick(numbers, self.marks),
                9 if self.controls => pick(numbers, CONTROLS),
                _ => pick(numbers, LATIN),
            };
            text.push_str(word);
        }
        // The last word of a question is a word.
        text + " now"
    }
}

/// One of several.
pub fn pick<'a>(numbers: &mut Numbers, from: &[&'a str]) -> &'a str {
    from[numbers.below(from.len())]
}
