//! The names by which places of a page can be linked to.

use crate::model::{Block, BlockKind};

/// A name by which a place can be linked to.
pub struct Anchor {
    /// How much text was written before it.
    pub at: usize,
    /// Whether it is within a piece.
    pub within: bool,
    pub name: String,
}

/// Gives headings and questions the names by which they can be linked to.
pub fn set_anchors(blocks: &mut [Block], anchors: &[Anchor]) {
    let (mut next, mut end, mut last): (usize, usize, Option<usize>) = (0, 0, None);
    for block in blocks {
        let is_heading = matches!(block.kind, BlockKind::Title | BlockKind::Heading(_));
        let mut own = None;
        while let Some(anchor) = anchors.get(next) {
            let reach = if anchor.within { block.range.end } else { block.range.start };
            if anchor.at > reach {
                break;
            }
            // What leads to the whole block goes before what leads into it.
            if anchor.at >= end && (!anchor.within || own.is_none()) {
                own = Some(next);
            }
            last = Some(next);
            next += 1;
        }
        end = block.range.end;
        if !is_heading && block.kind != BlockKind::Question {
            continue;
        }
        let nearest = last.filter(|_| !is_heading);
        let name = own.or(nearest).and_then(|at| anchors.get(at));
        block.anchor = name.map(|anchor| anchor.name.clone());
        if is_heading {
            last = own;
        }
    }
}
