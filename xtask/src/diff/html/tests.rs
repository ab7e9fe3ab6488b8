//! What the page is made of, without a browser.

use super::*;

#[test]
fn neither_the_style_nor_the_script_ends_early() {
    for text in [STYLE, SCRIPT] {
        assert!(!text.contains("</") && !text.contains("<!--"));
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    for sink in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch(", "import("] {
        assert!(!SCRIPT.contains(sink), "{sink}");
    }
}
