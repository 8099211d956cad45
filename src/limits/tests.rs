use super::*;

#[test]
fn every_limit_can_be_set_by_its_name_within_its_range() {
    for limit in Limits::ALL {
        for value in [limit.lowest, limit.default, limit.highest] {
            for name in [limit.name.to_owned(), limit.name.replace('_', "-")] {
                let mut limits = Limits::default();
                limits.set(&name, &value.to_string()).unwrap();
                let set = limits.get(limit.name).unwrap();
                assert!((set - value).abs() <= value * 1e-6, "{name}: {set} is not {value}");
            }
        }
        for value in ["", "-1", "x", "1e9", "NaN", "inf", "∞", "1k1", &format!("{}", limit.highest * 2.0 + 1.0)] {
            let error = Limits::default().set(limit.name, value).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Usage, "{error}");
            assert!(error.to_string().contains("expected") && error.to_string().contains(limit.name), "{error}");
        }
        assert_eq!(Limits::DEFAULT.get(limit.name), Some(limit.default));
        assert_eq!(Limits::HIGHEST.get(limit.name), Some(limit.highest));
        assert!(limit.about.trim().ends_with('.'), "{}", limit.name);
    }
    let mut names: Vec<&str> = Limits::names().collect();
    names.dedup();
    assert_eq!(names.len(), Limits::ALL.len());
}

#[test]
fn values_have_units() {
    let set = |name: &str, value: &str| {
        let mut limits = Limits::default();
        limits.set(name, value).map(|()| limits.get(&name.replace('-', "_")).unwrap())
    };
    assert_eq!(set("data-bytes", "64MiB").unwrap(), 67_108_864.0);
    assert_eq!(set("data_bytes", "16k").unwrap(), 16_384.0);
    assert_eq!(set("data_bytes", "16 kB").unwrap(), 16_000.0);
    assert_eq!(set("data_bytes", "1.5m").unwrap(), 1_572_864.0);
    assert_eq!(set("fetch_ms", "2.5s").unwrap(), 2_500.0);
    assert_eq!(set("friends", "5_000").unwrap(), 5_000.0);
    assert_eq!(set("font_size_min", "0.5px").unwrap(), 0.5);
    let said = |name: &str, value: &str| set(name, value).unwrap_err().to_string();
    assert_eq!(
        said("data_bytes", "lots"),
        "data_bytes: a whole number of bytes from 1 to 1 GiB was expected, such as 64MiB or 16k, found 'lots'"
    );
    assert_eq!(said("friends", "1.5"), "friends: a whole number of friends from 0 to 1,000,000 was expected, found '1.5'");
    assert_eq!(said("freinds", "1"), "no limit is named 'freinds' (did you mean 'friends'?)");
    assert_eq!(said("patience", "1"), "no limit is named 'patience' (`friendboard limits` lists them)");
}
