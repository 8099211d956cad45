//! The golden cases of boards, as draw lists.

use std::path::{Path, PathBuf};

use friendboard::display::DrawList;
use friendboard::host::headless::{Assets, compile_files};
use friendboard::scene::BoardState;
use friendboard::text::Fonts;
use friendboard::{Board, Limits, Renderer, Request};

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
    let options = Options::of(case);
    let pair = |text: &str, by: char| {
        let (a, b) = text.split_once(by).unwrap();
        (a.parse::<f32>().unwrap(), b.parse::<f32>().unwrap())
    };
    let board = match options.all("--template").next() {
        Some(template) => {
            let styles: Vec<PathBuf> = options.all("--style").map(|style| case.join(style)).collect();
            compile_files(&case.join(template), &styles, &limits).unwrap()
        }
        None => Board::built_in(options.get("--board", "leaderboard")).unwrap(),
    };
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/example");
    let (width, height) = pair(options.get("--size", "800x800"), 'x');
    let request = Request {
        order: options.get("--order", "desc").parse().unwrap(),
        ties: options.get("--ties", "competition").parse().unwrap(),
        top: options.all("--top").next().map(|top| top.parse().unwrap()),
        state: options.all("--state").next().map(|state| BoardState::from_keyword(state).unwrap()),
        pressed: options.all("--press").map(str::to_owned).collect(),
        ..Request::friends(std::fs::read_to_string(example.join("friends.json")).unwrap()).size(width, height)
    };
    let request = request.dpr(options.get("--dpr", "1").parse().unwrap());
    let request = request.theme(options.get("--theme", "light")).locale(options.get("--locale", "en"));
    let request = options.all("--scroll").fold(request, |request, offset| {
        let (id, at) = offset.split_once('=').unwrap();
        let (x, y) = pair(at, ',');
        request.scroll(id, x, y)
    });
    let mut fonts = Fonts::bundled();
    for font in options.all("--font") {
        fonts.add_file(&case.join(font), &limits).unwrap();
    }
    let mut renderer = Renderer::new(fonts, limits.clone());
    let root = options.all("--assets").next().map_or(example, |assets| case.join(assets));
    let mut job = renderer.begin(&board, &request).unwrap();
    Assets::new(Some(root), limits).supply(&mut job);
    let list = job.finish().unwrap().list;
    (list, renderer)
}
