//! Rasa's training data and responses in JSON.

use super::{
    super::{
        markup::Markup,
        rows::{Body, BodyKind, Row, has_words, joined},
    },
    shapes::Shapes,
    value::{Object, Value},
};
use crate::{error::Result, model::SourceText};
use std::{collections::BTreeMap, ops::Range};

const SHAPE: &str = "Rasa training data";

/// The examples of an intent.
#[derive(Default)]
struct Intent {
    examples: Vec<SourceText>,
    range: Range<usize>,
}

/// Reads the object at `at` if it is `rasa_nlu_data` with the `responses` beside it; `None` if the object is something else.
pub fn read(shapes: &mut Shapes<'_, '_, '_>, object: &Object<'_>, at: usize) -> Result<Option<usize>> {
    let Some(data) = object.object(&["rasa_nlu_data"]) else { return Ok(None) };
    let mut order = Vec::new();
    let mut intents: BTreeMap<String, Intent> = BTreeMap::new();
    let examples = data.items("common_examples");
    if examples.is_empty() {
        shapes.skip(at, "`rasa_nlu_data` has no `common_examples`: there is nothing to ask")?;
    }
    for example in examples {
        let range = example.range();
        let read = example.object().and_then(|object| {
            let intent = object.text(&["intent"]).ok_or("an example has no intent")?;
            Ok((intent.plain().trim().to_owned(), object.text(&["text"]).ok_or("an example has no text")?))
        });
        match read {
            Ok((intent, text)) => {
                let intent = intents.entry(intent.clone()).or_insert_with(|| {
                    order.push(intent);
                    Intent { range: range.clone(), ..Intent::default() }
                });
                intent.range.end = range.end;
                intent.examples.push(text);
            }
            Err(reason) => shapes.skip(range.start, reason)?,
        }
    }
    let responses = [Some(&data), Some(object)].into_iter().flatten().find_map(|object| object.object(&["responses"]));
    let responses =
        responses.or_else(|| object.object(&["domain"])?.object(&["responses"])).unwrap_or(Object(Vec::new()));
    for name in &order {
        let Some(intent) = intents.remove(name) else { continue };
        let mut range = intent.range;
        let Some((answer, at)) = answer(&responses, name) else {
            shapes.skip(range.start, format!("the intent `{name}` has no text under `responses` in this file"))?;
            continue;
        };
        range = range.start.min(at.start)..range.end.max(at.end);
        let mut row =
            Row { document: Some(name.clone()), questions: intent.examples, body: Some(answer), ..Row::default() };
        row.about.metadata.insert("intent".to_owned(), vec![name.clone()]);
        shapes.add(row, &range, SHAPE)?;
    }
    Ok(Some(order.len().max(1)))
}

/// The first wording of the response to an intent.
fn answer(responses: &Object<'_>, intent: &str) -> Option<(Body, Range<usize>)> {
    let names = [format!("utter_{intent}"), format!("utter_{}", intent.replace('/', "_")), intent.to_owned()];
    let list: Value<'_> = names.iter().find_map(|name| responses.get(&[name]))?;
    let texts = list.items_or_self().into_iter().filter_map(|item| match item.object() {
        Ok(object) => object.text(&["text"]),
        Err(_) => item.text().ok().flatten(),
    });
    let first: Vec<SourceText> = texts.filter(has_words).take(1).collect();
    let text = joined(&first)?;
    Some((Body { kind: BodyKind::Answer, text, markup: Markup::Html }, list.range()))
}
