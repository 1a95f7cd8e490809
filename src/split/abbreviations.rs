//! Words before a full stop that does not end a sentence.

/// No abbreviation is longer, in bytes.
const LONGEST: usize = 40;

/// Titles before names, with a capital letter.
const TITLES: &[&str] = &[
    "dr", "mr", "mrs", "ms", "mx", "prof", "gen", "col", "sgt", "capt", "lt", "cmdr", "rev", "hon", "gov", "sen",
    "rep", "messrs", "hr", "fr", "dipl", "ing", "mme", "mlle", "sr", "sra", "srta", "dra", "ud", "uds", "sig", "dott",
    "avv", "dhr", "mevr", "проф", "акад",
];

/// The sentence always goes on behind these, by language: English, German; French, Spanish, Italian,
/// Portuguese; Dutch, Polish, the Scandinavian languages, Czech; Russian.
const GOES_ON: [&[&str]; 5] = [
    &["vs", "e.g", "i.e", "eg", "ie", "cf", "viz", "approx", "ca", "c.f", "resp", "incl", "al", "esp"],
    &[
        "z.b", "z. b", "d.h", "d. h", "u.a", "u. a", "v.a", "v. a", "i.d.r", "i. d. r", "s. o", "s. u", "o. g", "bzw",
        "inkl", "evtl", "ggf", "sog", "vgl", "zzgl", "exkl", "mind", "bspw", "zb",
    ],
    &["p.ex", "p. ex", "ex", "p.ej", "p. ej", "ej", "es", "d.c", "a.c"],
    &["bijv", "o.a", "d.w.z", "bv", "np", "tzw", "m.in", "ul", "f.eks", "t.ex", "bl.a", "dvs", "tzv", "např"],
    &["т.е", "т. е", "т.к", "т. к", "напр", "им", "см", "ул", "т.н", "т. н"],
];

/// The sentence goes on behind these if a number follows.
const BEFORE_NUMBER: &[&str] = &[
    "no", "nos", "nr", "fig", "figs", "p", "pp", "vol", "ch", "chap", "sec", "sect", "art", "eq", "eqs", "tab", "abb",
    "s", "kap", "bd", "núm", "num", "pág", "pag", "n", "ver", "v", "ref", "refs", "para", "op", "ст", "стр", "рис",
    "табл", "гл", "č", "str", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "okt", "dez", "mai", "ext", "tel",
];

/// The sentence goes on behind these unless the next word usually begins one.
const NAMES: &[&str] = &["st", "mt", "inc", "ltd", "co", "corp", "jr", "bros", "gmbh", "llc", "ph.d", "ph. d"];

/// Behind these times of day the sentence goes on only with a small letter.
const TIMES: &[&str] = &["a.m", "p.m"];

/// Months that follow a day written as an ordinal number.
const MONTHS: &[&str] = &[
    "januar",
    "jänner",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "desember",
    "december",
    "mars",
    "jahrhundert",
    "jahrhunderts",
    "klasse",
    "århundre",
    "ledna",
    "února",
    "března",
    "dubna",
    "května",
    "června",
    "července",
    "srpna",
    "září",
    "října",
    "listopadu",
    "prosince",
    "tammikuuta",
];

/// Words that begin a sentence more often than they go on with a name.
const STARTERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "it", "he", "she", "we", "they", "you", "i", "in", "on", "at",
    "but", "and", "or", "however", "there", "here", "when", "if", "for", "from", "as", "its", "his", "her", "their",
    "our", "my", "your", "what", "why", "how", "who", "where", "which", "after", "before", "with", "without", "since",
    "while", "although", "so", "then", "to", "by", "no", "not", "yes", "one", "some", "many", "most", "all", "both",
    "each", "every", "today", "now", "is", "are", "was", "do", "does", "can", "may", "use", "see", "note", "der",
    "die", "das", "er", "sie", "es", "ein", "eine", "wir", "le", "la", "les", "il", "elle", "un", "une", "el", "los",
    "las", "ella", "lo", "gli", "o", "os", "het", "de", "een",
];

/// Whether a text that ends with a full stop goes on with `after`. `before` is without the stop.
pub(super) fn goes_on(before: &str, after: &str) -> bool {
    let next = after.trim_start_matches(|mark: char| !mark.is_alphanumeric());
    let Some(first) = next.chars().next() else { return true };
    if first.is_lowercase() {
        return true;
    }
    let opens = |mark: char| matches!(mark, '(' | '[' | '"' | '\'' | '“' | '„' | '«' | '‘' | '¿' | '¡' | '*' | '_');
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(opens);
    let word = next.split(|mark: char| !mark.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let marker = token.len() == before.len() && (token.len() <= 3 || token.chars().count() == 1);
    // What is long is none, and must not be looked at again and again.
    if token.is_empty() || token.ends_with('.') || token.len() > LONGEST {
        return false;
    }
    if token.bytes().all(|byte| byte.is_ascii_digit()) {
        return marker || (token.len() <= 2 && MONTHS.contains(&word.as_str()));
    }
    let lower = token.to_lowercase();
    let starts = STARTERS.contains(&word.as_str());
    // "CA." is no "ca.".
    let capitals = token.chars().count() > 1 && token.chars().all(char::is_uppercase);
    let known = TITLES.contains(&lower.as_str()) && token.starts_with(char::is_uppercase);
    let mut always = GOES_ON.into_iter().flatten();
    if known || (!capitals && always.any(|part| *part == lower || (part.contains(' ') && ends_with(before, part)))) {
        return true;
    }
    if BEFORE_NUMBER.contains(&lower.as_str()) && first.is_numeric() {
        return true;
    }
    !starts && !TIMES.contains(&lower.as_str()) && (NAMES.contains(&lower.as_str()) || is_initials(token, next))
}

/// Whether the text ends with an abbreviation of several parts, as a word of its own.
fn ends_with(text: &str, known: &str) -> bool {
    let len = known.chars().count();
    let Some((at, _)) = text.char_indices().rev().nth(len.saturating_sub(1)) else { return false };
    let apart = text[..at].chars().next_back().is_none_or(|mark| !mark.is_alphanumeric());
    apart && text[at..].to_lowercase() == known
}

/// `J`, `J.R` or `U.S`; also the `z` of *z. B.*
fn is_initials(token: &str, next: &str) -> bool {
    let mut parts = token.split('.');
    let short = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    if !parts.all(short) {
        return false;
    }
    let lone = !token.contains('.');
    let next_is_letter = next.chars().nth(1) == Some('.');
    match token.chars().next() {
        Some('I') if lone => next_is_letter,
        Some(letter) if lone && letter.is_lowercase() => next_is_letter,
        Some(letter) => letter.is_lowercase() || letter.is_uppercase(),
        None => false,
    }
}
