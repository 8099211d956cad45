//! Path data of SVG (SVG 2, §9.3), which `Path2D` takes: what stands before a mistake is drawn.

use crate::display::operations::Path;
use crate::geometry::Point;

/// Adds path data to a path.
pub fn add_svg(path: &mut Path, data: &str) {
    let mut reader = Reader { rest: data };
    let mut pen = Pen { path, here: (0.0, 0.0), start: (0.0, 0.0), control: None, moved: false };
    let mut command = None;
    loop {
        reader.skip_space();
        match reader.command() {
            Some(found) => command = Some(found),
            None if reader.rest.is_empty() => return,
            // Numbers again are the same command again; after a move, lines.
            None => {
                command = match command {
                    Some('M') => Some('L'),
                    Some('m') => Some('l'),
                    Some('z' | 'Z') | None => return,
                    other => other,
                };
            }
        }
        let Some(step) = command else { return };
        if (!pen.moved && !matches!(step, 'M' | 'm')) || pen.step(step, &mut reader).is_none() {
            return;
        }
        reader.skip_comma();
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
    }

    fn skip_comma(&mut self) {
        self.skip_space();
        if let Some(rest) = self.rest.strip_prefix(',') {
            self.rest = rest;
            self.skip_space();
        }
    }

    fn command(&mut self) -> Option<char> {
        let found = self.rest.chars().next().filter(|c| "MmLlHhVvCcSsQqTtAaZz".contains(*c))?;
        self.rest = self.rest.get(1..)?;
        Some(found)
    }

    fn number(&mut self) -> Option<f64> {
        self.skip_comma();
        let bytes = self.rest.as_bytes();
        let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
        let whole = digits(end);
        end += whole;
        let mut parts = 0;
        if bytes.get(end) == Some(&b'.') {
            parts = digits(end + 1);
            if parts > 0 {
                end += 1 + parts;
            }
        }
        if whole + parts == 0 {
            return None;
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end + 1 + sign);
            if exponent > 0 {
                end += 1 + sign + exponent;
            }
        }
        let (number, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        number.parse().ok()
    }

    fn flag(&mut self) -> Option<bool> {
        self.skip_comma();
        let flag = match self.rest.chars().next()? {
            '0' => false,
            '1' => true,
            _ => return None,
        };
        self.rest = self.rest.get(1..)?;
        Some(flag)
    }
}

/// What a smooth curve continues.
#[derive(Clone, Copy, PartialEq)]
enum Control {
    Cubic(f64, f64),
    Quadratic(f64, f64),
}

struct Pen<'a> {
    path: &'a mut Path,
    here: (f64, f64),
    start: (f64, f64),
    control: Option<Control>,
    moved: bool,
}

fn point((x, y): (f64, f64)) -> Point {
    Point::new(x as f32, y as f32)
}

impl Pen<'_> {
    fn pair(&self, reader: &mut Reader<'_>, relative: bool) -> Option<(f64, f64)> {
        let (x, y) = (reader.number()?, reader.number()?);
        Some(if relative { (self.here.0 + x, self.here.1 + y) } else { (x, y) })
    }

    fn line(&mut self, to: (f64, f64)) {
        self.path.line_to(point(to));
        self.here = to;
    }

    /// The last control point, mirrored.
    fn mirrored(&self, x: f64, y: f64) -> (f64, f64) {
        (2.0 * self.here.0 - x, 2.0 * self.here.1 - y)
    }

    fn step(&mut self, command: char, reader: &mut Reader<'_>) -> Option<()> {
        let relative = command.is_ascii_lowercase();
        let mut control = None;
        match command.to_ascii_uppercase() {
            'M' => {
                let to = self.pair(reader, relative)?;
                self.path.move_to(point(to));
                (self.here, self.start, self.moved) = (to, to, true);
            }
            'L' => {
                let to = self.pair(reader, relative)?;
                self.line(to);
            }
            'H' => {
                let x = reader.number()?;
                self.line((if relative { self.here.0 + x } else { x }, self.here.1));
            }
            'V' => {
                let y = reader.number()?;
                self.line((self.here.0, if relative { self.here.1 + y } else { y }));
            }
            'C' | 'S' => {
                let first = match (command.to_ascii_uppercase(), self.control) {
                    ('C', _) => self.pair(reader, relative)?,
                    (_, Some(Control::Cubic(x, y))) => self.mirrored(x, y),
                    _ => self.here,
                };
                let (second, to) = (self.pair(reader, relative)?, self.pair(reader, relative)?);
                self.path.cubic_to(point(first), point(second), point(to));
                control = Some(Control::Cubic(second.0, second.1));
                self.here = to;
            }
            'Q' | 'T' => {
                let middle = match (command.to_ascii_uppercase(), self.control) {
                    ('Q', _) => self.pair(reader, relative)?,
                    (_, Some(Control::Quadratic(x, y))) => self.mirrored(x, y),
                    _ => self.here,
                };
                let to = self.pair(reader, relative)?;
                self.path.quad_to(point(middle), point(to));
                control = Some(Control::Quadratic(middle.0, middle.1));
                self.here = to;
            }
            'A' => {
                let radii = (reader.number()?.abs(), reader.number()?.abs());
                let turn = reader.number()?.to_radians();
                let (large, clockwise) = (reader.flag()?, reader.flag()?);
                let to = self.pair(reader, relative)?;
                self.arc(radii, turn, large, clockwise, to);
                self.here = to;
            }
            _ => {
                self.path.close();
                self.here = self.start;
            }
        }
        self.control = control;
        Some(())
    }

    /// An elliptic arc between two points (SVG 2, appendix B.2.4).
    fn arc(&mut self, (mut rx, mut ry): (f64, f64), turn: f64, large: bool, clockwise: bool, to: (f64, f64)) {
        if self.here == to {
            return;
        }
        if rx == 0.0 || ry == 0.0 {
            return self.path.line_to(point(to));
        }
        let (sin, cos) = libm::sincos(turn);
        let (hx, hy) = ((self.here.0 - to.0) / 2.0, (self.here.1 - to.1) / 2.0);
        let (x, y) = (cos * hx + sin * hy, cos * hy - sin * hx);
        let reach = x * x / (rx * rx) + y * y / (ry * ry);
        if reach > 1.0 {
            (rx, ry) = (rx * reach.sqrt(), ry * reach.sqrt());
        }
        let below = rx * rx * y * y + ry * ry * x * x;
        let by = ((rx * rx * ry * ry - below) / below).max(0.0).sqrt() * if large == clockwise { -1.0 } else { 1.0 };
        let (cx, cy) = (by * rx * y / ry, -by * ry * x / rx);
        let center =
            (cos * cx - sin * cy + f64::midpoint(self.here.0, to.0), sin * cx + cos * cy + f64::midpoint(self.here.1, to.1));
        let start = libm::atan2((y - cy) / ry, (x - cx) / rx);
        let mut end = libm::atan2((-y - cy) / ry, (-x - cx) / rx);
        let whole = std::f64::consts::TAU;
        if clockwise && end < start {
            end += whole;
        }
        if !clockwise && end > start {
            end -= whole;
        }
        let (center, radii) = ((center.0 as f32, center.1 as f32), (rx as f32, ry as f32));
        self.path.ellipse(center, radii, turn, (start, end), !clockwise);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(data: &str) -> (usize, Option<Point>) {
        let mut path = Path::default();
        add_svg(&mut path, data);
        (path.segments().len(), path.current_point())
    }

    #[test]
    fn path_data_is_read_up_to_a_mistake() {
        assert_eq!(end("M0 0 L20 20"), (2, Some(Point::new(20.0, 20.0))));
        assert_eq!(end("m1,2 3-4.5.5"), (2, Some(Point::new(4.0, -2.5))));
        assert_eq!(end("M1 1 h5v5H0Z"), (5, Some(Point::new(1.0, 1.0))));
        assert_eq!(end("M0 0 C1 1 2 2 3 3 S 5 5 6 6 Q1 1 2 2 T 4 4"), (5, Some(Point::new(4.0, 4.0))));
        assert_eq!(end("M0 0 L5 5 L oops L9 9"), (2, Some(Point::new(5.0, 5.0))));
        assert_eq!(end("L5 5").0, 0);
        let (_, here) = end("M0 0 a5 5 0 0110 0");
        let here = here.unwrap();
        assert!((here.x - 10.0).abs() < 1e-4 && here.y.abs() < 1e-4, "{here:?}");
    }
}
