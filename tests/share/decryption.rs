//! `getShareInfo`: the published vector, what each fault is told apart by, and mutated ciphertexts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::{Block, BlockModeEncrypt, KeyIvInit};
use friendboard::Limits;
use friendboard::share::info::{Encrypted, SessionKey, ShareInfoErrorKind as Kind};
use serde_json::Value;

const APP: &str = "wx4f4bc4dec97d474b";

fn vector() -> (Value, Encrypted, SessionKey) {
    let vector: Value = serde_json::from_str(include_str!("../data/wechat-encrypted-data.json")).unwrap();
    let encrypted = Encrypted::from_json(&vector.to_string(), &Limits::default()).unwrap();
    let key = SessionKey::from_base64(vector["sessionKey"].as_str().unwrap()).unwrap();
    (vector, encrypted, key)
}

/// Encrypts blocks as they are, with the vector's key and a zero iv.
fn encrypt(key: &str, plain: &[u8]) -> Encrypted {
    let key: [u8; 16] = STANDARD.decode(key).unwrap().try_into().unwrap();
    let mut cipher = cbc::Encryptor::<aes::Aes128>::new(&key.into(), &[0; 16].into());
    let mut data = Vec::new();
    for chunk in plain.chunks_exact(16) {
        let mut block = Block::<aes::Aes128>::default();
        block.copy_from_slice(chunk);
        cipher.encrypt_block(&mut block);
        data.extend_from_slice(&block);
    }
    Encrypted { encrypted_data: STANDARD.encode(data), iv: STANDARD.encode([0; 16]) }
}

fn padded(text: &str) -> Vec<u8> {
    let mut plain = text.as_bytes().to_vec();
    let padding = 16 - plain.len() % 16;
    plain.resize(plain.len() + padding, padding as u8);
    plain
}

const KEY: &str = "tiihtNczf5v6AKRyjwEUhQ==";

#[test]
fn the_published_vector_decrypts_to_its_plaintext() {
    let (vector, encrypted, key) = vector();
    let info = encrypted.decrypt(&key, vector["appId"].as_str()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&info.json.to_json()).unwrap(), vector["plaintext"]);
    assert_eq!(info.timestamp, Some(1_477_314_187));
    assert_eq!(info.open_gid, None);
}

#[test]
fn a_groups_id_is_read() {
    let text = format!(r#"{{"openGId":"GmH2b1","watermark":{{"appid":"{APP}","timestamp":1514764800}}}}"#);
    let info = encrypt(KEY, &padded(&text)).decrypt(&SessionKey::from_base64(KEY).unwrap(), Some(APP)).unwrap();
    assert_eq!(info.open_gid.as_deref(), Some("GmH2b1"));
    assert_eq!(info.text, text);
}

#[test]
fn faults_are_told_apart_for_who_holds_the_key_and_for_nobody_else() {
    let (_, encrypted, key) = vector();
    let other_key = SessionKey::from_base64("AAAAAAAAAAAAAAAAAAAAAA==").unwrap();
    let mut hidden =
        vec![(Kind::Key, encrypted.decrypt(&other_key, Some(APP))), (Kind::AppId, encrypted.decrypt(&key, Some("wx0")))];
    let other_iv = Encrypted { iv: "AAAAAAAAAAAAAAAAAAAAAA==".into(), ..encrypted.clone() };
    hidden.push((Kind::Iv, other_iv.decrypt(&key, Some(APP))));
    // Without its last block the data is readable and ends anywhere.
    let bytes = STANDARD.decode(&encrypted.encrypted_data).unwrap();
    let cut = Encrypted { encrypted_data: STANDARD.encode(&bytes[..bytes.len() - 16]), ..encrypted.clone() };
    hidden.push((Kind::Padding, cut.decrypt(&key, Some(APP))));
    for text in ["hello, this is text and not JSON", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", r#"{"openGId": "no watermark here"}"#] {
        hidden.push((Kind::Json, encrypt(KEY, &padded(text)).decrypt(&key, Some(APP))));
    }
    let mut texts = std::collections::BTreeSet::new();
    for (kind, result) in hidden {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert_eq!(
            error.to_string(),
            "encryptedData can't be decrypted: session_key, iv and data do not belong together, or the data is not this app's"
        );
        texts.insert(error.operator_text().to_owned());
    }
    assert_eq!(texts.len(), 5);
}

#[test]
fn what_anybody_can_see_is_said() {
    let (_, encrypted, key) = vector();
    let told = |encrypted: Encrypted| encrypted.decrypt(&key, Some(APP)).unwrap_err();
    let iv = |iv: &str| told(Encrypted { iv: iv.into(), ..encrypted.clone() });
    let data = |data: &str| told(Encrypted { encrypted_data: data.into(), ..encrypted.clone() });
    assert_eq!(iv("AAAA").to_string(), "iv: expected the base64 of 16 bytes, found 3 bytes");
    assert_eq!(iv("?").kind(), Kind::IvForm);
    assert_eq!(data("").to_string(), "encryptedData: expected the base64 of one or more blocks of 16 bytes, found 0 bytes");
    assert_eq!(data("AAAA").kind(), Kind::DataForm);
    assert!(data(&encrypted.encrypted_data.replace('+', " ")).to_string().contains("was a '+' lost"));
    assert_eq!(data(&"A".repeat(2 * 1024 * 1024)).kind(), Kind::DataForm);
    let key = SessionKey::from_base64("c2VjcmV0LXNlY3JldA==").unwrap_err();
    assert_eq!(key.to_string(), "session_key: expected the base64 of 16 bytes, found 13 bytes");
    assert_eq!(SessionKey::from_base64("secret?").unwrap_err().kind(), Kind::SessionKeyForm);
    assert!(Encrypted::from_json("{}", &Limits::default()).is_err());
}

#[test]
fn the_key_is_never_shown() {
    let key = SessionKey::from_base64(KEY).unwrap();
    assert_eq!(format!("{key:?} {key:#?}"), "SessionKey(16 bytes) SessionKey(16 bytes)");
    let (_, encrypted, key) = vector();
    let info = encrypted.decrypt(&key, Some(APP)).unwrap();
    assert!(!format!("{info:?}").contains("Guangzhou"));
}

/// All paddings of one block, right and wrong, against a plain reading of PKCS#7.
#[test]
fn padding_is_what_pkcs_7_says() {
    let key = SessionKey::from_base64(KEY).unwrap();
    let head = padded(&format!(r#"{{"watermark":{{"appid":"{APP}"}}}}"#));
    let text = &head[..head.len() - usize::from(head[head.len() - 1])];
    for last in 0..=u8::MAX {
        for wrong_at in [None, Some(1), Some(2), Some(7), Some(15)] {
            // White space after the object is JSON still, so only the padding decides.
            let mut plain = text.to_vec();
            plain.resize(plain.len().next_multiple_of(16) + 16, b' ');
            let end = plain.len();
            for distance in 0..usize::from(last).min(16) {
                plain[end - 1 - distance] = last;
            }
            plain[end - 1] = last;
            if let Some(distance) = wrong_at {
                plain[end - 1 - distance] ^= 0x80;
            }
            let inside = wrong_at.is_some_and(|distance| distance < usize::from(last));
            let right = (1..=16).contains(&last) && !inside;
            let result = encrypt(KEY, &plain).decrypt(&key, Some(APP));
            // A changed byte outside of the padding is no white space any more: the JSON ends there.
            let right = right && wrong_at.is_none();
            assert_eq!(result.is_ok(), right, "last {last}, wrong at {wrong_at:?}");
        }
    }
}

#[test]
fn ten_thousand_mutated_ciphertexts_give_errors_and_no_panic() {
    let (_, encrypted, key) = vector();
    let data = STANDARD.decode(&encrypted.encrypted_data).unwrap();
    let iv = STANDARD.decode(&encrypted.iv).unwrap();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random as usize
    };
    let mut kinds = std::collections::BTreeMap::new();
    for round in 0..10_000 {
        let mut mutated = data.clone();
        let mut text = None;
        match round % 5 {
            // Bits, blocks swapped, blocks left out, cut anywhere, and the base64 itself.
            0 => mutated[next() % data.len()] ^= 1 << (next() % 8),
            1 => {
                let (a, b) = (next() % (data.len() / 16), next() % (data.len() / 16 - 1));
                let b = if b >= a { b + 1 } else { b };
                for i in 0..16 {
                    mutated.swap(a * 16 + i, b * 16 + i);
                }
            }
            2 => drop(mutated.drain(next() % (data.len() / 16) * 16..).take(16).collect::<Vec<_>>()),
            3 => mutated.truncate(next() % data.len()),
            _ => {
                let mut base64 = encrypted.encrypted_data.clone().into_bytes();
                // Not the padding's '=': without it the data is the same.
                let at = next() % (base64.len() - 2);
                base64[at] = [b'!', b' ', b'=', 0x7F, b'-'][next() % 5];
                text = Some(String::from_utf8_lossy(&base64).into_owned());
            }
        }
        let mutant = Encrypted { encrypted_data: text.unwrap_or_else(|| STANDARD.encode(&mutated)), iv: STANDARD.encode(&iv) };
        let error = mutant.decrypt(&key, Some(APP)).expect_err("a mutant decrypted");
        *kinds.entry(error.kind().code()).or_insert(0) += 1;
    }
    assert_eq!(kinds.values().sum::<usize>(), 10_000);
    let told: Vec<_> = kinds.keys().copied().collect();
    assert_eq!(told, ["data-form", "iv", "json", "padding"], "{kinds:?}");
}

/// The oldest documents show `{openGId}` alone: that is accepted where no app id is asked for.
#[test]
fn share_info_without_a_watermark_needs_no_app_id() {
    let key = SessionKey::from_base64(KEY).unwrap();
    let text = r#"{"openGId":"OPENGID"}"#;
    let encrypted = encrypt(KEY, &padded(text));
    let info = encrypted.decrypt(&key, None).unwrap();
    assert_eq!((info.open_gid.as_deref(), info.timestamp, info.text.as_str()), (Some("OPENGID"), None, text));
    assert_eq!(encrypted.decrypt(&key, Some(APP)).unwrap_err().kind(), Kind::Json);
}
