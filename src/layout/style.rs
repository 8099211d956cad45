//! Numbers of the typed style, bounded: what is not a number is nothing, and nothing is longer than [`LENGTH_MAX`], so
//! that sums of them stay finite.

/// No length of a style counts for more, in px.
pub(super) const LENGTH_MAX: f32 = 1_000_000.0;

/// Two widths that differ by less are one: a text in a box of exactly its own width must not wrap because of rounding.
pub(super) const SAME_WIDTH: f32 = 0.01;

/// A number of a style, bounded.
pub(super) fn bounded(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-LENGTH_MAX, LENGTH_MAX) }
}

/// A length of a style that can't be negative, bounded.
pub(super) fn positive(value: f32) -> f32 {
    bounded(value).max(0.0)
}

/// A factor of `flexGrow` and kin.
pub(super) fn factor(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, LENGTH_MAX) }
}

/// A ratio that can be used: positive and finite.
pub(super) fn ratio(value: Option<f32>) -> Option<f32> {
    value.filter(|ratio| ratio.is_finite() && *ratio > 1.0 / LENGTH_MAX && *ratio < LENGTH_MAX)
}
