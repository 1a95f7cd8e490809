//! A source with what is cited in it.

use super::{
    articles::{ArticleView, Listed},
    source::{Anchor, OpenSource},
};
use crate::{
    Engine,
    error::{Error, Result},
    index::UnitNo,
    model::{Counted, Excerpt, Place, Unit, UnitKind},
    read::Reading,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A text of no more bytes is shown whole.
const SHOWN_WHOLE: usize = 256 << 10;

/// Of a longer one so many lines before and behind the place, and no more bytes on either side.
const LINES_AROUND: usize = 200;
const BYTES_AROUND: usize = 128 << 10;

/// How many units of the article are listed before and behind the place at most.
const UNITS_AROUND: UnitNo = 250;

/// What is to be marked in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The bytes of a citation.
    Bytes(Range<usize>),
    /// The unit with this id: its question, and its text.
    Unit(String),
    /// Paragraphs or pages of a document that is no text.
    Place(Place),
}

/// A source as it is now, with the place that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct SourceView {
    /// The file, as citations name it.
    pub source: String,
    /// The title of the article, or the name of the file.
    pub title: String,
    /// The language, as an ISO 639-1 code where it has one.
    pub language: Option<String>,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The address of the article.
    pub url: Option<String>,
    /// The text of the file, or what is taken out of a document that is no text; of a long one the part around the marks.
    pub text: String,
    /// The line of the file in which the text begins, counted from 1; none where the file is no text.
    pub first_line: Option<usize>,
    /// Whether the file goes on before or behind the text.
    pub cut: bool,
    /// Whether the file is another one than when it was indexed: then only what still stands there is marked.
    pub changed: bool,
    /// What was asked for, in order.
    pub marks: Vec<MarkView>,
    /// The units in this part of the file, in order.
    pub units: Vec<UnitPlace>,
}

/// A marked part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct MarkView {
    /// Its first code point in the text.
    pub start: usize,
    /// The code point behind its last.
    pub end: usize,
    /// Its first and last line in the file, counted from 1; none where the file is no text.
    pub lines: Option<[usize; 2]>,
    /// Its first and last paragraph in a document that has no lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<[usize; 2]>,
    /// Its first and last page in a document that has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<[usize; 2]>,
}

/// A unit of an article, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct UnitPlace {
    /// The id.
    pub id: String,
    /// What kind of unit it is.
    pub kind: UnitKind,
    /// The question of a `qa` unit.
    pub question: Option<String>,
    /// First and last line of its text, counted from 1; none where the file is no text.
    pub lines: Option<[usize; 2]>,
    /// First and last paragraph in a document that has no lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<[usize; 2]>,
    /// First and last page in a document that has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<[usize; 2]>,
}

impl Engine {
    /// The source that citations call so, with a place marked. No other file than those of the index is ever opened, whatever
    /// `source` says.
    ///
    /// # Errors
    /// [`Error::ArticleUnknown`], [`Error::UnitUnknown`] for a unit that is not of the source, [`Error::ArticleUnreadable`]
    /// for a file that is gone, no text any more, or another one behind a link; or when the index cannot be read.
    pub fn article(&self, source: &str, mark: Option<&Mark>, reading: &Reading) -> Result<SourceView> {
        let listed = self.listed(source)?;
        let asked = self.asked(listed, mark)?;
        let opened = asked.open(listed, reading)?;
        let marks = asked.marks(&opened);
        let shown = shown(&opened, marks.first().cloned());
        let hull = opened.text.span(shown.clone()).hull().unwrap_or(0..0);
        let plain = opened.text.plain().get(shown.clone()).unwrap_or_default();
        let mark = |mark: &Range<usize>| mark_view(&opened, &shown, mark);
        let ArticleView { source, title, language, published, url, .. } = self.article_view(listed)?;
        Ok(SourceView {
            source,
            title,
            language,
            published,
            url,
            first_line: (opened.lines.counted() == Counted::Line).then(|| opened.line_at(shown.start)),
            cut: !opened.whole || shown.len() < opened.text.len(),
            changed: opened.changed,
            marks: marks.iter().filter_map(mark).collect(),
            units: self.units_within(listed, asked.number, &hull)?,
            text: plain.to_owned(),
        })
    }

    /// The source of a unit, as far as it is needed to show the unit in it.
    ///
    /// # Errors
    /// As [`Engine::article`].
    pub fn source_of(&self, unit: &Unit, reading: &Reading) -> Result<OpenSource> {
        let listed = self.listed(&unit.source)?;
        self.asked(listed, Some(&Mark::Unit(unit.id.clone())))?.open(listed, reading)
    }

    /// What a mark asks for: the unit that it names, or the last that begins before it.
    fn asked<'a>(&self, listed: &Listed, mark: Option<&'a Mark>) -> Result<Asked<'a>> {
        let first = listed.units.start;
        let number = match mark {
            Some(Mark::Unit(id)) => {
                let number = self.search.unit_no(id).filter(|number| listed.units.contains(number));
                number.ok_or_else(|| Error::UnitUnknown(id.clone()))?
            }
            Some(Mark::Bytes(bytes)) => self.last_before(listed, bytes.start)?,
            Some(Mark::Place(_)) | None => first,
        };
        Ok(Asked { mark, number, unit: self.unit_at(number)? })
    }

    /// The last unit of a file that begins before a byte: units are nearly in the order of their bytes.
    fn last_before(&self, listed: &Listed, byte: usize) -> Result<UnitNo> {
        let (mut from, mut to) = (listed.units.start, listed.units.end);
        while to - from > 1 {
            let middle = from + (to - from) / 2;
            if self.unit_at(middle)?.hull().start <= byte { from = middle } else { to = middle }
        }
        Ok(from)
    }

    /// The units of a file that stand within some bytes of it, near one of them.
    fn units_within(&self, listed: &Listed, near: UnitNo, bytes: &Range<usize>) -> Result<Vec<UnitPlace>> {
        let from = near.saturating_sub(UNITS_AROUND).max(listed.units.start);
        let to = near.saturating_add(UNITS_AROUND).min(listed.units.end);
        let mut places = Vec::new();
        for number in from..to {
            let unit = self.unit_at(number)?;
            let hull = unit.hull();
            if hull.start < bytes.end && bytes.start < hull.end {
                let place = unit.text.place(unit.text.all());
                places.push(UnitPlace {
                    question: unit.question().map(str::to_owned),
                    id: unit.id,
                    kind: unit.kind,
                    lines: place.of(Counted::Line),
                    paragraph: place.of(Counted::Paragraph),
                    page: place.of(Counted::Page),
                });
            }
        }
        Ok(places)
    }
}

/// A mark, and the unit that is named or near.
struct Asked<'a> {
    mark: Option<&'a Mark>,
    number: UnitNo,
    unit: Unit,
}

impl Asked<'_> {
    fn open(&self, listed: &Listed, reading: &Reading) -> Result<OpenSource> {
        let counted = self.unit.text.counted();
        let text = self.unit.text.hull().unwrap_or(0..0);
        let anchor: Anchor = (text.start, self.unit.text.lines(self.unit.text.all())[0]);
        let place = match self.mark {
            Some(Mark::Bytes(bytes)) => bytes.clone(),
            Some(Mark::Unit(_)) => self.unit.hull(),
            Some(Mark::Place(_)) | None => 0..0,
        };
        OpenSource::open(&listed.file, counted, reading, &place, anchor)
    }

    /// The marked parts of the plain text.
    fn marks(&self, opened: &OpenSource) -> Vec<Range<usize>> {
        let still_there = |excerpt: &&Excerpt| is_still_there(excerpt, opened);
        let mut marks: Vec<Range<usize>> = match self.mark {
            Some(Mark::Unit(_)) => {
                let hulls = self.unit.excerpts().filter(still_there).filter_map(Excerpt::hull);
                hulls.filter_map(|hull| opened.text.plain_at(&hull)).collect()
            }
            Some(Mark::Bytes(bytes)) if opened.lines.counted() == Counted::Line => {
                let holds = |excerpt: &&Excerpt| {
                    excerpt.hull().is_some_and(|hull| hull.start <= bytes.start && bytes.end <= hull.end)
                };
                let is_sure =
                    !opened.changed || self.unit.excerpts().filter(holds).any(|excerpt| still_there(&excerpt));
                opened.text.plain_at(bytes).filter(|_| is_sure).into_iter().collect()
            }
            Some(Mark::Bytes(_)) | None => Vec::new(),
            Some(Mark::Place(place)) => place_in(opened, *place).into_iter().collect(),
        };
        marks.sort_by_key(|mark| (mark.start, mark.end));
        marks
    }
}

/// Whether what the index has stands where it stood.
fn is_still_there(excerpt: &Excerpt, opened: &OpenSource) -> bool {
    let proven = |bytes: &Vec<u8>| excerpt.text().first_difference(bytes).is_none();
    !opened.changed || opened.bytes.as_ref().is_some_and(proven)
}

/// The part of a text that has these paragraphs or pages.
fn place_in(opened: &OpenSource, place: Place) -> Option<Range<usize>> {
    let [first, last] = place.numbers;
    if opened.changed || opened.lines.counted() != place.counted {
        return None;
    }
    let within = opened.numbered().filter(|(number, _)| (first..=last).contains(number)).map(|(_, range)| range);
    let part = within.reduce(|all, range| all.start..range.end)?;
    let trimmed = crate::model::article::trim(opened.text.plain(), part);
    (!trimmed.is_empty()).then_some(trimmed)
}

/// The part of the plain text that is shown: all of it, or the lines around the first mark.
fn shown(opened: &OpenSource, mark: Option<Range<usize>>) -> Range<usize> {
    let plain = opened.text.plain();
    if plain.len() <= SHOWN_WHOLE {
        return 0..plain.len();
    }
    let mark = mark.unwrap_or(0..0);
    let before = plain.get(..mark.start).unwrap_or_default();
    let start = before.rmatch_indices('\n').nth(LINES_AROUND).map_or(0, |(at, _)| at + 1);
    let start = start.max(mark.start.saturating_sub(BYTES_AROUND));
    let behind = plain.get(mark.end..).unwrap_or_default();
    let end = behind.match_indices('\n').nth(LINES_AROUND).map_or(plain.len(), |(at, _)| mark.end + at + 1);
    let end = end.min(mark.end + BYTES_AROUND).min(mark.start + SHOWN_WHOLE);
    let start = (start..=mark.start).find(|&at| plain.is_char_boundary(at)).unwrap_or(0);
    let end = (start..=end).rev().find(|&at| plain.is_char_boundary(at)).unwrap_or(start);
    start..end
}

/// A mark in code points of what is shown; none for one that is not.
fn mark_view(opened: &OpenSource, shown: &Range<usize>, mark: &Range<usize>) -> Option<MarkView> {
    let (start, end) = (mark.start.max(shown.start), mark.end.min(shown.end));
    let before = opened.text.plain().get(shown.start..start)?.chars().count();
    let length = opened.text.plain().get(start..end)?.chars().count();
    let hull = opened.text.span(mark.clone()).hull()?;
    let place = Place { counted: opened.lines.counted(), numbers: opened.lines.of(&hull) };
    Some(MarkView {
        start: before,
        end: before + length,
        lines: place.of(Counted::Line),
        paragraph: place.of(Counted::Paragraph),
        page: place.of(Counted::Page),
    })
}
