//! Which directives hold what.

/// What a directive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, which may begin behind the name.
    Prose,
    /// A title behind the name, and text below it.
    Titled,
    /// A signature behind the name, and text below it.
    Object,
    /// Text below it; what is behind the name is none.
    Holder,
    /// A summary behind the name, and text that is folded away.
    Folded,
    /// Code below it.
    Code,
    /// A table as a list of lists.
    ListTable,
    /// A table as rows of values.
    CsvTable,
    /// The title of the document.
    Title,
    /// Fields about the document.
    Meta,
    /// Nothing to read.
    Silent,
    /// Not known.
    Unknown,
}

const KINDS: &[(Kind, &[&str])] = &[
    (
        Kind::Prose,
        &[
            "attention",
            "caution",
            "danger",
            "error",
            "hint",
            "important",
            "note",
            "tip",
            "warning",
            "seealso",
            "versionadded",
            "versionchanged",
            "versionremoved",
            "deprecated",
            "deprecated-removed",
            "rubric",
            "centered",
            "epigraph",
            "highlights",
            "pull-quote",
            "compound",
            "glossary",
            "line-block",
            "hlist",
            "todo",
            "soft-deprecated",
            "impl-detail",
            "availability",
        ],
    ),
    (
        Kind::Titled,
        &["admonition", "topic", "sidebar", "table", "card", "grid-item-card", "tab-item", "tab", "group-tab"],
    ),
    (
        Kind::Object,
        &[
            "function",
            "data",
            "exception",
            "method",
            "classmethod",
            "staticmethod",
            "attribute",
            "property",
            "decorator",
            "option",
            "cmdoption",
            "envvar",
            "confval",
            "setting",
            "describe",
            "object",
            "program-option",
            "macro",
            "type",
            "member",
            "opcode",
            "pdbcommand",
            "reqmeta",
            "signal",
            "command",
            "c-function",
            "django-admin",
            "templatetag",
            "templatefilter",
            "fieldlookup",
        ],
    ),
    (
        Kind::Holder,
        &[
            "class",
            "rst-class",
            "cssclass",
            "container",
            "only",
            "ifconfig",
            "figure",
            "tab-set",
            "tabs",
            "grid",
            "grid-item",
            "div",
            "details-group",
            "card-carousel",
            "if-builder",
            "contents-group",
            "header",
            "footer",
        ],
    ),
    (Kind::Folded, &["dropdown", "collapse", "toggle", "details"]),
    (
        Kind::Code,
        &[
            "code",
            "code-block",
            "sourcecode",
            "parsed-literal",
            "prompt",
            "ipython",
            "doctest",
            "testcode",
            "testsetup",
            "testoutput",
            "testcleanup",
            "console",
            "command-output",
            "productionlist",
            "math",
            "code-cell",
            "ipython3",
            "tabbed-code",
        ],
    ),
    (Kind::ListTable, &["list-table", "flat-table"]),
    (Kind::CsvTable, &["csv-table"]),
    (Kind::Title, &["title"]),
    (Kind::Meta, &["meta"]),
    (
        Kind::Silent,
        &[
            "toctree",
            "contents",
            "index",
            "image",
            "highlight",
            "highlightlang",
            "currentmodule",
            "module",
            "moduleauthor",
            "sectionauthor",
            "codeauthor",
            "default-role",
            "role",
            "default-domain",
            "program",
            "sectnum",
            "section-numbering",
            "target-notes",
            "tabularcolumns",
            "acks",
            "restructuredtext-test-directive",
            "date",
            "button-link",
            "button-ref",
            "py:module",
            "py:currentmodule",
            "youtube",
            "video",
        ],
    ),
];

/// The name of the directive that `text` begins with.
pub fn name(text: &str) -> Option<&str> {
    let end = text.find("::")?;
    let name = &text[..end];
    let behind = &text[end + 2..];
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | ':'));
    (is_name && (behind.is_empty() || behind.starts_with(char::is_whitespace))).then_some(name)
}

/// What the directive of this name holds.
pub fn kind(name: &str) -> Kind {
    let name = name.to_ascii_lowercase();
    let known = KINDS.iter().find(|(_, names)| names.contains(&name.as_str()));
    match (known, name.split_once(':')) {
        (Some((kind, _)), _) => *kind,
        // Things of a programming language: `py:class`, `c:macro`, `js:function`.
        (None, Some(_)) => Kind::Object,
        // What is drawn from the documented program itself.
        (None, None) if name.starts_with("auto") => Kind::Silent,
        (None, None) => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_text() {
        assert_eq!(name("note:: Read this"), Some("note"));
        assert_eq!(name("py:class:: X"), Some("py:class"));
        assert_eq!(name("code-block::"), Some("code-block"));
        assert_eq!(name("a comment:: no"), None);
        assert_eq!(name("std::vector"), None);
        assert_eq!(kind("NOTE"), Kind::Prose);
        assert_eq!(kind("py:class"), Kind::Object);
        assert_eq!(kind("raw"), Kind::Unknown);
    }
}
