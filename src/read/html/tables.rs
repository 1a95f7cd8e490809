//! Tables that hold data, and tables that only arrange a page.

use super::{content::Content, names, page::Page};
use std::collections::{HashMap, HashSet};

/// A cell with more text than this is no cell of a table, but a part of the page.
const LONG_CELL: usize = 1500;

/// The tables that only arrange the page: with headings or other tables in them, long cells, a single row or column.
pub fn layout_tables(page: &Page<'_>, content: &Content, asks: &HashSet<u32>) -> HashSet<u32> {
    // The table around each element, and of each table its rows and whether one has several cells.
    let mut tables: Vec<Option<u32>> = Vec::with_capacity(page.elements.len());
    let (mut arranging, mut columns, mut rows) = (HashSet::new(), HashSet::new(), HashMap::new());
    let mut last_cell = None;
    for element in page.all() {
        let name = page.name(element);
        let parent = page.elements[element as usize].parent;
        let outer = |parent: u32| if page.name(parent) == "table" { Some(parent) } else { tables[parent as usize] };
        let table = parent.and_then(outer);
        tables.push(table);
        let Some(table) = table else { continue };
        let is_cell = matches!(name, "td" | "th");
        let arranges = matches!(name, "table" | "pre" | "details" | "form" | "main" | "article")
            || names::heading_level(name).is_some()
            || asks.contains(&element)
            || (is_cell && content.weight(&page.elements[element as usize].nodes) > LONG_CELL);
        if arranges {
            arranging.insert(table);
        }
        match name {
            "tr" => *rows.entry(table).or_insert(0_usize) += 1,
            _ if is_cell => {
                if last_cell == Some(parent) {
                    columns.insert(table);
                }
                last_cell = Some(parent);
            }
            _ => {}
        }
    }
    let is_layout = |element: &u32| {
        let role = page.attribute(*element, "role");
        let is_grid = columns.contains(element) && rows.get(element).is_some_and(|rows| *rows > 1);
        arranging.contains(element) || !is_grid || matches!(role, Some("presentation" | "none"))
    };
    page.all().filter(|&element| page.name(element) == "table").filter(is_layout).collect()
}
