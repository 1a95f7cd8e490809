//! What is drawn on a page: letters, each with its place.

use super::fonts::Font;
use lopdf::{
    Dictionary, Document, Object, ObjectId,
    content::{Content, Operation},
};
use std::{collections::HashMap, rc::Rc};

/// Drawings within drawings are not deeper than this.
const DEPTH: usize = 8;

/// No page has more letters than this.
const MOST_LETTERS: usize = 200_000;

/// An affine map, as PDF writes it.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const UNIT: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn of(operands: &[f64]) -> Option<Self> {
        Some(Self(operands.get(..6)?.try_into().ok()?))
    }

    fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `self`, then `outer`.
    fn then(self, outer: Self) -> Self {
        let (Self(inner), Self(outer)) = (self, outer);
        let turned = |x: f64, y: f64| [x * outer[0] + y * outer[2], x * outer[1] + y * outer[3]];
        let ([x0, x1], [y0, y1]) = (turned(inner[0], inner[1]), turned(inner[2], inner[3]));
        let [at0, at1] = turned(inner[4], inner[5]);
        Self([x0, x1, y0, y1, at0 + outer[4], at1 + outer[5]])
    }
}

/// A letter, or several that are drawn as one.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What it is.
    pub text: String,
    /// Where it begins along its line, and where it ends.
    pub x: [f64; 2],
    /// The height of its line above the bottom of the page.
    pub y: f64,
    /// Its size.
    pub size: f64,
    /// How its line is turned, in right angles.
    pub turn: u8,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether all letters of its font are as wide.
    pub mono: bool,
}

/// How text is drawn.
#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_gap: f64,
    word_gap: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Goes through what is drawn.
pub struct Drawing<'a> {
    document: &'a Document,
    fonts: HashMap<ObjectId, Rc<Font>>,
    /// How many more bytes of instructions are followed, and the limit.
    left: usize,
    limit: usize,
    /// How many letters nobody can read.
    pub unknown: usize,
    /// How many pages and drawings break off.
    pub problems: usize,
    letters: Vec<Letter>,
    /// How many marks of what is no text of the page are open, and how many of all kinds.
    artifacts: Vec<bool>,
}

impl<'a> Drawing<'a> {
    /// Follows no more than `limit` bytes of instructions.
    pub fn new(document: &'a Document, limit: usize) -> Self {
        Self {
            document,
            fonts: HashMap::new(),
            left: limit,
            limit,
            unknown: 0,
            problems: 0,
            letters: Vec::new(),
            artifacts: Vec::new(),
        }
    }

    /// The letters of a page.
    ///
    /// # Errors
    /// The reason for the report, where there is too much of it.
    pub fn page(&mut self, page: ObjectId) -> Result<Vec<Letter>, String> {
        self.artifacts.clear();
        let document = self.document;
        let resources = match document.get_page_resources(page) {
            Ok((direct, ids)) => {
                direct.into_iter().chain(ids.into_iter().filter_map(|id| document.get_dictionary(id).ok())).collect()
            }
            Err(_) => Vec::new(),
        };
        let limit = self.left.saturating_add(1);
        match document.get_page_content_with_limit(page, limit) {
            Ok(content) => self.draw(&content, &resources, Matrix::UNIT, 0)?,
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(self.too_much());
            }
            Err(_) => self.problems += 1,
        }
        Ok(std::mem::take(&mut self.letters))
    }

    fn too_much(&self) -> String {
        let limit = self.limit;
        format!("unpacks to more than {limit} bytes: split it, or raise `max_file_bytes` in faqt.toml")
    }

    fn draw(
        &mut self,
        content: &[u8],
        resources: &Vec<&'a Dictionary>,
        ctm: Matrix,
        depth: usize,
    ) -> Result<(), String> {
        self.left = self.left.checked_sub(content.len().max(1 << 10)).ok_or_else(|| self.too_much())?;
        let mut state =
            State { ctm, font: None, size: 0.0, letter_gap: 0.0, word_gap: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0 };
        let mut saved = Vec::new();
        let (mut line, mut at) = (Matrix::UNIT, Matrix::UNIT);
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else {
                self.problems += 1;
                break;
            };
            let numbers: Vec<f64> = operation.operands.iter().filter_map(number).collect();
            let first = numbers.first().copied();
            match operation.operator.as_str() {
                "q" if saved.len() < 1 << 10 => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.ctm = Matrix::of(&numbers).map_or(state.ctm, |matrix| matrix.then(state.ctm)),
                "BT" => (line, at) = (Matrix::UNIT, Matrix::UNIT),
                "Tf" => {
                    state.font = operation.operands.first().and_then(|name| self.font(name, resources));
                    state.size = first.unwrap_or(state.size);
                }
                "Tc" => state.letter_gap = first.unwrap_or(0.0),
                "Tw" => state.word_gap = first.unwrap_or(0.0),
                "Tz" => state.stretch = first.unwrap_or(100.0) / 100.0,
                "TL" => state.leading = first.unwrap_or(0.0),
                "Ts" => state.rise = first.unwrap_or(0.0),
                "Tm" => {
                    line = Matrix::of(&numbers).unwrap_or(line);
                    at = line;
                }
                "Td" | "TD" => {
                    if let [x, y, ..] = numbers[..] {
                        if operation.operator == "TD" {
                            state.leading = -y;
                        }
                        line = Matrix::moved(x, y).then(line);
                        at = line;
                    }
                }
                "T*" | "'" | "\"" => {
                    if let ("\"", [word, letter, ..]) = (operation.operator.as_str(), &numbers[..]) {
                        (state.word_gap, state.letter_gap) = (*word, *letter);
                    }
                    line = Matrix::moved(0.0, -state.leading).then(line);
                    at = line;
                    self.show(&operation, &state, &mut at);
                }
                "Tj" | "TJ" => self.show(&operation, &state, &mut at),
                "BMC" | "BDC" => {
                    let is_artifact =
                        operation.operands.first().and_then(|tag| tag.as_name().ok()) == Some(b"Artifact");
                    self.artifacts.push(is_artifact);
                }
                "EMC" => drop(self.artifacts.pop()),
                "Do" if depth < DEPTH => self.form(&operation, resources, state.ctm, depth)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A drawing within a drawing.
    fn form(
        &mut self,
        operation: &Operation,
        resources: &Vec<&'a Dictionary>,
        ctm: Matrix,
        depth: usize,
    ) -> Result<(), String> {
        let document = self.document;
        let Some(Ok(name)) = operation.operands.first().map(Object::as_name) else { return Ok(()) };
        let found = resources.iter().find_map(|all| document.get_dict_in_dict(all, b"XObject").ok()?.get(name).ok());
        let stream =
            found.and_then(|found| document.dereference(found).ok()).and_then(|(_, found)| found.as_stream().ok());
        let Some(stream) = stream else { return Ok(()) };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            return Ok(());
        }
        let matrix = stream.dict.get(b"Matrix").and_then(Object::as_array).ok();
        let matrix = matrix.and_then(|all| Matrix::of(&all.iter().filter_map(number).collect::<Vec<_>>()));
        let mut inner: Vec<&'a Dictionary> =
            document.get_dict_in_dict(&stream.dict, b"Resources").into_iter().collect();
        inner.extend(resources);
        inner.truncate(4 * DEPTH);
        match stream.get_plain_content_with_limit(self.left.saturating_add(1)) {
            Ok(content) => self.draw(&content, &inner, matrix.unwrap_or(Matrix::UNIT).then(ctm), depth + 1),
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => Err(self.too_much()),
            Err(_) => {
                self.problems += 1;
                Ok(())
            }
        }
    }

    fn font(&mut self, name: &Object, resources: &[&'a Dictionary]) -> Option<Rc<Font>> {
        let name = name.as_name().ok()?;
        let document = self.document;
        let found = resources.iter().find_map(|all| document.get_dict_in_dict(all, b"Font").ok()?.get(name).ok())?;
        let (id, font) = document.dereference(found).ok()?;
        let font = font.as_dict().ok()?;
        let Some(id) = id else { return Some(Rc::new(Font::read(document, font, self.limit))) };
        let read = || Rc::new(Font::read(document, font, self.limit));
        Some(self.fonts.entry(id).or_insert_with(read).clone())
    }

    fn show(&mut self, operation: &Operation, state: &State, at: &mut Matrix) {
        for operand in &operation.operands {
            match operand {
                Object::String(codes, _) => self.letters(codes, state, at),
                Object::Array(parts) => {
                    for part in parts {
                        match (part, number(part)) {
                            (Object::String(codes, _), _) => self.letters(codes, state, at),
                            (_, Some(back)) => {
                                let x = -back / 1000.0 * state.size * state.stretch;
                                *at = Matrix::moved(x, 0.0).then(*at);
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn letters(&mut self, codes: &[u8], state: &State, at: &mut Matrix) {
        let Some(font) = state.font.clone() else { return };
        let hidden = self.artifacts.contains(&true);
        for (text, width, is_space) in font.letters(codes) {
            let gap = state.letter_gap + if is_space { state.word_gap } else { 0.0 };
            let advance = (width / 1000.0 * state.size + gap) * state.stretch;
            let drawn = width / 1000.0 * state.size * state.stretch;
            if text.is_none() {
                self.unknown += usize::from(!hidden);
            }
            if let Some(text) = text.filter(|text| !text.is_empty() && !hidden && self.letters.len() < MOST_LETTERS) {
                let here = Matrix::moved(0.0, state.rise).then(*at).then(state.ctm);
                self.letters.extend(letter(text, here, drawn, state.size, &font));
            }
            *at = Matrix::moved(advance, 0.0).then(*at);
        }
    }
}

/// A letter at a place, if that is one.
fn letter(text: String, at: Matrix, width: f64, size: f64, font: &Font) -> Option<Letter> {
    let Matrix([along, aside, c, d, right, up]) = at;
    if at.0.iter().any(|part| !part.is_finite() || part.abs() > 1e7) {
        return None;
    }
    let (scale, size) = (along.hypot(aside), size.abs() * c.hypot(d));
    // Turned so that the line goes to the right.
    let (turn, x, y) = match () {
        () if aside.abs() <= along.abs() && along >= 0.0 => (0, right, up),
        () if aside.abs() <= along.abs() => (2, -right, -up),
        () if aside > 0.0 => (1, up, -right),
        () => (3, -up, right),
    };
    Some(Letter { text, x: [x, x + width * scale], y, size, turn, bold: font.bold, mono: font.mono })
}

/// An operand that is a number.
pub fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(number) => Some(*number as f64),
        Object::Real(number) => Some(f64::from(*number)),
        _ => None,
    }
}
