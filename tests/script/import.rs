//! Boards of the usual layout engine, brought over: those in `tests/data/import` are friendboard's own, written as games write
//! theirs. With `FRIENDBOARD_ENGINE` (the folder of npm's minigame-canvas-engine) all boxes are compared with the engine's.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use friendboard::Limits;
use friendboard::host::import::{Brought, Compared, Order, bring, orders};

use super::Game;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import").join(name)
}

/// Template and style of the boards.
const BOARDS: [(&str, &str, &str); 5] = [
    ("ranking", "board.js", "style.js"),
    ("invitation", "board.dot", "style.js"),
    ("gifts", "board.js", "style.js"),
    ("notice", "board.js", "style.json"),
    ("digits", "board.xml", "style.js"),
];

fn brought(template: PathBuf, style: PathBuf, engine: Option<PathBuf>) -> Brought {
    let order = Order { template, style, engine, ..Order::default() };
    bring(&order, &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn file(board: &Brought, name: &str) -> String {
    let found = board.files.iter().find(|(path, _)| path == name).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(found.1.clone()).unwrap()
}

fn notes(board: &Brought) -> Vec<String> {
    board.report.notes.iter().map(|(place, note)| format!("{place}: {} ({})", note.message, note.hint)).collect()
}

#[test]
fn whole_boards_come_over_without_a_hand() {
    for (name, template, style) in BOARDS {
        let board = brought(folder(name).join(template), folder(name).join(style), None);
        assert!(notes(&board).is_empty(), "{name}: {:#?}\n{}", notes(&board), file(&board, "board.xml"));
        let report = file(&board, "report.md");
        assert!(report.contains("Boxes were not compared"), "{report}");
    }
}

#[test]
fn a_text_that_its_file_compiles_is_the_template() {
    let text = "let doT = require('./dot.js');\nconst name = 'x';\nconst tpl = `\n<view class=\"a\">{{~it.data :item:index}}<text value=\"{{= item.nickname }}\"></text>{{~}}</view>`;\nconsole.log(doT.template(tpl));";
    let game = Game::new(&[("template.js", text), ("style.js", "export default { a: { width: 90 } }")]);
    let board = brought(game.folder.join("template.js"), game.folder.join("style.js"), None);
    assert!(
        file(&board, "board.xml").contains("for=\"friend in friends\" value=\"{{ friend.nickname }}\""),
        "{}",
        file(&board, "board.xml")
    );
}

#[test]
fn an_engine_that_stumbles_over_a_list_is_told_that_it_scrolls() {
    // As the engine's 1.0.14 does where rows are higher than their list.
    let engine = "let bad = false, made = [];
        const box = (x, y, width, height) => ({ absoluteX: x, absoluteY: y, width, height });
        module.exports = { children: made, clear() { made.length = 0; }, init(xml) {
          bad = /<scrollview(?! scrollY=\"true\")/.test(xml);
          made.push({ tagName: 'view', className: 'a', layoutBox: box(0, 0, 90, 90), children: [{ tagName: 'scrollview', className: 'b', layoutBox: box(0, 0, 90, 50), children: [] }] });
        }, layout() { if (bad) this.none.scrollTo(); } };";
    let game = Game::new(&[
        ("template.dot", "<view class=\"a\"><scrollview class=\"b\"></scrollview></view>"),
        ("style.js", "module.exports = { a: { width: 90, height: 90 }, b: { width: 90, height: 50 } }"),
        ("engine.js", engine),
    ]);
    let board = brought(game.folder.join("template.dot"), game.folder.join("style.js"), Some(game.folder.join("engine.js")));
    let Compared::With(comparison) = &board.report.compared else { panic!("{}", board.report.boxes_line()) };
    assert_eq!((comparison.agree, comparison.all), (2, 2), "{:#?} {:?}", comparison.others, comparison.parted);
}

#[test]
fn all_boxes_stand_where_the_engine_has_them() {
    let Some(engine) = std::env::var_os("FRIENDBOARD_ENGINE").map(PathBuf::from) else { return };
    for (name, template, style) in BOARDS {
        let board = brought(folder(name).join(template), folder(name).join(style), Some(engine.clone()));
        let Compared::With(comparison) = &board.report.compared else { panic!("{name}: {}", board.report.boxes_line()) };
        assert_eq!((comparison.agree, &comparison.parted), (comparison.all, &None), "{name}: {:#?}", comparison.others);
        assert!(comparison.all > 2, "{name}");
    }
}

#[test]
fn tags_that_a_condition_opens_become_one_element() {
    let board = brought(folder("ranking").join("board.js"), folder("ranking").join("style.js"), None);
    let xml = file(&board, "board.xml");
    assert!(
        xml.contains(r#"<view for="friend in friends" class="{{ 'row rowDark' if loop.index0 % 2 == 1 else 'row' }}">"#),
        "{xml}"
    );
    assert!(xml.contains(r#"<text class="points" value="{{ (friend.score | default(0, true)) }} pts"/>"#), "{xml}");
    assert!(xml.contains(r#"value="The best {{ (friends | length) }} of your friends""#), "{xml}");
    assert!(xml.contains(r#"<text class="place" value="{{ self.rank }}"/>"#), "{xml}");
    let json: serde_json::Value = serde_json::from_str(&file(&board, "board.json")).unwrap();
    assert_eq!(json["headline"]["lineHeight"], 60);
    assert_eq!(json["row"]["marginTop"], 2);
    assert_eq!(json.get("unused"), None);
}

/// Tags that conditions open in one another, of which the inner ones follow from the outer ones.
#[test]
fn conditions_that_follow_from_others_are_known() {
    let template = "<view class=\"a\">\n{{? it.wide }}<view class=\"b\">{{?}}\n{{? !it.wide }}<view class=\"c {{? it.far }}d{{?}}\">{{?}}\n\
                    {{~it.data :one:n}}\n{{? !it.on && it.wide && n % 2 === 1 }}<view class=\"e\">{{?}}\n\
                    {{? !it.on && it.wide && n % 2 === 0 }}<view class=\"f\">{{?}}\n{{? it.on && it.wide }}<view class=\"g\">{{?}}\n\
                    {{? !it.wide }}<view class=\"h\">{{?}}<text class=\"i\" value=\"{{= one.nickname }}\"></text></view>\n{{~}}\n</view></view>";
    let game = Game::new(&[
        ("board.dot", template),
        ("style.js", "'abcdefghi'.split('').forEach((name) => { exports[name] = { width: 10 }; });"),
    ]);
    let board = brought(game.folder.join("board.dot"), game.folder.join("style.js"), None);
    let xml = file(&board, "board.xml");
    assert!(
        xml.contains(r#"<view if="wide" class="b">"#) && xml.contains(r#"<view else="" class="c {{ 'd' if far else '' }}">"#),
        "{xml}"
    );
    assert!(xml.contains(r#"<view for="friend in friends" class="h">"#), "{xml}");
    assert!(xml.contains("{{ 'e' if not on and wide and loop.index0 % 2 == 1 else 'f' if not on and wide and loop.index0 % 2 == 0 else 'g' }}"), "{xml}");
    let notes = notes(&board);
    assert!(notes.len() == 1 && notes[0].contains("taken for granted"), "{notes:#?}");
}

#[test]
fn literals_helpers_and_functions_of_the_size_are_followed() {
    let board = brought(folder("gifts").join("board.js"), folder("gifts").join("style.js"), None);
    let xml = file(&board, "board.xml");
    assert!(xml.contains(r#"<scrollview if="(friends | length)" class="list" scrollY="true">"#), "{xml}");
    assert!(xml.contains(r#"<text else="" class="none" value="Nobody yet"/>"#), "{xml}");
    assert!(xml.contains(r#"class="row {{ 'odd' if loop.index0 % 2 else '' }}""#), "{xml}");
    assert!(xml.contains(r#"value="Level {{ friend.kv.level }}""#), "{xml}");
    assert!(xml.contains(r#"value="{{ 'own' if friend.isSelf else 'gift' }}""#), "{xml}");
    let json: serde_json::Value = serde_json::from_str(&file(&board, "board.json")).unwrap();
    assert_eq!(json["page"]["width"], 960);
}

#[test]
fn of_several_elements_the_first_is_the_board() {
    let template = "<view class=\"a\"><text class=\"b\" value=\"x\"></text></view>\n<scrollview class=\"b\"></scrollview>";
    let style = "module.exports = { a: { width: 90, height: 50 }, b: { width: 20, height: 20 } }";
    let game = Game::new(&[("board.dot", template), ("style.js", style)]);
    let board = brought(game.folder.join("board.dot"), game.folder.join("style.js"), None);
    let (xml, notes) = (file(&board, "board.xml"), notes(&board));
    assert!(!xml.contains("<scrollview") && xml.contains("<text"), "{xml}");
    assert!(notes.len() == 1 && notes[0].contains("board.dot:2") && notes[0].contains("<scrollview>"), "{notes:?}");
}

#[test]
fn an_index_names_its_template_and_style() {
    let list = orders(&folder("ranking"), &Order::default(), &Limits::default()).unwrap();
    assert_eq!(list.len(), 1);
    assert!(list[0].template.ends_with("ranking/board.js") && list[0].style.ends_with("ranking/style.js"));
    let none =
        Game::new(&[("index.js", "const a = require('./gone'); const style = require('./style'); Layout.init(a(), style);")]);
    let error = orders(&none.folder, &Order::default(), &Limits::default()).unwrap_err();
    assert!(error.to_string().contains("gone"), "{error}");
}

#[test]
fn what_can_not_be_said_is_told_with_its_place() {
    let template = "const { title } = require('./texts');\nexport default (it) => `<view class=\"page\">\n\
                    <text value=\"${title}\"></text>\n<text value=\"${it.names.sort().pop()}\"></text>\n\
                    ${it.rows.map((row) => `<text value=\"${row.a}\"></text><text value=\"${row.b}\"></text>`).join('')}\n\
                    <marquee>x</marquee></view>`;\n";
    let game = Game::new(&[
        ("board.js", template),
        ("style.js", "module.exports = { page: { width: 0 / 0, height: 100, colour: 'red', grow: () => 1 } };"),
        ("texts.js", "exports.title = 'x';"),
    ]);
    let board = brought(game.folder.join("board.js"), game.folder.join("style.js"), None);
    let notes = notes(&board);
    let told = |place: &str, words: &str| {
        assert!(notes.iter().any(|note| note.contains(place) && note.contains(words)), "{place} {words}: {notes:#?}");
    };
    told("board.js:1:", "'./texts'");
    told("board.js:4:", ".sort(…)");
    told("board.js:5:", "a view was put around them");
    told("board.js:6:", "<marquee> is no tag");
    told("style.js:1:", "'page.width' is NaN");
    told("style.js:1:", "'page.grow' is a function");
    told("style.js:1:", "colour");
    assert!(!board.report.is_clean());
}

#[test]
fn sources_that_can_not_be_read_say_where() {
    let fails = |template: &str, style: &str| {
        let game = Game::new(&[("board.js", template), ("style.js", style)]);
        let order = Order { template: game.folder.join("board.js"), style: game.folder.join("style.js"), ..Order::default() };
        let error = bring(&order, &Limits::default()).unwrap_err();
        format!("{}: {error}", error.place())
    };
    let fine = "module.exports = (it) => '<view></view>';";
    let cases = [
        ("module.exports = (it) => {\n  return '<view>;\n};", "module.exports = {};", "board.js:2:"),
        ("export default `<view>{{? it.a }}</view>`;", "module.exports = {};", "is not closed"),
        ("const a = 1;", "module.exports = {};", "no template was found"),
        ("exports.a = (it) => ''; exports.b = (it) => '';", "module.exports = {};", "a, b"),
        (fine, "module.exports = 7;", "styles by name were expected"),
        (fine, "module.exports = { a: 1 };", "under 'a'"),
        (fine, "while (true) {}", "script_loops"),
        (fine, "throw new Error('no');", "no"),
        (fine, "module.exports = { a: ", "style.js"),
    ];
    for (template, style, expected) in cases {
        let said = fails(template, style);
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

/// An engine that places what its styles place, for boards whose boxes are absolute.
const ENGINE: &str = r#"
const Layout = {
  children: [],
  clear() { this.children = []; },
  init(xml, style) {
    const root = { children: [] };
    const open = [root];
    for (const [, close, tag, attributes, end] of xml.matchAll(/<(\/?)(\w+)([^>]*?)(\/?)>/g)) {
      if (close) { open.pop(); continue; }
      const named = Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
      const own = Object.assign({}, ...(named.class ?? "").split(/\s+/).map((name) => style[name] ?? {}), style[named.id] ?? {});
      const parent = open.at(-1);
      const box = parent.layoutBox ?? { absoluteX: 0, absoluteY: 0 };
      const element = {
        tagName: tag, idName: named.id ?? "", className: named.class ?? "", children: [],
        layoutBox: { absoluteX: box.absoluteX + (own.left ?? 0), absoluteY: box.absoluteY + (own.top ?? 0), width: Number(own.width) || 0, height: own.height ?? own.fontSize ?? 0 },
      };
      parent.children.push(element);
      if (!end) open.push(element);
    }
    this.children = root.children;
  },
  layout() {},
};
module.exports = { default: Layout };
"#;

#[test]
fn boxes_are_compared_with_an_engine() {
    let template = "<view class=\"page\">{{~it.list :one}}<view class=\"at\"><text class=\"word\" value=\"{{= one.nickname }}\"></text></view>{{~}}</view>";
    let style = |word: &str| {
        format!(
            "{{\"page\": {{\"width\": 300, \"height\": 200}}, \"at\": {{\"position\": \"absolute\", \"left\": 10, \"top\": 20, \"width\": 100, \"height\": 50}},\
             \"word\": {{\"position\": \"absolute\", \"left\": 5, \"top\": 5, {word}, \"fontSize\": 20}}}}"
        )
    };
    let game = |word: &str| {
        Game::new(&[
            ("board.xml", template),
            ("style.json", &style(word)),
            ("node_modules/minigame-canvas-engine/package.json", r#"{"main": "lib/engine.js"}"#),
            ("node_modules/minigame-canvas-engine/lib/engine.js", ENGINE),
        ])
    };
    let compared = |game: &Game| {
        let board = brought(game.folder.join("board.xml"), game.folder.join("style.json"), None);
        let Compared::With(comparison) = board.report.compared else { panic!("{}", board.report.boxes_line()) };
        (comparison, file_of(&board.files))
    };
    // This engine makes a text as high as its font is large, and so does the board.
    let same = game("\"width\": 80");
    let (comparison, xml) = compared(&same);
    assert_eq!((comparison.all, comparison.agree), (35, 35), "{:#?}", comparison.others);
    assert!(xml.contains("lineHeight: 20px"), "{xml}");
    let other = game("\"width\": \"50%\"");
    let (comparison, _) = compared(&other);
    assert!(comparison.agree < comparison.all);
    assert!(
        comparison.others.iter().all(|(name, _, _, why)| name == "text.word" && why.contains("percentage")),
        "{:#?}",
        comparison.others
    );
}

fn file_of(files: &[(String, Vec<u8>)]) -> String {
    files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect()
}

fn import(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_friendboard")).current_dir(folder).arg("import").args(arguments).output().unwrap()
}

#[test]
fn the_command_writes_all_or_nothing() {
    let picture = include_bytes!("../../assets/example/avatars/fox.png");
    let game = Game::new(&[
        (
            "a/board.dot",
            "<view class=\"p\"><image class=\"i\" src=\"img/fox.png\"></image><image class=\"i\" src=\"img/none.png\"></image></view>",
        ),
        ("a/style.js", "module.exports = { p: { width: 40, height: 40 }, i: { width: 20, height: 20 } };"),
        ("a/img/readme", ""),
    ]);
    std::fs::write(game.folder.join("a/img/fox.png"), picture).unwrap();
    let first = import(&game.folder, &["a/board.dot", "a/style.js", "-o", "out", "--report", "json"]);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let report: serde_json::Value = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(report["boxes"]["compared"], false);
    assert!(report["needsAHand"][0]["message"].as_str().unwrap().contains("img/none.png"), "{report}");
    assert_eq!(std::fs::read(game.folder.join("out/img/fox.png")).unwrap(), picture);
    // The same again changes nothing; another board is not written over it.
    assert!(import(&game.folder, &["a/board.dot", "a/style.js", "-o", "out"]).status.success());
    std::fs::write(game.folder.join("out/board.json"), "{}").unwrap();
    let before = std::fs::read(game.folder.join("out/board.xml")).unwrap();
    std::fs::write(game.folder.join("a/board.dot"), "<view class=\"p\"></view>").unwrap();
    let refused = import(&game.folder, &["a/board.dot", "a/style.js", "-o", "out"]);
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("--force"));
    assert_eq!(std::fs::read(game.folder.join("out/board.xml")).unwrap(), before);
    assert!(import(&game.folder, &["a/board.dot", "a/style.js", "-o", "out", "--force"]).status.success());
    assert!(!import(&game.folder, &["a/board.dot", "-o", "out"]).status.success());
    let strict = import(&game.folder, &["a/board.dot", "a/style.js", "-o", "strict", "--strict"]);
    assert!(strict.status.success(), "{}", String::from_utf8_lossy(&strict.stdout));
}
