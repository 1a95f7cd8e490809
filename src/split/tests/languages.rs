//! The usual article in every language that is known: its sections are found by their names.

use super::*;
use crate::analyze::language::of_text;

/// A language a line: code, title, a sentence, a heading, the names of the sections (takeaways, analysis, impact,
/// FAQ), the label of a question, and a question.
const WORDS: &str = include_str!("languages.tsv");

#[test]
fn the_article_shape_in_every_language() {
    for line in WORDS.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [language, title, said, heading, takeaways, analysis, impact, faq, label, asked] = cells[..] else {
            panic!("{line}");
        };
        // Thai and Lao sentences have no mark at their end.
        let text = format!(
            "\n{title}\n{said} {said}\n{takeaways}\n- {said}\n- {said}\n{analysis}\n{heading}\n{said} {said}\n{impact}\n\
             {said}\n{faq}\n{label} {asked}\n{said}\n{label} {asked}\n{said} {said}\n\n"
        );
        let units = split(&plain(&text), &NAMES);
        let line = |unit: &Unit| {
            let asked: Vec<&str> = unit.phrasings.iter().map(Excerpt::plain).collect();
            format!("{}|{}|{}|{}", unit.kind, unit.heading.join(" > "), asked.join(" / "), unit.text.plain())
        };
        let found: Vec<String> = units.iter().map(line).collect();
        let expected = [
            format!("passage|||{said} {said}"),
            format!("takeaway|{takeaways}||{said}"),
            format!("takeaway|{takeaways}||{said}"),
            format!("passage|{analysis} > {heading}||{said} {said}"),
            format!("passage|{impact}||{said}"),
            format!("qa|{faq}|{asked}|{said}"),
            format!("qa|{faq}|{asked}|{said} {said}"),
        ];
        assert_eq!(found, expected, "{language}");
        assert_eq!(of_text(&text).as_deref(), Some(language), "{title}");
        assert!(units.iter().all(|unit| unit.about.title.as_deref() == Some(title)), "{language}");
    }
}

#[test]
fn an_answer_has_a_label_in_every_language() {
    for (label, answer) in [
        ("س: ", "ج: "),
        ("В: ", "О: "),
        ("Otázka: ", "Odpověď: "),
        ("Spørgsmål: ", "Svar: "),
        ("Frage: ", "Antwort: "),
        ("Ε: ", "Α: "),
        ("Q. ", "A. "),
        ("P: ", "R: "),
        ("پرسش: ", "پاسخ: "),
        ("K: ", "V: "),
        ("ש: ", "ת: "),
        ("सवाल: ", "जवाब: "),
        ("Kérdés: ", "Válasz: "),
        ("T: ", "J: "),
        ("質問１：", "回答１："),
        ("សំណួរ៖ ", "ចម្លើយ៖ "),
        ("질문 1. ", "답변 1. "),
        ("ຄຳຖາມ: ", "ຄຳຕອບ: "),
        ("Vraag 2: ", "Antwoord 2: "),
        ("Pytanie: ", "Odpowiedź: "),
        ("Întrebare: ", "Răspuns: "),
        ("Fråga: ", "Svar: "),
        ("கேள்வி: ", "பதில்: "),
        ("คำถามที่ 1: ", "คำตอบ: "),
        ("Soru: ", "Cevap: "),
        ("S: ", "C: "),
        ("Питання: ", "Відповідь: "),
        ("سوال: ", "جواب: "),
        ("Hỏi: ", "Đáp: "),
        ("Câu hỏi 3: ", "Trả lời: "),
        ("问题一：", "答案："),
        ("問：", "答："),
    ] {
        check(
            &plain(&format!("{label}ok?\n{answer}ok.\n\n{label}oh?\n{answer}oh.\n")),
            &["qa||ok?|ok.", "qa||oh?|oh."],
        );
    }
}
