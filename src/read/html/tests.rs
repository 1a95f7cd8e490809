//! What the reader makes of pages, habit by habit.

mod hostile;
mod questions;

use super::*;
use crate::read::testing::{Notes, assert_article, come, place};
use BlockKind::{Answer, Code, Heading, Item, Paragraph, Question, Table, Title};
use proptest::prelude::*;
use std::sync::LazyLock;

static NAMES: LazyLock<SectionNames> = LazyLock::new(SectionNames::default);

fn read_bytes(bytes: &[u8]) -> (Option<Article>, Notes) {
    let file = SourceFile { path: "x.html".into(), source: "corpus/x.html".into(), size: 0 };
    come(bytes, |sink| article(&file, charset::decode(bytes).unwrap(), &NAMES, sink)).one()
}

fn read_one(text: &str) -> Article {
    read_bytes(text.as_bytes()).0.unwrap()
}

#[track_caller]
fn assert_blocks(html: &str, expected: &[(BlockKind, &str)]) {
    assert_article(&read_one(html), expected);
}

#[test]
fn text_is_what_a_browser_shows() {
    assert_blocks(
        "<p>One  <b>two</b>\n\tthree &amp; &lt;four&gt;<br>five<img alt='six seven'>, 1 < 2 and a<3 &nope; AT&T\n<p>Next<div>last",
        &[
            (Paragraph, "One two three & <four>\nfivesix seven, 1 < 2 and a<3 &nope; AT&T"),
            (Paragraph, "Next"),
            (Paragraph, "last"),
        ],
    );
    assert_blocks("<p>图书馆\n保存。", &[(Paragraph, "图书馆保存。")]);
    assert_blocks("plain <i>text</i> alone", &[(Paragraph, "plain text alone")]);
}

#[test]
fn other_encodings_keep_their_bytes() {
    let html = "<meta charset=windows-1252><h1>Größe</h1>\r\n<p>Text &amp; <b>mehr</b>\r\nda";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(html);
    let article = read_bytes(&bytes).0.unwrap();
    assert_eq!(article.text.plain(), "Größe\n\nText & mehr da");
    assert_eq!(article.text.first_difference(&bytes), None);
    let (span, lines) = place(&article, "Text & mehr da");
    assert_eq!((&bytes[span], lines), (b"Text &amp; <b>mehr</b>\r\nda".as_slice(), [2, 3]));
    let units = "<p>Größe &amp; 中".encode_utf16();
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(units.flat_map(u16::to_le_bytes)).collect();
    let article = read_bytes(&bytes).0.unwrap();
    assert_eq!(article.text.plain(), "Größe & 中");
    assert_eq!(place(&article, "Größe & 中").0, 8..bytes.len());
}

#[test]
fn scripts_menus_and_forms_are_no_text() {
    assert_blocks(
        "<head><title>T</title><style>p{}</style></head><body><header class=site-header><a>Logo</a></header>\
         <nav><a href=/>Home</a></nav><div class='breadcrumb'>You are here</div><div id=cookie-banner>We use cookies</div>\
         <script>if (a < b) '<p>no'</script><noscript>Turn it on</noscript><template><p>no</p></template>\
         <h1>Pools<a class=headerlink href=#x>¶</a></h1><p>The pool is open.<select><option>a</select><textarea>x</textarea>\
         <button>Send</button><svg><title>icon</title><text>no</text></svg><aside class=note>Bring a towel.</aside>\
         <aside>Read also</aside><form><label>Name</label><input value=x><p>Kept.</p></form><footer>© 2026</footer>",
        &[(Title, "Pools"), (Paragraph, "The pool is open."), (Paragraph, "Bring a towel."), (Paragraph, "Kept.")],
    );
}

#[test]
fn the_main_part_is_taken_where_one_is_named() {
    assert_blocks(
        "<div>Cheap shoes</div><main><p>The pool is open from May to September.</main><div>Follow us</div>",
        &[(Paragraph, "The pool is open from May to September.")],
    );
    // An empty shell is no main part, and a title above it is its title.
    assert_blocks(
        "<main><p>!</p></main><p>The pool is open from May on.",
        &[(Paragraph, "!"), (Paragraph, "The pool is open from May on.")],
    );
    assert_blocks(
        "<h1>Pools</h1><p>by Ann</p><article><p>The pool is open from May to September, every day.</article>",
        &[(Title, "Pools"), (Paragraph, "The pool is open from May to September, every day.")],
    );
    // Questions beside it are kept.
    assert_blocks(
        "<main><p>The pool is open from May to September.</main><details><summary>Why?</summary>So.</details>",
        &[(Paragraph, "The pool is open from May to September."), (Question, "Why?"), (Answer, "So.")],
    );
    // A book where its table of contents would be.
    let book = format!("<div class=toctree-wrapper><h2>One</h2><p>{}</div>", "word ".repeat(600));
    assert_eq!(read_one(&book).blocks.len(), 2);
    // A section about what elsewhere is clutter.
    assert_blocks(
        "<p>Text.<div id=cookies><h2>Do you use cookies?</h2>No.</div><section id=menu><h2>The menu</h2>Soup.</section>\
         <div id=navigation><h2>Navigation</h2>Left.</div>",
        &[
            (Paragraph, "Text."),
            (Heading(2), "Do you use cookies?"),
            (Paragraph, "No."),
            (Heading(2), "The menu"),
            (Paragraph, "Soup."),
            (Heading(2), "Navigation"),
            (Paragraph, "Left."),
        ],
    );
    // Most of a page is no sidebar, whatever its class.
    assert_blocks(
        "<div class=sidebar><p>All of the text.</div>x",
        &[(Paragraph, "All of the text."), (Paragraph, "x")],
    );
}

#[test]
fn lists_tables_and_code_keep_their_form() {
    assert_blocks(
        "<ul><li>one<li>two <p>more<ul><li>inner</ul>after</ul><ol><li><p>first</p></ol>\
         <pre>\n  a &lt; b\n\n    <span>c</span></pre>\
         <table><caption>Prices</caption><tr><th>Who<th>Euro<tr><td><p>All</p><td>4</table>",
        &[
            (Item, "one"),
            (Item, "two\n\nmore"),
            (Item, "inner"),
            (Item, "after"),
            (Item, "first"),
            (Code, "  a < b\n\n    c"),
            (Table, "Prices\nWho | Euro\nAll | 4"),
        ],
    );
    // A table that only arranges the page is none.
    assert_blocks(
        "<table><tr><td>menu<td><h2>Head</h2><p>Text<table><tr><td>a<td>b<tr><td>c<td>d</table></table>",
        &[(Paragraph, "menu"), (Heading(2), "Head"), (Paragraph, "Text"), (Table, "a | b\nc | d")],
    );
}

#[test]
fn headings_have_levels_and_anchors() {
    let article = read_one(
        "<h1 id=top>Title</h1><section id=s><h2>One?</h2><p>x</section><h2><a name=two></a>Two</h2>\
         <h3>Three<a id=three></a></h3><p>y<p id=near>z</p><h2>Four</h2><dl><dt id=five>Five?<dd>w</dl>",
    );
    let found: Vec<_> = article.blocks.iter().map(|block| (block.kind, block.anchor.as_deref())).collect();
    let expected = [
        (Title, Some("top")),
        (Heading(2), Some("s")),
        (Paragraph, None),
        (Heading(2), Some("two")),
        (Heading(3), Some("three")),
        (Paragraph, None),
        (Paragraph, None),
        (Heading(2), None),
        (Question, Some("five")),
        (Answer, None),
    ];
    assert_eq!(found, expected);
    assert_blocks(
        "<h2>Unclosed<p>Text</p><h2>Next</h2>",
        &[(Heading(2), "Unclosed"), (Paragraph, "Text"), (Heading(2), "Next")],
    );
}

#[test]
fn a_page_says_what_it_is() {
    let (article, notes) = read_bytes(
        b"<html lang=fr><head><title>Le titre | Site</title><link rel='canonical' href='https://a.b/c'>\
          <meta property=og:url content=https://x.y/z><meta name=keywords content='a, b c'><meta name=description content=Desc>\
          <meta property=article:published_time content='2026-02-03T10:00:00+01:00'><meta name=date content=soon></head>\
          <p>Texte <time datetime=2020-01-01>avant</time>",
    );
    let about = article.unwrap().about;
    assert_eq!(about.title.as_deref(), Some("Le titre | Site"));
    assert_eq!(about.url.as_deref(), Some("https://a.b/c"));
    assert_eq!(about.published.as_deref(), Some("2026-02-03"));
    assert_eq!(about.language.as_deref(), Some("fr"));
    assert_eq!(about.metadata["keywords"], ["a", "b c"]);
    assert_eq!(about.metadata["description"], ["Desc"]);
    assert_eq!(notes, []);
    let (article, notes) =
        read_bytes(b"<title>T</title>\n<meta name=date content=soon><h1>H</h1><time datetime=2020-01-01>x</time>");
    let about = article.unwrap().about;
    assert_eq!((about.title, about.published.as_deref()), (None, Some("2020-01-01")));
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].0, Some(2));
}

#[test]
fn a_space_between_chinese_words_stays_and_a_line_break_goes() {
    assert_blocks("<p>中文  図書\t館\n員 <b>a</b>\n中", &[(Paragraph, "中文 図書 館員 a 中")]);
}

#[test]
fn a_fragment_is_mapped_to_its_file() {
    let literal = r#""<p>Say \"hi\" &amp; go</p>\r\n<ul><li>one</ul>""#;
    let text = crate::read::json_text::string_text(literal, 0).unwrap();
    let (plain, blocks) = fragment(&text);
    assert_eq!(plain.plain(), "Say \"hi\" & go\n\none");
    assert_eq!(plain.first_difference(literal.as_bytes()), None);
    assert_eq!(blocks.iter().map(|block| block.kind).collect::<Vec<_>>(), [Paragraph, Item]);
    assert_eq!(plain.span(blocks[0].range.clone()).hull(), Some(4..23));
    let (plain, blocks) = fragment(&SourceText::verbatim("a < b", 7));
    assert_eq!((plain.plain(), blocks.len(), plain.span(0..5).hull()), ("a < b", 1, Some(7..12)));
}

#[test]
fn html_is_told_from_plain_text() {
    for html in ["<p>x", "a<br>b", "a<br/>b", "x <a href='y'>z</a>", "Q&amp;A", "caf&eacute;", "a</b>", "<UL><LI>x"] {
        assert!(looks_like_html(html), "{html}");
    }
    for plain in [
        "",
        "a < b > c",
        "<you@example.com>",
        "AT&T",
        "if a<b then",
        "Use `<br>` or `</p>`",
        "x & y;",
        "<not a tag>",
        "Vec<String>",
    ] {
        assert!(!looks_like_html(plain), "{plain}");
    }
}
