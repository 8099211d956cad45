//! What is moved is told, and is what would be drawn.

use super::*;
use crate::color::Color;
use crate::display::Gradient;
use crate::geometry::Corners;

fn fill(x: f32, y: f32, height: f32, color: Color) -> Command {
    let shape = Shape::Rect(RoundedRect::new(Rect::new(x, y, 80.0, height), Corners::all(4.0)));
    Command::Fill { shape, paint: Paint::Solid(color) }
}

/// Rows of 20 px that are scrolled, on an even ground, a bar over them.
fn list(scrolled: f32, bar: f32) -> DrawList {
    let ground = Command::Fill {
        shape: Shape::Rect(RoundedRect::plain(Rect::new(0.0, 0.0, 100.0, 200.0))),
        paint: Paint::Solid(Color::WHITE),
    };
    let clip = RoundedRect::plain(Rect::new(0.0, 20.0, 100.0, 160.0));
    let mut commands = vec![ground, Command::PushClip(clip)];
    let rows = (0..40).map(|row| (row, 20.0 + row as f32 * 20.0 - scrolled)).filter(|(_, y)| *y > 0.0 && *y < 180.0);
    commands.extend(rows.map(|(row, y)| fill(10.0, y, 18.0, Color::rgb(row * 3, 0, 0))));
    commands.extend([fill(95.0, bar, 30.0, Color::BLACK), Command::PopClip]);
    DrawList { width: 100, height: 200, commands }
}

#[test]
fn rows_are_moved_and_the_rest_is_drawn() {
    let found = moved(&list(0.0, 25.0), &list(6.0, 27.0)).unwrap();
    assert_eq!((found.within, found.down), (PixelRect::new(0, 20, 100, 180), -6));
    assert!(found.anew.contains(&PixelRect::new(0, 174, 100, 180)), "{:?}", found.anew);
    // The bar: where it is, where it was, and where its pixels went.
    for top in [25, 27, 19] {
        let bar = PixelRect::new(95, top.max(20), 100, top + 30);
        assert!(found.anew.iter().any(|area| area.intersection(&bar) == bar), "{top}: {:?}", found.anew);
    }
    let back = moved(&list(30.0, 25.0), &list(24.0, 25.0)).unwrap();
    assert_eq!(back.down, 6);
}

/// The ground of a list in another paint, and something that stands on it.
fn on(ground: Paint, mark: bool, mut list: DrawList) -> DrawList {
    let shape = Shape::Rect(RoundedRect::plain(Rect::new(0.0, 0.0, 100.0, 200.0)));
    list.commands[0] = Command::Fill { shape, paint: ground };
    if mark {
        list.commands.insert(1, fill(30.0, 10.0, 30.0, Color::BLACK));
    }
    list
}

fn gradient() -> Paint {
    let (start, end) = (crate::geometry::Point::default(), crate::geometry::Point::new(0.0, 200.0));
    let stops = [(0.0, Color::WHITE), (1.0, Color::BLACK)].into();
    Paint::Gradient(Gradient { kind: crate::display::GradientKind::Linear { start, end }, stops, repeating: false })
}

#[test]
fn what_is_not_even_below_or_did_not_move_is_drawn() {
    assert_eq!(moved(&list(0.0, 25.0), &list(0.0, 27.0)), None);
    assert_eq!(moved(&list(0.0, 25.0), &list(0.5, 25.0)), None, "half a pixel");
    assert_eq!(moved(&list(0.0, 25.0), &list(150.0, 25.0)), None, "too far to pay");
    let marked = |scrolled| on(Paint::Solid(Color::WHITE), true, list(scrolled, 25.0));
    let found = moved(&marked(0.0), &marked(6.0)).unwrap();
    for mark in [PixelRect::new(30, 20, 100, 40), PixelRect::new(30, 20, 100, 34)] {
        assert!(found.anew.iter().any(|area| area.intersection(&mark) == mark), "{:?}", found.anew);
    }
    let turned = |scrolled| {
        let mut list = list(scrolled, 25.0);
        list.commands.insert(1, Command::PushTransform(crate::geometry::Transform::scale(1.0, 1.0)));
        list.commands.push(Command::PopTransform);
        list
    };
    assert_eq!(moved(&turned(0.0), &turned(6.0)), None);
}

#[test]
fn on_a_gradient_the_middles_of_opaque_rows_are_moved() {
    let graded = |scrolled| {
        let mut list = on(gradient(), false, list(scrolled, 25.0));
        for command in &mut list.commands {
            if let Command::Fill { shape: Shape::Rect(shape), paint: Paint::Solid(_) } = command {
                shape.radii = Corners::all(crate::geometry::Size::new(1.0, 1.0));
            }
        }
        list
    };
    let found = moved(&graded(0.0), &graded(6.0)).unwrap();
    let drawn =
        |x: i32, y: i32| found.anew.iter().any(|area| area.left <= x && x < area.right && area.top <= y && y < area.bottom);
    // Of the row from 34 to 52, whose corners are of 1 px; what is beside it; what is between it and the next.
    assert!(!drawn(20, 35) && !drawn(20, 50) && drawn(20, 34) && drawn(20, 51) && drawn(5, 40) && drawn(50, 53));
    let seen_through = |scrolled| {
        let mut list = graded(scrolled);
        for command in &mut list.commands[1..] {
            if let Command::Fill { paint: Paint::Solid(color), .. } = command {
                color.alpha = 128;
            }
        }
        list
    };
    assert_eq!(moved(&seen_through(0.0), &seen_through(6.0)), None);
}

#[test]
fn a_row_that_is_kept_at_the_end_is_not_touched() {
    let kept = |scrolled, bar| {
        let mut list = list(scrolled, bar);
        let place = RoundedRect::plain(Rect::new(0.0, 160.0, 100.0, 20.0));
        let row = [
            Command::Fill { shape: Shape::Rect(place), paint: Paint::Solid(Color::WHITE) },
            Command::PushClip(RoundedRect { rect: Rect::new(10.0, 160.0, 80.0, 18.0), ..place }),
            fill(10.0, 160.0, 18.0, Color::BLACK),
            Command::PopClip,
        ];
        let bar = list.commands.len() - 2;
        list.commands.splice(bar..bar, row);
        list
    };
    let found = moved(&kept(0.0, 25.0), &kept(6.0, 27.0)).unwrap();
    assert_eq!(found.within, PixelRect::new(0, 20, 100, 160));
    assert!(found.anew.iter().all(|area| area.bottom <= 160), "{:?}", found.anew);
}

/// Lists as boards have them, drawn by what moved and as a whole.
#[test]
fn what_is_moved_is_what_would_be_drawn() {
    use crate::raster::{Rasterizer, SharedCanvas};
    use crate::text::{Fonts, TextEngine};
    let mut random = crate::random::random(40);
    let (mut rasterizer, mut text) = (Rasterizer::new(), TextEngine::new(Fonts::none()));
    let mut count = 0;
    for _ in 0..150 {
        let (ground, mark, pitch) = (random() % 3, random().is_multiple_of(2), 20.0 + (random() % 12) as f32);
        let (clips, kept, bars) = (random().is_multiple_of(2), random().is_multiple_of(3), random().is_multiple_of(3));
        let (alpha, radius) = ([255, 255, 140][random() as usize % 3], [0.0, 4.0, 7.5][random() as usize % 3]);
        let board = |scrolled: f32| {
            let mut commands = list(0.0, 0.0).commands;
            commands.truncate(1);
            commands.insert(1, Command::PushClip(RoundedRect::plain(Rect::new(0.0, 20.0, 100.0, 160.0))));
            for row in 0..60 {
                let y = 25.0 + row as f32 * pitch - scrolled;
                if y < 5.0 - pitch || y > 180.0 {
                    continue;
                }
                let shape = RoundedRect::new(Rect::new(10.0, y, 80.0, 18.0), Corners::all(radius));
                let color = Color::rgba(90 + row * 3, 40, 10, alpha);
                commands.push(Command::Fill { shape: Shape::Rect(shape), paint: Paint::Solid(color) });
                if clips {
                    commands.push(Command::PushClip(shape));
                }
                commands
                    .extend([fill(14.0, y + 3.0, 12.0, Color::rgba(255, 0, 0, 90)), fill(60.0, y + 5.0, 6.0, Color::BLACK)]);
                if clips {
                    commands.push(Command::PopClip);
                }
            }
            if kept {
                let place = RoundedRect::plain(Rect::new(0.0, 160.0, 100.0, 20.0));
                commands.push(Command::Fill { shape: Shape::Rect(place), paint: Paint::Solid(Color::WHITE) });
                commands.extend([Command::PushClip(place), fill(20.0, 162.0, 10.0, Color::BLACK), Command::PopClip]);
            }
            if bars {
                commands.push(fill(95.0, 25.0 + (scrolled / 9.0).floor(), 30.0, Color::rgba(0, 0, 0, 120)));
            }
            commands.push(Command::PopClip);
            let paint = if ground == 0 { gradient() } else { Paint::Solid(Color::WHITE) };
            on(paint, mark && ground == 1, DrawList { width: 100, height: 200, commands })
        };
        let mut from = (random() % 300) as f32;
        let mut canvas = SharedCanvas::new(100, 200, &crate::Limits::default()).unwrap();
        rasterizer.draw(&board(from), &mut text, &mut canvas, None);
        for _ in 0..4 {
            let to = (from + (random() % 30) as f32 - 12.0).max(0.0);
            let (before, after) = (board(from), board(to));
            let mut whole = canvas.clone();
            rasterizer.draw(&after, &mut text, &mut whole, None);
            if let Some(Moved { within, down, anew }) = moved(&before, &after) {
                count += 1;
                canvas.move_rows(within, down);
                for area in &anew {
                    rasterizer.draw(&after, &mut text, &mut canvas, Some(*area));
                }
                assert!(canvas == whole, "from {from} to {to}: {before:?}");
            }
            (canvas, from) = (whole, to);
        }
    }
    assert!(count > 180, "{count} of 600 frames were moved");
}
