//! `+ - * / // % **`: exact where the result has an exact form of up to 38 digits, else the nearest float.

use super::evaluate::Evaluator;
use super::evaluate::shown;
use super::numbers::Decimal;
use super::tree::Arithmetic;
use crate::json::Value;
use crate::number::Number;
use crate::template::source::Position;

/// Largest exponent of `**`.
const EXPONENT_MAX: u32 = 1_024;

pub(super) fn negate(number: &Number) -> Option<Number> {
    if let Some(integer) = number.as_integer() {
        return integer.checked_neg().map(Number::from);
    }
    let text = number.to_string();
    Number::parse(&text.strip_prefix('-').map_or_else(|| format!("-{text}"), str::to_owned))
}

#[inline(never)]
pub(super) fn evaluate(
    evaluator: &mut Evaluator<'_, '_>,
    position: Position,
    operator: Arithmetic,
    a: &Value,
    b: &Value,
) -> Value {
    let (a, b) = match (a, b) {
        // That it is nothing was said where it became so.
        (Value::Null, _) | (_, Value::Null) => return Value::Null,
        (Value::Number(a), Value::Number(b)) => (a, b),
        (Value::Text(a), Value::Text(b)) if operator == Arithmetic::Add => {
            evaluator.scope.spend(a.len() + b.len());
            return evaluator.text(position, format!("{a}{b}"));
        }
        _ => {
            let message = format!("expected two numbers with '{}', found {} and {}", operator.symbol(), shown(a), shown(b));
            let hint = match operator {
                Arithmetic::Add => "join text with '~'",
                _ => "a text becomes a number by `… | int` or `… | float`",
            };
            return evaluator.report("bad-expression", position, message, Some(hint.to_owned()));
        }
    };
    let divides = matches!(operator, Arithmetic::Divide | Arithmetic::FloorDivide | Arithmetic::Remainder);
    if divides && *b == Number::from(0_i128) {
        return evaluator.report(
            "bad-expression",
            position,
            "division by zero",
            Some("guard it: a / b if b else 0".to_owned()),
        );
    }
    let exact = match (Decimal::from_number(a), Decimal::from_number(b)) {
        (Some(a), Some(b)) => exactly(operator, a, b).and_then(Decimal::into_number),
        _ => None,
    };
    if let Some(number) = exact {
        return Value::Number(number);
    }
    let whole = a.as_integer().is_some() && b.as_integer().is_some();
    let fraction = operator == Arithmetic::Power && *b < Number::from(0_i128);
    let may_round = operator == Arithmetic::Divide || fraction || !whole;
    let nearest = if may_round { Number::from_f64(nearly(operator, a.to_f64(), b.to_f64())) } else { None };
    nearest.map_or_else(
        || {
            let message = format!("the result of '{}' is too large to be exact", operator.symbol());
            evaluator.report("bad-expression", position, message, None)
        },
        Value::Number,
    )
}

fn exactly(operator: Arithmetic, a: Decimal, b: Decimal) -> Option<Decimal> {
    match operator {
        Arithmetic::Add | Arithmetic::Subtract | Arithmetic::FloorDivide | Arithmetic::Remainder | Arithmetic::Divide => {
            let (a, b, scale) = a.aligned(b)?;
            match operator {
                Arithmetic::Add => Some(Decimal { digits: a.checked_add(b)?, scale }),
                Arithmetic::Subtract => Some(Decimal { digits: a.checked_sub(b)?, scale }),
                Arithmetic::Divide if a.checked_rem(b)? == 0 => Some(Decimal { digits: a.checked_div(b)?, scale: 0 }),
                Arithmetic::Divide => None,
                _ => {
                    // Python's: the quotient goes down, the remainder has the divisor's sign.
                    let (quotient, remainder) = (a.checked_div(b)?, a.checked_rem(b)?);
                    let down = remainder != 0 && (remainder < 0) != (b < 0);
                    if operator == Arithmetic::FloorDivide {
                        Some(Decimal { digits: quotient.checked_sub(i128::from(down))?, scale: 0 })
                    } else {
                        Some(Decimal { digits: if down { remainder.checked_add(b)? } else { remainder }, scale })
                    }
                }
            }
        }
        Arithmetic::Multiply => Some(Decimal { digits: a.digits.checked_mul(b.digits)?, scale: a.scale.checked_add(b.scale)? }),
        Arithmetic::Power => {
            let exponent = u32::try_from(b.digits).ok().filter(|&exponent| b.scale == 0 && exponent <= EXPONENT_MAX)?;
            Some(Decimal { digits: a.digits.checked_pow(exponent)?, scale: a.scale.checked_mul(exponent)? })
        }
    }
}

fn nearly(operator: Arithmetic, a: f64, b: f64) -> f64 {
    match operator {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        Arithmetic::FloorDivide => (a / b).floor(),
        Arithmetic::Remainder => a - b * (a / b).floor(),
        Arithmetic::Power => libm::pow(a, b),
    }
}
