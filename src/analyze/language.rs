//! Which language a text or a question is in.

pub use super::codes::of_tag;
use super::codes::{self, code};
use std::{borrow::Cow, collections::BTreeSet, ops::Range};
use whatlang::{Detector, Lang, Script};

/// So much of a text tells its language nearly always. In bytes.
const SHORT_SAMPLE: usize = 1200;
/// And so much tells as well as the whole does.
const SAMPLE: usize = 16 << 10;
/// A sample has so many pieces from all over the text.
const PIECES: usize = 6;

/// Letters that a language does not use, beside others of its script.
const FOREIGN: [(&str, &str); 6] = [
    ("ar", "پچژگکیٹڈڑںےھہ"),
    ("bg", "ыэёіїєґўђћљњј"),
    ("fa", "ٹڈڑںےھہةيك"),
    ("ru", "іїєґўђћљњјѓќ"),
    ("uk", "ыэёъўђћљњјѓќ"),
    ("ur", "ةيك"),
];

/// Words that Danish and Norwegian spell differently: by their letters they are hard to tell.
const DANISH_NORWEGIAN: [(&str, &str); 17] = [
    ("af", "av"),
    ("bliver", "blir"),
    ("blev", "ble"),
    ("dig", "deg"),
    ("efter", "etter"),
    ("gennem", "gjennom"),
    ("hvad", "hva"),
    ("igen", "igjen"),
    ("meget", "mye"),
    ("mellem", "mellom"),
    ("mig", "meg"),
    ("noget", "noe"),
    ("nogle", "noen"),
    ("nu", "nå"),
    ("op", "opp"),
    ("ud", "ut"),
    ("uden", "uten"),
];

/// The language of a whole text, or `None` if the text does not tell.
///
/// Short texts tell too little: ask for a file, never for a line of it.
#[must_use]
pub fn of_text(text: &str) -> Option<String> {
    let detector = Detector::new();
    if text.len() > 2 * SHORT_SAMPLE
        && let Some(language) = of_sample(&sample(text, SHORT_SAMPLE), &detector, 1.0)
    {
        return Some(language);
    }
    of_sample(&sample(text, SAMPLE), &detector, 0.5)
}

/// The language of a sample, if it is reliable or more than `sure`.
fn of_sample(sample: &str, detector: &Detector, sure: f64) -> Option<String> {
    if is_lao(sample) {
        return Some("lo".to_owned());
    }
    let info = detector.detect(sample)?;
    let neighbour = || danish_or_norwegian(sample).filter(|_| matches!(info.lang(), Lang::Dan | Lang::Nob));
    let known = || (info.is_reliable() || info.confidence() > sure).then(|| code(info.lang()));
    neighbour().or_else(known)
}

/// Which of the two it is by its small words, if one has more than the other.
fn danish_or_norwegian(text: &str) -> Option<String> {
    let (mut danish, mut norwegian) = (0, 0);
    for word in text.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase) {
        danish += usize::from(DANISH_NORWEGIAN.iter().any(|(own, _)| *own == word));
        norwegian += usize::from(DANISH_NORWEGIAN.iter().any(|(_, own)| *own == word));
    }
    (danish != norwegian).then(|| if danish > norwegian { "da" } else { "no" }.to_owned())
}

/// Whether most letters are Lao, which whatlang does not know.
fn is_lao(text: &str) -> bool {
    let lao = text.chars().filter(|letter| matches!(letter, '\u{e80}'..='\u{eff}')).count();
    lao > 0 && lao * 2 > text.chars().filter(|letter| letter.is_alphabetic()).count()
}

/// Pieces from all over a text, `length` bytes together, or the whole if it is not longer.
fn sample(text: &str, length: usize) -> Cow<'_, str> {
    if text.len() <= length {
        return Cow::Borrowed(text);
    }
    let starts = (0..PIECES).map(|number| text.len() / PIECES * number);
    Cow::Owned(starts.map(|start| part(text, start..start + length / PIECES)).collect::<Vec<_>>().join("\n"))
}

/// What is in a range of a text, no character cut.
fn part(text: &str, range: Range<usize>) -> &str {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[boundary(range.start)..boundary(range.end)]
}

/// The languages of the corpus in which a question may be, by its script and its letters.
///
/// Which words of a language are asked in another one is unknown: all languages that may be stay.
#[must_use]
pub fn of_question<'a>(question: &str, corpus: &'a BTreeSet<String>) -> Vec<&'a str> {
    let scripts = scripts(question);
    let may_be = |language: &&str| scripts.as_ref().is_none_or(|scripts| scripts.may_be(language));
    let lower = question.to_lowercase();
    let knows_letters = |language: &&str| {
        let foreign = FOREIGN.iter().find(|(code, _)| code == language);
        foreign.is_none_or(|(_, letters)| !lower.contains(|letter| letters.contains(letter)))
    };
    let all: Vec<&str> = corpus.iter().map(String::as_str).collect();
    [
        all.iter().copied().filter(may_be).filter(knows_letters).collect(),
        all.iter().copied().filter(may_be).collect(),
        all,
    ]
    .into_iter()
    .find(|likely: &Vec<&str>| !likely.is_empty())
    .unwrap_or_default()
}

/// The languages that a script is used for.
enum Scripts {
    /// These, by code.
    Only(&'static [&'static str]),
    /// Those that whatlang knows for it, and those that it does not know.
    Known(Script),
}

impl Scripts {
    fn may_be(&self, language: &str) -> bool {
        match self {
            Self::Only(codes) => codes.contains(&language),
            Self::Known(script) => {
                if language == "lo" {
                    return false;
                }
                codes::lang(language).is_none_or(|lang| script.langs().contains(&lang))
            }
        }
    }
}

fn scripts(question: &str) -> Option<Scripts> {
    if is_lao(question) {
        return Some(Scripts::Only(&["lo"]));
    }
    let script = whatlang::detect_script(question)?;
    let has_kana = question.contains(|letter| matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}'));
    Some(match script {
        // Most letters of a Japanese question may be Chinese ones, and all of a short one.
        Script::Mandarin if has_kana => Scripts::Only(&["ja"]),
        Script::Mandarin => Scripts::Only(&["zh", "ja"]),
        script => Scripts::Known(script),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_language_and_a_word_does_not() {
        let english = "The library keeps every book that was ever printed in the country, and lends most of them.";
        let german =
            "Die Bibliothek bewahrt jedes Buch auf, das im Land gedruckt wurde, und verleiht die meisten davon.";
        assert_eq!(of_text(english).as_deref(), Some("en"));
        assert_eq!(of_text(german).as_deref(), Some("de"));
        assert_eq!(of_text("图书馆保存了该国印刷的每一本书，并借出其中的大部分。").as_deref(), Some("zh"));
        assert_eq!(of_text("42"), None);
    }

    #[test]
    fn every_language_is_known_from_a_few_sentences() {
        for (language, text) in [
            (
                "bg",
                "Библиотеката пази всяка книга, която някога е била отпечатана в страната, и заема повечето от тях.",
            ),
            ("bn", "গ্রন্থাগারটি দেশে ছাপা প্রতিটি বই সংরক্ষণ করে এবং তাদের বেশিরভাগ ধার দেয়।"),
            (
                "cs",
                "Knihovna uchovává každou knihu, která kdy byla v zemi vytištěna, a většinu z nich půjčuje čtenářům.",
            ),
            ("da", "Biblioteket opbevarer alle bøger, der er trykt i landet, og udlåner de fleste af dem i fire uger."),
            (
                "no",
                "Biblioteket oppbevarer alle bøker som er trykt i landet, og låner ut de fleste av dem i fire uker.",
            ),
            ("el", "Η βιβλιοθήκη φυλάει κάθε βιβλίο που τυπώθηκε ποτέ στη χώρα και δανείζει τα περισσότερα."),
            ("fa", "کتابخانه هر کتابی را که در کشور چاپ شده نگه می‌دارد و بیشتر آنها را امانت می‌دهد."),
            (
                "fi",
                "Kirjasto säilyttää jokaisen maassa painetun kirjan ja lainaa niistä useimmat lukijoille myös kotiin.",
            ),
            ("he", "הספרייה שומרת כל ספר שהודפס אי פעם במדינה ומשאילה את רובם."),
            ("hi", "पुस्तकालय देश में छपी हर किताब को रखता है और उनमें से अधिकांश उधार देता है।"),
            (
                "hu",
                "A könyvtár megőriz minden könyvet, amelyet valaha az országban nyomtattak, és a legtöbbet kölcsön is adja.",
            ),
            ("ja", "図書館は国内で印刷されたすべての本を保管し、そのほとんどを貸し出しています。"),
            ("km", "បណ្ណាល័យរក្សាទុកសៀវភៅទាំងអស់ដែលបានបោះពុម្ពនៅក្នុងប្រទេស។"),
            ("ko", "도서관은 나라에서 인쇄된 모든 책을 보관하고 대부분을 빌려준다."),
            ("lo", "ຫໍສະໝຸດເກັບຮັກສາປຶ້ມທຸກຫົວທີ່ພິມໃນປະເທດ ແລະ ໃຫ້ຢືມສ່ວນຫຼາຍ."),
            (
                "pl",
                "Biblioteka przechowuje każdą książkę, która kiedykolwiek została wydrukowana w kraju, i większość wypożycza.",
            ),
            (
                "ru",
                "Библиотека хранит каждую книгу, которая когда-либо была напечатана в стране, и выдаёт большинство из них.",
            ),
            ("ta", "நூலகம் நாட்டில் அச்சிடப்பட்ட ஒவ்வொரு புத்தகத்தையும் வைத்திருக்கிறது."),
            ("th", "ห้องสมุดเก็บหนังสือทุกเล่มที่เคยพิมพ์ในประเทศและให้ยืมหนังสือส่วนใหญ่"),
            ("tr", "Kütüphane ülkede basılmış olan her kitabı saklar ve bunların çoğunu okuyuculara ödünç verir."),
            (
                "uk",
                "Бібліотека зберігає кожну книгу, яка будь-коли була надрукована в країні, і видає більшість із них.",
            ),
            ("ur", "کتب خانہ ملک میں چھپنے والی ہر کتاب کو محفوظ رکھتا ہے اور ان میں سے اکثر ادھار دیتا ہے۔"),
            ("vi", "Thư viện lưu giữ mọi cuốn sách từng được in trong nước và cho mượn hầu hết số đó."),
        ] {
            assert_eq!(of_text(&format!("{text} {text} {text}")).as_deref(), Some(language), "{text}");
        }
    }

    #[test]
    fn a_long_text_is_known_by_pieces_of_it() {
        let german = "Die Bücher stehen überall, und man findet sie später auch wieder. ".repeat(1000);
        assert_eq!(of_text(&german).as_deref(), Some("de"));
        assert!(sample(&german, SHORT_SAMPLE).len() <= SHORT_SAMPLE + PIECES);
    }

    #[test]
    fn a_question_is_in_a_language_of_its_script() {
        let corpus = ["ar", "de", "en"].map(str::to_owned).into();
        assert_eq!(of_question("wie geht das", &corpus), ["de", "en"]);
        assert_eq!(of_question("كيف حالك", &corpus), ["ar"]);
        assert_eq!(of_question("как дела", &corpus), ["ar", "de", "en"]);
        let corpus = ["ar", "bg", "fa", "hi", "ja", "ko", "lo", "ru", "th", "uk", "ur", "zh"].map(str::to_owned).into();
        for (question, languages) in [
            ("退会方法は？", &["ja"][..]),
            ("退会方法", &["ja", "zh"]),
            ("ログインできない", &["ja"]),
            ("비밀번호를 바꾸려면?", &["ko"]),
            ("як змінити її пароль", &["uk"]),
            ("как изменить его, если это мы", &["ru"]),
            ("пароль", &["bg", "ru", "uk"]),
            ("چگونه گذرواژه را تغییر دهم", &["fa", "ur"]),
            ("پاس ورڈ کیسے تبدیل کریں", &["ur"]),
            ("كيف أغير كلمة المرور", &["ar"]),
            ("पासवर्ड कैसे बदलें", &["hi"]),
            ("ປ່ຽນລະຫັດຜ່ານແນວໃດ", &["lo"]),
            ("เปลี่ยนรหัสผ่านอย่างไร", &["th"]),
        ] {
            assert_eq!(of_question(question, &corpus), languages, "{question}");
        }
    }
}
