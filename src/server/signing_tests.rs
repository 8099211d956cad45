use super::*;

fn keys(ids: &[(&str, u8)]) -> Keys {
    Keys { keys: ids.iter().map(|(id, byte)| ((*id).to_owned(), Zeroizing::new(vec![*byte; 32]))).collect() }
}

fn payload(expires_in: u64) -> Payload {
    let json = format!(r#"{{"board": "podium", "request": {{"width": 320, "height": 200.50}}, "expiresIn": {expires_in}}}"#);
    Payload::read(&json, Duration::from_secs(1_000_000), &Limits::default()).unwrap().0
}

fn parts(path: &str) -> (&str, &str, &str, &str) {
    let mut parts = path.strip_prefix("/v1/i/").unwrap().split('/');
    let (id, signature) = (parts.next().unwrap(), parts.next().unwrap());
    let (packed, ending) = parts.next().unwrap().rsplit_once('.').unwrap();
    (id, signature, packed, ending)
}

fn open(keys: &Keys, path: &str, at: u64) -> Option<Payload> {
    let (id, signature, packed, ending) = parts(path);
    keys.open(id, signature, packed, ending, at, &Limits::default())
}

#[test]
fn what_was_signed_is_read_until_its_time_by_every_key_that_is_there() {
    let payload = payload(60);
    let old = keys(&[("a", 1)]);
    let path = old.sign(&payload, Format::PNG).unwrap();
    assert_eq!(open(&old, &path, now()), Some(payload.clone()));
    assert_eq!(open(&keys(&[("b", 2), ("a", 1)]), &path, now()), Some(payload.clone()));
    assert_eq!(open(&old, &path, payload.expires - 1), Some(payload.clone()));
    assert_eq!(open(&old, &path, payload.expires), None);
    assert_eq!(open(&keys(&[("b", 1)]), &path, now()), None, "the key is known by another id");
    assert_eq!(open(&keys(&[("a", 2)]), &path, now()), None, "the id has another key");
    assert_eq!(open(&Keys::default(), &path, now()), None);
    assert!(Keys::default().sign(&payload, Format::PNG).is_err());
}

#[test]
fn no_byte_of_an_address_can_be_changed() {
    let keys = keys(&[("a", 1), ("b", 1)]);
    let path = keys.sign(&payload(60), Format::PNG).unwrap();
    let (id, signature, packed, ending) = parts(&path);
    let (at, limits) = (now(), Limits::default());
    let opened = |id: &str, signature: &str, packed: &str, ending: &str| keys.open(id, signature, packed, ending, at, &limits);
    assert!(opened(id, signature, packed, ending).is_some());
    assert!(opened("b", signature, packed, ending).is_none(), "the same key by another id");
    assert!(opened(id, signature, packed, "jpg").is_none());
    let changed = |text: &str, index: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    for index in 0..signature.len() - 1 {
        assert!(opened(id, &changed(signature, index), packed, ending).is_none(), "signature {index}");
    }
    for index in 0..packed.len() {
        assert!(opened(id, signature, &changed(packed, index), ending).is_none(), "payload {index}");
    }
    for length in 0..signature.len() {
        assert!(opened(id, &signature[..length], packed, ending).is_none(), "a signature cut at {length}");
    }
    for given in ["", "=", "A", &format!("{signature}A"), &format!("{signature}=="), "é", &"A".repeat(10_000)] {
        assert!(opened(id, given, packed, ending).is_none(), "{given:.20}");
    }
}

/// A comparison that stops at the first difference would tell an attacker how much was right. This holds the path, as no
/// clock can: the comparison of signatures and tokens is `subtle`'s, and there is no other.
#[test]
fn signatures_are_compared_by_subtle_only() {
    let source = include_str!("signing.rs");
    assert_eq!(source.matches(".ct_eq(").count(), 1);
    assert!(source.contains("fn is_same(expected: &[u8], given: &[u8]) -> bool {\n    expected.ct_eq(given).into()\n}"));
    assert_eq!(source.matches("is_same(").count(), 3, "its definition, the signature's check and the token's");
    for other in ["expected ==", "== expected", "signature ==", "token ==", "starts_with(", "given =="] {
        assert!(!source.contains(other), "{other}");
    }
}

#[test]
fn payloads_that_grow_or_say_something_else_are_refused_even_where_they_are_signed() {
    let keys = keys(&[("a", 1)]);
    let signed = |json: &str| {
        let packed = URL_SAFE_NO_PAD.encode(pack(json).unwrap());
        let signature = URL_SAFE_NO_PAD.encode(signature(&[1; 32], "a", &packed, "png"));
        keys.open("a", &signature, &packed, "png", now(), &Limits::default())
    };
    let until = now() + 60;
    assert!(signed(&format!(r#"{{"board": "podium", "expires": {until}}}"#)).is_some());
    assert!(signed(r#"{"board": "podium"}"#).is_none(), "no expiry");
    assert!(signed(&format!(r#"{{"board": "podium", "card": "wps/shareMessage", "expires": {until}}}"#)).is_none());
    assert!(signed(&format!(r#"{{"board": "podium", "expires": {until}, "x": "{}"}}"#, "a".repeat(2_000_000))).is_none());
    assert!(signed("").is_none());
}

#[test]
fn what_can_not_be_signed_is_said() {
    let read = |json: &str| Payload::read(json, Duration::from_secs(1_000), &Limits::default());
    for (json, said) in [
        (r#"{"request": {}}"#, "one of board, shareImage and card"),
        (r#"{"board": "a", "card": "b"}"#, "found none or several"),
        (r#"{"shareImage": "beat-my-scor"}"#, "did you mean 'beat-my-score'?"),
        (r#"{"card": "wps"}"#, "has no share call"),
        (r#"{"card": "wps/shareMesage"}"#, "did you mean 'shareMessage'?"),
        (r#"{"board": "a", "expiresIn": 0}"#, "1 to 1000 seconds"),
        (r#"{"board": "a", "expiresIn": 1001}"#, "1 to 1000 seconds"),
        (r#"{"board": "a", "expires": 1}"#, "expiresIn was expected"),
        (r#"{"board": "a", "format": "bmp"}"#, "png, jpg or webp"),
        (r#"{"board": "a", "options": {}}"#, "options were not expected"),
        (r#"{"boad": "a"}"#, "did you mean `board`?"),
        (r#"{"shareImage": "invite", "options": {"sise": 1}}"#, "did you mean `size`?"),
    ] {
        let error = read(json).unwrap_err().to_string();
        assert!(error.contains(said), "{json}: {error}");
    }
    let long = format!(r#"{{"board": "a", "request": {{"x": "{}"}}}}"#, noise(40_000));
    let (payload, format) = read(&long).unwrap();
    let error = keys(&[("a", 1)]).sign(&payload, format).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
}

/// Letters that no packer makes shorter.
fn noise(length: usize) -> String {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[(state >> 26) as usize])
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn keys_and_tokens_come_from_files() {
    let folder = std::env::temp_dir().join(format!("friendboard-keys-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let raw: Vec<u8> = (0..32_u8).map(|byte| byte.wrapping_mul(7).wrapping_add(128)).collect();
    let mut keys = Keys::default();
    keys.add_file("raw", &file("raw", &raw)).unwrap();
    keys.add_file("base64", &file("base64", format!("{}\n", STANDARD.encode(&raw)).as_bytes())).unwrap();
    keys.add_file("url", &file("url", URL_SAFE_NO_PAD.encode(&raw).as_bytes())).unwrap();
    assert!(keys.keys.iter().all(|(_, key)| **key == raw));
    assert_eq!(format!("{keys:?}"), r#"["raw", "base64", "url"]"#);
    for (id, bytes, said) in [
        ("short", &raw[..31], "32 bytes or more"),
        ("raw", &raw[..], "twice"),
        ("a/b", &raw[..], "an id of letters"),
        ("", &raw[..], "an id of letters"),
    ] {
        let error = keys.add_file(id, &file("key", bytes)).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    assert_eq!(token(&file("token", b"abcdefghijklmnop\nsecond")).unwrap(), b"abcdefghijklmnop");
    for bad in [&b"short"[..], b"", b"with a space in it all"] {
        assert!(token(&file("token", bad)).is_err());
    }
    assert!(is_token(b"abc", b"abc") && !is_token(b"abc", b"abd") && !is_token(b"abc", b"ab") && !is_token(b"abc", b""));
    std::fs::remove_dir_all(&folder).unwrap();
}
