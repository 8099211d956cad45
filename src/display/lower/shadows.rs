//! Shadows: of a context's own kind, without what casts them.

use super::Lowering;
use crate::color::Color;
use crate::display::operations::{FillRule, Operation, Paint, Path, Shadow};
use crate::geometry::RoundedRect;

/// No blur reaches farther, device px.
const REACH_MAX: f32 = 512.0;

impl Lowering {
    /// The shadow, right below it, of what `cast` draws in the colour that it is given.
    pub(super) fn shadow_of(&mut self, color: Color, deviation: f32, cast: impl FnOnce(&mut Self, Color)) {
        self.saved(|lowering| {
            lowering.push(Operation::SetShadow(Shadow { color, blur: deviation * 2.0, x: 0.0, y: 0.0, only: true }));
            cast(lowering, Color::BLACK);
        });
    }

    /// A box's shadow, outside of another box.
    pub(super) fn outer_shadow(&mut self, shape: &RoundedRect, deviation: f32, color: Color, cut: &RoundedRect) {
        let Some(outside) = self.outside(cut, 1.0) else { return };
        self.saved(|lowering| {
            if !cut.rect.is_empty() {
                lowering.clip(outside, FillRule::EvenOdd);
            }
            lowering.shadow_of(color, deviation, |lowering, caster| {
                lowering.fill(Path::of_box(*shape), FillRule::NonZero, Paint::Solid(caster));
            });
        });
    }

    /// Inside of a box, the shadow of all that is outside of another.
    pub(super) fn inset_shadow(&mut self, lit: &RoundedRect, deviation: f32, color: Color, inside: &RoundedRect) {
        let Some(caster) = self.outside(lit, REACH_MAX) else { return };
        self.saved(|lowering| {
            // Either rule says the same of a box; the rasterizer cuts what is drawn by this one first, as it does of a list.
            lowering.clip(Path::of_box(*inside), FillRule::EvenOdd);
            lowering.shadow_of(color, deviation, |lowering, color| {
                lowering.fill(caster, FillRule::EvenOdd, Paint::Solid(color));
            });
        });
    }
}
