//! Friend data as it came from games and stumbled at the door, each with what is right. Each stands for a kind.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod templates;

use friendboard::friends::{Order, Since};
use friendboard::json::Value;
use friendboard::{Diagnostics, Limits, Reading, Request};

/// What a board is bound to: rank, name and score of each friend, self, and the codes of what was said.
struct Bound {
    rows: Vec<String>,
    own: String,
    count: String,
    said: Vec<(String, String)>,
    values: Value,
}

fn text(value: Option<&Value>) -> String {
    value.filter(|value| !value.is_null()).map_or("-".to_owned(), |value| value.to_text().to_string())
}

fn bind(request: &Request) -> Bound {
    let (limits, mut diagnostics) = (Limits::default(), Diagnostics::new());
    let bound = request.bind(&mut Reading::new(&limits, &mut diagnostics)).unwrap();
    let row = |friend: &Value| ["rank", "nickname", "score"].map(|name| text(friend.get(name))).join(" ");
    let friends = bound.values.get("friends").and_then(Value::as_list).unwrap();
    let said = diagnostics.as_slice().iter();
    Bound {
        rows: friends.iter().map(row).collect(),
        own: bound.values.get("self").filter(|own| !own.is_null()).map_or("-".to_owned(), row),
        count: text(bound.values.get("count")),
        said: said.map(|it| (it.code.to_owned(), format!("{} ({})", it.message, it.hint.as_deref().unwrap_or("")))).collect(),
        values: bound.values,
    }
}

fn field(name: &str) -> Request {
    let path = format!("{}/tests/data/field/{name}.json", env!("CARGO_MANIFEST_DIR"));
    Request::friends(std::fs::read_to_string(path).unwrap())
}

fn with_key(request: Request, key: &str) -> Request {
    Request { key: Some(key.to_owned()), ..request }
}

fn codes(bound: &Bound) -> Vec<&str> {
    bound.said.iter().map(|(code, _)| code.as_str()).collect()
}

const RANK_SCORES: [&str; 3] = ["1 Quin 980", "2 Pia 310", "- Rolf -"];

#[test]
fn a_score_under_another_name_is_found_where_it_is_the_only_number() {
    let bound = bind(&field("score-under-another-name"));
    assert_eq!(bound.rows, RANK_SCORES);
    assert_eq!(codes(&bound), ["score-by-guess"]);
    assert!(bound.said[0].1.contains("--key rankScore.wxgame.rankScore"), "{:?}", bound.said);
    for key in ["rankScore", "rankScore.wxgame.rankScore"] {
        assert_eq!(bind(&with_key(field("score-under-another-name"), key)).rows, RANK_SCORES, "{key}");
    }
    assert!(bind(&with_key(field("score-under-another-name"), "rankScore.wxgame.rankScore")).said.is_empty());
}

#[test]
fn several_numbers_are_named_rather_than_guessed() {
    let bound = bind(&field("score-inside-json"));
    assert_eq!(bound.rows, ["- Pia -", "- Quin -", "- Rolf -"]);
    assert_eq!(codes(&bound), ["ambiguous-score"]);
    for candidate in ["`daily.highestScore`", "`daily.version`", "--key"] {
        assert!(bound.said[0].1.contains(candidate), "{:?}", bound.said);
    }
    let bound = bind(&with_key(field("score-inside-json"), "daily.highestScore"));
    assert_eq!(bound.rows, ["1 Quin 980", "2 Rolf 555", "3 Pia 310"]);
    assert!(bound.said.is_empty(), "{:?}", bound.said);
    // What is beside it can be read by a template.
    let first = &bound.values.get("friends").unwrap().as_list().unwrap()[0];
    let daily = first.get("kv").unwrap().get("daily").unwrap();
    assert_eq!((text(daily.get("date")), text(daily.get("highestScore"))), ("2026-11-24".to_owned(), "980".to_owned()));
}

#[test]
fn a_key_that_nobody_has_is_said_with_what_there_is() {
    let bound = bind(&with_key(field("score-inside-json"), "daily.highscore"));
    assert_eq!(codes(&bound), ["unknown-key"]);
    assert!(bound.said[0].1.contains("daily.highestScore"), "{:?}", bound.said);
}

#[test]
fn the_earlier_of_equals_stands_higher_however_its_time_is_written() {
    assert_eq!(bind(&field("ties-by-updateTime")).rows, ["1 earlier 500", "1 later 500"]);
    for (a, b) in [
        ("\"update_time\":1760000900", "\"updateTime\":1760000100000"),
        ("\"utime\":1760000900000", "\"update_time\":1760000100"),
    ] {
        let pair = |value: &str| format!(r#"[{{"key":"score","value":"{{\"score\":5,{}}}"}}]"#, value.replace('"', "\\\""));
        let json = format!(
            r#"[{{"openid":"a","nickname":"later","KVDataList":{}}},{{"openid":"b","nickname":"earlier","KVDataList":{}}}]"#,
            pair(a),
            pair(b)
        );
        assert_eq!(bind(&Request::friends(json)).rows, ["1 earlier 5", "1 later 5"], "{a} {b}");
    }
}

#[test]
fn flat_rows_are_ranked_by_the_number_beside_the_name() {
    let bound = bind(&field("flat-rows"));
    assert_eq!(bound.rows, ["1 Player_1 433", "2 Player_0 33", "3 Player_1 7"]);
    assert_eq!(codes(&bound), ["score-by-guess"]);
}

#[test]
fn a_page_of_douyins_ranking_goes_on_where_the_page_before_ended() {
    let bound = bind(&field("im-rank"));
    assert_eq!(bound.rows, ["1 Mina 880", "2 Otto 640", "3 Rui 120"]);
    assert_eq!((bound.own.as_str(), bound.count.as_str(), bound.said.len()), ("2 Otto 640", "3", 0));

    let bound = bind(&Request { page_size: Some(20), ..field("im-rank-page-2") });
    assert_eq!(bound.rows, ["21 Mina 880", "22 Otto 640", "23 Rui 120"]);
    assert_eq!((bound.own.as_str(), bound.count.as_str(), bound.said.len()), ("57 Me 9", "90", 0));
    for friend in bound.values.get("friends").unwrap().as_list().unwrap() {
        assert_eq!(text(friend.get("medal")), "-");
    }
    // Without the size of a page, by pages of this one's length, which is said.
    let bound = bind(&field("im-rank-page-2"));
    assert_eq!(bound.rows, ["4 Mina 880", "5 Otto 640", "6 Rui 120"]);
    assert_eq!(codes(&bound), ["page-size"]);
    // Where self is on the page, by self's place.
    let json = std::fs::read_to_string(format!("{}/tests/data/field/im-rank-page-2.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let json = json.replace("\"d9\"", "\"d2\"").replace("\"rank\": 57", "\"rank\": 32");
    let bound = bind(&Request::friends(json));
    assert_eq!(
        (bound.rows, bound.own.as_str()),
        (vec!["31 Mina 880".into(), "32 Otto 640".into(), "33 Rui 120".into()], "32 Otto 640")
    );
    assert!(bound.said.is_empty(), "{:?}", bound.said);
}

const RUNS: &str = r#"[
  {"openid":"a","nickname":"slow","KVDataList":[{"key":"best","value":"{\"wxgame\":{\"score\":9,\"update_time\":1760000000},\"cost_ms\":900,\"tries\":\"3\"}"}]},
  {"openid":"b","nickname":"fast","KVDataList":[{"key":"best","value":"{\"wxgame\":{\"score\":9,\"update_time\":1760000500},\"cost_ms\":400,\"tries\":\"5\"}"}]},
  {"openid":"c","nickname":"best","KVDataList":[{"key":"best","value":"{\"wxgame\":{\"score\":12,\"update_time\":1700000000},\"cost_ms\":999}"}]},
  {"openid":"d","nickname":"unknown","KVDataList":[{"key":"best","value":"{\"wxgame\":{\"score\":9}}"}]}]"#;

#[test]
fn ties_are_broken_by_what_the_author_names() {
    let by = |keys: &[&str]| {
        let then_by = keys.iter().map(|key| key.parse().unwrap()).collect();
        bind(&Request { then_by, ..Request::friends(RUNS) }).rows
    };
    assert_eq!(by(&[]), ["1 best 12", "2 slow 9", "2 fast 9", "2 unknown 9"]);
    assert_eq!(by(&["best.cost_ms:asc"]), ["1 best 12", "2 fast 9", "2 slow 9", "2 unknown 9"]);
    assert_eq!(by(&["best.cost_ms"]), ["1 best 12", "2 slow 9", "2 fast 9", "2 unknown 9"]);
    assert_eq!(by(&["best.nothing", "best.tries:desc"]), ["1 best 12", "2 fast 9", "2 slow 9", "2 unknown 9"]);
}

#[test]
fn older_scores_are_left_out_and_the_others_ranked_anew() {
    let since = |text: &str| bind(&Request { since: Some(text.parse().unwrap()), ..Request::friends(RUNS) }).rows;
    let expected = ["1 slow 9", "1 fast 9", "1 unknown 9", "- best -"];
    for text in ["1759999999", "1759999999000", "2025-10-09", "2025-10-09T08:53:19Z", "2025-10-09T16:53:19+08:00"] {
        assert_eq!(since(text), expected, "{text}");
    }
    assert_eq!(since("2025-10-10"), ["1 unknown 9", "- slow -", "- fast -", "- best -"]);
    assert_eq!(
        Request::from_json(r#"{"width":1,"height":1,"since":1760000000}"#, &Limits::default()).unwrap().since,
        Some(Since(1_760_000_000_000))
    );
}

#[test]
fn the_order_of_the_data_can_be_kept() {
    let bound = bind(&Request { order: Order::None, ..Request::friends(RUNS) });
    assert_eq!(bound.rows, ["1 slow 9", "2 fast 9", "3 best 12", "4 unknown 9"]);
}

#[test]
fn a_self_that_nobody_is_is_said() {
    let bound = bind(&Request::friends(RUNS).me("e"));
    assert_eq!((bound.own.as_str(), codes(&bound)), ("-", vec!["unknown-self"]));
    assert!(bind(&Request::friends(RUNS).me("b")).said.is_empty());
}

#[test]
fn friends_without_any_readable_score_are_never_silent() {
    for (values, code) in [
        (["\"gold\"", "\"silver\""], "no-scores"),
        (["\"{\\\"a\\\":1,\\\"b\\\":2}\"", "\"{\\\"a\\\":3,\\\"b\\\":4}\""], "ambiguous-score"),
        (["\"{\\\"a\\\":1,\\\"saveTime\\\":2}\"", "\"{\\\"a\\\":3,\\\"saveTime\\\":2}\""], "score-by-guess"),
        (["\"{\\\"a\\\":1}\"", "\"{\\\"b\\\":3}\""], "no-scores"),
    ] {
        let rows: Vec<String> = values
            .iter()
            .enumerate()
            .map(|(index, value)| {
                format!(r#"{{"openid":"o{index}","nickname":"n","KVDataList":[{{"key":"save","value":{value}}}]}}"#)
            })
            .collect();
        let bound = bind(&Request::friends(format!("[{}]", rows.join(","))));
        assert_eq!(codes(&bound), [code], "{values:?}: {:?}", bound.said);
    }
    // A friend who alone has none is one without a score, as any other.
    let one = r#"[{"openid":"a","nickname":"A","KVDataList":[{"key":"score","value":"5"}]},{"openid":"b","nickname":"B","KVDataList":[{"key":"score","value":"gold"}]}]"#;
    let bound = bind(&Request::friends(one));
    assert_eq!((bound.rows.len(), codes(&bound)), (2, vec!["unreadable-score"]));
}
