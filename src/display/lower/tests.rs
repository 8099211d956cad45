//! What boards say, in what a context has.

use super::*;
use crate::color::Color;
use crate::display::list::{Gradient, GradientKind};
use crate::display::operations::Segment;
use crate::geometry::{Corners, Edges, Point};

fn rounded() -> RoundedRect {
    RoundedRect::new(Rect::new(10.0, 10.0, 60.0, 40.0), Corners::all(8.0))
}

fn lowered(commands: Vec<Command>) -> Vec<Operation> {
    lower(&DrawList { width: 100, height: 80, commands })
}

fn fill(shape: Shape, paint: Paint) -> Command {
    Command::Fill { shape, paint }
}

/// Every state that is saved is brought back, and every layer ended.
fn is_balanced(operations: &[Operation]) -> bool {
    let mut open = Vec::new();
    let ended = |open: &mut Vec<bool>, layer: bool| open.pop() == Some(layer);
    operations.iter().all(|operation| match operation {
        Operation::Save | Operation::BeginLayer(_) => {
            open.push(matches!(operation, Operation::BeginLayer(_)));
            true
        }
        Operation::Restore => ended(&mut open, false),
        Operation::EndLayer => ended(&mut open, true),
        _ => true,
    }) && open.is_empty()
}

#[test]
fn a_side_of_a_border_is_clipped_to() {
    let outer = rounded();
    let inner = outer.inset(Edges::all(4.0));
    let side = [(10.0, 10.0), (70.0, 10.0), (60.0, 20.0), (20.0, 20.0)].map(|(x, y)| Point::new(x, y));
    let operations = lowered(vec![fill(Shape::RingSide { outer, inner, side }, Paint::Solid(Color::BLACK))]);
    let [Operation::Save, Operation::Clip { path, .. }, Operation::Fill { rule, .. }, Operation::Restore] = &operations[..]
    else {
        panic!("{operations:?}")
    };
    assert_eq!(path.segments().len(), 5);
    assert_eq!(*rule, FillRule::EvenOdd);
    // A border as wide as its box has no hole.
    let thick = Shape::Ring { outer, inner: outer.inset(Edges::all(40.0)) };
    let operations = lowered(vec![fill(thick, Paint::Solid(Color::BLACK))]);
    assert!(matches!(&operations[..], [Operation::Fill { rule: FillRule::NonZero, .. }]), "{operations:?}");
}

#[test]
fn an_ellipse_is_a_circle_under_a_transform() {
    let gradient = |radius_y| {
        let kind = GradientKind::Radial { center: Point::new(40.0, 30.0), radius_x: 30.0, radius_y };
        let stops = Arc::from([(0.0, Color::BLACK), (1.0, Color::WHITE)]);
        Paint::Gradient(Gradient { kind, stops, repeating: false })
    };
    let operations = lowered(vec![fill(Shape::Rect(rounded()), gradient(20.0))]);
    let [Operation::Save, Operation::Clip { .. }, Operation::Transform(ellipse), Operation::Fill { path, paint, .. }, _] =
        &operations[..]
    else {
        panic!("{operations:?}")
    };
    assert_eq!(ellipse.apply(Point::new(1.0, 0.0)), Point::new(70.0, 30.0));
    let covered = ellipse.bounds(&path.bounds());
    assert!(covered.intersection(&rounded().rect) == rounded().rect, "{covered:?}");
    assert!(matches!(paint, operations::Paint::Gradient(gradient) if gradient.premultiplied));
    assert!(matches!(&lowered(vec![fill(Shape::Rect(rounded()), gradient(30.0))])[..], [Operation::Fill { .. }]));
    // Nothing but its last colour.
    let flat = lowered(vec![fill(Shape::Rect(rounded()), gradient(0.0))]);
    let [Operation::Fill { paint: operations::Paint::Solid(color), .. }] = &flat[..] else { panic!("{flat:?}") };
    assert_eq!(*color, Color::WHITE);
}

#[test]
fn shadows_go_with_the_transform() {
    let shadow =
        |inset| Command::Shadow { shape: rounded(), deviation: 3.0, color: Color::rgba(9, 8, 7, 100), cut: rounded(), inset };
    let turned = Transform::scale(2.0, 2.0).then(&Transform::rotate(30.0));
    let operations = lowered(vec![
        shadow(false),
        Command::PushTransform(turned),
        shadow(true),
        Command::PopTransform,
        Command::PushTransform(Transform::scale(0.0, 1.0)),
        shadow(true),
        Command::PopTransform,
    ]);
    assert!(is_balanced(&operations), "{operations:?}");
    let blurs: Vec<f32> = operations
        .iter()
        .filter_map(|operation| match operation {
            Operation::SetShadow(shadow) => {
                assert!(shadow.only && shadow.color == Color::rgba(9, 8, 7, 100));
                Some(shadow.blur)
            }
            _ => None,
        })
        .collect();
    // Twice the deviation; what is flattened is not seen at all.
    assert_eq!(blurs.len(), 2);
    assert!((blurs[0] - 6.0).abs() < 1e-6 && (blurs[1] - 12.0).abs() < 1e-4, "{blurs:?}");
    // What casts an inset shadow is everything around, as far as the blur reaches.
    let caster = operations.iter().find_map(|operation| match operation {
        Operation::Fill { path, rule: FillRule::EvenOdd, .. } => Some(path),
        _ => None,
    });
    let Some([Segment::Box(outer), Segment::Box(_)]) = caster.map(|path| path.segments()) else { panic!("{operations:?}") };
    let inverse = turned.inverse().unwrap().bounds(&Rect::new(-500.0, -500.0, 1_100.0, 1_080.0));
    assert!(outer.rect.intersection(&inverse) == inverse, "{outer:?}");
}

#[test]
fn tiles_are_a_pattern_from_their_corner() {
    let picture = crate::picture::Picture::from_premultiplied(2, 2, vec![255; 16]).unwrap();
    let source = Rect::new(0.0, 0.0, 2.0, 2.0);
    let image = |clip, tile| Command::Image {
        src: Arc::from("a.png"),
        picture: picture.clone(),
        source,
        destination: Rect::new(10.0, 10.0, 60.0, 40.0),
        clip,
        tile,
    };
    let operations = lowered(vec![image(Some(rounded()), Some((4.0, 4.0))), image(None, None)]);
    assert!(is_balanced(&operations), "{operations:?}");
    let [_, Operation::Clip { .. }, Operation::Fill { paint, .. }, _, Operation::Image { src, .. }] = &operations[..] else {
        panic!("{operations:?}")
    };
    let operations::Paint::Pattern(pattern) = paint else { panic!("{paint:?}") };
    assert_eq!((&*pattern.src, &**src), ("a.png", "a.png"));
    assert_eq!(pattern.tile, Rect::new(10.0, 10.0, 4.0, 4.0));
}

#[test]
fn a_shadow_of_what_reaches_beyond_the_canvas_is_cut_by_a_box_in_a_box() {
    let large = RoundedRect::new(Rect::new(-700.0, 10.0, 2_000.0, 900.0), Corners::all(20.0));
    for inset in [false, true] {
        let operations =
            lowered(vec![Command::Shadow { shape: large, deviation: 3.0, color: Color::BLACK, cut: large, inset }]);
        let pair = operations.iter().find_map(|operation| match operation {
            Operation::Clip { path, .. } | Operation::Fill { path, .. } => match path.segments() {
                [Segment::Box(outer), Segment::Box(inner)] => Some((outer.rect, inner.rect)),
                _ => None,
            },
            _ => None,
        });
        let (outer, inner) = pair.unwrap();
        assert!(outer.covers(&inner), "{inset}: {outer:?} {inner:?}");
    }
}
