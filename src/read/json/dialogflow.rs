//! Dialogflow's intents: ES and CX, one file for all or the files of an unpacked agent.

use super::{
    super::{
        SourceFile,
        markup::Markup,
        rows::{Body, BodyKind, Row, joined},
    },
    row::phrase,
    shapes::Shapes,
    value::{Object, Value},
};
use crate::{
    analyze::language,
    error::Result,
    model::{Prompt, SourceText},
};
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

const ES: &str = "Dialogflow intents";
const CX: &str = "Dialogflow CX intents";

/// Routes are found this deep.
const DEPTH: usize = 16;

/// Largest file of training phrases that is read beside an intent, in bytes.
const PHRASES_LIMIT: u64 = 16 << 20;

/// Whether the items are the training phrases of an ES intent, a file beside the intent's own.
pub fn is_usersays(items: &[Value<'_>]) -> bool {
    let first = items.first().and_then(|item| item.object().ok());
    first.is_some_and(|first| {
        !first.items("data").is_empty() && first.get(&["answer"]).is_none() && phrase(&first).is_some()
    })
}

/// Training phrases without their intent: it reads them itself, where it is there.
pub fn usersays(shapes: &mut Shapes<'_, '_, '_>, items: &[Value<'_>]) -> Result<()> {
    let name = stem(&shapes.file.path);
    let intent =
        name.split("_usersays_").next().map(|intent| shapes.file.path.with_file_name(format!("{intent}.json")));
    if name.contains("_usersays_") && intent.is_some_and(|intent| intent.is_file()) {
        return Ok(());
    }
    let reason = format!("{} training phrases without the file of their intent, which has the answer", items.len());
    shapes.skip(items.first().map_or(0, |item| item.range().start), reason)
}

/// Reads an intent, or all of an agent; `None` if the object is something else.
pub fn read(shapes: &mut Shapes<'_, '_, '_>, object: &Object<'_>, value: Value<'_>) -> Result<Option<usize>> {
    if is_phrases_file(object, &shapes.file.path) {
        return Ok(Some(1));
    }
    let intents = object.items("intents");
    let is_agent = intents.iter().any(|intent| intent.object().is_ok_and(|intent| is_intent(&intent)));
    let mut routes = BTreeMap::new();
    if is_agent || object.get(&["transitionRoutes", "flow", "nluSettings"]).is_some() {
        find_routes(&value, &mut routes, 0);
    }
    if is_agent {
        for intent in &intents {
            match intent.object() {
                Ok(object) => self::intent(shapes, &object, intent.range(), &routes)?,
                Err(reason) => shapes.skip(intent.range().start, reason)?,
            }
        }
        return Ok(Some(intents.len()));
    }
    if !routes.is_empty() {
        return flow(shapes, &routes).map(Some);
    }
    if is_intent(object) {
        intent(shapes, object, value.range(), &routes)?;
        return Ok(Some(1));
    }
    Ok(None)
}

fn is_intent(object: &Object<'_>) -> bool {
    let has_phrases =
        ["trainingPhrases", "userSays"].iter().any(|key| object.get(&[key]).is_some_and(|list| list.is_list()));
    let named = object.get(&["displayName", "name"]).is_some_and(|name| name.is_string());
    let answers = || {
        object
            .items("responses")
            .iter()
            .any(|one| one.object().is_ok_and(|one| one.get(&["messages", "speech"]).is_some()))
    };
    named && (has_phrases || answers() || !object.items("messages").is_empty())
}

/// Whether the object is a file of training phrases, or the file of an intent beside it, in an unpacked CX agent.
fn is_phrases_file(object: &Object<'_>, path: &Path) -> bool {
    let folder = |up: usize| path.ancestors().nth(up).and_then(Path::file_name).and_then(|name| name.to_str());
    let phrases = folder(1) == Some("trainingPhrases") && object.get(&["trainingPhrases"]).is_some();
    let intent = folder(2) == Some("intents")
        && object.get(&["displayName"]).is_some()
        && object.get(&["trainingPhrases"]).is_none();
    phrases || intent && path.with_file_name("trainingPhrases").is_dir()
}

/// The texts of an answer in one language.
#[derive(Default)]
struct Said {
    texts: Vec<SourceText>,
    prompts: Vec<Prompt>,
    /// Other wordings of the same.
    others: usize,
    /// Messages that are no text.
    payloads: usize,
    range: Option<Range<usize>>,
}

/// Answers by language; the empty name is that of no language.
type Answers = BTreeMap<String, Said>;

/// What the routes of an agent answer, by intent.
type Routes = BTreeMap<String, (SourceText, Answers)>;

fn intent(shapes: &mut Shapes<'_, '_, '_>, object: &Object<'_>, range: Range<usize>, routes: &Routes) -> Result<()> {
    let Some(name) = object.text(&["displayName", "name"]) else {
        return shapes.skip(range.start, "an intent has no `displayName`");
    };
    let shown = name.plain().trim().to_owned();
    if object.get(&["fallbackIntent", "isFallback"]).is_some_and(|is| is.written() == "true") {
        shapes.tell(range.start, "a fallback intent answers no question and is left out");
        return Ok(());
    }
    let mut answers = Answers::new();
    for response in object.items("responses").iter().filter_map(|response| response.object().ok()) {
        messages(&response, &mut answers);
    }
    messages(object, &mut answers);
    let full = object.text(&["name"]).map(|name| name.plain().to_owned()).unwrap_or_default();
    let of_routes = [shown.as_str(), full.as_str()].into_iter().find_map(|name| routes.get(name));
    let shape = if of_routes.is_some() { CX } else { ES };
    let answers = if answers.is_empty() { of_routes.map(|(_, answers)| answers) } else { Some(&answers) };
    let Some(answers) = answers.filter(|answers| !answers.is_empty()) else {
        return shapes.skip(range.start, format!("the intent `{shown}` has no text to answer with"));
    };
    let mut phrases: Vec<(String, SourceText)> = Vec::new();
    for key in ["trainingPhrases", "userSays"] {
        for item in object.items(key).iter().filter_map(|item| item.object().ok()) {
            let tag = item.text(&["lang", "languageCode"]).map(|tag| language::of_tag(tag.plain())).unwrap_or_default();
            phrases.extend(phrase(&item).map(|phrase| (tag, phrase)));
        }
    }
    for tag in answers.keys().filter(|_| phrases.is_empty()).cloned().collect::<Vec<_>>() {
        let file = beside_intent(shapes.file, &tag);
        phrases.extend(phrases_of(file.as_deref(), &name).into_iter().map(|phrase| (tag.clone(), phrase)));
    }
    let id = object.text(&["id"]).map_or_else(|| shown.clone(), |id| id.plain().to_owned());
    let about = Intent { id, name: shown, range };
    add(shapes, &about, &phrases, answers, shape)
}

/// What names an intent.
struct Intent {
    id: String,
    name: String,
    range: Range<usize>,
}

fn add(
    shapes: &mut Shapes<'_, '_, '_>,
    intent: &Intent,
    phrases: &[(String, SourceText)],
    answers: &Answers,
    shape: &str,
) -> Result<()> {
    for (tag, said) in answers {
        let mine = |(other, _): &&(String, SourceText)| other.is_empty() || tag.is_empty() || other == tag;
        let questions: Vec<_> = phrases.iter().filter(mine).map(|(_, phrase)| phrase.clone()).collect();
        let at = intent.range.start;
        if said.others > 0 {
            shapes.tell(at, "an answer in several wordings: the first is taken");
        }
        if said.payloads > 0 {
            shapes.tell(at, "messages that are no text are left out");
        }
        let Some(text) = joined(&said.texts) else {
            shapes.skip(at, format!("the intent `{}` has no text to answer with", intent.name))?;
            continue;
        };
        if questions.is_empty() {
            shapes.skip(at, format!("the intent `{}` has no training phrases", intent.name))?;
            continue;
        }
        let body = Some(Body { kind: BodyKind::Answer, text, markup: Markup::Html });
        let prompts = said.prompts.clone();
        let mut row = Row { document: Some(intent.id.clone()), questions, body, prompts, ..Row::default() };
        row.about.language = Some(tag.clone()).filter(|tag| !tag.is_empty());
        row.about.metadata.insert("intent".to_owned(), vec![intent.name.clone()]);
        let answered = said.range.clone().unwrap_or(intent.range.clone());
        let range = intent.range.start.min(answered.start)..intent.range.end.max(answered.end);
        shapes.add(row, &range, shape)?;
    }
    Ok(())
}

/// Adds the messages of an intent, a response or a fulfillment.
fn messages(object: &Object<'_>, answers: &mut Answers) {
    // The oldest form has the wordings right here.
    if object.get(&["messages"]).is_none()
        && let Some(speech) = object.get(&["speech"])
    {
        wordings(&speech, answers.entry(String::new()).or_default());
    }
    for message in object.items("messages") {
        let Ok(one) = message.object() else { continue };
        let tag = one.text(&["lang", "languageCode"]).map(|tag| language::of_tag(tag.plain())).unwrap_or_default();
        let said = answers.entry(tag).or_default();
        let before = (said.texts.len(), said.prompts.len());
        if let Some(speech) = one.get(&["speech"]) {
            wordings(&speech, said);
        } else if let Some(text) = one.object(&["text"]).and_then(|text| text.get(&["text"])) {
            wordings(&text, said);
        } else if let Some(card) = one.object(&["quickReplies"]) {
            replies(&card, "quickReplies", said);
        } else if one.get(&["replies"]).is_some() {
            replies(&one, "replies", said);
        }
        said.payloads += usize::from(
            before == (said.texts.len(), said.prompts.len()) && one.get(&["payload", "title", "card"]).is_some(),
        );
    }
    answers.retain(|_, said| !said.texts.is_empty() || said.payloads > 0);
}

/// The first of several wordings of one message.
fn wordings(value: &Value<'_>, said: &mut Said) {
    let mut texts = value.items_or_self().into_iter().filter_map(|item| item.text().ok().flatten());
    if let Some(first) = texts.next() {
        said.texts.push(first);
        let range = value.range();
        let whole = said.range.take().unwrap_or_else(|| range.clone());
        said.range = Some(whole.start.min(range.start)..whole.end.max(range.end));
    }
    said.others += texts.count();
}

fn replies(card: &Object<'_>, key: &str, said: &mut Said) {
    for reply in card.items(key) {
        if let Ok(Some(text)) = reply.scalar() {
            said.prompts.push(Prompt { text, document: None });
        }
    }
}

/// Finds every route from an intent to texts.
fn find_routes(value: &Value<'_>, routes: &mut Routes, depth: usize) {
    if depth > DEPTH {
        return;
    }
    if value.is_list() {
        value.items().iter().for_each(|item| find_routes(item, routes, depth + 1));
        return;
    }
    let Ok(object) = value.object() else { return };
    if let (Some(intent), Some(fulfillment)) = (object.text(&["intent"]), object.object(&["triggerFulfillment"])) {
        let (_, answers) = routes.entry(intent.plain().trim().to_owned()).or_insert_with(|| (intent, Answers::new()));
        // Of several routes the first that says something counts.
        if answers.is_empty() {
            messages(&fulfillment, answers);
        }
        return;
    }
    object.0.iter().filter(|(_, value)| value.is_object() || value.is_list()).for_each(|(_, value)| {
        find_routes(value, routes, depth + 1);
    });
}

/// The routes of a flow or page in an unpacked CX agent, with the training phrases beside it.
fn flow(shapes: &mut Shapes<'_, '_, '_>, routes: &Routes) -> Result<usize> {
    for (name, (text, answers)) in routes {
        let range = text.span(0..text.len()).hull().unwrap_or(0..0);
        if answers.is_empty() {
            shapes.skip(range.start, format!("the route of the intent `{name}` has no text to answer with"))?;
            continue;
        }
        let mut phrases = Vec::new();
        for tag in answers.keys() {
            let file = of_agent(shapes.file, name, tag);
            phrases.extend(phrases_of(file.as_deref(), text).into_iter().map(|phrase| (tag.clone(), phrase)));
        }
        let intent = Intent { id: name.clone(), name: name.clone(), range };
        add(shapes, &intent, &phrases, answers, CX)?;
    }
    Ok(routes.len())
}

/// The training phrases of an ES intent: `NAME_usersays_LANG.json` beside `NAME.json`.
fn beside_intent(file: &SourceFile, tag: &str) -> Option<PathBuf> {
    let tag = if tag.is_empty() { "en" } else { tag };
    let path = file.path.with_file_name(format!("{}_usersays_{tag}.json", stem(&file.path)));
    path.is_file().then_some(path)
}

/// The training phrases of a CX intent: `intents/NAME/trainingPhrases/LANG.json` in a folder above.
fn of_agent(file: &SourceFile, intent: &str, tag: &str) -> Option<PathBuf> {
    if intent.contains(['/', '\\']) || intent.starts_with('.') {
        return None;
    }
    let tag = if tag.is_empty() { "en" } else { tag };
    let folder = |root: &Path| root.join("intents").join(intent).join("trainingPhrases").join(format!("{tag}.json"));
    file.path.ancestors().skip(1).take(6).map(folder).find(|path| path.is_file())
}

/// The phrases of another file. They stand in this one by the name of their intent.
fn phrases_of(path: Option<&Path>, name: &SourceText) -> Vec<SourceText> {
    let read = |path: &Path| {
        fs::metadata(path).ok().filter(|file| file.len() <= PHRASES_LIMIT)?;
        let text = fs::read_to_string(path).ok()?;
        let text = text.trim_start_matches('\u{feff}');
        let value = Value::new(text, serde_json::from_str::<&RawValue>(text).ok()?, 0);
        let items = if value.is_list() { value.items() } else { value.object().ok()?.items("trainingPhrases") };
        let phrases = items.iter().filter_map(|item| phrase(&item.object().ok()?));
        let at = name.span(0..name.len()).hull()?;
        let phrases = phrases.map(|phrase| {
            let mut here = SourceText::default();
            here.push_replaced(phrase.plain(), at.clone());
            here
        });
        Some(phrases.collect())
    };
    path.and_then(read).unwrap_or_default()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
