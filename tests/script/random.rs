//! Random programs of canvas calls: none of them panics, hangs or throws what the specification does not know.

use super::{console, play, said};

/// Programs, a seed each. `FRIENDBOARD_PROGRAMS=10000 cargo test --test script random` runs as many.
const PROGRAMS: u32 = 60;

#[test]
fn random_programs_stay_within_the_rules() {
    let programs = std::env::var("FRIENDBOARD_PROGRAMS").ok().and_then(|count| count.parse().ok()).unwrap_or(PROGRAMS);
    let source = format!("const PROGRAMS = {programs};\n{}", include_str!("random.js"));
    let members = r#""platform": "tiktok", "canvas": {"width": 60, "height": 40}, "seed": 11"#;
    let run = play(&source, members, &format!(r#"{{"at": {}, "snapshot": "a"}}"#, programs * 20 + 100));
    assert_eq!(said(&run), "");
    let lines = console(&run);
    assert_eq!(lines.last().map(String::as_str), Some("done"), "{lines:?}");
    assert!(lines.len() == 1, "{}", lines.join("\n"));
    if programs == PROGRAMS {
        let again = play(&source, members, &format!(r#"{{"at": {}, "snapshot": "a"}}"#, programs * 20 + 100));
        assert_eq!((run.events, run.snapshots), (again.events, again.snapshots));
    }
}
