//! What of the 2D context is newer than `context.js`, and fonts that the game has loaded.

use super::{Game, console, said};

#[test]
fn the_newer_parts_of_a_context_are_as_specified() {
    let checks = concat!(include_str!("checks.js"), include_str!("canvas.js"));
    let run = super::play(
        checks,
        r#""platform": "tiktok", "canvas": {"width": 100, "height": 50}"#,
        r#"{"at": 2000, "snapshot": "a"}"#,
    );
    assert_eq!(said(&run), "");
    let lines = console(&run);
    let (wrong, last) = (&lines[..lines.len() - 1], lines.last().unwrap());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let count: usize = last.strip_suffix(" checks").unwrap_or_else(|| panic!("{last}")).parse().unwrap();
    assert!(count >= 70, "{count}");
}

/// A font file by another name, as a game's own has one.
fn named(name: &str) -> Vec<u8> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts/NotoSansThai-Bold.ttf");
    let mut bytes = std::fs::read(file).unwrap();
    let wide = |text: &str| text.bytes().flat_map(|byte| [0, byte]).collect::<Vec<u8>>();
    let (old, new) = (wide("Noto Sans Thai"), wide(name));
    assert_eq!(old.len(), new.len());
    let places: Vec<usize> = (0..bytes.len() - old.len()).filter(|at| bytes[*at..].starts_with(&old)).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + old.len()].copy_from_slice(&new);
    }
    bytes
}

#[test]
fn a_script_draws_with_the_fonts_that_its_game_has_loaded() {
    let source = r"
        const ctx = wx.createCanvas().getContext('2d');
        for (const family of ['sans-serif', 'Game Font Thai', 'Nowhere, sans-serif']) {
          ctx.font = `40px ${family}`;
          console.warn(ctx.measureText('กขคงจ').width);
        }
    ";
    let game = Game::new(&[("odc/index.js", source)]);
    std::fs::write(game.folder.join("game.ttf"), named("Game Font Thai")).unwrap();
    let widths = |members: &str| {
        let run = game.play("odc/index.js", members, r#"{"at": 10, "snapshot": "a"}"#);
        assert_eq!(said(&run), "");
        console(&run)
    };
    let without = widths("");
    assert!(without[0] == without[1] && without[0] == without[2], "{without:?}");
    let with = widths(r#""fonts": ["game.ttf"]"#);
    assert!(with[0] == without[0] && with[2] == without[0], "text that names no font of the game's is as it was: {with:?}");
    assert!(with[1] != without[1], "{with:?}");

    let command = |options: &[&str]| {
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_friendboard"));
        let run = run.args(["run", "odc/index.js", "--offline", "-o", "run.png"]).args(options).current_dir(&game.folder);
        let output = run.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stderr).contains(&with[1])
    };
    assert!(!command(&[]) && command(&["--font", "game.ttf"]), "a font of the command line is known too");
}

#[test]
fn a_canvas_that_is_too_large_has_its_size_and_costs_nothing() {
    let source = r"
        const canvas = wx.createCanvas();
        canvas.width = canvas.height = 2147483647;
        console.log(canvas.width, canvas.height);
        canvas.width = canvas.height = 4;
        const ctx = canvas.getContext('2d');
        ctx.fillRect(0, 0, 4, 4);
        console.log(ctx.getImageData(3, 3, 1, 1).data[3]);
    ";
    let run = super::play(source, "", r#"{"at": 10, "snapshot": "a"}"#);
    assert_eq!(console(&run), ["2147483647 2147483647", "255"], "{}", said(&run));
    assert!(said(&run).contains("larger than a canvas may be"), "{}", said(&run));
}
