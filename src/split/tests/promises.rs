//! What holds for any text.

use super::*;
use crate::model::UnitKind;
use proptest::prelude::*;

/// Where the bytes of a plain range stand in the file.
fn hull(article: &Article, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    article.text.span(article.trim(range.clone())).hull().unwrap_or(0..0)
}

/// What holds for the units of any article.
fn check_promises(article: &Article, bytes: &[u8]) -> Result<(), TestCaseError> {
    let names = &*NAMES;
    let units = split(article, names);
    prop_assert_eq!(&units, &split(article, names));

    let mut places = Vec::new();
    for excerpt in units.iter().flat_map(Unit::excerpts) {
        prop_assert_eq!(excerpt.text().first_difference(bytes), None);
        prop_assert_eq!(excerpt.plain().trim(), excerpt.plain());
        prop_assert!(!excerpt.plain().is_empty());
        places.push(excerpt.span(excerpt.all()).hull().unwrap());
    }
    // In the order of the article, none over another.
    for pair in places.windows(2) {
        prop_assert!(pair[0].end <= pair[1].start, "{:?}", pair);
    }

    let blocks = outline::outline(article, names);
    let mut at = 0;
    for block in blocks.iter() {
        prop_assert!(block.range.start >= at);
        check_residue(&article.text.plain()[at..block.range.start])?;
        at = block.range.end;
        if matches!(block.kind, BlockKind::Title | BlockKind::Heading(_)) {
            continue;
        }
        for sentence in sentences(&article.text.plain()[block.range.clone()]) {
            let sentence = hull(article, &(block.range.start + sentence.start..block.range.start + sentence.end));
            let holds = |place: &&std::ops::Range<usize>| place.start <= sentence.start && sentence.end <= place.end;
            prop_assert_eq!(places.iter().filter(holds).count(), 1, "{:?}", &bytes[sentence]);
        }
    }
    check_residue(&article.text.plain()[at..])?;

    // No passage reaches over a heading or a question.
    let marks = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Question));
    for mark in marks.map(|block| hull(article, &block.range)) {
        for unit in units.iter().filter(|unit| unit.kind != UnitKind::Qa) {
            let place = unit.text.span(unit.text.all()).hull().unwrap();
            prop_assert!(place == mark || place.end <= mark.start || mark.end <= place.start);
        }
    }
    Ok(())
}

/// What is in no block is marks and labels, never a sentence.
fn check_residue(text: &str) -> Result<(), TestCaseError> {
    for line in text.lines() {
        let known = ["Q", "A", "Question", "Answer", "Frage", "问", "答", ""];
        let word = line.trim_matches(|mark: char| !mark.is_alphabetic());
        prop_assert!(known.contains(&word) || word.chars().count() == 1, "lost: {:?}", line);
    }
    Ok(())
}

fn soup() -> impl Strategy<Value = String> {
    let lines = prop::sample::select(vec![
        "",
        "",
        "",
        "Key Takeaways",
        "FAQ",
        "In-Depth Analysis",
        "**Highlights**",
        "## Setup",
        "Notes",
        "Café au lait",
        "=====",
        "-----",
        "***",
        "- one point",
        "* another point that has no end",
        "1. first",
        "2. second",
        "a) letter",
        "• dot",
        "3. FAQ",
        "Why does it matter?",
        "Q: What is it?",
        "Q1. And this?",
        "**Question 3 - How so?**",
        "Q: Both? A: Yes.",
        "A: It is a thing.",
        "Answer: yes",
        "A. Smith wrote it.",
        "Question:",
        "问：为什么？",
        "答：因为。",
        "Because it is so.",
        "A line that is broken at a width and that goes on in the",
        "next line of the same paragraph, which has an end.",
        "Dr. Smith came at 5 p.m. and left. Nobody knew why! Then, silence…",
        "```",
        "let x = 1;",
        "| a | b |",
        "\tIndented text.",
        "这是一个句子。这是另一个。",
        "\u{feff}Mark",
        "What is it? It is this.",
        "A short line:",
        "Ελληνικά;",
        "…",
        "?",
        "**",
        "** **",
        "https://example.org/a?b=c",
        "By Jane Doe, 2 March 2024",
        "word, word, word,",
    ]);
    let ends = prop::sample::select(vec!["\n", "\n", "\n", "\r\n", "\n\n", " \t\n", "\r"]);
    let long = (1usize..60).prop_map(|count| "It is a sentence of seven words. ".repeat(count));
    let line = prop_oneof![6 => lines.prop_map(str::to_owned), 1 => long];
    prop::collection::vec((line, ends), 0..25)
        .prop_map(|parts| parts.into_iter().map(|(line, end)| line + end).collect())
}

fn kinds() -> impl Strategy<Value = BlockKind> {
    use BlockKind::{Answer, Code, Heading, Item, Line, Paragraph, Passage, Question, Table, Title};
    let fixed =
        prop::sample::select(vec![Title, Paragraph, Paragraph, Item, Code, Table, Question, Answer, Passage, Line]);
    prop_oneof![2 => fixed, 1 => (1u8..5).prop_map(Heading)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_lines_keep_the_promises(text in soup()) {
        check_promises(&plain(&text), text.as_bytes())?;
        if let Ok(read) = encoding::decode(text.as_bytes()) {
            check_promises(&article(read.text, read.lines, "a.txt"), text.as_bytes())?;
        }
    }

    #[test]
    fn any_text_splits_without_panic(text in "\\PC{0,200}|(\\PC{0,30}[ \n\t\r]{0,2}){0,20}|[ -~\n]{0,300}") {
        let article = plain(&text);
        let units = split(&article, &NAMES);
        for excerpt in units.iter().flat_map(Unit::excerpts) {
            prop_assert_eq!(excerpt.text().first_difference(text.as_bytes()), None);
        }
        if units.is_empty() {
            check_residue(&text)?;
        }
    }

    #[test]
    fn any_blocks_split_without_panic(
        parts in prop::collection::vec((kinds(), prop::sample::select(vec!["FAQ", "Why?", "Notes", "A sentence. Another.", " "])), 0..14),
    ) {
        let article = typed(&parts);
        let units = split(&article, &NAMES);
        let places: Vec<_> = units.iter().flat_map(Unit::excerpts).filter_map(|part| part.span(part.all()).hull()).collect();
        prop_assert!(places.windows(2).all(|pair| pair[0].end <= pair[1].start));
        for (block, (kind, text)) in article.blocks.iter().zip(&parts) {
            let place = hull(&article, &block.range);
            let known = matches!(kind, BlockKind::Title | BlockKind::Heading(_)) || *kind == BlockKind::Line;
            let holders = places.iter().filter(|unit| unit.start <= place.start && place.end <= unit.end).count();
            prop_assert!(known || text.trim().is_empty() || holders == 1, "{:?} {:?}", kind, text);
        }
    }
}
