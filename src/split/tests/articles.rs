//! Articles in plain text, in the shapes and habits that people write them in.

use super::*;
use std::{fs, path::Path};

const ARTICLE: &str = "\n
Ferry Line to the Northern Islands Gets Two Electric Ships
The company that runs the ferries will replace its two oldest ships by electric ones. They charge while cars roll on.
Key Takeaways
- Two ships are replaced next spring.
- A crossing takes four minutes longer than before.
- The pier gets a battery of its own.
- Fares stay as they are.
In-Depth Analysis
Charging at the Pier
A battery on the pier fills slowly through the night. It gives its load to the ship within nine minutes.
Why the Hull Is Lighter
The new hulls are of aluminium. Less weight means that a smaller battery will do.
Industry Impact
Other lines on short routes have asked for the plans. The yard has doubled its staff.
Frequently Asked Questions
Question: Will the new ships sail in winter?
Yes, the batteries are heated. Ice has never stopped the line.
Question: Can I charge my car on board?
Not yet. Sockets on the car deck are planned for later.

";

#[test]
fn the_article_shape() {
    check(
        &plain(ARTICLE),
        &[
            "passage|||The company that",
            "takeaway|Key Takeaways||Two ships are",
            "takeaway|Key Takeaways||A crossing takes",
            "takeaway|Key Takeaways||The pier gets",
            "takeaway|Key Takeaways||Fares stay as",
            "passage|In-Depth Analysis > Charging at the Pier||A battery on",
            "passage|In-Depth Analysis > Why the Hull Is Lighter||The new hulls",
            "passage|Industry Impact||Other lines on",
            "qa|Frequently Asked Questions|Will the new ships sail in winter?|Yes, the batteries",
            "qa|Frequently Asked Questions|Can I charge my car on board?|Not yet. Sockets",
        ],
    );
    let units = split(&plain(ARTICLE), &NAMES);
    assert!(units.iter().all(|unit| unit.about.title.as_deref().is_some_and(|title| title.starts_with("Ferry Line"))));
}

#[test]
fn every_fixture_gives_its_units() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/articles");
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".expected.txt") else { continue };
        let bytes = fs::read(path.with_file_name(format!("{stem}.txt"))).unwrap();
        let units = split(&decoded(&bytes), &NAMES);
        let expected = fs::read_to_string(&path).unwrap();
        let expected: Vec<String> = expected.lines().map(|line| line.replace('\t', "|")).collect();
        let found = summary(&units, 4);
        if found != expected {
            failures.push(format!("{stem}\nexpected {expected:#?}\nfound {found:#?}"));
        }
        count += 1;
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count > 0);
}

#[test]
fn sections_may_be_missing_empty_or_all_there_is() {
    check(&plain(""), &[]);
    check(&plain("\n \t\n\r\n"), &[]);
    check(&plain("Only a title here"), &["passage|||Only a title"]);
    check(&plain("FAQ\n"), &["passage|||FAQ"]);
    check(&plain("A title\nKey Takeaways\n"), &["passage|||A title"]);
    check(
        &plain("A title\nKey Takeaways\nIn-Depth Analysis\nSome text.\nFAQ"),
        &["passage|In-Depth Analysis||Some text."],
    );
    // Without a stop, a lead is still a lead.
    check(&plain("A title\nAnd a lead\nHighlights\n- One"), &["passage|||And a lead", "takeaway|Highlights||One"]);
}

#[test]
fn names_and_dates_beneath_the_title_belong_to_the_lead() {
    check(
        &plain("How Tides Work\n\nBy Jane Doe\nMarch 3, 2024\n\nTides rise and fall.\n\nThe Moon\n\nIt pulls."),
        &["passage|||By Jane Doe", "passage|The Moon||It pulls."],
    );
}

#[test]
fn takeaways_need_no_bullets() {
    check(
        &plain(
            "Title\nA lead.\nKey Points\nDisks cost half\nTapes are gone\nThe Story\nTwo brothers began to sell disks in \
             a small shop by the river. They never gave up on it, even when times were hard.\nImpact\nNone.",
        ),
        &[
            "passage|||A lead.",
            "takeaway|Key Points||Disks cost half",
            "takeaway|Key Points||Tapes are gone",
            "passage|The Story||Two brothers began",
            "passage|Impact||None.",
        ],
    );
    check(
        &plain("Title\n\nHighlights\nThe main points:\n- One\n  1) Two\n\nA text after the list.\n"),
        &[
            "passage|Highlights||The main points:",
            "takeaway|Highlights||One",
            "takeaway|Highlights||Two",
            "passage|Highlights||A text after",
        ],
    );
}

#[test]
fn lists_of_short_lines_are_no_headings() {
    check(
        &plain("Acme Corp\nMain Street 1\n12345 Berlin\nGermany\n\nDear Sir or Madam,\nplease find our offer.\n"),
        &["passage|||Main Street 1"],
    );
    check(
        &plain("Fruit\n\nApples\nPears\nPlums\nCherries\nGrapes\nAll of them are sweet."),
        &["passage|||Apples Pears Plums"],
    );
}

#[test]
fn rules_and_marks_make_headings() {
    check(
        &plain(
            "Guide\n=====\n\nA lead.\n\nKinds\n-----\n\nFull ones.\n\n-----\n\nAfter a rule.\n\nFAQ\n---\n\nQ: Why?\nA: So.\n",
        ),
        &["passage|||A lead.", "passage|Kinds||Full ones.", "passage|Kinds||After a rule.", "qa|FAQ|Why?|So."],
    );
    check(
        &plain("# Guide\nA lead.\n## Kinds ##\nFull ones.\n### Deeper\nMore.\n## Other\n**Bold**\nText."),
        &[
            "passage|||A lead.",
            "passage|Kinds||Full ones.",
            "passage|Kinds > Deeper||More.",
            "passage|Other > Bold||Text.",
        ],
    );
    check(
        &plain(
            "**Caches**\n\nA lead.\n\n**Key takeaways:**\n\n* **Fast:** yes\n\n**FAQ**\n\n**Q1: What?**\n\n**A1:** That.",
        ),
        &["passage|||A lead.", "takeaway|Key takeaways||**Fast:** yes", "qa|FAQ|What?|That."],
    );
}

#[test]
fn numbered_headings_are_told_from_lists() {
    check(
        &plain(
            "1. Introduction\nA text.\n2. Installing\nDo this:\n1. Download it.\n2. Run it\n3. Restart\n3. FAQ\n1. What is it?\nA \
             program.\n2. Returns\nWithin 30 days.\n3. How do I start?\n1. Click\n2. Wait\nThen it runs.",
        ),
        &[
            "passage|Introduction||A text.",
            "passage|Installing||Do this: 1.",
            "qa|FAQ|What is it?|A program.",
            "qa|FAQ|Returns|Within 30 days.",
            "qa|FAQ|How do I start?|Click 2. Wait",
        ],
    );
    // A table of contents does not begin sections.
    let units = split(&plain("Title\n1. Background\n2. Analysis\n3. FAQ\n\nBackground\nA text."), &NAMES);
    assert_eq!(units.last().map(|unit| unit.heading.clone()), Some(vec!["Background".to_owned()]));
}

#[test]
fn an_answer_goes_on_to_the_next_question() {
    check(
        &plain(
            "Q: One?\nA: First.\n\nQ: Two?\nQ: Or two so?\nA: Second\n\nAnd more?\n\nA short line\n- item\n\nQ: Nothing?\nConclusion\nEnd.",
        ),
        &[
            "qa||One?|First.",
            "qa||Two? / Or two so?|Second And more?",
            "passage|||Nothing?",
            "passage|Conclusion||End.",
        ],
    );
    check(
        &plain(
            "Title\n\nQuestion:\nIs the label alone?\nAnswer:\nIt is.\nQ: Both? A: In one line.\nQ: And so? Like this.",
        ),
        &["qa||Is the label alone?|It is.", "qa||Both?|In one line.", "qa||And so?|Like this."],
    );
}

#[test]
fn an_faq_needs_no_labels() {
    check(
        &plain("What is DNS?\nIt maps names.\nWhat is a zone?\nA part.\n"),
        &["qa||What is DNS?|It maps names.", "qa||What is a zone?|A part."],
    );
    check(
        &plain("Help\n\nFAQ\n\nShipping\nWithin three days.\n\nReturns\nWithin thirty.\n"),
        &["qa|FAQ|Shipping|Within three days.", "qa|FAQ|Returns|Within thirty."],
    );
    check(
        &plain("Help\nFAQ\nDo cats bark? No, they do not.\nDo dogs bark? Yes, they do.\n"),
        &["qa|FAQ|Do cats bark?|No, they do", "qa|FAQ|Do dogs bark?|Yes, they do."],
    );
    check(
        &plain("Help\nFAQ\n**Shipping**\nThree days. OK?\nAre you sure?\n**Returns**\nThirty.\n"),
        &["qa|FAQ|Shipping|Three days. OK?", "qa|FAQ|Returns|Thirty."],
    );
    check(
        &plain("Help\nFAQ\n- Do you ship?\nYes.\n- Do you take cards?\nNo, cash.\n"),
        &["qa|FAQ|Do you ship?|Yes.", "qa|FAQ|Do you take cards?|No, cash."],
    );
    // The title says what follows; no path.
    check(&plain("Shipping FAQ\n\nHow long?\nThree days.\n"), &["qa||How long?|Three days."]);
    // Only the answers are labelled.
    check(
        &plain("Help\nFAQ\nTell me the price\nA: Ten.\nWhy so much?\nA: Why not?\nIs it?\n"),
        &["qa|FAQ|Tell me the price|Ten.", "qa|FAQ|Why so much?|Why not? Is"],
    );
}

#[test]
fn a_heading_that_asks_is_answered_by_its_section() {
    check(
        &plain("Tides\n\nWater rises.\n\nWhat causes them?\n\nThe Moon.\nThe Sun too.\n\nSpring Tides\n\nAt new moon."),
        &["passage|||Water rises.", "qa||What causes them?|The Moon. The", "passage|Spring Tides||At new moon."],
    );
    // Right above the lead, a question is the title.
    check(
        &plain("Why is the sky blue?\nLight is scattered.\nMore on That\nText."),
        &["passage|||Light is scattered.", "passage|More on That||Text."],
    );
}

#[test]
fn wrapped_lines_make_paragraphs() {
    check(
        &plain(
            "The Long Way Round\n\nThe path leads around the mountain in four hours and is well marked\nall the way, even when \
             the snow is deep.\nEquipment\nGood boots are needed, and a stick helps on the steep parts of the\npath \
             behind.\n\nFAQ\nHow long does it take?\nIt takes four hours, or five if you rest at the hut and have some\nof \
             the cake.\nIs there water?\n* Bring a cup\n  of your own\n* or drink from your hand\n",
        ),
        &[
            "passage|||The path leads",
            "passage|Equipment||Good boots are",
            "qa|FAQ|How long does it take?|It takes four",
            "qa|FAQ|Is there water?|Bring a cup",
        ],
    );
}

#[test]
fn code_and_tables_in_plain_text_stay_whole() {
    let units =
        split(&plain("Title\n\nRun:\n```\nfirst one\n\nQ: no question\n```\n| a | b |\n| c | d |\nDone."), &NAMES);
    assert_eq!(units.len(), 1);
    assert!(units[0].text.plain().ends_with("| c | d |\nDone."));
}

#[test]
fn spans_and_lines_are_those_of_the_file() {
    let units = split(&decoded(b"Title\r\n\r\nFAQ\r\nQ: Why?\r\nA: So.\r\nOr so.\r\n"), &NAMES);
    let [unit] = &units[..] else { panic!("{units:?}") };
    assert_eq!(unit.phrasings[0].lines(unit.phrasings[0].all()), [4, 4]);
    assert_eq!(unit.text.lines(unit.text.all()), [5, 6]);
    assert_eq!(unit.text.plain(), "So.\nOr so.");
    assert_eq!(unit.document, "corpus/a.txt");
}
