//! `cargo xtask diff --format html`, opened in a real browser: its filters, its look on a phone and
//! in the dark, and what hostile documents can do to it.
//!
//! Where no Chromium is found, on PATH or as `PAGE_BROWSER`, this says so and passes, unless
//! `PAGE_TEST=required` is set: CI sets it. Pictures are in `target/page-test/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod browser;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use browser::Browser;
use serde_json::Value;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What the task prints of two documents.
fn diff(old: &str, new: &str, format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.current_dir(workspace()).args(["diff", old, new, "--format", format]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A page with changes of every severity, and the changes themselves.
fn library() -> (tempfile::TempDir, PathBuf, Vec<Value>) {
    let (old, new) = ("specs/semver/additive/new.yaml", "specs/semver/silent/new.yaml");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    fs::write(&path, diff(old, new, "html")).unwrap();
    let changes: Value = serde_json::from_str(&diff(old, new, "json")).unwrap();
    let changes = changes["changes"].as_array().unwrap().clone();
    for severity in ["breaking", "silent", "additive", "docs"] {
        assert!(count(&changes, |change| change["severity"] == severity) > 0, "{severity} is missing");
    }
    (folder, path, changes)
}

fn count(changes: &[Value], fits: impl Fn(&Value) -> bool) -> usize {
    changes.iter().filter(|change| fits(change)).count()
}

/// How many changes are seen, as the page is laid out and as it says.
fn shown(browser: &mut Browser) -> usize {
    let seen = browser.value("[...document.querySelectorAll('article')].filter((a) => a.offsetHeight > 0).length");
    let told = browser.value("document.getElementById('told').textContent");
    let seen = usize::try_from(seen.as_u64().unwrap()).unwrap();
    assert!(told.as_str().unwrap().starts_with(&format!("{seen} of ")), "{seen} are seen: {told}");
    seen
}

fn click(browser: &mut Browser, selector: &str) {
    browser.value(&format!("document.querySelector({selector:?}).click()"));
}

/// Chooses as a user does: by the control's own event.
fn set(browser: &mut Browser, control: &str, value: &str) {
    browser.value(&format!(
        "(() => {{ const it = document.getElementById('filters').elements.{control}; it.value = {value:?}; \
         it.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
    ));
}

#[test]
fn filters_show_what_they_say() {
    let (_folder, path, changes) = library();
    let Some(mut browser) = Browser::start() else { return };
    browser.look(1280, 900, "light");
    browser.open(&path, "");
    let all = changes.len();
    assert_eq!(shown(&mut browser), all);

    for severity in ["breaking", "silent", "additive", "docs"] {
        click(&mut browser, &format!("input[value={severity}]"));
        let others = count(&changes, |change| change["severity"] != severity);
        assert_eq!(shown(&mut browser), others, "without {severity}");
        click(&mut browser, &format!("input[value={severity}]"));
    }
    assert_eq!(shown(&mut browser), all);

    for module in ["books", "loans", "readers"] {
        set(&mut browser, "module", module);
        assert_eq!(shown(&mut browser), count(&changes, |change| change["module"] == module), "{module}");
        let headings =
            browser.value("[...document.querySelectorAll('main h2')].filter((h) => h.offsetHeight > 0).length");
        assert_eq!(headings, 1, "other modules are hidden with their headings");
    }
    set(&mut browser, "module", "types");
    assert_eq!(shown(&mut browser), count(&changes, |change| change["rust"].as_str().unwrap().starts_with("models::")));
    set(&mut browser, "module", "");

    set(&mut browser, "search", "PARAMETER- books::list");
    let code = |change: &Value| change["code"].as_str().unwrap().starts_with("parameter-");
    let hits = count(&changes, |change| change["rust"] == "books::list" && code(change));
    assert!(hits > 1);
    assert_eq!(shown(&mut browser), hits);
    set(&mut browser, "module", "loans");
    assert_eq!(shown(&mut browser), 0);
    assert_eq!(browser.value("document.getElementById('nothing').offsetHeight > 0"), true);

    // What is chosen can be handed on, and taken back.
    let fragment = browser.value("location.hash");
    assert_eq!(fragment, "#module=loans&search=PARAMETER-+books%3A%3Alist");
    click(&mut browser, "button[type=reset]");
    browser.value("new Promise((done) => setTimeout(done))");
    assert_eq!(shown(&mut browser), all);
    browser.open(&path, "#severity=silent,docs&module=books");
    let books = |change: &Value| change["module"] == "books";
    let hits =
        count(&changes, |change| books(change) && (change["severity"] == "silent" || change["severity"] == "docs"));
    assert_eq!(shown(&mut browser), hits);

    // A link leads far down a page that is laid out as it is seen, and to what was hidden.
    click(&mut browser, "article .code a");
    browser.value("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))");
    let top = browser.value("document.querySelector('.codes :target').getBoundingClientRect().top").as_f64().unwrap();
    assert!((-1.0..900.0).contains(&top), "{top}");
    click(&mut browser, "input[value=silent]");
    let target = "document.querySelector('.reasons a').hash.slice(1)";
    assert_eq!(browser.value(&format!("document.getElementById({target}).offsetHeight")), 0);
    click(&mut browser, ".reasons a");
    let top = browser.value(&format!("document.getElementById({target}).getBoundingClientRect().top"));
    assert!((0.0..900.0).contains(&top.as_f64().unwrap()), "{top}");
    assert_eq!(shown(&mut browser), all);
    let unexplained = "[...document.querySelectorAll('article .code a')].filter((a) => !document.getElementById(a.hash.slice(1))).length";
    assert_eq!(browser.value(unexplained), 0, "each code is explained");
    set(&mut browser, "module", "books");
    let hits = count(&changes, |change| change["module"] == "books");

    click(&mut browser, "#close");
    assert_eq!(browser.value("document.querySelectorAll('article:not([hidden]) details[open]').length"), 0);
    click(&mut browser, "#open");
    let open = browser.value("document.querySelectorAll('article:not([hidden]) details[open]').length");
    assert_eq!(open, hits);
    assert_eq!(browser.complaints(), [] as [Value; 0]);
}

#[test]
fn the_keyboard_reaches_everything() {
    let (_folder, path, changes) = library();
    let Some(mut browser) = Browser::start() else { return };
    browser.look(1280, 900, "light");
    browser.open(&path, "");
    let focus = "(() => { const it = document.activeElement; return it.name || it.className || it.tagName; })()";
    browser.press("Tab", 9);
    assert_eq!(browser.value(focus), "skip", "the first stop leads past the filters");
    assert_eq!(browser.value("document.activeElement.getBoundingClientRect().left >= 0"), true);
    let stops: Vec<Value> = (0..60)
        .map(|_| {
            browser.press("Tab", 9);
            browser.value(focus)
        })
        .collect();
    for stop in ["search", "severity", "module", "SUMMARY", "BUTTON", "A"] {
        assert!(stops.contains(&stop.into()), "no stop at {stop}: {stops:?}");
    }
    // A box is unticked by the space bar, and the search takes what is typed.
    browser.value("document.querySelector('input[value=silent]').focus()");
    browser.press(" ", 32);
    assert_eq!(shown(&mut browser), count(&changes, |change| change["severity"] != "silent"));
    browser.press(" ", 32);
    browser.value("document.querySelector('input[type=search]').focus()");
    browser.call("Input.insertText", serde_json::json!({ "text": "auth-changed" }));
    assert_eq!(shown(&mut browser), count(&changes, |change| change["code"] == "auth-changed"));
    assert_eq!(browser.complaints(), [] as [Value; 0]);
}

#[test]
fn without_its_script_all_is_shown() {
    let (_folder, path, changes) = library();
    let Some(mut browser) = Browser::start() else { return };
    browser.look(1280, 900, "light");
    browser.call("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true }));
    browser.open(&path, "");
    let seen = "[...document.querySelectorAll('article')].filter((a) => a.offsetHeight > 0).length";
    assert_eq!(browser.value(seen), changes.len());
    assert_eq!(browser.value("document.getElementById('filters').offsetHeight"), 0, "filters that do nothing");
    assert_eq!(browser.value("document.getElementById('nothing').offsetHeight"), 0);
}

/// The lowest contrast of texts on the page, and where it is.
const CONTRAST: &str = r#"(() => {
    const parts = (text) => text.match(/[\d.]+/g).map(Number);
    const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (node) => {
        for (let at = node; at; at = at.parentElement) {
            const colour = parts(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    let worst = [21, ""];
    for (const node of document.body.querySelectorAll("*:not(script)")) {
        const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== "");
        if (!own) continue;
        const [a, b] = [light(parts(getComputedStyle(node).color)), light(behind(node))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < worst[0]) worst = [ratio, `${node.tagName}.${node.className}: ${node.textContent.slice(0, 30)}`];
    }
    return worst;
})()"#;

#[test]
fn it_is_readable_on_a_phone_and_in_the_dark() {
    let (folder, library, _) = library();
    let hostile = folder.path().join("hostile.html");
    fs::write(&hostile, self::hostile(folder.path())).unwrap();
    let pictures = workspace().join("target/page-test");
    fs::create_dir_all(&pictures).unwrap();
    let Some(mut browser) = Browser::start() else { return };
    for (name, path) in [("library", &library), ("hostile", &hostile)] {
        for (width, scheme) in [(360, "light"), (360, "dark"), (800, "light"), (1280, "light"), (1280, "dark")] {
            browser.look(width, 1000, scheme);
            browser.open(path, "");
            let at = format!("{name} at {width}, {scheme}");
            // Everything is laid out, also what is far down, and nothing is cut off.
            browser.value("document.querySelectorAll('article').forEach((a) => a.style.contentVisibility = 'visible')");
            let wide = browser.value(
                "[document.documentElement, ...document.querySelectorAll('figure, pre, ol, h3, p, nav, form')]\
                 .filter((it) => it.scrollWidth > it.clientWidth).map((it) => `${it.tagName}: ${it.textContent.slice(0, 60)}`)",
            );
            assert_eq!(wide, serde_json::json!([]), "{at}: too wide");
            let columns = browser
                .value("getComputedStyle(document.querySelector('.sides')).gridTemplateColumns.split(' ').length");
            assert_eq!(columns, if width < 500 { 1 } else { 2 }, "{at}: both sides");
            let worst = browser.value(CONTRAST);
            assert!(worst[0].as_f64().unwrap() >= 4.5, "{at}: {worst}");
            let dark = browser.value("getComputedStyle(document.body).backgroundColor.match(/\\d+/g)[0] < 128");
            assert_eq!(dark, scheme == "dark", "{at}");
            for (part, place) in [
                ("top", "document.querySelector('h1')"),
                ("change", "document.querySelector('article')"),
                ("codes", "document.getElementById('codes')"),
            ] {
                browser.value(&format!("{place}.scrollIntoView()"));
                let top = browser.value(&format!("{place}.getBoundingClientRect().top")).as_f64().unwrap();
                assert!((-1.0..1000.0).contains(&top), "{at}: {part} is at {top}");
                let picture = base64::engine::general_purpose::STANDARD.decode(browser.picture()).unwrap();
                fs::write(pictures.join(format!("{name}-{width}-{scheme}-{part}.png")), picture).unwrap();
            }
            assert_eq!(browser.complaints(), [] as [Value; 0], "{at}");
        }
    }
}

/// A document whose every name would rather be markup; `n` makes another one of it.
fn hostile_document(n: u32) -> String {
    let (script, image, turned) =
        ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\\u202etxt.exe");
    format!(
        "openapi: 3.0.3\ninfo: {{title: \"{image}\", version: \"1\"}}\npaths:\n  \"/a/{image}/{n}\":\n    get:\n      \
         operationId: \"{script}\"\n      tags: [\"{image}{turned}\"]\n      summary: \"{script}{n}\"\n      \
         parameters: [{{name: \"{turned}{image}\", in: query, schema: {{type: string, default: \"{script}{n}\"}}}}]\n      \
         responses: {{\"200\": {{description: \"{image}\", content: {{application/json: {{schema: {{$ref: '#/components/schemas/Odd'}}}}}}}}}}\n\
         components:\n  schemas:\n    Odd:\n      type: object\n      description: \"`{image}` {script} {n}\"\n      \
         properties:\n        \"{script}{n}\": {{type: string}}\n        \"{turned}\": {{type: string, enum: [\"{image}{n}\", \"'&quot;\"]}}\n"
    )
}

/// The page of two such documents, with such paths.
fn hostile(folder: &Path) -> String {
    let path = |n: u32| {
        let path = folder.join(format!("<img src=x onerror=alert({n})> '\u{202e}.yaml"));
        fs::write(&path, hostile_document(n)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    diff(&path(1), &path(2), "html")
}

#[test]
fn texts_of_documents_are_never_markup() {
    let folder = tempfile::tempdir().unwrap();
    let page = hostile(folder.path());
    assert!(page.contains("onerror=alert") && page.contains("U+202E"), "the documents are shown");
    assert!(!page.contains("<img") && !page.contains('\u{202e}'));
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (1, 1));
    assert_eq!(page.matches("<style").count(), 1);
    assert!(
        !page.contains(" style=") && !page.contains("http:") && !page.contains("https:"),
        "nothing comes from elsewhere"
    );

    let path = folder.path().join("page.html");
    fs::write(&path, &page).unwrap();
    let Some(mut browser) = Browser::start() else { return };
    browser.look(1280, 900, "light");
    browser.open(&path, "");
    assert_eq!(browser.value("document.querySelectorAll('img, iframe, object, embed, link, svg, base').length"), 0);
    assert_eq!(browser.value("document.scripts.length"), 1);
    assert_eq!(browser.value("document.title.includes('<img')"), true);
    assert!(shown(&mut browser) > 3);
    // A module by a hostile name is chosen like any other.
    browser.value("document.querySelector('select').selectedIndex = 1");
    let module = browser.value("document.querySelector('select').value");
    set(&mut browser, "module", module.as_str().unwrap());
    assert!(shown(&mut browser) > 0);
    assert_eq!(browser.complaints(), [] as [Value; 0]);
}

#[test]
fn what_the_page_forbids_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let page = hostile(folder.path());
    let Some(mut browser) = Browser::start() else { return };
    // Were something not escaped, it would still not run, and this test would see it.
    for injected in ["<script>document.title = 'owned'</script>", "<img src=x onerror=\"document.title = 'owned'\">"] {
        let path = folder.path().join("page.html");
        fs::write(&path, page.replace("<main", &format!("{injected}<main"))).unwrap();
        browser.open(&path, "");
        assert!(!browser.complaints().is_empty(), "{injected}");
        assert_ne!(browser.value("document.title"), "owned", "{injected}");
    }
}

#[test]
fn a_place_in_another_file_is_shown_there() {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<String> = ["old", "new"]
        .iter()
        .map(|side| {
            let here = folder.path().join(side);
            fs::create_dir(&here).unwrap();
            let ty = if *side == "old" { "string" } else { "integer" };
            let types =
                format!("# Types that are shared.\nPet:\n  type: object\n  properties:\n    tag: {{type: {ty}}}\n");
            fs::write(here.join("types.yaml"), types).unwrap();
            let document = "openapi: 3.0.3\ninfo: {title: Pets, version: \"1\"}\npaths:\n  /pet:\n    get:\n      \
                operationId: getPet\n      tags: [Pets]\n      responses:\n        \"200\":\n          \
                description: A pet.\n          content: {application/json: {schema: {$ref: 'types.yaml#/Pet'}}}\n";
            fs::write(here.join("pets.yaml"), document).unwrap();
            here.join("pets.yaml").to_str().unwrap().to_owned()
        })
        .collect();
    let page = diff(&paths[0], &paths[1], "html");
    assert!(page.contains("new/types.yaml:5:5</code>"), "{page}");
    assert!(page.contains("<li class=\"here\">  <mark>tag</mark>: {type: integer}"), "{page}");
}

#[test]
fn a_page_of_no_changes_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    fs::write(&path, diff("specs/semver/silent/old.yaml", "specs/semver/breaking/old.yaml", "html")).unwrap();
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&path, "");
    let text = browser.value("document.body.innerText");
    assert!(text.as_str().unwrap().contains("Nothing changes for those who use the SDK."), "{text}");
    assert_eq!(browser.value("document.querySelectorAll('main, form, nav, script').length"), 0);
    assert_eq!(browser.complaints(), [] as [Value; 0]);
}

#[test]
fn a_page_is_the_same_each_time() {
    let (old, new) = ("specs/semver/breaking/old.yaml", "specs/semver/breaking/new.yaml");
    assert_eq!(diff(old, new, "html"), diff(old, new, "html"));
}
