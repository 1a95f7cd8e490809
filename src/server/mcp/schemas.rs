//! Schemas of tools as every client can read them, made of the ones that are derived.

use rmcp::model::{JsonObject, Tool};
use schemars::{
    Schema,
    transform::{RecursiveTransform, Transform as _},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Describes the arguments and the results of a tool in the part of JSON Schema that all clients know: one type for each
/// value, and no formats of numbers. Clients that hand schemas on to models of other makers refuse or lose the rest.
pub fn simplify(tool: &mut Tool) {
    tool.input_schema = with(&tool.input_schema, argument);
    tool.output_schema = tool.output_schema.as_ref().map(|schema| with(schema, result));
}

fn with(schema: &JsonObject, change: fn(&mut Schema)) -> Arc<JsonObject> {
    let mut schema = Schema::from(schema.clone());
    RecursiveTransform(change).transform(&mut schema);
    match schema.to_value() {
        Value::Object(object) => Arc::new(object),
        _ => Arc::default(),
    }
}

/// What may be left out is not null, and has no null for a default.
fn argument(schema: &mut Schema) {
    schema.remove("format");
    schema.remove("default");
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
}

/// What is null where there is nothing is either the one or the other.
fn result(schema: &mut Schema) {
    schema.remove("format");
    schema.remove("default");
    if let Some(Value::Array(types)) = schema.get("type") {
        let either = types.iter().map(|kind| json!({"type": kind})).collect();
        schema.remove("type");
        schema.insert("anyOf".to_owned(), Value::Array(either));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_and_results_have_one_type_each() {
        let of = |value: Value| value.as_object().unwrap().clone();
        let derived = of(json!({"type": "object", "properties": {
            "format": {"type": ["integer", "null"], "format": "uint", "default": null, "minimum": 1}}}));
        let argument = json!({"type": "object", "properties": {"format": {"type": "integer", "minimum": 1}}});
        let result = json!({"type": "object", "properties": {
            "format": {"anyOf": [{"type": "integer"}, {"type": "null"}], "minimum": 1}}});
        let mut tool = Tool::new("t", "", derived.clone());
        tool.output_schema = Some(Arc::new(derived));
        simplify(&mut tool);
        assert_eq!((*tool.input_schema).clone(), of(argument));
        assert_eq!(*tool.output_schema.unwrap(), of(result));
    }
}
