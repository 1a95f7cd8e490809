//! The events of a streamed response, in the order in which clients want them.

use super::responses::Made;
use serde_json::{Value, json};

/// All events, numbered from 0.
pub fn events(made: &Made) -> Vec<Value> {
    let mut all = opening(made);
    // The one message, and the one text in it.
    let place = json!({"item_id": made.message_id, "output_index": 0, "content_index": 0});
    let text_event = |kind: &str, more: Value| {
        let mut event = place.clone();
        event["type"] = kind.into();
        if let (Some(event), Value::Object(more)) = (event.as_object_mut(), more) {
            event.extend(more);
        }
        event
    };
    let empty = json!({"type": "output_text", "text": "", "annotations": [], "logprobs": []});
    all.push(text_event("response.content_part.added", json!({"part": empty})));
    for text in made.spoken.deltas() {
        all.push(text_event("response.output_text.delta", json!({"delta": text, "logprobs": []})));
    }
    for (number, annotation) in made.spoken.flat_annotations().into_iter().enumerate() {
        let added = json!({"annotation_index": number, "annotation": annotation});
        all.push(text_event("response.output_text.annotation.added", added));
    }
    let text = &made.spoken.rendered.text;
    all.push(text_event("response.output_text.done", json!({"text": text, "logprobs": []})));
    all.push(text_event("response.content_part.done", json!({"part": made.part()})));
    all.extend(closing(made));
    for (number, event) in all.iter_mut().enumerate() {
        event["sequence_number"] = number.into();
    }
    all
}

fn opening(made: &Made) -> Vec<Value> {
    let item = made.message("in_progress", &json!([]));
    vec![
        json!({"type": "response.created", "response": made.begun()}),
        json!({"type": "response.in_progress", "response": made.begun()}),
        json!({"type": "response.output_item.added", "output_index": 0, "item": item}),
    ]
}

fn closing(made: &Made) -> [Value; 2] {
    let item = made.message("completed", &json!([made.part()]));
    [
        json!({"type": "response.output_item.done", "output_index": 0, "item": item}),
        json!({"type": "response.completed", "response": made.complete()}),
    ]
}
