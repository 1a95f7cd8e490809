//! Front matter as people write it.

use super::*;
use proptest::prelude::*;

fn values<'a>(front: &'a FrontMatter, key: &str) -> Vec<&'a str> {
    front.about.metadata.get(key).into_iter().flatten().map(String::as_str).collect()
}

#[test]
fn yaml_fills_what_is_known_and_keeps_the_rest() {
    let text = "---\ntitle: \"Billing: questions\"\ndate: 2024-03-05T10:00:00+02:00\nurl: https://example.org/billing\n\
        lang: en-GB\ntags: [billing, cards]\nkeywords: pay, card\nversion: 1.10\ndraft: false\nnothing: ~\n\
        author:\n  name: Ann\n  roles:\n    - editor\n    - owner\n---\n# Text\n";
    let front = split(text).unwrap();
    assert_eq!(front.problems, []);
    assert_eq!(&text[front.body..], "# Text\n");
    assert_eq!(front.about.title.as_deref(), Some("Billing: questions"));
    assert_eq!(front.about.published.as_deref(), Some("2024-03-05"));
    assert_eq!(front.about.url.as_deref(), Some("https://example.org/billing"));
    assert_eq!(front.about.language.as_deref(), Some("en"));
    assert_eq!(values(&front, "tags"), ["billing", "cards"]);
    assert_eq!(values(&front, "keywords"), ["pay", "card"]);
    assert_eq!(values(&front, "version"), ["1.10"]);
    assert_eq!(values(&front, "draft"), ["false"]);
    assert_eq!(values(&front, "author.name"), ["Ann"]);
    assert_eq!(values(&front, "author.roles"), ["editor", "owner"]);
    assert_eq!(front.about.metadata.len(), 6);
}

#[test]
fn toml_fills_the_same() {
    let text = "+++\ntitle = 'Billing'\npublishDate = 2024-03-05T10:00:00Z\npermalink = '/billing/'\nlocale = 'de_AT'\n\
        tags = ['a', 'b']\nweight = 3\n[params]\ncourse = 'x'\n+++\ntext";
    let front = split(text).unwrap();
    assert_eq!(front.problems, []);
    assert_eq!(&text[front.body..], "text");
    assert_eq!(front.about.title.as_deref(), Some("Billing"));
    assert_eq!(front.about.published.as_deref(), Some("2024-03-05"));
    assert_eq!(front.about.url, None);
    assert_eq!(front.about.language.as_deref(), Some("de"));
    assert_eq!(values(&front, "permalink"), ["/billing/"]);
    assert_eq!(values(&front, "tags"), ["a", "b"]);
    assert_eq!(values(&front, "weight"), ["3"]);
    assert_eq!(values(&front, "params.course"), ["x"]);
}

#[test]
fn bad_front_matter_names_its_line() {
    let front = split("---\ntitle: ok\ntags: [a, b\nx: }\n---\ntext").unwrap();
    assert_eq!(front.about, About::default());
    assert_eq!(front.problems.len(), 1);
    assert!((3..=5).contains(&front.problems[0].line), "{:?}", front.problems);
    assert!(front.problems[0].reason.starts_with("the front matter is not YAML: "), "{:?}", front.problems);
    let front = split("+++\na = 1\nb = = 2\n+++\n").unwrap();
    assert_eq!(front.problems[0].line, 3);
}

#[test]
fn a_bad_date_costs_the_date() {
    let front = split("---\ntitle: x\ndate: tomorrow\nlastmod: 2024-01-02\n---\n").unwrap();
    assert_eq!(front.about.title.as_deref(), Some("x"));
    assert_eq!(front.about.published.as_deref(), Some("2024-01-02"));
    let reason = "`date` is no date: `tomorrow`; write YYYY-MM-DD".to_owned();
    assert_eq!(front.problems, [Problem { line: 3, reason }]);
}

#[test]
fn a_rule_at_the_top_is_text() {
    for text in [
        "---\n\ntext\n\n---\n",
        "---\nJust text.\n---\n",
        "---\nno end\n",
        "text\n---\n",
        "",
        "---",
        "----\na: b\n---\n",
    ] {
        assert_eq!(split(text), None, "{text:?}");
    }
    assert_eq!(split("---\n---\ntext").map(|front| front.body), Some(8));
}

#[test]
fn bombs_are_refused() {
    let bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n";
    assert_eq!(split(bomb).unwrap().problems[0].line, 3);
    let dashes = format!("---\n{}x\n---\n", "- ".repeat(30_000));
    let marks = format!("---\n{}x\n---\n", "? ".repeat(30_000));
    let brackets = format!("---\na: {}\n---\n", "[".repeat(30_000));
    let closed = format!("---\na: {}{}\n---\n", "[".repeat(200), "]".repeat(200));
    let staircase = (0..300).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>();
    let large = format!("---\na: {}\n---\n", "x".repeat(LIMIT));
    let keys = format!("+++\n{}a = 1\n+++\n", "a.".repeat(30_000));
    let table = format!("+++\n[{}a]\n+++\n", "a.".repeat(30_000));
    let arrays = format!("+++\na = {}\n+++\n", "[".repeat(30_000));
    let short = format!("+++\na = {}{}\n+++\n", "[".repeat(20), "]".repeat(20));
    for text in [dashes, marks, brackets, closed, format!("---\n{staircase}---\n"), large, keys, table, arrays, short] {
        let front = split(&text).unwrap();
        assert_eq!(front.problems.len(), 1, "{}", &text[..40]);
        assert_eq!(front.about, About::default());
    }
}

#[test]
fn stars_and_ampersands_in_prose_are_no_bomb() {
    let front = split("---\ntitle: Q & A for *everyone*\nnote: \"&x and *y\"\n---\n").unwrap();
    assert_eq!(front.problems, []);
    assert_eq!(front.about.title.as_deref(), Some("Q & A for *everyone*"));
}

proptest! {
    #[test]
    fn no_front_matter_makes_it_panic(inner in "([a-c:&*!?\\[\\]{}|>'\"#,é%@ \n=.+0-9-]|- |: ){0,60}") {
        for fence in ["---", "+++"] {
            let text = format!("{fence}\n{inner}\n{fence}\nrest");
            if let Some(front) = split(&text) {
                prop_assert!(text.is_char_boundary(front.body));
            }
        }
    }
}
