//! The 2D context by its specification: `context.js` runs in a script after `checks.js`, and says what is not as specified.

use super::{Game, console, said};

#[test]
fn the_context_is_as_specified() {
    let checks = concat!(include_str!("checks.js"), include_str!("context.js"));
    let game = Game::new(&[("odc/index.js", checks)]);
    let avatar = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/example/avatars/fox.png");
    std::fs::copy(&avatar, game.folder.join("fox.png")).unwrap();
    let run = game.play(
        "odc/index.js",
        r#""platform": "tiktok", "canvas": {"width": 100, "height": 50}"#,
        r#"{"at": 2000, "snapshot": "a"}"#,
    );
    let lines = console(&run);
    // Two things are wrong in it on purpose: it asks for a context, and for filters, that no open data domain has.
    let said = said(&run);
    assert!(run.faults.len() == 2 && said.contains("getContext('webgl')") && said.contains("filter is not drawn"), "{said}");
    let (wrong, last) = (&lines[..lines.len() - 1], lines.last().unwrap());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let count: usize = last.strip_suffix(" checks").unwrap().parse().unwrap();
    assert!(count >= 300, "{count}");
}
