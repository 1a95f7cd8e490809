//! What elements are, by their names.

/// How an element takes part in the structure of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Has no content and no end tag.
    Void,
    /// A part of a line.
    Inline,
    /// Begins and ends a line.
    Block,
    /// A block out of which no end tag of another element reaches.
    Barrier,
}

/// The kind of an element.
pub fn kind(name: &str) -> Kind {
    match name {
        "area" | "base" | "basefont" | "bgsound" | "br" | "col" | "embed" | "frame" | "hr" | "img" | "input"
        | "link" | "meta" | "param" | "source" | "track" | "wbr" => Kind::Void,
        "table" | "td" | "th" | "caption" | "template" | "object" | "button" | "marquee" | "applet" | "svg"
        | "math" => Kind::Barrier,
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details" | "dialog" | "dir"
        | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "frameset" | "h1" | "h2"
        | "h3" | "h4" | "h5" | "h6" | "head" | "header" | "hgroup" | "html" | "legend" | "li" | "listing" | "main"
        | "menu" | "nav" | "noframes" | "ol" | "optgroup" | "option" | "p" | "plaintext" | "pre" | "search"
        | "section" | "select" | "summary" | "tbody" | "tfoot" | "thead" | "tr" | "ul" | "xmp" => Kind::Block,
        _ => Kind::Inline,
    }
}

/// Whether the start of an element ends an open paragraph.
pub fn closes_paragraph(name: &str) -> bool {
    #[rustfmt::skip]
    const NOT: &[&str] = &[
        "body", "head", "html", "legend", "option", "optgroup", "select", "tbody", "tfoot", "thead", "tr",
    ];
    name == "hr" || name == "table" || (kind(name) == Kind::Block && !NOT.contains(&name))
}

/// Elements that stand in the head of a page.
pub fn is_of_head(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "head"
            | "title"
            | "base"
            | "link"
            | "meta"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "basefont"
            | "bgsound"
    )
}

/// The level of a heading.
pub fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Elements whose content is text without tags.
pub fn is_raw(name: &str) -> bool {
    html5gum::naive_next_state(name.as_bytes()).is_some()
}

/// Elements that a reader never sees, or that are no text.
pub fn is_no_text(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "title"
            | "svg"
            | "canvas"
            | "video"
            | "audio"
            | "iframe"
            | "map"
            | "noembed"
            | "select"
            | "datalist"
            | "textarea"
            | "input"
            | "progress"
            | "meter"
            | "dialog"
            | "annotation"
            | "annotation-xml"
            | "rt"
            | "rp"
            | "nav"
            | "menuitem"
    )
}

/// Elements that begin a line, or end one.
pub fn breaks_line(name: &str) -> bool {
    matches!(kind(name), Kind::Block) || matches!(name, "table" | "td" | "th" | "caption" | "hr")
}

/// Whether an element is one that texts have, rather than a word between angle brackets.
pub fn is_known(name: &str) -> bool {
    #[rustfmt::skip]
    const INLINE: &[&str] = &[
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "q", "s", "samp", "script", "small", "span", "strike", "strong", "style",
        "sub", "sup", "tt", "u", "var",
    ];
    kind(name) != Kind::Inline || INLINE.contains(&name) || matches!(name, "video" | "audio" | "iframe" | "time")
}
