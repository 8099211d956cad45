//! The goals that no peer has a row for: what a game's frames cost, what two cores give, how fast data is read, how soon a
//! picture is there. One line of Markdown each, with what it is held to.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use friendboard::Limits;
use friendboard::json::Document;
use friendboard::picture::Format;

use super::counted::Game;
use super::friends;
use super::pictures::{Drawer, Drawing};
use super::report::timed;

/// How many friends are in a large answer.
const MANY: usize = 10_000;

/// Prints the rows; what needs a file is done in a folder.
pub fn print(folder: &Path) {
    println!("| | this run | goal |\n|---|---|---|");
    frames();
    data();
    json();
    cores();
    start(folder);
    files();
}

fn row(what: &str, found: &str, goal: &str) {
    println!("| {what} | {found} | {goal} |");
}

fn milliseconds(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1e3)
}

fn frames() {
    let mut game = Game::new(100);
    let mut y = 0.0;
    let scroll = timed(300, || {
        y = (y + 12.0) % 4_000.0;
        game.scroll(y);
    });
    row("scroll frame in the context (12 px, 800×800)", &milliseconds(scroll.least), "0.1 ms");
    for count in [10, 100, 400, MANY] {
        let (mut game, mut score) = (Game::new(count), 100_000);
        let one = timed(200, || {
            score += 1;
            game.score(score);
        });
        row(&format!("one new score to its frame, {count} friends"), &milliseconds(one.least), "0.15 ms");
    }
}

fn data() {
    for count in [100, MANY] {
        // Two answers in turn: one that is known already changes nothing.
        let everybody = friends::friends(count);
        let mut others = everybody.clone();
        for friend in &mut others {
            friend.score += 7;
        }
        let answers = [friends::json(&everybody), friends::json(&others)];
        let limits = Limits { friends: MANY, data_bytes: 8 << 20, ..Limits::default() };
        let reading = timed(20, || drop(black_box(Document::parse(&answers[0], "data", &limits).unwrap()))).least;
        let mut game = Game::new(count);
        let mut least = Duration::MAX;
        for turn in 0..20 {
            // The host has the text from the platform, and hands it over.
            let (request, answer) = (game.ask(), answers[turn % 2].clone());
            let start = Instant::now();
            game.answer(request, answer);
            least = least.min(start.elapsed());
        }
        let what = format!("data of {count} friends to its frame, apart from reading the JSON");
        row(&what, &milliseconds(least.saturating_sub(reading)), "2.5 ms");
    }
}

fn json() {
    let text = friends::json(&friends::friends(MANY));
    let limits = Limits { data_bytes: 8 << 20, ..Limits::default() };
    let ours = timed(40, || drop(black_box(Document::parse(&text, "data", &limits).unwrap()))).least;
    let values = timed(20, || drop(black_box(friendboard::json::Value::from_json(black_box(&text), &limits).unwrap()))).least;
    let theirs = timed(20, || drop(black_box(serde_json::from_str::<serde_json::Value>(&text).unwrap()))).least;
    let beside = format!("{}, as values {} (serde_json {})", milliseconds(ours), milliseconds(values), milliseconds(theirs));
    row(&format!("JSON of {MANY} friends"), &beside, "twice serde_json's");
}

/// Boards a second as PNG, each thread with a renderer of its own.
fn boards_a_second(threads: usize) -> f64 {
    const SPAN: Duration = Duration::from_secs(3);
    let ready = std::sync::Barrier::new(threads);
    let draw = || {
        let mut drawer = Drawer::warm(Drawing::Board, None);
        ready.wait();
        let (start, mut drawn) = (Instant::now(), 0_u32);
        while start.elapsed() < SPAN {
            drop(black_box(drawer.frame().encode(Format::PNG).unwrap()));
            drawn += 1;
        }
        f64::from(drawn) / start.elapsed().as_secs_f64()
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(draw)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}

fn cores() {
    let (one, two) = (boards_a_second(1), boards_a_second(2));
    row(
        "boards a second as PNG, two cores",
        &format!("{two:.0}, {:.2} times one core's", two / one),
        "1,400, twice one core's",
    );
}

/// The program from its start to a picture on the disk, and the most memory that it had.
fn start(folder: &Path) {
    let Some(program) = option_env!("CARGO_BIN_EXE_friendboard") else { return };
    let picture = folder.join("cold.png");
    let render = |command: &mut Command| {
        command.args(["render", "--offline", "--size", "800x800", "--data"]).arg(folder.join("page.json"));
        command.arg("--assets").arg(folder).arg("-o").arg(&picture);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let least = timed(30, || drop(render(&mut Command::new(program)))).least;
    // GNU time tells of memory where there is one.
    let told = Path::new("/usr/bin/time").exists().then(|| render(Command::new("/usr/bin/time").args(["-f", "%M", program])));
    let memory = told.and_then(|told| told.lines().last()?.trim().parse::<f64>().ok());
    let memory = memory.map_or(String::new(), |kilobytes| format!(", {:.1} MiB", kilobytes / 1024.0));
    row("a cold process to a PNG on the disk", &format!("{}{memory}", milliseconds(least)), "10 ms, 20 MiB");
}

/// What the module is held beside: avatars come as files with each request, as they do to it.
fn files() {
    let mut drawer = Drawer::new(Drawing::Board, 10, &[], None).with_files();
    (0..10).for_each(|_| drop(drawer.frame()));
    row("board RGBA with its avatars from files", &milliseconds(timed(100, || drop(black_box(drawer.frame()))).least), "");
}
