//! Where the canvas stands on the screen: from its style or the main domain's word to the way from a touch to the board.

use crate::error::{Diagnostic, Place};
use crate::geometry::{Point, Rect, Size, Transform};
use crate::json::Value;

/// A length of the canvas's `style`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScreenLength {
    /// Logical px.
    Px(f32),
    /// Percent of the window's width.
    Vw(f32),
    /// Percent of the window's height.
    Vh(f32),
    /// Percent of the window's extent in this direction.
    Percent(f32),
}

impl ScreenLength {
    /// Reads `80vw`, `50vh`, `12px`, `50%`, or a number of px. `None` for anything else.
    ///
    /// ```
    /// use friendboard::context::ScreenLength;
    /// assert_eq!(ScreenLength::parse(" 92.5vw"), Some(ScreenLength::Vw(92.5)));
    /// assert_eq!(ScreenLength::parse("10em"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let number = |digits: &str| digits.trim().parse::<f32>().ok().filter(|value| value.is_finite() && value.abs() <= 1e5);
        let lower = text.to_ascii_lowercase();
        let with = |unit: &str| lower.strip_suffix(unit).map(number);
        if let Some(part) = with("vw") {
            part.map(Self::Vw)
        } else if let Some(part) = with("vh") {
            part.map(Self::Vh)
        } else if let Some(part) = with("%") {
            part.map(Self::Percent)
        } else {
            with("px").unwrap_or_else(|| number(text)).map(Self::Px)
        }
    }

    /// Logical px in a window, along an axis on which the window has this extent.
    #[must_use]
    pub fn resolve(self, window: Size, extent: f32) -> f32 {
        match self {
            Self::Px(px) => px,
            Self::Vw(part) => window.width * part / 100.0,
            Self::Vh(part) => window.height * part / 100.0,
            Self::Percent(part) => extent * part / 100.0,
        }
    }
}

/// The canvas's `style`: where it stands on the screen. What is `None` is `auto`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CanvasStyle {
    /// From the window's left edge; `auto` is 0.
    pub left: Option<ScreenLength>,
    /// From the window's top edge; `auto` is 0.
    pub top: Option<ScreenLength>,
    /// Width on the screen.
    pub width: Option<ScreenLength>,
    /// Height on the screen.
    pub height: Option<ScreenLength>,
}

impl CanvasStyle {
    /// Reads `{left, top, width, height}`, each a text with a unit or a number of px; says what it does not understand.
    #[must_use]
    pub fn read(value: &Value, say: &mut dyn FnMut(Diagnostic)) -> Self {
        let mut style = Self::default();
        let Value::Map(entries) = value else { return style };
        for (name, value) in entries.iter() {
            let slot = match &**name {
                "left" => &mut style.left,
                "top" => &mut style.top,
                "width" => &mut style.width,
                "height" => &mut style.height,
                // Other properties of a canvas don't move it.
                _ => continue,
            };
            *slot = match value {
                Value::Number(number) => Some(ScreenLength::Px(number.to_f64() as f32)),
                Value::Text(text) if text.is_empty() || &**text == "auto" => None,
                Value::Text(text) => ScreenLength::parse(text),
                _ => None,
            };
            let auto = matches!(value, Value::Null) || matches!(value.as_text(), Some("" | "auto"));
            if slot.is_none() && !auto {
                let shown: String = value.to_string().chars().take(40).collect();
                let message = format!("canvas style: a length in vw, vh, px or % was expected for {name}, found '{shown}'");
                say(Diagnostic::warning("canvas-style", message, Place::default()));
            }
        }
        style
    }
}

/// Where the main domain says that the canvas stands, which wins over the style.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlaceOverride {
    /// `updateViewPort`: the canvas covers this box, logical px of the window.
    Box(Rect),
    /// `changeMatrix`: from the canvas's own px to the screen's device px.
    Matrix(Transform),
}

/// The canvas, the window, and how the one stands in the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The canvas's own size, device px.
    pub own: (u32, u32),
    /// Its style.
    pub style: CanvasStyle,
    /// The window, logical px.
    pub window: Size,
    /// Device px per logical px.
    pub device_pixel_ratio: f32,
    /// What the main domain said of its place.
    pub stated: Option<PlaceOverride>,
}

impl Default for Placement {
    /// A canvas of 300×150 px, as canvases are at first, in a window of 360×640.
    fn default() -> Self {
        Self {
            own: (300, 150),
            style: CanvasStyle::default(),
            window: Size::new(360.0, 640.0),
            device_pixel_ratio: 1.0,
            stated: None,
        }
    }
}

impl Placement {
    /// The box that the canvas covers, logical px of the window.
    ///
    /// Where the main domain has said nothing and the style has no size, an own px is a logical px, as a browser shows a
    /// canvas without style; where the window is too small for that, it is a device px, as a game draws it onto a screen
    /// canvas.
    #[must_use]
    pub fn on_screen(&self) -> Rect {
        let own = Size::new(self.own.0.max(1) as f32, self.own.1.max(1) as f32);
        match self.stated {
            Some(PlaceOverride::Box(area)) if !area.is_empty() => return area,
            Some(PlaceOverride::Matrix(matrix)) => {
                return matrix.bounds(&Rect::new(0.0, 0.0, own.width, own.height)).scaled(1.0 / self.ratio());
            }
            _ => {}
        }
        let horizontal = |length: Option<ScreenLength>| length.map(|length| length.resolve(self.window, self.window.width));
        let vertical = |length: Option<ScreenLength>| length.map(|length| length.resolve(self.window, self.window.height));
        let positive = |length: &f32| *length > 0.0;
        let width = horizontal(self.style.width).filter(positive);
        let height = vertical(self.style.height).filter(positive);
        let (width, height) = match (width, height) {
            (Some(width), Some(height)) => (width, height),
            (Some(width), None) => (width, width * own.height / own.width),
            (None, Some(height)) => (height * own.width / own.height, height),
            (None, None) => {
                let fits = own.width <= self.window.width && own.height <= self.window.height;
                let ratio = if fits { 1.0 } else { self.ratio() };
                (own.width / ratio, own.height / ratio)
            }
        };
        Rect::new(horizontal(self.style.left).unwrap_or(0.0), vertical(self.style.top).unwrap_or(0.0), width, height)
    }

    /// Canvas px per px of the board.
    #[must_use]
    pub fn dpr(&self) -> f32 {
        let ratio = match self.stated {
            Some(PlaceOverride::Matrix(matrix)) => {
                let scale = (matrix.a * matrix.a + matrix.b * matrix.b).sqrt();
                if scale > 0.0 { self.ratio() / scale } else { 1.0 }
            }
            _ => self.own.0.max(1) as f32 / self.on_screen().width,
        };
        if ratio.is_finite() { ratio.clamp(0.25, 8.0) } else { 1.0 }
    }

    /// The board's canvas, px at dpr 1.
    #[must_use]
    pub fn board_size(&self) -> Size {
        let dpr = self.dpr();
        Size::new(self.own.0 as f32 / dpr, self.own.1 as f32 / dpr)
    }

    /// From a touch (logical px of the window) to the board (px at dpr 1); it may lie outside.
    #[must_use]
    pub fn to_board(&self, touch: Point) -> Point {
        let own = if let Some(PlaceOverride::Matrix(matrix)) = self.stated {
            let device = Point::new(touch.x * self.ratio(), touch.y * self.ratio());
            matrix.inverse().map_or(device, |inverse| inverse.apply(device))
        } else {
            let area = self.on_screen();
            let (width, height) = (area.width.max(f32::MIN_POSITIVE), area.height.max(f32::MIN_POSITIVE));
            Point::new((touch.x - area.x) / width * self.own.0 as f32, (touch.y - area.y) / height * self.own.1 as f32)
        };
        let dpr = self.dpr();
        let within = |value: f32| if value.is_finite() { value.clamp(-1e6, 1e6) } else { -1e6 };
        Point::new(within(own.x / dpr), within(own.y / dpr))
    }

    /// How many device px of the screen a px of the canvas is spread over; above 1 it is drawn blurred.
    #[must_use]
    pub fn blur(&self) -> f32 {
        self.on_screen().width * self.ratio() / self.own.0.max(1) as f32
    }

    fn ratio(&self) -> f32 {
        if self.device_pixel_ratio.is_finite() { self.device_pixel_ratio.clamp(0.25, 8.0) } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone() -> Placement {
        Placement { own: (972, 1_152), window: Size::new(360.0, 640.0), device_pixel_ratio: 3.0, ..Placement::default() }
    }

    fn style(left: &str, top: &str, width: &str, height: &str) -> CanvasStyle {
        let texts = [("left", left), ("top", top), ("width", width), ("height", height)];
        let value = Value::map(texts.map(|(name, text)| (name, Value::from(text))));
        CanvasStyle::read(&value, &mut |diagnostic| panic!("{diagnostic}"))
    }

    #[test]
    fn touches_go_through_style_and_dpr() {
        let placement = Placement { style: style("5vw", "20vh", "90vw", "60vh"), ..phone() };
        assert_eq!(placement.on_screen(), Rect::new(18.0, 128.0, 324.0, 384.0));
        assert_eq!(placement.dpr(), 3.0);
        assert_eq!(placement.board_size(), Size::new(324.0, 384.0));
        assert_eq!(placement.to_board(Point::new(18.0 + 100.0, 128.0 + 50.0)), Point::new(100.0, 50.0));
    }

    #[test]
    fn one_side_keeps_the_ratio() {
        let placement = Placement { style: style("auto", "10px", "50%", ""), ..phone() };
        let area = placement.on_screen();
        assert_eq!((area.x, area.y, area.width), (0.0, 10.0, 180.0));
        assert!((area.height - 180.0 * 1_152.0 / 972.0).abs() < 1e-3);
    }

    #[test]
    fn without_style_px_are_logical_where_they_fit() {
        let fits = Placement { own: (300, 400), ..phone() };
        assert_eq!((fits.dpr(), fits.on_screen().width), (1.0, 300.0));
        let full = Placement { own: (1_080, 1_920), ..phone() };
        assert_eq!((full.dpr(), full.board_size()), (3.0, Size::new(360.0, 640.0)));
        assert!(fits.blur() > 2.9 && full.blur() == 1.0);
    }

    #[test]
    fn the_main_domain_wins() {
        let stated = Some(PlaceOverride::Box(Rect::new(30.0, 40.0, 324.0, 384.0)));
        let placement = Placement { style: style("5vw", "20vh", "90vw", "60vh"), stated, ..phone() };
        assert_eq!(placement.to_board(Point::new(40.0, 60.0)), Point::new(10.0, 20.0));
        let matrix = Transform { a: 1.5, d: 1.5, e: 90.0, f: 60.0, ..Transform::IDENTITY };
        let placement = Placement { stated: Some(PlaceOverride::Matrix(matrix)), ..phone() };
        // (100, 100) is the device px (300, 300), which is the own px (140, 160); an own px has 1.5 device px.
        assert_eq!(placement.dpr(), 2.0);
        let point = placement.to_board(Point::new(100.0, 100.0));
        assert!((point.x - 70.0).abs() < 1e-3 && (point.y - 80.0).abs() < 1e-3, "{point:?}");
    }

    #[test]
    fn nonsense_is_said_and_survived() {
        let mut said = 0;
        let value = Value::map([("width", Value::from("10em")), ("left", Value::from(true)), ("color", Value::from("red"))]);
        assert_eq!(CanvasStyle::read(&value, &mut |_| said += 1), CanvasStyle::default());
        assert_eq!(said, 2);
        for placement in [
            Placement { own: (0, 0), ..phone() },
            Placement { device_pixel_ratio: f32::NAN, ..phone() },
            Placement { stated: Some(PlaceOverride::Matrix(Transform::scale(0.0, 0.0))), ..phone() },
            Placement { stated: Some(PlaceOverride::Box(Rect::new(0.0, 0.0, f32::INFINITY, 1.0))), ..phone() },
            Placement { style: style("0", "0", "-5px", "0"), ..phone() },
        ] {
            let point = placement.to_board(Point::new(f32::NAN, 5.0));
            assert!(point.x.is_finite() && point.y.is_finite() && placement.dpr() > 0.0);
        }
    }
}
