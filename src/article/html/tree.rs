//! Makes the tree of a page ready for the readability crate.

use dom_query::NodeRef;

use super::limits;
use crate::error::Result;

/// Bytes of a text times its characters to escape: writing it as HTML searches that many bytes.
const MOST_SEARCHED: usize = 1 << 24;
/// Bytes of the parts of a text that would take longer.
const PART: usize = 1_024;

/// Parts long texts, drops long attributes and templates, neither of which are read, and refuses a tree
/// that is too deep.
pub(super) fn prepare(root: &NodeRef<'_>) -> Result<()> {
    let (mut next, mut depth) = (Some(*root), 0_usize);
    let mut heavy = Vec::new();
    while let Some(mut node) = next {
        limits::check_depth_of_tree(depth)?;
        if node.has_name("template") || node.is_text() && is_heavy(&node.text()) {
            heavy.push(node);
        }
        drop_attributes(&node);
        if let Some(child) = node.first_child() {
            depth += 1;
            next = Some(child);
            continue;
        }
        next = loop {
            if node.id == root.id {
                break None;
            }
            if let Some(sibling) = node.next_sibling() {
                break Some(sibling);
            }
            let Some(parent) = node.parent() else { break None };
            depth -= 1;
            node = parent;
        };
    }
    for node in heavy {
        if node.is_text() {
            let text = node.text();
            for part in parts(&text) {
                node.insert_before(&node.tree.new_text(part));
            }
        }
        node.remove_from_parent();
    }
    Ok(())
}

fn drop_attributes(node: &NodeRef<'_>) {
    let heavy: Vec<String> = node.element_ref().map_or_else(Vec::new, |element| {
        let heavy = element.attrs.iter().filter(|attribute| is_heavy(&attribute.value));
        heavy.map(|attribute| attribute.name.local.to_string()).collect()
    });
    for name in heavy {
        node.remove_attr(&name);
    }
}

/// Would html5ever's writer, which looks for `<` in all that follows each `&` and each character from
/// U+0080 to U+00BF, take long?
fn is_heavy(text: &str) -> bool {
    let fewest = MOST_SEARCHED / text.len().max(1);
    text.len() > fewest.min(PART)
        && text.bytes().filter(|byte| matches!(byte, b'&' | 0xC2)).count() > fewest
}

fn parts(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (part, rest) = text.split_at(boundary(text));
        text = rest;
        Some(part).filter(|part| !part.is_empty())
    })
}

/// The last place between characters within the first part.
fn boundary(text: &str) -> usize {
    let last = PART.min(text.len());
    (0..=last).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_parted_and_stay_the_same() {
        let text = "AT&T, \u{a0}the «River». ".repeat(20_000);
        let page = format!("<p title='{text}'>{text}</p><p id=x>Short.</p>");
        let document = dom_query::Document::from(page.as_str());
        prepare(&document.root()).unwrap();
        let first = document.select_single("p");
        assert_eq!(&*first.text(), text);
        assert!(first.nodes()[0].children().len() > 100);
        assert!(!first.has_attr("title"));
        assert!(document.select_single("#x").nodes()[0].children().len() == 1);
    }

    #[test]
    fn deep_trees_are_refused() {
        for (count, fine) in [(1_000, true), (2_000, false)] {
            let document = dom_query::Document::from("<span>".repeat(count).as_str());
            assert_eq!(prepare(&document.root()).is_ok(), fine, "{count}");
        }
    }
}
