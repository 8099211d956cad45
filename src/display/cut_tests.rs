//! A list is cut at what the host draws, and nowhere else.

use super::*;
use crate::color::Color;
use crate::display::{Paint, Shape};
use crate::geometry::{Corners, Rect, RoundedRect, Transform};
use crate::picture::Picture;

const ALL: PixelRect = PixelRect::new(0, 0, 100, 100);

fn fill(x: f32, y: f32) -> Command {
    let shape = Shape::Rect(RoundedRect::plain(Rect::new(x, y, 20.0, 20.0)));
    Command::Fill { shape, paint: Paint::Solid(Color::BLACK) }
}

fn avatar(x: f32, y: f32) -> Command {
    let (source, destination) = (Rect::new(0.0, 0.0, 8.0, 8.0), Rect::new(x, y, 20.0, 20.0));
    Command::Image { src: "a".into(), picture: Picture::of_host(8, 8), source, destination, clip: None, tile: None }
}

fn layer(blur: f32) -> Command {
    Command::PushLayer { opacity: 0.5, blur, bounds: Rect::new(0.0, 0.0, 100.0, 100.0) }
}

fn steps(commands: &[Command], area: PixelRect) -> Vec<Step> {
    cut(&DrawList { width: 100, height: 100, commands: commands.to_vec() }, &area)
}

/// A letter for each step: `P` a piece, `I` an image, `S` and `R` a state, `T` a transform, `C` a clip, `(` and `)` a layer.
fn told(steps: &[Step]) -> String {
    let letter = |step: &Step| match step {
        Step::Piece(_) => 'P',
        Step::Operation(Operation::Image { .. }) => 'I',
        Step::Operation(Operation::Save) => 'S',
        Step::Operation(Operation::Restore) => 'R',
        Step::Operation(Operation::Transform(_)) => 'T',
        Step::Operation(Operation::Clip { .. }) => 'C',
        Step::Operation(Operation::BeginLayer(_)) => '(',
        Step::Operation(Operation::EndLayer) => ')',
        Step::Operation(_) => '?',
    };
    steps.iter().map(letter).collect()
}

fn pieces(steps: &[Step]) -> Vec<&Piece> {
    steps.iter().filter_map(|step| if let Step::Piece(piece) = step { Some(piece) } else { None }).collect()
}

/// True where every state and layer that a piece opens is closed in it.
fn is_balanced(piece: &Piece) -> bool {
    let mut open = Vec::new();
    piece.list.commands.iter().all(|command| match command.end() {
        Some(end) => {
            open.push(end);
            true
        }
        None => {
            !matches!(command, Command::PopClip | Command::PopTransform | Command::PopLayer)
                || open.pop().as_ref() == Some(command)
        }
    }) && open.is_empty()
}

#[test]
fn nothing_of_the_hosts_cuts_nothing() {
    assert!(steps(&[fill(0.0, 0.0)], ALL).is_empty());
    let rows = [fill(0.0, 0.0), avatar(0.0, 0.0), fill(50.0, 50.0)];
    assert!(steps(&rows, PixelRect::new(40, 40, 100, 100)).is_empty(), "it is elsewhere");
    let clip = Command::PushClip(RoundedRect::plain(Rect::new(50.0, 50.0, 50.0, 50.0)));
    assert!(steps(&[clip, avatar(0.0, 0.0), Command::PopClip], ALL).is_empty(), "it is clipped away");
}

#[test]
fn what_is_put_off_is_drawn_before_what_lies_over_it() {
    // Names beside avatars.
    let rows = [avatar(0.0, 0.0), fill(40.0, 0.0), avatar(0.0, 30.0), fill(40.0, 30.0)];
    assert_eq!(told(&steps(&rows, ALL)), "PII");
    // A frame over the second of them.
    let framed = [avatar(0.0, 0.0), fill(40.0, 0.0), avatar(0.0, 30.0), fill(10.0, 40.0)];
    let found = steps(&framed, ALL);
    assert_eq!(told(&found), "PIIP");
    assert_eq!(pieces(&found)[1].area, PixelRect::new(10, 40, 30, 60));
    // An opaque row over both: each is under what was drawn after it.
    assert_eq!(told(&steps(&[avatar(0.0, 0.0), avatar(10.0, 10.0), fill(15.0, 15.0)], ALL)), "IIP");
}

#[test]
fn every_state_is_opened_anew() {
    let turned = Command::PushTransform(Transform::rotate(30.0));
    let clip = Command::PushClip(RoundedRect::new(Rect::new(0.0, 0.0, 90.0, 90.0), Corners::all(9.0)));
    let list = [
        turned,
        fill(20.0, 0.0),
        clip,
        avatar(20.0, 0.0),
        fill(22.0, 2.0),
        Command::PopClip,
        fill(24.0, 4.0),
        Command::PopTransform,
    ];
    let found = steps(&list, ALL);
    assert_eq!(told(&found), "PSTSCIRRP");
    let [under, over] = pieces(&found)[..] else { panic!("{found:?}") };
    assert!(is_balanced(under) && is_balanced(over));
    assert!(matches!(over.list.commands[..3], [Command::PushTransform(_), Command::PushClip(_), Command::Fill { .. }]));
}

#[test]
fn a_layer_with_something_of_the_hosts_is_the_hosts() {
    let clip = Command::PushClip(RoundedRect::new(Rect::new(0.0, 0.0, 90.0, 90.0), Corners::all(9.0)));
    let inside = [
        clip,
        layer(2.0),
        fill(0.0, 0.0),
        avatar(0.0, 0.0),
        fill(5.0, 5.0),
        Command::PopLayer,
        fill(9.0, 9.0),
        Command::PopClip,
    ];
    let area = PixelRect::new(0, 0, 20, 20);
    let found = steps(&inside, area);
    assert_eq!(told(&found), "SC(PIP)RP");
    let parts = pieces(&found);
    assert!(parts.iter().all(|piece| is_balanced(piece)));
    // Nothing of the clip is in the layer; what is blurred is needed from around the area.
    assert_eq!(parts[1].list.commands, [fill(5.0, 5.0)]);
    assert_eq!(parts[1].area, PixelRect::new(5, 5, 25, 25));
    assert_eq!(parts[2].area, PixelRect::new(9, 9, 20, 20));
    // A layer of our own is rasterized as one, above what it lies over.
    let over = [avatar(0.0, 0.0), layer(0.0), fill(50.0, 50.0), fill(0.0, 0.0), Command::PopLayer];
    let found = steps(&over, ALL);
    assert_eq!(told(&found), "IP");
    assert_eq!(pieces(&found)[0].list.commands.len(), 4);
}
