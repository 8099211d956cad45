//! Modules of a game's package.

use super::{Game, console, said};

#[test]
fn files_require_and_import_each_other() {
    let game = Game::new(&[
        (
            "odc/index.js",
            "const a = require('./a'); const data = require('../data.json'); const b = require('/odc/b');\n\
             const esm = require('./esm'); const util = require('util.js');\n\
             console.log(a.name, data.list[1], b(), esm.default, esm.named, util.here, this === module.exports, typeof exports);",
        ),
        ("odc/a.js", "exports.name = 'a'; exports.b = require('./b/index.js');"),
        ("odc/b/index.js", "module.exports = function () { return 'b'; };"),
        ("odc/util.js", "module.exports = { here: 'util' };"),
        (
            "odc/esm.js",
            "import a from './a.js';\nimport { name } from './a';\nexport default a.name + '!';\nexport const named = name;",
        ),
        ("data.json", "{\"list\": [1, 2]}"),
    ]);
    let run = game.play("odc/index.js", "", "");
    assert_eq!(said(&run), "");
    assert_eq!(console(&run), ["a 2 b a! a util true object"]);
}

#[test]
fn es_modules_import_commonjs_and_bundles() {
    let game = Game::new(&[
        (
            "odc/index.js",
            "import Layout, { version } from './engine';\nimport * as all from './other.js';\nimport style from 'render/style.js';\n\
             const late = require('./late');\nconsole.log(Layout.run(), version, Object.keys(all).join(), style.w, late.x);\nexport const done = 1;",
        ),
        (
            "odc/engine.js",
            "(function (root, make) { if (typeof exports === 'object' && typeof module === 'object') module.exports = make();\n\
             else root.Layout = make(); })(this, function () { return { run: function () { return 'ran'; }, version: 2 }; });",
        ),
        ("odc/other.js", "export const one = 1; export function two() {}"),
        ("odc/render/style.js", "export default { w: 3 };"),
        ("odc/late.js", "module.exports = { x: 'x' };"),
    ]);
    let run = game.play("odc/index.js", "", "");
    assert_eq!(said(&run), "");
    assert_eq!(console(&run), ["ran 2 one,two 3 x"]);
}

#[test]
fn what_is_not_there_is_said_with_its_place() {
    let game = Game::new(&[
        ("odc/index.js", "try { require('./none'); } catch (e) { console.log(e.message, e.code); }\nrequire('./broken');"),
        ("odc/broken.js", "\nlet a = ;\n"),
        ("odc/up.js", "require('../../../etc/passwd');"),
    ]);
    let run = game.play("odc/index.js", "", "");
    assert_eq!(console(&run), ["Cannot find module './none' (required by odc/index.js) MODULE_NOT_FOUND"]);
    assert!(said(&run).contains("SyntaxError") && said(&run).contains("odc/broken.js:2"), "{}", said(&run));
    let run = game.play("odc/up.js", "", "");
    assert!(said(&run).contains("Cannot find module '../../../etc/passwd'"), "{}", said(&run));
}
