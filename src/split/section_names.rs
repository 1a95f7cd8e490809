//! What sections are for, by their names.

use super::forms;
use crate::analyze::fold::fold;
use serde::Deserialize;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The names that are built in, by role and language.
const BUILT_IN: &str = include_str!("section_names.toml");

/// A heading with more words than this is not taken for "FAQ about …".
const FAQ_WORDS: usize = 10;

/// What a section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The main points, each of which can stand alone.
    Takeaways,
    /// The long part.
    Analysis,
    /// What follows from it.
    Impact,
    /// Questions with answers.
    Faq,
    /// The short part: introduction, summary.
    Summary,
    /// Known to be a section, and nothing more: conclusion, sources.
    Other,
}

impl Role {
    const NAMES: [(&'static str, Self); 6] = [
        ("takeaways", Self::Takeaways),
        ("analysis", Self::Analysis),
        ("impact", Self::Impact),
        ("faq", Self::Faq),
        ("summary", Self::Summary),
        ("other", Self::Other),
    ];

    fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, role)| role)
    }
}

/// The table from the name of a section to its role. In order, so that it prints the same every time:
/// the index knows its settings by that.
#[derive(Debug, Clone)]
pub struct SectionNames {
    roles: BTreeMap<String, Role>,
    /// Names of FAQ sections that may have other words around them, in order.
    faq: Vec<String>,
}

impl Default for SectionNames {
    fn default() -> Self {
        // A test reads the built-in table, so the empty one is never seen.
        let table: BTreeMap<Role, BTreeMap<String, Vec<String>>> = toml::from_str(BUILT_IN).unwrap_or_default();
        let mut names = Self { roles: BTreeMap::new(), faq: Vec::new() };
        for (role, languages) in &table {
            for name in languages.values().flatten() {
                names.add(*role, name);
            }
        }
        names
    }
}

impl SectionNames {
    /// The built-in names and more, by the name of their role: `takeaways`, `analysis`, `impact`,
    /// `faq`, `summary` or `other`.
    ///
    /// # Errors
    /// The message for the user, if a role is not known or a name has no letter in it.
    pub fn with(extra: BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let mut names = Self::default();
        for (role_name, sections) in extra {
            let role = Role::named(&role_name).ok_or_else(|| {
                let known: Vec<&str> = Role::NAMES.iter().map(|&(name, _)| name).collect();
                format!("`{role_name}` is no role of a section: write one of {}", known.join(", "))
            })?;
            for section in sections {
                if normalise(&section).is_empty() {
                    return Err(format!("`{section}` (for `{role_name}`) is no name of a section: it has no letters"));
                }
                names.add(role, &section);
            }
        }
        Ok(names)
    }

    fn add(&mut self, role: Role, name: &str) {
        let name = normalise(name);
        if role == Role::Faq && !self.faq.contains(&name) {
            self.faq.push(name.clone());
        }
        self.roles.insert(name, role);
    }

    /// The role of a section whose whole heading is a name of the table. Case, accents, punctuation,
    /// numbering and marks around it do not matter.
    pub fn role(&self, heading: &str) -> Option<Role> {
        self.role_of_name(&name_of(heading)?)
    }

    fn role_of_name(&self, name: &str) -> Option<Role> {
        self.roles.get(name).or_else(|| self.roles.get(bare(name))).copied()
    }

    /// The role of a section by its heading; a short heading with the name of an FAQ at one of its
    /// ends ("FAQ about shipping", "Shipping FAQ") counts too.
    pub fn role_of_heading(&self, heading: &str) -> Option<Role> {
        let name = name_of(heading)?;
        self.role_of_name(&name).or_else(|| self.names_faq(heading, &name).then_some(Role::Faq))
    }

    fn names_faq(&self, heading: &str, name: &str) -> bool {
        // "Why is this not in the FAQ?" is a question rather.
        if !forms::like_heading(heading) || forms::ends_question(heading) {
            return false;
        }
        let spaced = |rest: &str, known: &str| {
            let word = known.is_ascii() || known.contains(' ');
            !word || rest.starts_with(' ') || rest.ends_with(' ')
        };
        name.split(' ').count() <= FAQ_WORDS
            && self.faq.iter().any(|known| {
                let before = name.strip_prefix(known.as_str()).is_some_and(|rest| spaced(rest, known));
                before || name.strip_suffix(known.as_str()).is_some_and(|rest| spaced(rest, known))
            })
    }
}

/// The words of a heading, unless it is too long: most lines are no headings, and no name is that long.
fn name_of(heading: &str) -> Option<String> {
    (heading.len() <= 200).then(|| normalise(heading))
}

/// The words of a name in lower case, folded, joined by single spaces.
fn normalise(name: &str) -> String {
    // Most headings are ASCII, where nothing is folded.
    if name.is_ascii() {
        return words(name.chars().map(|mark| mark.to_ascii_lowercase()), name.len());
    }
    let lower = name.nfkc().collect::<String>().to_lowercase();
    words(fold(&lower).chars(), lower.len())
}

fn words(marks: impl Iterator<Item = char>, capacity: usize) -> String {
    let mut words = String::with_capacity(capacity);
    for mark in marks {
        match mark {
            '\'' | '’' | '\u{200b}'..='\u{200f}' | '\u{fe0f}' => {}
            _ if is_word(mark) => words.push(mark),
            _ if words.ends_with(' ') || words.is_empty() => {}
            _ => words.push(' '),
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Letters, digits, and the vowel signs of scripts that write them as marks.
fn is_word(mark: char) -> bool {
    mark.is_alphanumeric() || unicode_normalization::char::is_combining_mark(mark)
}

/// The name without a number before or behind it: "3. FAQ", "IV. Analysis", "FAQ (12)".
fn bare(name: &str) -> &str {
    let is_number = |word: &str| {
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let han = word.chars().all(|mark| "一二三四五六七八九十".contains(mark));
        digits || han || (word.len() <= 4 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')))
    };
    let mut bare = name;
    while let Some((first, rest)) = bare.split_once(' ')
        && (is_number(first) || (first.len() == 1 && first.is_ascii() && bare.len() == name.len()))
    {
        bare = rest;
    }
    while let Some((rest, last)) = bare.rsplit_once(' ')
        && last.bytes().all(|byte| byte.is_ascii_digit())
    {
        bare = rest;
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_names_print_the_same() {
        assert_eq!(format!("{:?}", SectionNames::default()), format!("{:?}", SectionNames::default()));
    }

    #[test]
    fn names_are_known_in_many_forms() {
        let names = SectionNames::default();
        for (heading, role) in [
            ("Key Takeaways", Role::Takeaways),
            ("**KEY TAKEAWAYS:**", Role::Takeaways),
            ("🔑 Key takeaways", Role::Takeaways),
            ("TL;DR", Role::Takeaways),
            ("In‑Depth Analysis", Role::Analysis),
            ("II. In-depth analysis", Role::Analysis),
            ("Industry Impact", Role::Impact),
            ("Why it matters", Role::Impact),
            ("3. FAQ", Role::Faq),
            ("FAQs (12)", Role::Faq),
            ("F.A.Q.", Role::Faq),
            ("Q & A", Role::Faq),
            ("Häufig gestellte Fragen", Role::Faq),
            ("HAUFIG GESTELLTE FRAGEN", Role::Faq),
            ("Preguntas frecuentes", Role::Faq),
            ("Συχνές ερωτήσεις", Role::Faq),
            ("ΣΥΧΝΕΣ ΕΡΩΤΗΣΕΙΣ", Role::Faq),
            ("常见问题", Role::Faq),
            ("二、【常见问题】", Role::Faq),
            ("よくある質問", Role::Faq),
            ("자주 묻는 질문", Role::Faq),
            ("अक्सर पूछे जाने वाले प्रश्न", Role::Faq),
            ("SIKÇA SORULAN SORULAR", Role::Faq),
            ("الأسئلة الشائعة", Role::Faq),
            ("คำถามที่พบบ่อย", Role::Faq),
        ] {
            assert_eq!(names.role(heading), Some(role), "{heading}");
        }
        for heading in ["", "!!!", "The key takeaways of this year were many", "Shipping FAQ", "3."] {
            assert_eq!(names.role(heading), None, "{heading}");
        }
    }

    #[test]
    fn no_built_in_name_has_two_roles() {
        let table: BTreeMap<Role, BTreeMap<String, Vec<String>>> = toml::from_str(BUILT_IN).unwrap();
        assert_eq!(table.len(), Role::NAMES.len());
        let mut roles = BTreeMap::new();
        for (role, languages) in &table {
            assert!(languages.len() >= 20, "{role:?}");
            for name in languages.values().flatten() {
                let other = roles.insert(normalise(name), *role);
                assert!(other.is_none_or(|other| other == *role), "{name}: {role:?} and {other:?}");
                assert!(!normalise(name).is_empty());
            }
        }
    }

    #[test]
    fn an_faq_may_say_what_it_is_about() {
        let names = SectionNames::default();
        for heading in ["Shipping FAQ", "FAQ: returns", "Frequently asked questions about DNS", "关于退货的常见问题"]
        {
            assert_eq!(names.role_of_heading(heading), Some(Role::Faq), "{heading}");
        }
        for heading in [
            "Faqir",
            "Why is my question not in the FAQ?",
            "Our FAQ has moved.",
            "See the FAQ of the other site when you have time for it, or ask",
        ] {
            assert_eq!(names.role_of_heading(heading), None, "{heading}");
        }
    }

    #[test]
    fn a_setting_adds_names_and_wrong_ones_are_told() {
        let extra = |role: &str, name: &str| BTreeMap::from([(role.to_owned(), vec![name.to_owned()])]);
        let names = SectionNames::with(extra("FAQ", "Ask us anything")).unwrap();
        assert_eq!(names.role("ask us anything!"), Some(Role::Faq));
        assert_eq!(names.role("FAQ"), Some(Role::Faq));
        assert!(SectionNames::with(extra("questions", "x")).unwrap_err().contains("takeaways, analysis"));
        assert!(SectionNames::with(extra("faq", "?!")).unwrap_err().contains("no letters"));
    }
}
