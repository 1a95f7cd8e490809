//! Pages with headings, paragraphs, lists, tables, code and questions, as documentation and help centres have them.

use crate::{made_up::Random, write::Text};

/// What a page has, in the words of a format.
struct Style {
    begin: fn(&str, &Text<'_>, &mut Random) -> String,
    heading: fn(&str, usize) -> String,
    paragraph: fn(&str) -> String,
    item: fn(&str) -> String,
    list_end: &'static str,
    list_begin: &'static str,
    code: fn(&str) -> String,
    table: fn(&[[String; 3]]) -> String,
    question: fn(&str, &str) -> String,
    mark: fn(&str, &mut Random) -> String,
    end: fn(&Text<'_>, &mut Random) -> String,
}

fn page(style: &Style, text: &Text<'_>, random: &mut Random) -> String {
    let title = text.phrase(2, 6, random);
    let mut page = (style.begin)(&title, text, random);
    for section in 0..random.between(3, 14) {
        page += &(style.heading)(&text.phrase(1, 6, random), 2 + usize::from(section % 3 == 2));
        for _ in 0..random.between(1, 4) {
            page += &(style.paragraph)(&text.sentences(random.between(1, 6), random, &style.mark));
        }
        match random.between(0, 5) {
            0 | 1 => {
                page += style.list_begin;
                for _ in 0..random.between(2, 8) {
                    page += &(style.item)(&text.sentences(random.between(1, 2), random, &style.mark));
                }
                page += style.list_end;
            }
            2 => page += &(style.code)(&format!("$ {}\n{}", text.phrase(2, 5, random), text.phrase(3, 9, random))),
            3 => {
                let row = |random: &mut Random| [(); 3].map(|()| text.phrase(1, 4, random));
                let rows: Vec<_> = (0..random.between(2, 6)).map(|_| row(random)).collect();
                page += &(style.table)(&rows);
            }
            _ => {
                let answer = text.sentences(random.between(1, 5), random, &style.mark);
                page += &(style.question)(&text.question(random), &answer);
            }
        }
    }
    page + &(style.end)(text, random)
}

fn no_end(_: &Text<'_>, _: &mut Random) -> String {
    String::new()
}

fn no_marks(word: &str, _: &mut Random) -> String {
    word.to_owned()
}

fn rows(table: &[[String; 3]], begin: &str, between: &str, end: &str) -> String {
    let row = |cells: &[String; 3]| format!("{begin}{}{end}\n", cells.join(between));
    table.iter().map(row).collect::<Vec<_>>().concat()
}

/// Folds a paragraph at some eighty bytes, as people do in formats without long lines.
fn folded(text: &str) -> String {
    let mut lines = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        if length + word.len() > 78 {
            lines.push('\n');
            length = 0;
        } else if length > 0 {
            lines.push(' ');
        }
        lines += word;
        length += word.len() + 1;
    }
    lines
}

pub fn html(text: &Text<'_>, random: &mut Random, _: usize) -> String {
    let style = Style {
        begin: html_begin,
        heading: |title, level| {
            let id = title.to_lowercase().replace(' ', "-");
            format!("<h{level} id=\"{id}\">{title}<a class=\"headerlink\" href=\"#{id}\">¶</a></h{level}>\n")
        },
        paragraph: |text| format!("<p>{}</p>\n", folded(text)),
        list_begin: "<ul class=\"simple\">\n",
        item: |text| format!("  <li><p>{text}</p></li>\n"),
        list_end: "</ul>\n",
        code: |code| {
            format!(
                "<div class=\"highlight\"><pre><code class=\"language-sh\">{code} &gt; out.txt\n</code></pre></div>\n"
            )
        },
        table: |table| {
            let cells = rows(table, "<tr><td>", "</td><td>", "</td></tr>");
            format!("<table class=\"docutils\">\n<tbody>\n{cells}</tbody>\n</table>\n")
        },
        question: |question, answer| {
            format!(
                "<div class=\"faq-item\"><details>\n<summary>{question}</summary>\n<div class=\"answer\"><p>{answer}</p></div>\n\
                 </details></div>\n"
            )
        },
        mark: |word, random| match random.between(0, 3) {
            0 => format!("<a href=\"/docs/{word}.html\" title=\"{word}\">{word}</a>"),
            1 => format!("<code class=\"literal\">{word}</code>"),
            2 => format!("<strong>{word}</strong>&nbsp;&amp; {word}"),
            _ => format!("<em>{word}</em> &ldquo;{word}&rdquo;"),
        },
        end: html_end,
    };
    page(&style, text, random)
}

fn html_begin(title: &str, text: &Text<'_>, random: &mut Random) -> String {
    let mut menu = String::new();
    for _ in 0..random.between(15, 60) {
        let entry = text.phrase(1, 4, random);
        let address = entry.to_lowercase().replace(' ', "-");
        menu += &format!(
            "<li class=\"toctree-l1\"><a class=\"reference internal\" href=\"/{address}.html\">{entry}</a></li>\n"
        );
    }
    let description = text.sentences(1, random, &no_marks);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title} – Example</title>\n\
         <meta name=\"description\" content=\"{description}\">\n<link rel=\"canonical\" href=\"https://example.org/a\">\n\
         <link rel=\"stylesheet\" href=\"/static/theme.css\">\n<style>body {{ margin: 0; }} .nav > li {{ color: #333; }}</style>\n\
         <script>window.data = {{\"a\": 1, \"b\": [2, 3]}}; if (1 < 2) {{ console.log(\"<p>\"); }}</script>\n</head>\n<body>\n\
         <header class=\"site-header\"><a href=\"/\">Example</a></header>\n<nav class=\"sidebar\" role=\"navigation\">\n<ul>\n{menu}</ul>\n\
         </nav>\n<main role=\"main\">\n<article class=\"body\">\n<h1>{title}</h1>\n"
    )
}

fn html_end(text: &Text<'_>, random: &mut Random) -> String {
    let mut links = String::new();
    for _ in 0..random.between(5, 20) {
        links += &format!("<li><a href=\"/{}\">{}</a></li>\n", text.phrase(1, 1, random), text.phrase(1, 3, random));
    }
    format!(
        "</article>\n</main>\n<footer class=\"footer\">\n<ul>\n{links}</ul>\n<p>© Example</p>\n</footer>\n\
         <script src=\"/static/a.js\" defer></script>\n</body>\n</html>\n"
    )
}

pub fn markdown(text: &Text<'_>, random: &mut Random, _: usize) -> String {
    let style = Style {
        begin: |title, text, random| {
            let day = random.between(1, 28);
            format!(
                "---\ntitle: {title}\ndate: 2026-02-{day:02}\ntags: [{}, {}]\n---\n\n# {title}\n\n",
                text.phrase(1, 1, random),
                text.phrase(1, 1, random)
            )
        },
        heading: |title, level| format!("{} {title}\n\n", "#".repeat(level)),
        paragraph: |text| format!("{}\n\n", folded(text)),
        list_begin: "",
        item: |text| format!("- {text}\n"),
        list_end: "\n",
        code: |code| format!("```sh\n{code}\n```\n\n"),
        table: |table| format!("| Name | Value | Note |\n| --- | --- | --- |\n{}\n", rows(table, "| ", " | ", " |")),
        question: |question, answer| format!("### {question}\n\n{answer}\n\n"),
        mark: |word, random| match random.between(0, 3) {
            0 => format!("[{word}](../{word}.md)"),
            1 => format!("`{word}`"),
            2 => format!("**{word}**"),
            _ => format!("*{word}* \\_ &mdash; {word}"),
        },
        end: no_end,
    };
    page(&style, text, random)
}

pub fn rst(text: &Text<'_>, random: &mut Random, _: usize) -> String {
    let style = Style {
        begin: |title, _, _| format!("{title}\n{}\n\n:date: 2026-02-03\n\n", "=".repeat(title.len())),
        heading: |title, level| format!("{title}\n{}\n\n", if level == 2 { "-" } else { "~" }.repeat(title.len())),
        paragraph: |text| format!("{}\n\n", folded(text)),
        list_begin: "",
        item: |text| format!("* {text}\n"),
        list_end: "\n",
        code: |code| format!(".. code-block:: sh\n\n    {}\n\n", code.replace('\n', "\n    ")),
        table: |table| {
            let line = format!("{0} {0} {0}\n", "=".repeat(40));
            let row = |[a, b, c]: &[String; 3]| format!("{a:40} {b:40} {c}\n");
            format!("{line}{}{line}\n", table.iter().map(row).collect::<Vec<_>>().concat())
        },
        question: |question, answer| format!("{question}\n{}\n\n{answer}\n\n", "~".repeat(question.len())),
        mark: |word, random| match random.between(0, 3) {
            0 => format!("`{word} <https://example.org/{word}>`_"),
            1 => format!("``{word}``"),
            2 => format!("**{word}**"),
            _ => format!(":ref:`{word}`"),
        },
        end: no_end,
    };
    page(&style, text, random)
}

pub fn asciidoc(text: &Text<'_>, random: &mut Random, _: usize) -> String {
    let style = Style {
        begin: |title, _, _| format!("= {title}\n:toc:\n\n"),
        heading: |title, level| format!("{} {title}\n\n", "=".repeat(level)),
        paragraph: |text| format!("{}\n\n", folded(text)),
        list_begin: "",
        item: |text| format!("* {text}\n"),
        list_end: "\n",
        code: |code| format!("[source,sh]\n----\n{code}\n----\n\n"),
        table: |table| format!("|===\n{}|===\n\n", rows(table, "|", " |", "")),
        question: |question, answer| format!("[qanda]\n{question}::\n{answer}\n\n"),
        mark: |word, random| match random.between(0, 2) {
            0 => format!("https://example.org/{word}[{word}]"),
            1 => format!("`{word}`"),
            _ => format!("*{word}*"),
        },
        end: no_end,
    };
    page(&style, text, random)
}

pub fn org(text: &Text<'_>, random: &mut Random, _: usize) -> String {
    let style = Style {
        begin: |title, _, _| format!("#+TITLE: {title}\n#+DATE: <2026-02-03>\n\n"),
        heading: |title, level| format!("{} {title}\n", "*".repeat(level - 1)),
        paragraph: |text| format!("{}\n\n", folded(text)),
        list_begin: "",
        item: |text| format!("- {text}\n"),
        list_end: "\n",
        code: |code| format!("#+BEGIN_SRC sh\n{code}\n#+END_SRC\n\n"),
        table: |table| format!("{}\n", rows(table, "| ", " | ", " |")),
        question: |question, answer| format!("*** {question}\n{answer}\n\n"),
        mark: |word, random| match random.between(0, 2) {
            0 => format!("[[https://example.org/{word}][{word}]]"),
            1 => format!("~{word}~"),
            _ => format!("*{word}*"),
        },
        end: no_end,
    };
    page(&style, text, random)
}

pub fn pod(text: &Text<'_>, random: &mut Random, _: usize) -> String {
    let style = Style {
        begin: |title, _, _| format!("=encoding utf8\n\n=head1 NAME\n\n{title}\n\n"),
        heading: |title, level| format!("=head{} {title}\n\n", level - 1),
        paragraph: |text| format!("{}\n\n", folded(text)),
        list_begin: "=over 4\n\n",
        item: |text| format!("=item *\n\n{text}\n\n"),
        list_end: "=back\n\n",
        code: |code| format!("    {}\n\n", code.replace('\n', "\n    ")),
        table: |table| rows(table, "    ", "  ", "") + "\n",
        question: |question, answer| format!("=head2 {question}\n\n{answer}\n\n"),
        mark: |word, random| match random.between(0, 2) {
            0 => format!("L<{word}|perlfaq/\"{word}\">"),
            1 => format!("C<{word}>"),
            _ => format!("B<{word}>"),
        },
        end: |_, _| "=cut\n".to_owned(),
    };
    page(&style, text, random)
}

pub fn text(text: &Text<'_>, random: &mut Random, _: usize) -> String {
    let style = Style {
        begin: |title, _, _| format!("{title}\n\n"),
        heading: |title, _| format!("{title}\n\n"),
        paragraph: |text| format!("{}\n\n", folded(text)),
        list_begin: "",
        item: |text| format!("- {text}\n"),
        list_end: "\n",
        code: |code| format!("    {}\n\n", code.replace('\n', "\n    ")),
        table: |table| rows(table, "", "  ", "") + "\n",
        question: |question, answer| format!("Q: {question}\nA: {answer}\n\n"),
        mark: no_marks,
        end: no_end,
    };
    page(&style, text, random)
}
