//! Where sentences begin and end.

use super::{
    abbreviations,
    bounds::sentence_bounds,
    forms::{self, bullet},
    words,
};
use crate::model::article::trim;
use std::ops::Range;

/// A line that is broken by hand is at least this long, in characters; scripts without spaces half.
const NARROW: usize = 40;
/// A longer line is a paragraph.
const WIDE: usize = 120;
/// Thai and Lao put a space between sentences, but elsewhere too: a piece with more characters is
/// cut at one, between two letters if there is such.
const LONG_THAI: usize = 200;
/// And the parts have at least this many.
const SHORT_THAI: usize = 80;

/// The sentences of a text, in order, without the white space around them. Everything that is not
/// blank is in exactly one.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for stretch in stretches(text) {
        if stretch.code {
            found.push(stretch.range);
        } else {
            in_stretch(text, stretch.range, &mut found);
        }
    }
    found
}

/// A part of the text across whose ends no sentence goes.
struct Stretch {
    range: Range<usize>,
    code: bool,
}

fn stretches(text: &str) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut at, mut fenced, mut open, mut before) = (0, false, false, "");
    for line in text.split_inclusive('\n') {
        let range = trim(text, at..at + line.len());
        at += line.len();
        let content = &text[range.clone()];
        if content.is_empty() {
            open = false;
            continue;
        }
        let fence = forms::is_fence(content);
        let code = fence || fenced || is_code(content);
        fenced ^= fence;
        match stretches.last_mut() {
            Some(last) if open && !code && !last.code && goes_on(before, line) => last.range.end = range.end,
            _ => stretches.push(Stretch { range, code }),
        }
        (open, before) = (true, line);
    }
    stretches
}

/// Whether a line looks like code or the row of a table.
fn is_code(line: &str) -> bool {
    const INSIDE: &[&str] = &[" = ", "=>", "();", "->", "</", " == ", " && ", " || "];
    let last = line.bytes().next_back();
    let ends = matches!(last, Some(b'{' | b'}' | b'\\')) || (last == Some(b';') && line.is_ascii());
    let starts = line.starts_with("$ ") || line.starts_with("> ") || line.starts_with(">>> ") || line.starts_with("#!");
    let short = line.len() <= WIDE;
    forms::is_table(line) || (short && (ends || starts || INSIDE.iter().any(|part| line.contains(part))))
}

/// Whether a sentence may go on from one line to the next.
fn goes_on(before: &str, line: &str) -> bool {
    let (above, content) = (before.trim(), line.trim_start());
    if bullet(content).is_some() {
        return false;
    }
    let lower = content.chars().find(|mark| mark.is_alphabetic()).is_some_and(char::is_lowercase);
    if lower || forms::ends_sentence(above) {
        return true;
    }
    // A list item goes on in lines that are indented as it is.
    if bullet(above).is_some() && line.len() == content.len() {
        return false;
    }
    let wide = above.chars().take(WIDE + 1).map(|mark| if words::is_unspaced(mark) { 2 } else { 1 }).sum::<usize>();
    (NARROW..=WIDE).contains(&wide)
}

fn in_stretch(text: &str, stretch: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut current: Option<Range<usize>> = None;
    let mut start = stretch.start;
    let mut bounds = sentence_bounds(&text[stretch.clone()]);
    add_greek_questions(&text[stretch.clone()], &mut bounds);
    let bounds = bounds.into_iter().map(|at| stretch.start + at);
    for end in bounds.chain([stretch.end]) {
        let piece = trim(text, start..end);
        start = end;
        if piece.is_empty() {
            continue;
        }
        current = match current {
            Some(open) if ends_between(&text[open.clone()], &text[piece.clone()], open.end < piece.start) => {
                push(text, open, found);
                Some(piece)
            }
            Some(open) => Some(open.start..piece.end),
            None => Some(piece),
        };
    }
    if let Some(open) = current {
        push(text, open, found);
    }
}

/// Adds the ends of Greek questions, whose mark is a semicolon, before a capital letter.
fn add_greek_questions(text: &str, bounds: &mut Vec<usize>) {
    let is_greek = |mark: char| matches!(mark, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}');
    for (at, mark) in text.match_indices([';', '\u{37e}']) {
        let rest = &text[at + mark.len()..];
        let next = rest.trim_start_matches(|mark: char| forms::is_closer(mark) || mark.is_whitespace());
        let asks = text[..at].ends_with(|mark: char| is_greek(mark) && mark.is_alphabetic());
        if asks
            && rest.contains(char::is_whitespace)
            && next.starts_with(|mark: char| is_greek(mark) && mark.is_uppercase())
        {
            bounds.push(text.len() - next.len());
        }
    }
    bounds.sort_unstable();
    bounds.dedup();
}

/// Whether a sentence ends between two pieces.
fn ends_between(before: &str, after: &str, apart: bool) -> bool {
    let has_word = |text: &str| text.contains(char::is_alphanumeric);
    let last = before.trim_end_matches(forms::is_closer);
    let is_mark = |mark: char| forms::is_end(mark) || matches!(mark, ';' | '\u{37e}');
    let Some(mark) = last.chars().next_back().filter(|&mark| is_mark(mark)) else { return false };
    if !has_word(after) || !before.chars().rev().skip(1).any(char::is_alphanumeric) {
        return false;
    }
    match mark {
        '.' => !abbreviations::goes_on(&last[..last.len() - 1], after),
        '!' | '?' if !is_said(&last[..last.len() - 1], after, apart) => false,
        // “Why?” he asked.
        '!' | '?' | '…' => !after.starts_with(char::is_lowercase),
        _ => true,
    }
}

/// Whether a mark behind `before` is one of a sentence rather than a sign: `(?)`, `(?i)`, `/find?Name=x`.
fn is_said(before: &str, after: &str, apart: bool) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let glued = !apart && after.starts_with(|mark: char| !words::is_unspaced(mark));
    !before.ends_with(['(', '[', '{'])
        && !(glued && (word.contains(['/', '=', '&']) || !after.starts_with(char::is_uppercase)))
}

fn is_thai(mark: char) -> bool {
    matches!(mark, '\u{e00}'..='\u{eff}')
}

/// Adds a sentence, or the parts of a long one in Thai or Lao.
fn push(text: &str, sentence: Range<usize>, found: &mut Vec<Range<usize>>) {
    let content = &text[sentence.clone()];
    if content.len() <= LONG_THAI || !content.contains(is_thai) {
        found.push(sentence);
        return;
    }
    let mut left = content.chars().count();
    let (mut start, mut chars, mut thai) = (0, 0, 0);
    for (at, mark) in content.char_indices() {
        let long = chars >= SHORT_THAI && left >= SHORT_THAI && thai * 2 > chars && left + chars > LONG_THAI;
        if long && mark.is_whitespace() && (chars > LONG_THAI || is_between_clauses(content, at)) {
            found.push(trim(text, sentence.start + start..sentence.start + at));
            (start, chars, thai) = (at, 0, 0);
        }
        left -= 1;
        chars += 1;
        thai += usize::from(is_thai(mark));
    }
    found.push(trim(text, sentence.start + start..sentence.end));
}

/// Whether a space in Thai stands between clauses rather than around a number or a foreign name.
fn is_between_clauses(text: &str, space: usize) -> bool {
    let is_letter = |mark: Option<char>| mark.is_some_and(|mark| is_thai(mark) && mark != 'ๆ');
    is_letter(text[..space].chars().next_back()) && is_letter(text[space..].trim_start().chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    /// Checks a text whose sentences are parted by `|`.
    #[track_caller]
    fn check(marked: &str) {
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(split(&marked.replace('|', "")), expected);
    }

    #[test]
    fn a_full_stop_does_not_always_end_a_sentence() {
        check("Dr. Smith met J. R. Jones at 3 p.m. | They spoke.");
        check("It runs on e.g. Linux, i.e. Unix. | Version 3.11 is out. | No. 5 is alive.");
        check("See Fig. 3 and pp. 4 to 6. | It was on Jan. 5, 2024. | Approx. 40 came.");
        check("The U.S. Senate voted. | He lives in the U.S. | The end.");
        check("Das gilt z. B. Montags. | Am 3. Oktober ist frei. | Usw. usf.");
        check("Rust vs. Go etc. are compared. | Nothing else.");
        check("“Why?” he asked. | “Because!” | She left.");
        check("Wait... what? | Yes!");
        check("It is he and I. | Then we went.");
        check("1. Open the door. | Walk in.");
        check("Acme Inc. | The firm is old.");
        check("St. John lives on Main St. | The house is in Sacramento, CA. | It is 5 mm. | Then it ends.");
    }

    #[test]
    fn other_scripts_have_their_own_marks() {
        check("你好。|这是什么？|好！");
        check("「行きます。」|彼は言った。");
        check("यह पहला है। | यह दूसरा है।");
        check("ما هذا؟ | هذا كتاب.");
        check("នេះជាប្រយោគ។ | នេះជាប្រយោគទីពីរ។");
        check("Սա առաջինն է։ | Սա երկրորդն է։");
        check("یہ پہلا ہے۔ | یہ دوسرا ہے۔");
        check("ይህ የመጀመሪያው ነው። | ይህ ሁለተኛው ነው።");
        check("प्रथमः॥ | द्वितीयः॥");
        check("これは一つ目．| これは二つ目｡");
        check("Πώς αλλάζω κωδικό; | Πατήστε εδώ. | Και μετά; | Τέλος.");
        check("Πρώτα ένα; μετά δύο· τέλος.");
        check("for i in 1; Do it. | Then x; Y.");
        check("你好!|我们来了.|真的吗?|是的。");
    }

    #[test]
    fn a_full_stop_behind_an_abbreviation_of_any_language() {
        check("Das gilt am 3. Mai und im 2. Stock. | Es war der 5. Danach ging er.".replace("5. D", "5. |D").as_str());
        check("Vgl. Abb. 3, insb. Teil Eins. | Usw.");
        check("Par ex. Paris, env. 40 km. | Voir M. Dupont.");
        check("La Sra. Ruiz vive en la av. Colón, p. ej. Aquí. | Fin.");
        check("Bijv. Amsterdam, o.a. Utrecht, d.w.z. Nederland. | Einde.");
        check("Np. Kraków, tzn. Małopolska, ul. Długa 3. | Koniec itd. | Nowe zdanie.");
        check("Bl.a. Oslo, f.eks. Bergen osv. | Så er det slut m.m. | Ny setning.");
        check("To kraj, tzw. Europa. | W 2024 r. | Potem.");
        check("Т. е. Москва, т.к. Россия и т.д. | Это всё. | См. рис. 3. | Конец.");
        check("Наприклад, див. Додаток, вул. Шевченка 5. | Кінець.");
        check("Π.χ. Αθήνα, βλ. Κεφάλαιο 3. | Τέλος κ.λπ. | Νέα πρόταση.");
        check("Örn. Ankara, bkz. Bölüm 2 vb. | Sonra Dr. Kaya geldi.");
        check("Např. Praha, tj. Čechy, čl. 5. | Konec.");
        check("Pl. Budapest, kb. Két óra. | Vége stb. | Új mondat.");
        check("De ex. București, art. 5. | Sfârșit.");
        check("Esim. Helsinki, ks. Luku 3. | Loppu jne. | Uusi virke.");
        check("د. أحمد هنا. | انتهى.");
        check("डॉ. शर्मा आए। | वे गए।");
        check("Ở TP. Hồ Chí Minh có ThS. Nam. | Hết.");
        check("2024. 5. 3. 출시되었다. | 끝났다.");
        check("Bake it for 10 min. | Never mind. | He was ill. | It is ok. | Er hat es. | Fertig.");
        check("ในปี พ.ศ. 2567 ดร. สมชาย");
    }

    #[test]
    fn a_question_mark_may_be_a_sign() {
        check("The flag (?) Is for help. | It ends (!) Here.");
        check("Write (?i) or (?P<name>x) or (?:x) before it. | Done.");
        check("Open /find?Name=x or a/b?C. | Why? | Because.");
        check("Really?Yes, it is. | No!".replace("?Y", "?|Y").as_str());
    }

    #[test]
    fn lines_end_sentences_only_where_they_must() {
        check("A wrapped paragraph that goes on\nin the next line. | And ends.");
        check("For forty years nobody had tended the garden of the\nLighthouse Keeper.");
        check("A heading\n\n| A paragraph");
        check("Short line\n| Next line");
        check("Do this:\n| - one thing\n| - another\n  that goes on\n| 3. third");
        check("Run it:\n| let x = 1;\n| let y = 2;\n| Done.");
        check("```\n| a. B\n| c. D\n| ```\n| Out. | In.");
    }

    #[test]
    fn thai_is_cut_at_spaces_when_it_is_long() {
        let part = "ก".repeat(90);
        assert_eq!(split(&format!("{part} {part}")).len(), 1);
        assert_eq!(split(&format!("{part} {part} {part}")).len(), 2);
        assert_eq!(split(&format!("{part} 25 {part} กก {part}")), [format!("{part} 25 {part}"), format!("กก {part}")]);
        let lao = "ກ".repeat(90);
        assert_eq!(split(&format!("{lao} {lao} {lao}")).len(), 2);
    }

    proptest! {
        #[test]
        fn everything_is_in_exactly_one_sentence(text in "([A-Za-z.!?。\n ำก\\-0-9`|;(\"]{0,8}[ \n]?){0,20}|\\PC{0,60}") {
            let found = sentences(&text);
            let mut at = 0;
            for range in &found {
                prop_assert!(range.start >= at && !range.is_empty());
                prop_assert!(text[at..range.start].trim().is_empty());
                prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
            prop_assert_eq!(&found, &sentences(&text));
        }
    }
}
