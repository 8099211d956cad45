//! What a script may cost: each kind of what never ends, or grows, is stopped by counted work and bytes, whatever it catches, and
//! is told by file, line, the limit and how to raise it.

use friendboard::Limits;

use super::{Game, console, said};

/// Room for little, so that each of these ends early.
fn limits() -> Limits {
    Limits { work: 60_000_000, script_loops: 30, script_bytes: 16 * 1024 * 1024, ..Limits::default() }
}

/// Plays two seconds of a script; what was said, and the console.
fn ended(source: &str) -> (String, Vec<String>) {
    let game = Game::new(&[("odc/index.js", source)]);
    let run = game.play_within("odc/index.js", "", r#"{"at": 2000, "snapshot": "a"}"#, &limits());
    (said(&run), console(&run))
}

/// Each is stopped, by this limit or one of these, at a place of its own file; `caught` is never said after it.
fn all_end(sources: &[(&str, &str)]) {
    for (source, limit) in sources {
        let context = "const c = wx.getSharedCanvas(), x = c.getContext('2d'); let n = 0;\n";
        let (said, console) = ended(&format!("{context}{source}"));
        assert_eq!(said.matches("and was stopped (raise it with --limit ").count(), 1, "{source}: {said}");
        let is_named = limit.split('|').any(|limit| said.contains(&format!("--limit {limit}=")));
        assert!(is_named, "{source}: {said}");
        assert!(console.is_empty(), "{source}: {console:?}");
        assert!(said.contains("odc/index.js:"), "{source}: {said}");
    }
}

#[test]
fn what_catches_its_end_is_ended() {
    all_end(&[
        ("function r() { try { r(); } finally { r(); } } r();", "script_loops"),
        ("function r() { try { r(); } catch (e) { r(); } } for (;;) try { r(); } catch (e) {}", "script_loops"),
        ("const a = []; for (;;) { try { a.push(new Array(1e5).fill(1)); } catch (e) {} }", "script_bytes"),
        ("for (;;) { try { const a = []; for (;;) a.push({ a: [1, 2, 3] }); } catch (e) {} }", "script_bytes"),
        ("const a = []; for (;;) try { a.push(new Float64Array(1e6)); } catch (e) { a.push(e); }", "script_bytes"),
        (
            "try { for (;;) x.fillRect(0, 0, 300, 150); } catch (e) { console.log('caught'); } finally { console.log('caught'); }",
            "work",
        ),
        ("for (;;) try { null.x; } catch (e) {}", "script_loops|work"),
    ]);
}

#[test]
fn what_goes_on_in_promises_is_ended() {
    all_end(&[
        ("function f() { queueMicrotask(f); } f();", "script_loops|work"),
        ("function f() { Promise.resolve().then(f); Promise.resolve().then(f); } f();", "script_bytes|script_loops|work"),
        ("async function f() { for (;;) await 1; } f();", "script_loops|work"),
        ("async function* g() { for (;;) yield 1; } (async () => { for await (const y of g()); })();", "script_loops|work"),
    ]);
}

#[test]
fn what_the_engine_does_by_itself_is_counted() {
    all_end(&[
        ("new Array(1e9).join();", "work"),
        ("new Array(4e9).join('');", "work"),
        ("const a = []; a[4e9] = 1; for (;;) a.reverse();", "work"),
        ("const s = 'a'.repeat(1e6), t = 'a'.repeat(5e5) + 'b'; for (;;) s.indexOf(t);", "work"),
        ("const a = new Uint8Array(1e6); for (;;) a.sort();", "work"),
        ("const a = Array.from({ length: 5e4 }, (_, i) => i); for (;;) a.sort();", "work|script_loops"),
        ("const s = '['.repeat(1e5); for (;;) try { JSON.parse(s); } catch (e) {}", "work|script_loops"),
        ("[2, 1].sort(() => { for (;;); });", "script_loops"),
        ("for (;;) /(a+)+$/.test('a'.repeat(40) + 'b');", "script_loops|work"),
        ("const p = new Proxy([], { get: (t, key) => (key === 'length' ? 1e15 : 1) }); Array.prototype.join.call(p);", "work"),
        ("let s = 'x'; const a = []; for (;;) { s += s; a.push(s.toUpperCase()); }", "script_bytes|work"),
        ("const m = new Map(); for (;;) m.set(n++, {});", "script_bytes|script_loops"),
        ("const a = []; for (;;) a.push('ab'.padEnd(1e5, 'xyz') + a.length);", "script_bytes"),
    ]);
}

#[test]
fn what_is_behind_its_objects_is_counted() {
    all_end(&[
        ("c.width = c.height = 500; const d = x.getImageData(0, 0, 500, 500); for (;;) x.putImageData(d, 0, 0);", "work"),
        ("c.width = c.height = 3000; x.getImageData(0, 0, 3000, 3000);", "script_bytes"),
        ("const a = []; for (;;) a.push(x.getImageData(0, 0, 300, 300));", "script_bytes"),
        ("const a = []; for (;;) a.push(new Path2D('M0 0' + 'L1 2'.repeat(5000)));", "script_bytes"),
        ("let p = new Path2D('M0 0L1 1'); for (;;) { const q = new Path2D(p); q.addPath(p); p = q; }", "script_bytes|work"),
        (
            "const o = wx.createCanvas(), a = []; o.width = o.height = 400; const y = o.getContext('2d'); for (;;) { y.fillRect(n++ % 400, 0, 1, 1); a.push(x.createPattern(o, 'repeat')); }",
            "script_bytes",
        ),
        ("for (;;) x.measureText('wide '.repeat(1000) + n++);", "work"),
        ("const s = 'wide '.repeat(400000); for (;;) x.measureText(s);", "work"),
        (
            "for (;;) { x.save(); x.beginPath(); for (let i = 0; i < 3000; i++) x.lineTo(i % 7, i % 2 * 150); x.clip(); x.fillRect(0, 0, 9, 9); x.restore(); }",
            "work",
        ),
        (
            "const g = x.createLinearGradient(0, 0, 9, 9); for (;;) { g.addColorStop(n++ % 100 / 100, 'red'); x.fillStyle = g; x.fillRect(0, 0, 9, 9); }",
            "work",
        ),
        ("for (;;) setTimeout(() => {}, 1e6);", "context_effects"),
    ]);
}

#[test]
fn what_comes_of_many_turns_is_counted() {
    // Each turn is small; where they end between two calls, the function that was called last is named.
    for (source, limit) in [
        ("setInterval(() => { for (let i = 0; i < 1000; i++) setTimeout(() => {}, 1e9); }, 1);", "script_bytes"),
        ("setInterval(() => { for (let i = 0; i < 90000; i++); }, 1);", "work"),
        (
            "const a = []; setInterval(() => { for (let i = 0; i < 500; i++) { const m = wx.createImage(); m.src = 'http://none/' + i; a.push(m); } }, 1);",
            "",
        ),
    ] {
        let (said, console) = ended(source);
        assert!(said.contains("and was stopped") && said.contains(limit), "{source}: {said}");
        assert!(said.contains("odc/index.js:1:"), "{source}: {said}");
        assert!(console.is_empty());
    }
}

/// What no step of work tells of is stopped by the processor's time; what is made of much memory then, at once.
#[test]
fn what_the_engine_does_not_tell_of_is_stopped() {
    let limits = Limits { script_stall: 1, ..Limits::default() };
    for source in [
        "const s = 'a'.repeat(1e6), t = 'a'.repeat(1e6); while (s === t);",
        "const a = 3n ** 100000n, b = 7n ** 10000n; for (;;) try { a % b; } catch (e) {}",
        "let o = {}; for (let i = 0; i < 2000; i++) o = Object.create(o); for (;;) o.missing;",
    ] {
        let game = Game::new(&[("odc/index.js", source)]);
        let run = game.play_within("odc/index.js", "", r#"{"at": 100, "snapshot": "a"}"#, &limits);
        let said = said(&run);
        assert!(said.contains("odc/index.js:1:") && said.contains("--limit script_stall="), "{source}: {said}");
        assert_eq!(run.faults.len(), 1, "{said}");
    }
}

#[test]
fn what_games_do_is_within_it() {
    // A list that is drawn in each frame for a second, its pixels read, a queue, a sort and a search: all by the defaults.
    let source = "const c = wx.getSharedCanvas(), x = c.getContext('2d'); c.width = 750; c.height = 1334;\n\
        const rows = Array.from({ length: 100 }, (_, i) => ({ name: 'friend ' + i, score: (i * 7919) % 1000 }));\n\
        let frames = 0;\nfunction draw() {\n  rows.sort((a, b) => b.score - a.score);\n  x.clearRect(0, 0, 750, 1334);\n\
        for (const [i, row] of rows.entries()) { x.save(); x.beginPath(); x.arc(40, i * 80 + 40, 30, 0, 7); x.clip(); x.fillRect(0, i * 80, 80, 80); x.restore();\n\
        x.font = 'bold 30px sans-serif'; x.fillText(row.name, 100, i * 80 + 40); x.fillText(row.score, 600, i * 80 + 40); }\n\
        if (++frames < 20) requestAnimationFrame(draw); else console.log(rows.map((row) => row.name).join().indexOf('friend 99') >= 0, x.getImageData(0, 0, 750, 1334).data.length);\n}\ndraw();";
    let game = Game::new(&[("odc/index.js", source)]);
    let run = game.play("odc/index.js", "", r#"{"at": 2000, "snapshot": "a"}"#);
    assert_eq!(said(&run), "");
    assert_eq!(console(&run), ["true 4002000"]);
}
