//! XML as the documents of packages have it: no entities but the five and characters by number, names by namespace.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::collections::HashMap;

/// The namespaces that are told apart, by the end of their names, and the prefix that stands for each here.
const NAMESPACES: &[(&str, &str)] = &[
    ("wordprocessingml/2006/main", "w"),
    ("wordprocessingml/main", "w"),
    ("drawingml/2006/main", "a"),
    ("drawingml/main", "a"),
    ("officeDocument/2006/math", "m"),
    ("officeDocument/math", "m"),
    ("markup-compatibility/2006", "mc"),
    ("opendocument:xmlns:text:1.0", "text"),
    ("opendocument:xmlns:table:1.0", "table"),
    ("opendocument:xmlns:office:1.0", "office"),
    ("opendocument:xmlns:style:1.0", "style"),
    ("opendocument:xmlns:drawing:1.0", "draw"),
    ("opendocument:xmlns:meta:1.0", "meta"),
    ("purl.org/dc/elements/1.1/", "dc"),
    ("purl.org/dc/terms/", "dcterms"),
    ("2007/opf", "opf"),
];

/// A step through a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'a> {
    /// An element begins; its name has the prefix by which its namespace is known here.
    Start(&'a str, Attributes<'a>),
    /// The innermost element ends.
    End(&'a str),
    /// Text.
    Text(&'a str),
}

/// The attributes of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute, by its name without a prefix.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let wanted = attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
        let value = wanted.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| wanted.value.to_string(), std::borrow::Cow::into_owned))
    }

    /// The same as a number.
    #[must_use]
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }
}

/// Goes through an XML document. Nothing here is recursive, so elements may be as deep as they like.
///
/// # Errors
/// What is wrong, if the document breaks off there.
pub fn walk(source: &str, mut take: impl FnMut(Step<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let mut names = Names::default();
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| format!("byte {at} of its XML: {error}"))?;
        match event {
            Event::Start(start) => {
                names.declare(&start);
                let name = names.of(start.name().into_inner());
                take(Step::Start(&name, Attributes(&start)));
            }
            Event::End(end) => take(Step::End(&names.of(end.name().into_inner()))),
            Event::Text(text) => take(Step::Text(&text.xml10_content())),
            Event::CData(text) => take(Step::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let by_number = reference.resolve_char_ref().ok().flatten().map(String::from);
                let known = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                // An entity of the document's own may stand for anything, and is not looked up.
                take(Step::Text(&by_number.or_else(known).unwrap_or_else(|| format!("&{};", &*reference))));
            }
            Event::Eof => return Ok(()),
            // Empty elements come as a start and an end.
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The prefixes of a document. One has the same meaning all over it: nobody writes it otherwise.
#[derive(Default)]
struct Names {
    prefixes: HashMap<String, &'static str>,
}

impl Names {
    fn declare(&mut self, start: &BytesStart<'_>) {
        if !start.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in start.attributes().with_checks(false).flatten() {
            let prefix = match attribute.key.into_inner() {
                "xmlns" => "",
                name => match name.strip_prefix("xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            let known = NAMESPACES.iter().find(|(end, _)| attribute.value.ends_with(end));
            match known {
                Some((_, ours)) => drop(self.prefixes.insert(prefix.to_owned(), ours)),
                None => drop(self.prefixes.remove(prefix)),
            }
        }
    }

    /// The name of an element, with the prefix by which its namespace is known here.
    fn of<'n>(&self, name: &'n str) -> std::borrow::Cow<'n, str> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        match self.prefixes.get(prefix) {
            Some(ours) if *ours != prefix => format!("{ours}:{local}").into(),
            _ => name.into(),
        }
    }
}
