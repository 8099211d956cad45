//! How long it takes, as a table.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use friendboard::Frame;
use friendboard::display::{Command, DrawList};
use friendboard::picture::Format;

use super::counted::Game;
use super::friends;
use super::pictures::{Drawer, Drawing};

/// Fastest and middle of many runs.
pub struct Timed {
    pub least: Duration,
    pub middle: Duration,
}

pub fn timed(runs: usize, mut run: impl FnMut()) -> Timed {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    Timed { least: times[0], middle: times[runs / 2] }
}

fn line(name: &str, Timed { least, middle }: &Timed, beside: &str) {
    let milliseconds = |time: &Duration| time.as_secs_f64() * 1e3;
    println!("{name:<44} {:>9.3} {:>9.3}   {beside}", milliseconds(least), milliseconds(middle));
}

fn since_start() -> Duration {
    use std::sync::OnceLock;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// Prints the table.
pub fn print() {
    println!("{:<44} {:>9} {:>9}", "milliseconds", "least", "median");
    for drawing in Drawing::ALL {
        let name = drawing.name();
        let mut drawer = Drawer::warm(drawing, None);
        line(&format!("{name}, RGBA"), &timed(300, || drop(black_box(drawer.frame()))), "");
        stages(drawing);
        let mut frame = drawer.frame();
        commands(name, &mut drawer, &mut frame);
        for (format, what) in [(Format::PNG, "PNG"), (Format::Jpeg { quality: 85 }, "JPEG at 85"), (Format::WebP, "WebP")] {
            let bytes = frame.encode(format).unwrap().len();
            let time = timed(60, || drop(black_box(frame.encode(format).unwrap())));
            line(&format!("{name}, {what}, encoding alone"), &time, &format!("{bytes} bytes"));
        }
        line(&format!("{name}, PNG"), &timed(100, || drop(black_box(drawer.frame().encode(Format::PNG).unwrap()))), "");
    }
    for count in [10, 100, 400, 10_000] {
        let mut game = Game::new(count);
        let (mut y, mut score) = (0.0, 100_000);
        let scroll = timed(200, || {
            y = (y + 12.0) % 4_000.0;
            game.scroll(y);
        });
        line(&format!("scroll frame, {count} friends"), &scroll, "");
        let one = timed(100, || {
            score += 1;
            game.score(score);
        });
        line(&format!("new score to frame, {count} friends"), &one, "");
    }
}

fn stages(drawing: Drawing) {
    let mut drawer = Drawer::warm(drawing, Some(since_start));
    let runs: Vec<Frame> = (0..100).map(|_| drawer.frame()).collect();
    let stages: Vec<&str> = runs[0].times.list().iter().map(|(stage, _)| *stage).collect();
    for stage in stages {
        let of = |frame: &Frame| {
            frame.times.list().iter().find(|(name, _)| *name == stage).map_or(Duration::ZERO, |(_, time)| *time)
        };
        let mut times: Vec<Duration> = runs.iter().map(of).collect();
        times.sort_unstable();
        line(&format!("  stage {stage}"), &Timed { least: times[0], middle: times[50] }, "");
    }
}

/// A list with commands of one kind alone, and with what changes the state for them.
fn commands(name: &str, drawer: &mut Drawer, frame: &mut Frame) {
    line(&format!("  {name}, raster alone"), &timed(200, || drawer.rasterize(frame)), "");
    let whole = frame.list.commands.clone();
    let kind = |command: &Command| match command {
        Command::Fill { paint, .. } => match paint {
            friendboard::display::Paint::Solid(_) => "fills",
            friendboard::display::Paint::Gradient(_) => "gradients",
        },
        Command::Image { .. } => "pictures",
        Command::Glyphs { .. } => "glyphs",
        Command::Shadow { .. } => "shadows",
        _ => "state",
    };
    for wanted in ["state", "fills", "gradients", "pictures", "glyphs", "shadows"] {
        let commands: Vec<Command> =
            whole.iter().filter(|command| kind(command) == wanted || kind(command) == "state").cloned().collect();
        let count = commands.iter().filter(|command| kind(command) == wanted).count();
        if count == 0 {
            continue;
        }
        frame.list = DrawList { width: frame.list.width, height: frame.list.height, commands };
        line(&format!("  {name}, {count} {wanted}"), &timed(200, || drawer.rasterize(frame)), "");
    }
    frame.list.commands = whole;
    drawer.rasterize(frame);
}

/// The figures that stand beside those of the peers, as JSON: ms of the fastest frame, and bytes of a PNG.
pub fn json() {
    let mut figures = vec![format!(r#""name":"friendboard","version":"{}""#, env!("CARGO_PKG_VERSION"))];
    for drawing in Drawing::ALL {
        let name = drawing.name();
        let mut drawer = Drawer::warm(drawing, None);
        let pixels = timed(200, || drop(black_box(drawer.frame()))).least;
        let file = timed(200, || drop(black_box(drawer.frame().encode(Format::PNG).unwrap()))).least;
        let bytes = drawer.frame().encode(Format::PNG).unwrap().len();
        figures.push(format!(
            r#""{name}":{{"rgba":{:.4},"png":{:.4},"bytes":{bytes}}}"#,
            pixels.as_secs_f64() * 1e3,
            file.as_secs_f64() * 1e3
        ));
    }
    println!("{{{}}}", figures.join(","));
}

/// Writes the friends and the avatars of the workload into a folder.
pub fn write(folder: &Path) {
    std::fs::create_dir_all(folder.join("avatars")).unwrap();
    let everybody = friends::friends(100);
    std::fs::write(folder.join("workload.json"), friends::json(&everybody)).unwrap();
    std::fs::write(folder.join("page.json"), friends::json(&everybody[..10])).unwrap();
    std::fs::write(folder.join("requests.json"), super::pictures::requests_json(Drawing::Board)).unwrap();
    for index in 0..friends::AVATARS {
        std::fs::write(folder.join(friends::avatar_name(index)), friends::avatar_file(index)).unwrap();
    }
    for drawing in Drawing::ALL {
        let file = Drawer::warm(drawing, None).frame().encode(Format::PNG).unwrap();
        std::fs::write(folder.join(format!("{}.png", drawing.name())), file).unwrap();
    }
}
