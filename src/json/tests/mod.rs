//! The reader, the value and the forms of types of ours, from outside.

mod agreement;
mod mistakes;
mod reading;
mod types;
mod values;
