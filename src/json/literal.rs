//! Values as they would be written in JSON.

/// A [`Value`](crate::json::Value) as it would be written in JSON; what is no literal is an expression of any type that a
/// value can be made from.
///
/// ```
/// use friendboard::json;
/// let score = 5;
/// let value = json!({ "name": "Ann", "score": score + 1, "tags": [null, true, "x"], "none": {} });
/// assert_eq!(value.to_json(), r#"{"name":"Ann","none":{},"score":6,"tags":[null,true,"x"]}"#);
/// ```
#[macro_export]
macro_rules! json {
    (@list [$($done:expr,)*]) => {
        $crate::json::Value::list(::std::vec::Vec::<$crate::json::Value>::from([$($done),*]))
    };
    (@list [$($done:expr,)*] null $(, $($rest:tt)*)?) => {
        $crate::json!(@list [$($done,)* $crate::json::Value::Null,] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] [$($inner:tt)*] $(, $($rest:tt)*)?) => {
        $crate::json!(@list [$($done,)* $crate::json!([$($inner)*]),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] {$($inner:tt)*} $(, $($rest:tt)*)?) => {
        $crate::json!(@list [$($done,)* $crate::json!({$($inner)*}),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] $value:expr $(, $($rest:tt)*)?) => {
        $crate::json!(@list [$($done,)* $crate::json::Value::from($value),] $($($rest)*)?)
    };
    (@map [$($done:expr,)*]) => {
        $crate::json::Value::map(::std::vec::Vec::<(&str, $crate::json::Value)>::from([$($done),*]))
    };
    (@map [$($done:expr,)*] $name:tt : null $(, $($rest:tt)*)?) => {
        $crate::json!(@map [$($done,)* ($name, $crate::json::Value::Null),] $($($rest)*)?)
    };
    (@map [$($done:expr,)*] $name:tt : [$($inner:tt)*] $(, $($rest:tt)*)?) => {
        $crate::json!(@map [$($done,)* ($name, $crate::json!([$($inner)*])),] $($($rest)*)?)
    };
    (@map [$($done:expr,)*] $name:tt : {$($inner:tt)*} $(, $($rest:tt)*)?) => {
        $crate::json!(@map [$($done,)* ($name, $crate::json!({$($inner)*})),] $($($rest)*)?)
    };
    (@map [$($done:expr,)*] $name:tt : $value:expr $(, $($rest:tt)*)?) => {
        $crate::json!(@map [$($done,)* ($name, $crate::json::Value::from($value)),] $($($rest)*)?)
    };
    (null) => { $crate::json::Value::Null };
    ([$($items:tt)*]) => { $crate::json!(@list [] $($items)*) };
    ({$($members:tt)*}) => { $crate::json!(@map [] $($members)*) };
    ($value:expr) => { $crate::json::Value::from($value) };
}
