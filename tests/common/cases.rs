//! The golden cases of boards, as draw lists.

use std::path::{Path, PathBuf};

use friendboard::display::{DrawList, View};
use friendboard::friends::{self, RankOptions, ReadOptions};
use friendboard::geometry::{Point, Size};
use friendboard::host::headless::{Assets, draw_list};
use friendboard::pipeline::{Board, Renderer, device_size};
use friendboard::scene::{BoardState, Surroundings, globals};
use friendboard::text::Fonts;
use friendboard::{Diagnostics, Limits};

/// The folders below `golden/` that hold a case, in order.
pub fn cases(below: &str) -> Vec<PathBuf> {
    let mut cases = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(below), &mut cases);
    cases.sort();
    cases
}

fn collect(folder: &Path, cases: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, cases);
        } else if path.file_name().is_some_and(|name| name == "arguments.json") {
            cases.push(folder.to_owned());
        }
    }
}

/// The call of a case.
pub fn arguments(case: &Path) -> Result<Vec<String>, String> {
    let json = std::fs::read_to_string(case.join("arguments.json")).map_err(|error| error.to_string())?;
    serde_json::from_str(&json).map_err(|error| error.to_string())
}

/// Options of a `render` call.
struct Options(Vec<(String, String)>);

impl Options {
    fn of(case: &Path) -> Self {
        let arguments = arguments(case).unwrap();
        assert_eq!(arguments[0], "render");
        let mut options = Vec::new();
        let mut rest = arguments.into_iter().skip(1).peekable();
        while let Some(name) = rest.next() {
            let value = rest.next_if(|value| !value.starts_with('-')).unwrap_or_default();
            options.push((name, value));
        }
        Self(options)
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    fn get<'a>(&'a self, name: &'a str, otherwise: &'a str) -> &'a str {
        self.all(name).next().unwrap_or(otherwise)
    }
}

/// What a `render` call draws, with the renderer that drew it.
pub fn list_of(case: &Path) -> (DrawList, Renderer) {
    let limits = Limits::default();
    let mut diagnostics = Diagnostics::new();
    let options = Options::of(case);
    let pair = |text: &str, by: char| {
        let (a, b) = text.split_once(by).unwrap();
        (a.parse::<f32>().unwrap(), b.parse::<f32>().unwrap())
    };
    let (width, height) = pair(options.get("--size", "800x800"), 'x');
    let (size, dpr) = (Size::new(width, height), options.get("--dpr", "1").parse().unwrap());
    let read = |name: &str| std::fs::read_to_string(case.join(name)).unwrap();
    let board = match options.all("--template").next() {
        Some(template) => {
            let sheets: Vec<(&str, String)> = options.all("--style").map(|style| (style, read(style))).collect();
            let sheets: Vec<(&str, &str)> = sheets.iter().map(|(name, json)| (*name, json.as_str())).collect();
            Board::compile((template, &read(template)), &sheets, &limits, &mut diagnostics).unwrap()
        }
        None => Board::built_in(options.get("--board", "leaderboard"), &limits, &mut diagnostics).unwrap(),
    };
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/example");
    let json = std::fs::read_to_string(example.join("friends.json")).unwrap();
    let data = friends::read(json, "<example>", &ReadOptions::default(), &limits, &mut diagnostics).unwrap();
    let rank = RankOptions {
        order: options.get("--order", "desc").parse().unwrap(),
        ties: options.get("--ties", "competition").parse().unwrap(),
        top: options.all("--top").next().map(|top| top.parse().unwrap()),
        ..RankOptions::default()
    };
    let ranking = friends::rank(&data, &rank);
    let state =
        options.all("--state").next().map_or_else(|| BoardState::of(&data), |state| BoardState::from_keyword(state).unwrap());
    let surroundings = Surroundings::new(state, options.get("--theme", "light"), options.get("--locale", "en"), size).unwrap();
    let values = globals(&data, &ranking, &surroundings, &limits, &mut diagnostics);
    let mut fonts = Fonts::bundled();
    for font in options.all("--font") {
        fonts.add_file(&case.join(font), &limits).unwrap();
    }
    let mut renderer = Renderer::new(fonts, limits.clone());
    let root = options.all("--assets").next().map_or(example, |assets| case.join(assets));
    let assets = Assets::new(Some(root), limits.clone());
    let scene = board.resolve(&values, size, &limits, &mut diagnostics).unwrap();
    let mut prepared = renderer.layout(scene, size, &assets).unwrap();
    let offsets: Vec<(String, Point)> = options
        .all("--scroll")
        .map(|offset| {
            let (id, at) = offset.split_once('=').unwrap();
            let (x, y) = pair(at, ',');
            (id.to_owned(), Point::new(x, y))
        })
        .collect();
    let pressed: Vec<String> = options.all("--press").map(str::to_owned).collect();
    let device = device_size(size, dpr, &limits).unwrap();
    let list = draw_list(&mut renderer, &mut prepared, size, device, &assets, |prepared| {
        let (scroll, pressed) = (prepared.scrolled(&offsets)?, prepared.pressed(&pressed)?);
        Ok(View { dpr, scroll, pressed, ..View::default() })
    });
    (list.unwrap(), renderer)
}
