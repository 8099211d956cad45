//! The engine: its limits, its clock, chance, errors, and that all of it repeats.

use friendboard::Limits;

use super::{Game, console, play, said};

const LATER: &str = r#"{"at": 1000, "snapshot": "a"}"#;

#[test]
fn the_clock_is_the_runs() {
    let run = play(
        "console.log(Date.now(), new Date().getHours(), new Date(2026, 0, 2, 3).toISOString(), performance.now());
         setTimeout(() => console.log('late', Date.now() - 1767225600000, performance.now()), 250);
         const id = setInterval(() => { console.log('again'); if (Date.now() > 1767225600100) clearInterval(id); }, 40);
         requestAnimationFrame((t) => console.log('frame', t));
         new Promise((resolve) => setTimeout(resolve, 10)).then(() => console.log('promise', performance.now()));",
        r#""date": "2026-01-01", "zone": "+08:00""#,
        LATER,
    );
    assert_eq!(
        console(&run),
        ["1767225600000 8 2026-01-01T19:00:00.000Z 0", "promise 10", "frame 17", "again", "again", "again", "late 250 250"]
    );
    assert_eq!(said(&run), "");
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let source = "const c = wx.getSharedCanvas().getContext('2d');
        for (let i = 0; i < 50; i++) { c.fillStyle = `hsl(${Math.random() * 360}, 50%, 50%)`; c.fillRect(Math.random() * 200, i, Math.random() * 90, 9); }
        console.log(Math.sin(1), Math.pow(2.5, 1.5), Math.random());";
    let (first, second) = (play(source, "", LATER), play(source, "", LATER));
    assert_eq!(first.events, second.events);
    assert_eq!(first.snapshots, second.snapshots);
    let other = play(source, r#""seed": 7"#, LATER);
    assert_ne!(first.snapshots, other.snapshots);
}

#[test]
fn errors_have_their_place_and_the_script_goes_on() {
    let run = play(
        "function draw(list) {\n  return list.length;\n}\nwx.onMessage((m) => { if (m.bad) draw(undefined); else console.log('fine'); });\n\
         Promise.reject(new RangeError('lost'));\nPromise.reject(1).catch(() => {});",
        "",
        r#"{"at": 10, "message": {"bad": true}}, {"at": 20, "message": {}}"#,
    );
    let said = said(&run);
    assert!(said.contains("odc/index.js:2:") && said.contains("> ") && said.contains("return list.length"), "{said}");
    assert!(said.contains("unhandled rejection: RangeError: lost"), "{said}");
    assert_eq!(run.faults.len(), 2, "{said}");
    assert_eq!(console(&run), ["fine"]);
    assert!(run.events.contains(r#""code":"script-error","document":"odc/index.js","line":2"#), "{}", run.events);
}

#[test]
fn what_never_ends_is_stopped_with_its_stack() {
    let limits = Limits { script_loops: 50, script_bytes: 16 * 1024 * 1024, ..Limits::default() };
    for (source, expected) in [
        ("function spin() { while (true) {} }\nspin();", "script_loops"),
        ("try { for (;;) {} } catch (e) { console.log('caught'); } console.log('after');", "script_loops"),
        ("function again() { Promise.resolve().then(again); }\nagain();", "script_loops"),
        ("const all = []; while (true) all.push(new Array(10000).fill(1));", "script_bytes"),
        ("let s = 'x'; while (true) s += s;", ""),
        ("/(a+)+$/.test('a'.repeat(40) + 'b');", "script_loops"),
        (
            "const line = 'x'.repeat(200000); while (true) wx.getFriendCloudStorage({ keyList: [line] });",
            "--limit script_said_bytes=",
        ),
    ] {
        let game = Game::new(&[("odc/index.js", source)]);
        let run = game.play_within("odc/index.js", "", LATER, &limits);
        let said = said(&run);
        assert!(!said.is_empty() && said.contains(expected), "{source}: {said}");
        assert!(console(&run).is_empty(), "{source}: {:?}", console(&run));
    }
    let game = Game::new(&[("odc/index.js", "function spin() {\n  while (true) {}\n}\nspin();")]);
    let run = game.play_within("odc/index.js", "", LATER, &limits);
    assert!(said(&run).contains("spin (odc/index.js:1"), "{}", said(&run));
}

#[test]
fn recursion_is_an_error_that_a_script_can_catch() {
    let run = play(
        "function deep(n) { return deep(n + 1) + 1; }\ntry { deep(0); } catch (e) { console.log(e.name); }\n\
         const o = {}; o.o = o; try { JSON.stringify(o); } catch (e) { console.log(e.name); }\n\
         const ctx = wx.getSharedCanvas().getContext('2d');\n\
         function text(n) { ctx.fillText('deep ' + n, 0, 10); text(n + 1); }\ntry { text(0); } catch (e) { console.log(e.name); }\ndeep(0);",
        "",
        LATER,
    );
    assert_eq!(console(&run), ["RangeError", "TypeError", "RangeError"]);
    assert!(said(&run).contains("deep (odc/index.js:1"), "{}", said(&run));
}

#[test]
fn drawing_has_its_budget() {
    let limits = Limits { work: 20_000_000, ..Limits::default() };
    let source = "const ctx = wx.getSharedCanvas().getContext('2d');\nlet n = 0;\n\
        try { for (;;) { ctx.fillRect(0, 0, 300, 150); n++; } } finally { console.log(n > 100 && n < 1000); }";
    let game = Game::new(&[("odc/index.js", source)]);
    let run = game.play_within("odc/index.js", "", LATER, &limits);
    assert!(said(&run).contains("drew"), "{}", said(&run));
    // Canvases that are too many, or together too large, are an error or stay blank.
    let canvases = play(
        "let n = 0; try { const all = []; for (;;) { all.push(wx.createCanvas()); n++; } } catch (e) { console.log(e.name, n > 100); }\n\
         setTimeout(() => { const large = []; for (let i = 0; i < 9; i++) { const c = wx.createCanvas(); c.width = 4000; c.height = 4000; large.push(c); }\n\
         large[8].getContext('2d').fillRect(0, 0, 9, 9); console.log(large[0].getContext('2d').getImageData(0, 0, 1, 1).data.length); }, 50);",
        "",
        LATER,
    );
    assert_eq!(console(&canvases), ["RangeError true", "4"]);
    assert!(!said(&canvases).is_empty());
    // So are clips that are never given back; the same one in each frame is no further one.
    let clips = play(
        "const ctx = wx.getSharedCanvas().getContext('2d');\n\
         const clip = (n) => { ctx.beginPath(); ctx.rect(n % 7, n % 5, 200, 100); ctx.clip(); };\n\
         for (let n = 0; n < 20000; n++) clip(3);\n\
         let n = 0; try { for (;;) { ctx.save(); clip(n); n++; } } catch (e) { console.log(e.name, n > 1000 && n < 10000); }\n\
         while (n-- >= 0) ctx.restore();\nctx.fillRect(0, 0, 300, 150);\n\
         const at = (x, y) => ctx.getImageData(x, y, 1, 1).data[3];\nconsole.log(at(2, 50), at(3, 50), at(202, 50), at(203, 50));",
        "",
        LATER,
    );
    assert_eq!(console(&clips), ["RangeError true", "0 255 255 0"]);
}

#[test]
fn console_shows_values_as_people_read_them() {
    let run = play(
        "console.log('a', 1, -0, [1, 'x', { b: null }], new Map([[1, 2]]), undefined, () => 1);\n\
         console.info('%s is %d', 'x', 4, 'more'); console.warn(new Error('bad').message); console.error({ deep: { deep: { deep: { deep: 1 } } } });\n\
         console.log((1234567.891).toLocaleString(), 'ab'.localeCompare('b'));",
        "",
        LATER,
    );
    assert_eq!(
        console(&run),
        [
            "a 1 -0 [1, \"x\", {b: null}] Map(1) [[1, 2]] undefined [Function: (anonymous)]",
            "x is 4 more",
            "bad",
            "{deep: {deep: {deep: {deep: 1}}}}",
            "1,234,567.891 -1",
        ]
    );
    assert_eq!(run.console, (1, 1));
}

#[test]
fn members_of_a_message_keep_their_order() {
    let run = play(
        "wx.onMessage((message) => console.log(JSON.stringify(message)));",
        "",
        r#"{"at": 10, "message": {"zebra": 1, "ant": {"y": [1.50, "\u00e9"], "b": null}, "10": true, "2": false}}, {"at": 100, "snapshot": "a"}"#,
    );
    // As an engine has them: whole numbers first, then as they are written.
    assert_eq!(console(&run), [r#"{"2":false,"10":true,"zebra":1,"ant":{"y":[1.5,"é"],"b":null}}"#]);
}
