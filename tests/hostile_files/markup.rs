//! HTML, Markdown, `reStructuredText`, `AsciiDoc`, Org, POD, YAML and plain text, in every way that questions are written.

use super::{
    escapes::{html, json_in_html, markdown, plain, pod, rst, yaml_double, yaml_folded, yaml_literal, yaml_single},
    text::{MARKS, Pair, QUIET, SPACES, Taste, WHITE},
    writer::{Coding, Escape, Kept, Writer},
};
use crate::harness::Numbers;

/// Everything that a page can hold; white space is folded.
const PAGE: Taste = Taste { marks: MARKS, spaces: WHITE, scripts: true, controls: false, others: false };
const LINES: Taste = Taste { spaces: SPACES, ..PAGE };
const TEXT: Taste = Taste { marks: QUIET, ..LINES };
const LATIN: Taste = Taste { scripts: false, spaces: &[" ", "\n", "\u{a0}"], marks: QUIET, ..PAGE };
/// Without blank lines.
const LITERAL: Taste = Taste { spaces: &[" ", " ", "\n", "\n\n"], marks: MARKS, ..PAGE };

/// How pairs are written: what is before all, before the question, between it and the answer, behind each, behind all.
pub struct Shape {
    pub name: &'static str,
    pub taste: Taste,
    escape: Escape,
    kept: Kept,
    codings: &'static [Coding],
    parts: [&'static str; 5],
}

const UNICODE: &[Coding] = &[Coding::Utf8, Coding::Marked, Coding::Utf16Le, Coding::Utf16Be];
const HTML: Shape =
    Shape { name: "", taste: PAGE, escape: html, kept: Kept::Folded, codings: UNICODE, parts: ["", "", "", "", ""] };
const MARKDOWN: Shape = Shape { taste: LINES, escape: markdown, ..HTML };
const RST: Shape = Shape { taste: LINES, escape: rst, ..HTML };
const PLAIN: Shape = Shape { taste: TEXT, escape: plain, ..HTML };
const YAML: Shape = Shape { escape: yaml_double, kept: Kept::Exactly, ..HTML };
/// Longer than any question of a heading.
const UNDERLINE: &str = "\n====================================================================================================\
    ====================================================================================================\n\n";

pub const SHAPES: &[Shape] = &[
    Shape {
        name: "html/json-ld.html",
        taste: Taste { controls: true, ..PAGE },
        escape: json_in_html,
        kept: Kept::Exactly,
        parts: [
            "<!DOCTYPE html><title>x</title>\n<script type=\"application/ld+json\">{\"@type\": \"FAQPage\", \"mainEntity\": [{}\n",
            ",{\"@type\": \"Question\", \"name\": ",
            ",\n\"acceptedAnswer\": {\"@type\": \"Answer\", \"text\": ",
            "}}\n",
            "]}</script><p>Text.</p>",
        ],
        ..HTML
    },
    Shape {
        name: "html/microdata.html",
        parts: [
            "<html lang=en><body><div itemscope itemtype=\"https://schema.org/FAQPage\">\n",
            "<div itemscope itemprop=mainEntity itemtype=\"https://schema.org/Question\"><h3 itemprop=name>",
            "</h3>\n<div itemscope itemprop=acceptedAnswer itemtype=\"https://schema.org/Answer\"><div itemprop=text>",
            "</div></div></div>\n",
            "</div></body></html>",
        ],
        ..HTML
    },
    Shape {
        name: "html/rdfa.xhtml",
        parts: [
            "<html><body vocab=\"https://schema.org/\" typeof=\"FAQPage\">\n",
            "<div property=\"mainEntity\" typeof=\"Question\"><b property=\"name\">",
            "</b><div property=\"acceptedAnswer\" typeof=\"Answer\"><p property=\"text\">",
            "</p></div></div>\r\n",
            "</body></html>",
        ],
        ..HTML
    },
    Shape {
        name: "html/details.html",
        parts: ["<h1>x</h1>\n", "<details><summary>", "</summary>\n<p>", "</p></details>\n", ""],
        ..HTML
    },
    Shape { name: "html/dl.htm", parts: ["<h1>x</h1>\n<dl>", "<dt>", "<dd>", "\n", "</dl>"], ..HTML },
    Shape {
        name: "html/headings.html",
        parts: ["<html><body><main><h1>x</h1>\n", "<h2 id=a><a href='#a'>", "</a></h2>\n\n<p>", "</p>\n", "</main>"],
        ..HTML
    },
    Shape {
        name: "html/latin.html",
        taste: LATIN,
        codings: &[Coding::Latin],
        parts: ["<html><meta charset=iso-8859-1><h1>x</h1>\n", "<h2>", "</h2>\n\n<p>", "</p>\n", "</html>"],
        ..HTML
    },
    Shape {
        name: "html/accordion.html",
        parts: [
            "<h1>x</h1>\n",
            "<div class=item><button aria-expanded=false>",
            "</button><div hidden>",
            "</div></div>\n",
            "",
        ],
        ..HTML
    },
    Shape {
        name: "html/classes.html",
        parts: ["<h1>x</h1>\n", "<div class=faq-question>", "</div>\n<div class='faq-answer open'><p>", "</div>\n", ""],
        ..HTML
    },
    Shape {
        name: "html/labels.html",
        parts: ["<h1>x</h1>\n", "<p><b>Q:</b> ", "</p><p><b>A:</b> ", "</p>\n", ""],
        ..HTML
    },
    Shape { name: "markdown/headings.md", parts: ["# x\n\n", "## ", "\n\n", "\n\n", ""], ..MARKDOWN },
    Shape { name: "markdown/labels.md", parts: ["# x\n\n", "**Q:** ", "\n\n**A:** ", "\n\n", ""], ..MARKDOWN },
    Shape { name: "markdown/bold.markdown", parts: ["# x\n\n", "**", "**\n\n", "\r\n\r\n", ""], ..MARKDOWN },
    Shape {
        name: "markdown/details.md",
        parts: ["---\ntitle: x\n---\n\n", "<details>\n<summary>", "</summary>\n\n", "\n\n</details>\n\n", ""],
        escape: html,
        taste: Taste { marks: QUIET, ..LINES },
        ..MARKDOWN
    },
    Shape { name: "markdown/definitions.md", parts: ["# x\n\n", "", "\n: ", "\n\n", ""], ..MARKDOWN },
    Shape { name: "rst/headings.rst", parts: ["", "", UNDERLINE, "\n\n", ""], taste: LINES, ..RST },
    Shape { name: "rst/labels.rst", parts: ["x\n==\n\n", "**Q:** ", "\n\n**A:** ", "\n\n", ""], ..RST },
    Shape { name: "rst/definitions.rst", parts: ["x\n==\n\n", "", "\n    ", "\n\n", ""], ..RST },
    Shape { name: "asciidoc/headings.adoc", parts: ["= x\n\n", "== ", "\n\n", "\n\n", ""], ..PLAIN },
    Shape { name: "asciidoc/qanda.adoc", parts: ["= x\n\n[qanda]\n", "", "::\n", "\n", ""], ..PLAIN },
    Shape { name: "asciidoc/labelled.asciidoc", parts: ["= x\n\n", "", ":: ", "\n", ""], ..PLAIN },
    Shape { name: "org/headings.org", parts: ["#+TITLE: x\n\n", "* TODO ", "\n", "\n\n", ""], ..PLAIN },
    Shape { name: "org/definitions.org", parts: ["#+TITLE: x\n\n", "- ", " :: ", "\n", ""], ..PLAIN },
    Shape {
        name: "pod/headings.pod",
        escape: pod,
        taste: LINES,
        parts: ["=encoding utf8\n\n=head1 x\n\n", "=head2 ", "\n\n", "\n\n", "=cut\n"],
        ..PLAIN
    },
    Shape {
        name: "pod/items.pod",
        escape: pod,
        taste: LINES,
        parts: ["=pod\n\n=over 4\n\n", "=item ", "\n\n", "\n\n", "=back\n"],
        ..PLAIN
    },
    Shape { name: "text/labels.txt", parts: ["x\n\nFAQ\n\n", "Q: ", "\nA: ", "\n\n", ""], ..PLAIN },
    Shape { name: "text/questions.text", parts: ["The town\nFAQ\n", "Question: ", "\r\n", "\r\n", ""], ..PLAIN },
    Shape {
        name: "yaml/double.yml",
        taste: Taste { controls: true, ..PAGE },
        parts: ["faq:\n", "  - question: ", "\n    answer: ", "\n", ""],
        ..YAML
    },
    Shape { name: "yaml/map.yaml", parts: ["", "", ": ", "\n", ""], ..YAML },
    Shape { name: "yaml/flow.yml", parts: ["[", "{question: ", ",\n answer: ", "},\n", "]"], ..YAML },
    Shape {
        name: "yaml/single.yml",
        escape: yaml_single,
        taste: Taste { spaces: &[" ", "  ", "\u{a0}"], ..LINES },
        parts: ["- title: x\n  questions:\n", "  - question: ", "\n    answer: ", "\n", ""],
        ..YAML
    },
    Shape {
        name: "yaml/literal.yml",
        escape: yaml_literal,
        taste: LITERAL,
        parts: ["", "  - question: ", "\n    answer: ", "\n", ""],
        ..YAML
    },
    Shape {
        name: "yaml/folded.yml",
        escape: yaml_folded,
        taste: Taste { spaces: &[" ", "  ", "\u{a0}"], ..LINES },
        parts: ["", "  - question: ", "\n    answer: ", "\n\n", ""],
        ..YAML
    },
];

pub fn file(shape: &Shape, numbers: Numbers, pairs: Vec<Pair>) -> Writer {
    let mut file = Writer::new(shape.name, shape.kept, numbers, shape.escape);
    file.coding = shape.codings[file.numbers.below(shape.codings.len())];
    // In YAML a byte order mark is allowed only between quotes.
    let unmarked = shape.name == "yaml/literal.yml" || shape.name == "yaml/folded.yml";
    let [open, before, between, behind, close] = shape.parts;
    file.put(open);
    let quiet = |text: String| if unmarked { text.replace('\u{feff}', "") } else { text };
    let pairs =
        pairs.into_iter().map(|pair| Pair { answer: quiet(pair.answer), question: quiet(pair.question), ..pair });
    file.rows(pairs.collect(), "", |row| {
        row.put(before);
        row.question();
        row.put(between);
        row.answer();
        row.put(behind);
    });
    file.put(close);
    file
}
