//! Claims written by hand, against small articles in four languages.

use super::{Contradiction, Source, Verdict, check};
use crate::{BuildOptions, Engine, Silent};
use std::fs;

struct Case {
    engine: Engine,
    ids: Vec<(String, String)>,
    _folder: tempfile::TempDir,
}

/// An index of articles, each a question and an answer of a name.
fn case(language: &str, pairs: &[(&str, &str, &str)]) -> Case {
    let folder = tempfile::tempdir().unwrap();
    let (articles, index) = (folder.path().join("articles"), folder.path().join("index"));
    fs::create_dir(&articles).unwrap();
    let rows = pairs.iter().map(|(name, question, answer)| {
        serde_json::json!({"_id": name, "question": question, "answer": answer, "language": language}).to_string()
            + "\n"
    });
    fs::write(articles.join("rows.jsonl"), rows.collect::<String>()).unwrap();
    let engine = Engine::build(&BuildOptions::new(&articles, &index), &Silent).unwrap();
    let units = (0..engine.len()).map(|unit| engine.unit_at(unit as u32).unwrap());
    let ids = units.map(|unit| (unit.document, unit.id)).collect();
    Case { engine, ids, _folder: folder }
}

impl Case {
    /// The sources `1`, `2` … in the order of the rows.
    fn sources(&self) -> Vec<Source> {
        let ids = self.ids.iter().enumerate();
        ids.map(|(at, (_, id))| Source { marker: (at + 1).to_string(), id: id.clone() }).collect()
    }

    #[track_caller]
    fn holds(&self, cases: &[(&str, Verdict)]) {
        let mut wrong = Vec::new();
        for (text, verdict) in cases {
            let found = check(&self.engine, text, &self.sources()).unwrap();
            let verdicts: Vec<Verdict> = found.sentences.iter().map(|sentence| sentence.verdict).collect();
            if verdicts != [*verdict] {
                let seen =
                    |found: &super::Checked| format!("{:?} {:?} {:?}", found.verdict, found.missing, found.contradicts);
                wrong.push(format!("{text}: {}", found.sentences.iter().map(seen).collect::<String>()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

use Verdict::{Covered, Neutral, Partly, Uncited, Unsupported, Verbatim};

fn english() -> Case {
    case(
        "en",
        &[
            (
                "hours",
                "When does the library open?",
                "The library opens at 9 every morning and closes at 18 in the evening. It is not open on Sundays.",
            ),
            (
                "dogs",
                "Are dogs allowed?",
                "Dogs are not allowed in the reading room. Guide dogs are welcome everywhere.",
            ),
            (
                "card",
                "What does a card cost?",
                "A card costs 12 euros a year. Students pay half of that, and children under six need no card.",
            ),
            ("parking", "Can I park at the library?", "No."),
            (
                "backup",
                "How do I make a backup?",
                "Run `faq dump --all`, then copy the file to another disk. Don't keep both on one machine.",
            ),
        ],
    )
}

#[test]
fn english_claims() {
    english().holds(&[
        ("The library opens at 9 every morning and closes at 18 in the evening [1].", Verbatim),
        ("“It is not open on Sundays.” [1]", Verbatim),
        ("- **Dogs are not allowed** in the reading room [2].", Verbatim),
        ("Guide dogs are welcome everywhere【2】.", Verbatim),
        ("Run `faq dump --all`, then copy the file to another disk [5]", Verbatim),
        // True, in other words.
        ("Every morning at 9 the library opens [1].", Covered),
        ("At nine every morning the library opens its doors [1].", Partly),
        ("The library is closed at 18 in the evening and opens at 9 [1].", Covered),
        ("Guide dogs are always welcome [2].", Partly),
        ("The reading room does not allow dogs [2].", Covered),
        ("A year's card costs 12 euros, and children under six need none [3].", Covered),
        ("A card costs twelve euros [3].", Covered),
        ("You cannot park at the library [4].", Covered),
        ("Make a backup with `faq dump --all` and copy the file to another disk [5].", Covered),
        ("Yes, guide dogs are welcome [2].", Covered),
        // Other numbers.
        ("The library opens at 8 every morning [1].", Unsupported),
        ("A card costs 15 euros a year [3].", Unsupported),
        ("A card costs twenty euros a year [3].", Unsupported),
        // Yes for no.
        ("It is open on Sundays [1].", Unsupported),
        ("Dogs are allowed in the reading room [2].", Unsupported),
        ("Guide dogs are not welcome [2].", Unsupported),
        ("You can park at the library [4].", Unsupported),
        ("Children under six need a card [3].", Unsupported),
        ("Keep both on one machine [5].", Unsupported),
        // Invented.
        ("The library opens at 9 and serves free coffee [1].", Partly),
        ("The cafe sells sandwiches and cake [1].", Unsupported),
        ("Dogs are allowed in Leipzig because the mayor said so [2].", Unsupported),
        // Wrong markers.
        ("Guide dogs are welcome everywhere [1].", Unsupported),
        ("Guide dogs are welcome everywhere [9].", Unsupported),
        // No marker.
        ("Guide dogs are welcome everywhere.", Uncited),
        ("The cafe sells sandwiches.", Uncited),
        // Nothing claimed.
        ("Here is what I found:", Neutral),
        ("## Opening hours", Neutral),
        ("Is there anything else?", Neutral),
        ("Yes.", Neutral),
    ]);
}

#[test]
fn german_claims() {
    let case = case(
        "de",
        &[
            (
                "zeiten",
                "Wann öffnet die Bibliothek?",
                "Die Bibliothek öffnet täglich um 9 Uhr und schließt um 18 Uhr. Am Sonntag ist sie nicht geöffnet.",
            ),
            (
                "hunde",
                "Sind Hunde erlaubt?",
                "Hunde sind im Lesesaal nicht erlaubt. Blindenhunde dürfen überall hinein.",
            ),
            ("ausweis", "Was kostet ein Ausweis?", "Ein Ausweis kostet zwölf Euro im Jahr. Kinder zahlen nichts."),
        ],
    );
    case.holds(&[
        ("Die Bibliothek öffnet täglich um 9 Uhr und schließt um 18 Uhr [1].", Verbatim),
        ("„Blindenhunde dürfen überall hinein“ [2].", Verbatim),
        ("Um 9 Uhr öffnet täglich die Bibliothek [1].", Covered),
        ("Im Lesesaal sind keine Hunde erlaubt [2].", Covered),
        ("Der Ausweis kostet im Jahr 12 Euro [3].", Covered),
        ("Die Bibliothek öffnet um 8 Uhr [1].", Unsupported),
        ("Ein Ausweis kostet 15 Euro im Jahr [3].", Unsupported),
        ("Am Sonntag ist die Bibliothek geöffnet [1].", Unsupported),
        ("Hunde sind im Lesesaal erlaubt [2].", Unsupported),
        ("Die Bibliothek öffnet täglich um 9 Uhr und verkauft Kuchen [1].", Partly),
        ("Das Schwimmbad verkauft Kuchen [1].", Unsupported),
        ("Kinder zahlen nichts [1].", Unsupported),
        ("Kinder zahlen nichts.", Uncited),
        ("Folgendes habe ich gefunden:", Neutral),
    ]);
}

#[test]
fn chinese_claims() {
    let case = case(
        "zh",
        &[
            ("时间", "图书馆几点开门？", "图书馆每天早上九点开门，晚上六点关门。周日不开放。"),
            ("狗", "可以带狗吗？", "阅览室不允许带狗。导盲犬可以进入所有房间。"),
            ("卡", "借书证多少钱？", "借书证每年12欧元。学生半价。"),
        ],
    );
    case.holds(&[
        ("图书馆每天早上九点开门，晚上六点关门【1】。", Verbatim),
        ("“周日不开放。”[1]", Verbatim),
        ("导盲犬可以进入所有房间[2]。", Verbatim),
        ("图书馆早上九点开门[1]。", Covered),
        ("阅览室不允许带狗进入[2]。", Covered),
        ("借书证的价格是每年12欧元[3]。", Partly),
        ("借书证每年是12欧元[3]。", Covered),
        ("图书馆每天早上八点开门[1]。", Unsupported),
        ("借书证每年15欧元[3]。", Unsupported),
        ("周日开放[1]。", Unsupported),
        ("阅览室允许带狗[2]。", Unsupported),
        ("咖啡厅出售蛋糕[1]。", Unsupported),
        ("导盲犬可以进入所有房间[1]。", Unsupported),
        ("导盲犬可以进入所有房间。", Uncited),
        ("还有其他问题吗？", Neutral),
    ]);
}

#[test]
fn arabic_claims() {
    let case = case(
        "ar",
        &[
            (
                "hours",
                "متى تفتح المكتبة؟",
                "تفتح المكتبة كل صباح في الساعة 9 وتغلق في الساعة 18. المكتبة ليست مفتوحة يوم الأحد.",
            ),
            ("dogs", "هل الكلاب مسموحة؟", "لا يسمح بدخول الكلاب إلى قاعة القراءة. كلاب الإرشاد مرحب بها."),
            ("card", "كم سعر البطاقة؟", "سعر البطاقة ١٢ يورو في السنة."),
        ],
    );
    case.holds(&[
        ("تفتح المكتبة كل صباح في الساعة 9 وتغلق في الساعة 18 [1].", Verbatim),
        ("سعر البطاقة 12 يورو في السنة [3].", Covered),
        ("في الساعة 9 كل صباح تفتح المكتبة [1].", Covered),
        ("تفتح المكتبة كل صباح في الساعة 8 [1].", Unsupported),
        ("سعر البطاقة ١٥ يورو [3].", Unsupported),
        ("المكتبة مفتوحة يوم الأحد [1].", Unsupported),
        ("يسمح بدخول الكلاب إلى قاعة القراءة [2].", Unsupported),
        ("يبيع المقهى الكعك والقهوة [1].", Unsupported),
        ("كلاب الإرشاد مرحب بها [3].", Unsupported),
        ("كلاب الإرشاد مرحب بها.", Uncited),
    ]);
}

#[test]
fn a_whole_answer_is_told_sentence_by_sentence() {
    let case = english();
    let text = "Here is what I found:\n\n- The library opens at 9 [1].\n- Guide dogs are welcome everywhere. [1] Dogs are allowed in the reading room [2].\n- A card costs 12 euros a year, and the library is not open on Sundays [1, 3].\n\nStudents pay half of that.";
    let found = check(&case.engine, text, &case.sources()).unwrap();
    let verdicts: Vec<Verdict> = found.sentences.iter().map(|sentence| sentence.verdict).collect();
    assert_eq!(verdicts, [Neutral, Verbatim, Unsupported, Unsupported, Covered, Uncited], "{found:#?}");
    assert!(!found.supported && (found.share - 0.4).abs() < 1e-9);
    let [_, opens, guide, dogs, both, students] = &found.sentences[..] else { panic!("{found:#?}") };
    let letters: Vec<char> = text.chars().collect();
    for sentence in &found.sentences {
        assert_eq!(letters[sentence.start..sentence.end].iter().collect::<String>(), sentence.text);
    }
    assert_eq!(opens.citation.as_ref().unwrap().lines, Some([1, 1]));
    assert_eq!((guide.found_in.as_deref(), guide.contradicts), (Some("2"), None));
    assert_eq!((dogs.contradicts, dogs.found_in.as_deref()), (Some(Contradiction::Negation), None));
    assert_eq!(both.markers, ["1", "3"]);
    assert_eq!(students.found_in.as_deref(), Some("3"));
    let found = check(&case.engine, "The library opens at 8 and sells cake [1].", &case.sources()).unwrap();
    assert_eq!(found.sentences[0].missing, ["8", "sells", "cake"]);
    assert_eq!(found.sentences[0].contradicts, Some(Contradiction::Number));
}

#[test]
fn what_cannot_be_checked_is_refused() {
    let case = english();
    let error = |text: &str, sources: &[Source]| check(&case.engine, text, sources).unwrap_err().code();
    assert_eq!(error(&"x".repeat(super::LONGEST_TEXT + 1), &[]), "text_invalid");
    let unknown = Source { marker: "1".to_owned(), id: "none".to_owned() };
    assert_eq!(error("x", &[unknown.clone()]), "unit_unknown");
    assert_eq!(error("x", &vec![unknown; super::MOST_SOURCES + 1]), "text_invalid");
    let nothing = check(&case.engine, "", &[]).unwrap();
    assert!(nothing.supported && nothing.sentences.is_empty());
}
