//! Words before a full stop that does not end a sentence.

/// No abbreviation is longer, in bytes.
const LONGEST: usize = 40;

/// Titles before names, with a capital letter where the script has some, by language.
const TITLES: &[&[&str]] = &[
    // English
    &[
        "dr", "mr", "mrs", "ms", "mx", "prof", "gen", "col", "sgt", "capt", "lt", "cmdr", "rev", "hon", "gov", "sen",
        "rep", "messrs",
    ],
    // German
    &["hr", "fr", "dipl", "ing", "mag"],
    // French, Spanish, Portuguese, Italian
    &[
        "mme", "mlle", "mgr", "sr", "sra", "srta", "dra", "ud", "uds", "exmo", "sig", "dott", "avv", "geom", "sig.ra",
        "dott.ssa",
    ],
    // Dutch, Scandinavian
    &["dhr", "mevr", "mw", "drs", "hr", "fru"],
    // Polish, Czech, Hungarian, Romanian
    &["inż", "mec", "ing", "judr", "mudr", "phdr", "bc", "ifj", "özv", "dl", "dna"],
    // Turkish
    &["doç", "av", "sn", "öğr", "yrd"],
    // Russian, Ukrainian, Bulgarian
    &["проф", "акад", "доц", "инж", "гр", "д-р"],
    // Greek
    &["κ", "κα", "κος", "δρ", "καθ"],
    // Arabic, Hindi
    &["د", "أ", "أ.د", "डॉ", "प्रो", "श्री", "पं"],
    // Vietnamese, Indonesian
    &["tp", "ts", "ths", "pgs", "gs", "bpk", "sdr", "jl"],
];

/// The sentence always goes on behind these, by language. All count in every text, so none may be a word of its own.
const GOES_ON: &[&[&str]] = &[
    // English
    &["vs", "e.g", "i.e", "eg", "ie", "cf", "viz", "approx", "ca", "c.f", "resp", "incl", "al", "esp"],
    // German
    &[
        "z.b", "z. b", "d.h", "d. h", "u.a", "u. a", "v.a", "v. a", "i.d.r", "i. d. r", "s. o", "s. u", "o. g", "bzw",
        "inkl", "evtl", "ggf", "sog", "vgl", "zzgl", "exkl", "bspw", "zb", "geb", "gest", "bes", "lt", "insb", "allg",
        "entspr",
    ],
    // French, Spanish, Italian, Portuguese, Romanian
    &[
        "p.ex", "p. ex", "par ex", "por ex", "p.ej", "p. ej", "ej", "p. es", "p.es", "d.c", "a.c", "env", "apr",
        "aprox", "cfr", "ad es", "av", "avda", "de ex", "cca",
    ],
    // Dutch
    &["bijv", "o.a", "d.w.z", "bv", "m.b.t", "t.a.v", "i.p.v", "m.u.v", "incl", "excl"],
    // Polish
    &["np", "tzw", "tzn", "tj", "m.in", "ul", "al", "św", "im", "pl", "zob", "por"],
    // Scandinavian
    &[
        "f.eks", "feks", "fx", "t.ex", "bl.a", "dvs", "d.v.s", "jf", "jfr", "ev", "evt", "hhv", "pga", "p.g.a",
        "fr.o.m", "t.o.m", "s.k", "vha", "mht", "ift",
    ],
    // Finnish
    &["esim", "ts", "vrt", "ks"],
    // Czech, Hungarian
    &["tzv", "např", "tj", "sv", "nám", "ul", "pl", "kb", "ún", "ld", "pld", "vö"],
    // Turkish
    &["örn", "bkz", "mah", "cad"],
    // Greek
    &["π.χ", "π. χ", "δηλ", "βλ", "πχ", "λ.χ", "αρ", "τηλ"],
    // Russian, Ukrainian, Bulgarian
    &[
        "т.е",
        "т. е",
        "т.к",
        "т. к",
        "напр",
        "им",
        "см",
        "ср",
        "ул",
        "т.н",
        "т. н",
        "т.нар",
        "тобто",
        "вул",
        "ім",
        "див",
        "просп",
        "пл",
        "бул",
        "вж",
        "обл",
    ],
    // Indonesian
    &["yg", "dgn", "a.n", "d.a"],
];

/// The sentence goes on behind these if a number follows: parts of a text, numbers of houses and pages, months.
const BEFORE_NUMBER: &[&[&str]] = &[
    &[
        "no", "nos", "nr", "fig", "figs", "p", "pp", "vol", "ch", "chap", "sec", "sect", "art", "eq", "eqs", "tab",
        "abb", "s", "kap", "bd", "núm", "num", "pág", "pag", "n", "ver", "v", "ref", "refs", "para", "op", "ext",
        "tel",
    ],
    &[
        "ст", "стр", "рис", "табл", "гл", "с", "п", "м", "д", "кв", "оф", "вул", "ч", "č", "str", "čl", "sz", "nro",
        "blz", "hlm", "tgl", "σελ", "άρθρ", "bl", "godz", "poz", "ust", "pkt", "k", "kl", "alin", "lit", "σ", "ص", "रु",
        "सं", "pt",
    ],
    &["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "okt", "dez", "mai"],
];

/// Behind these the sentence ends before a capital letter, although they look like initials: *and so on*.
const ENDS: &[&str] = &[
    "т.д", "т.п", "т. д", "т. п", "т.н", "т. н", "т.ін", "м.м", "m.m", "m.fl", "o.s.v", "u.s.w", "i.t.d", "e.d", "κ.ά",
    "κ.α", "u.ä", "e.v",
];

/// Behind these a German number is an ordinal: *im 3. Stock*.
const BEFORE_ORDINAL: &[&str] = &[
    "am", "der", "die", "das", "den", "dem", "des", "im", "zum", "zur", "beim", "vom", "ab", "bis", "seit", "jeder",
    "jede", "jedes", "ein", "eine", "einem", "einen", "einer",
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
    "die", "das", "danach", "dann", "dort", "hier", "er", "sie", "es", "ein", "eine", "wir", "le", "la", "les", "il",
    "elle", "un", "une", "el", "los", "las", "ella", "lo", "gli", "o", "os", "het", "de", "een",
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
    let starts = STARTERS.contains(&word.as_str());
    if token.bytes().all(|byte| byte.is_ascii_digit()) {
        return marker || is_ordinal(before, token, &word, starts) || is_date(before, token, next);
    }
    let lower = token.to_lowercase();
    if is_thai(token) {
        return true;
    }
    if ENDS.iter().any(|part| *part == lower || (part.contains(' ') && ends_with(before, part))) {
        return false;
    }
    // "CA." is no "ca.".
    let capitals = token.chars().count() > 1 && token.chars().all(char::is_uppercase);
    let known = is_among(TITLES, &lower) && !token.starts_with(char::is_lowercase);
    let mut always = GOES_ON.iter().copied().flatten();
    if known || (!capitals && always.any(|part| *part == lower || (part.contains(' ') && ends_with(before, part)))) {
        return true;
    }
    if is_among(BEFORE_NUMBER, &lower) && first.is_numeric() {
        return true;
    }
    !starts && !TIMES.contains(&lower.as_str()) && (NAMES.contains(&lower.as_str()) || is_initials(token, next))
}

fn is_among(groups: &[&[&str]], word: &str) -> bool {
    groups.iter().any(|group| group.contains(&word))
}

/// `3. Oktober`, *im* `3. Stock`: in German, nouns have capital letters.
fn is_ordinal(before: &str, token: &str, next: &str, starts: bool) -> bool {
    let article = || before.split_whitespace().rev().nth(1).unwrap_or_default().to_lowercase();
    token.len() <= 2 && (MONTHS.contains(&next) || (!starts && BEFORE_ORDINAL.contains(&article().as_str())))
}

/// `2024. 5. 3.`, as in Korean.
fn is_date(before: &str, token: &str, next: &str) -> bool {
    let is_part = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=4).contains(&digits) && text[digits..].starts_with('.')
    };
    let last = || before.split_whitespace().rev().nth(1).is_some_and(is_part) && next.starts_with(is_hangul);
    token.len() <= 4 && (is_part(next) || last())
}

fn is_hangul(mark: char) -> bool {
    matches!(mark, '\u{ac00}'..='\u{d7a3}')
}

/// Thai and Lao end no sentence with a full stop: `พ.ศ.`, `ดร.`
fn is_thai(token: &str) -> bool {
    token.ends_with(|mark| matches!(mark, '\u{e00}'..='\u{eff}'))
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
