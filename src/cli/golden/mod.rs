//! `friendboard golden`: picture tests of boards, and of sessions.

mod accept;
mod compare;
mod new;
mod new_render;
mod prune;
mod reporting;
mod review;
mod run;
mod selection;
mod shrink;

use clap::Subcommand;

use crate::error::Result;

/// Options of `golden`.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
A case is a folder with a case.toml:
  board = \"leaderboard\"            or template = \"board.xml\" and styles = [\"board.json\"]
  data = \"friends.json\"            friend data; without it, the bundled example
  assets = \"images\"                the folder of pictures; without it, the data's
  sizes = [\"360x640\"]              with dprs, themes, locales and states: each combination is a picture
  also fonts, scroll, pressed, vars, self, key, order, ties, without_score, then_by, since, date, zone,
  page_size, top, dialect; reference_bytes, what a reference may weigh: 262144
  name = \"{theme}_{size}\"         how pictures are named; also {dpr}, {locale}, {state}, {request}
  references = \"hashes\"           of many pictures a line each in expected.hashes, in place of pictures; \"none\": no
                                   references, only what is expected beside the picture
  same_as = \"../other\"            in place of references, another case that draws the same
  skip = \"…\"                      why the case is left out, unless a run has --no-skip
in place of a board
  play = \"script.json\"             a session, as play takes it: each snapshot is a picture, and its log is kept
  requests = [\"request.json\"]       requests to the library, as `friendboard schema request` has them, a picture each
  [share_image]                    kind = \"invite\", with title, tagline, icon, message
  [card]                           platform, call, request = \"request.json\" or a list of requests, a picture each,
                                   with circumstances, screenshot, number
  [expect]                         what must hold beside the picture
  boxes = [\"#score.width <= 120\"]  left, top, right, bottom, width, height, count of #id, .class, a tag or board
  no_cut_text = true               or the nodes whose texts may not be cut: [\"#title\"]
  no_missing_glyph = true
  contrast = 4.5
  no_diagnostics = true            or all that is wrong: diagnostics = [\"unknown property 'hieght'\"]
  error = \"unknown tag\"            what drawing ends with; then there is no reference
  events = [{ event = \"tap\" }]     of a session: lines of its log, in this order
  [tolerance]                      without it, every pixel is compared exactly
  channel = 2                      how far a channel may be off, or perceived = 0.02, how far a colour as eyes tell it, and
  pixels = 0.001                   the share of pixels that may be off farther, or count = 30, their number
  antialiased = true               pixels that smooth an edge may differ
  similarity = 0.99                in place of these, the least structural similarity (SSIM) of the whole
  blur = 1.0                       both are blurred by so many px first
  any_size = true                  another size is compared, too
  reason = \"…\"                     why
What cases have in common stands in a golden.toml in a folder above them, with the same keys; a case's own keys win.
A folder with a script.json alone is a case too. References stand beside: expected.png, expected-dark-2x.png.
`friendboard schema case` is the same for an editor.

Examples:
  friendboard golden new podium --from render --board podium --data friends.json --size 360x640
  friendboard golden run
  friendboard golden run golden/podium --report report --junit report/junit.xml
  friendboard golden review
  friendboard golden accept --filter podium"
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Draw every case and compare it with what was accepted
    Run(run::Arguments),
    /// Take what is drawn now as right, of the cases that fail
    Accept(accept::Arguments),
    /// Look at what fails on a page of this machine, and accept it one by one
    Review(review::Arguments),
    /// Compare two folders of pictures, or two pictures, whoever drew them
    Compare(compare::Arguments),
    /// Remove references that no case makes any more
    Prune(prune::Arguments),
    /// Pack references that came another way, as small as PNG gets
    Shrink(shrink::Arguments),
    /// Make a case of a command line that was just tried
    New(new::Arguments),
}

/// Tests boards by their pictures.
pub fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.command {
        Command::Run(arguments) => run::run(arguments),
        Command::Accept(arguments) => accept::run(arguments),
        Command::Review(arguments) => review::run(arguments),
        Command::Compare(arguments) => compare::run(arguments),
        Command::Prune(arguments) => prune::run(arguments),
        Command::Shrink(arguments) => shrink::run(arguments),
        Command::New(arguments) => new::run(arguments),
    }
}
