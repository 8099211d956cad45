use super::*;
use crate::budget::Budget;
use crate::error::ErrorKind;
use crate::limits::Limits;

fn data() -> Value {
    let json = r#"{
        "locale": "en", "zero": 0, "name": "Ann", "empty": "", "nothing": null, "yes": true, "score": "12345",
        "big": 9007199254740993, "decimal": 10.50, "minus": -7,
        "friend": {"nickname": "小雨🌧️", "kv": {"level": 7, "x y": 1}, "isSelf": false},
        "friends": [{"n": "a"}, {"n": "b"}, {"n": "c"}], "words": ["x", "y"], "nested": [[1, 2], [3]]
    }"#;
    Value::from_json(json, &Limits::default()).unwrap()
}

fn evaluate_in(text: &str, data: &Value) -> (Value, Vec<String>) {
    let limits = Limits::default();
    let mut diagnostics = Diagnostics::new();
    let expression = Expression::compile("t", text, &limits).unwrap_or_else(|error| panic!("{text}: {error}"));
    let value = expression.evaluate(&Scope::new(data, &limits), &mut diagnostics);
    (value, diagnostics.as_slice().iter().map(ToString::to_string).collect())
}

fn evaluated(text: &str) -> String {
    let (value, diagnostics) = evaluate_in(text, &data());
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    value.to_string()
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(evaluated(text), *expected, "{text}");
    }
}

#[test]
fn literals_and_paths() {
    check(&[
        ("'it\\'s'", "it's"),
        ("\"a\\n\"", "a\n"),
        ("12", "12"),
        (".5", "0.5"),
        ("1.50", "1.50"),
        ("1e3", "1000"),
        ("true", "true"),
        ("False", "false"),
        ("none", ""),
        ("null", ""),
        ("[1, 'a', [],]", "[1, \"a\", []]"),
        ("friend.kv.level", "7"),
        ("friend['kv']['x y']", "1"),
        ("friends[0].n", "a"),
        ("friends[-1].n", "c"),
        ("friends.1.n", "b"),
        ("friends[1:] | length", "2"),
        ("words[:1]", "[\"x\"]"),
        ("words[-1:]", "[\"y\"]"),
        ("words[5:9]", "[]"),
        ("words[2:1]", "[]"),
        ("nested[0][1]", "2"),
        ("friend['n' ~ 'ickname']", "小雨🌧️"),
        ("big", "9007199254740993"),
    ]);
}

#[test]
fn operators_and_their_precedence() {
    check(
        &[
            ("1 + 2 * 3", "7"),
            ("(1 + 2) * 3", "9"),
            ("7 / 2", "3.5"),
            ("8 / 2", "4"),
            ("1 / 3", "0.3333333333333333"),
            ("7 // 2", "3"),
            ("minus // 2", "-4"),
            ("minus % 3", "2"),
            ("7 % -3", "-2"),
            ("7.5 % 2", "1.5"),
            ("7.5 // 2", "3"),
            ("2 ** 10", "1024"),
            ("2 ** 3 ** 2", "64"),
            ("-2 ** 2", "4"),
            ("2 ** -1", "0.5"),
            ("1.1 ** 2", "1.21"),
            ("2 ** 0.5 | round(3)", "1.4142135623730951"),
            ("(2 ** 0.5) | round(3)", "1.414"),
            ("0.1 + 0.2", "0.3"),
            ("0.3 / 0.1", "3"),
            ("0.5 - 1", "-0.5"),
            ("decimal * 2", "21"),
            ("big + 1", "9007199254740994"),
            ("big * big", "81129638414606699710187514626049"),
            ("- decimal", "-10.50"),
            ("--3", "3"),
            ("+3", "3"),
            ("1 - -1", "2"),
            ("'a' ~ 1 ~ none ~ true", "a1true"),
            ("'a' + 'b'", "ab"),
            ("1 + 1 ~ 'x' ~ 2 * 2", ""),
        ][..30],
    );
    // `~` binds closer than `+`, as in Jinja: this is 1 + ('1x4'), which is no sum.
    let (value, diagnostics) = evaluate_in("1 + 1 ~ 'x' ~ 2 * 2", &data());
    assert_eq!(value, Value::Null);
    assert_eq!(
        diagnostics,
        ["t:1:3: expected two numbers with '+', found the number 1 and the text '1x4' (join text with '~')"]
    );
}

#[test]
fn comparison_and_logic() {
    check(&[
        ("1 == 1.0", "true"),
        ("1 == '1'", "false"),
        ("'a' != 'b'", "true"),
        ("1 < 2 <= 2", "true"),
        ("1 < 2 < 2", "false"),
        ("9007199254740992 < big", "true"),
        ("'b' > 'a'", "true"),
        ("2 >= 3", "false"),
        ("'x' in words", "true"),
        ("'z' not in words", "true"),
        ("'nn' in name", "true"),
        ("'kv' in friend", "true"),
        ("[3] in nested", "true"),
        ("not yes", "false"),
        ("not not yes", "true"),
        ("not 1 == 2", "true"),
        ("yes and zero", "0"),
        ("empty or name", "Ann"),
        ("yes or 1 / 0", "true"),
        ("false and true or true", "true"),
        ("'a' if yes else 'b'", "a"),
        ("'a' if zero else 'b'", "b"),
        ("'a' if zero", ""),
        ("'a' if zero else 'b' if empty else 'c'", "c"),
        ("friend.isSelf", "false"),
    ]);
}

#[test]
fn filters() {
    check(&[
        ("12345 | thousands", "12,345"),
        ("-1234567.5 | thousands", "-1,234,567.5"),
        ("999 | thousands", "999"),
        ("score | thousands(' ')", "12 345"),
        ("big | thousands", "9,007,199,254,740,993"),
        ("999 | compact", "999"),
        ("1234 | compact", "1.2K"),
        ("1000 | compact", "1K"),
        ("12345 | compact", "12K"),
        ("999500 | compact", "1M"),
        ("999499 | compact", "999K"),
        ("-1250000 | compact", "-1.3M"),
        ("7500000000 | compact", "7.5B"),
        ("15000000000000000 | compact", "15000T"),
        ("1.25 | compact", "1.3"),
        ("12345 | compact('zh-CN')", "1.2万"),
        ("9999 | compact(locale='zh')", "9999"),
        ("123456789 | compact('zh')", "1.2亿"),
        ("12345 | compact('zh-TW')", "1.2萬"),
        ("99999999 | compact('ja')", "1億"),
        ("1234 | compact('ko')", "1.2천"),
        ("62345 | duration", "1:02.345"),
        ("5123 | duration", "0:05.123"),
        ("3662345 | duration(1)", "1:01:02.3"),
        ("62999 | duration(digits=0)", "1:02"),
        ("62.5 | duration(unit='s')", "1:02.500"),
        ("-1500 | duration(2)", "-0:01.50"),
        ("1 | ordinal", "1st"),
        ("2 | ordinal", "2nd"),
        ("3 | ordinal", "3rd"),
        ("11 | ordinal", "11th"),
        ("112 | ordinal", "112th"),
        ("21 | ordinal", "21st"),
        ("3 | ordinal('zh-CN')", "第3"),
        ("3 | ordinal('ja')", "3位"),
        ("3 | ordinal('ko')", "3위"),
        ("3 | ordinal('de')", "3."),
        ("'straße' | upper", "STRASSE"),
        ("name | lower", "ann"),
        ("friend.nickname | length", "3"),
        ("words | length", "2"),
        ("friend | count", "3"),
        ("none | length", "0"),
        ("missing | default('x')", "x"),
        ("friend.kv.missing | default('x')", "x"),
        ("friends[9].n | d('x')", "x"),
        ("empty | default('x')", ""),
        ("empty | default('x', true)", "x"),
        ("empty | default('x', boolean=true)", "x"),
        ("zero | default(1)", "0"),
        ("2.5 | round", "3"),
        ("-2.5 | round", "-3"),
        ("1.256 | round(2)", "1.26"),
        ("1250 | round(-2)", "1300"),
        ("2.9 | round(method='floor')", "2"),
        ("2.1 | round(0, 'ceil')", "3"),
        ("'abcdef' | truncate(4)", "abc…"),
        ("'abcdef' | truncate(6)", "abcdef"),
        ("'abcdef' | truncate(3, end='')", "abc"),
        ("'ab cdef' | truncate(4)", "ab…"),
        ("'👨‍👩‍👧🇨🇳é!' | truncate(3)", "👨‍👩‍👧🇨🇳…"),
        ("'abc' | truncate(0)", ""),
        ("'a-b-c' | replace('-', '+')", "a+b+c"),
        ("'a-b-c' | replace('-', '', 1)", "ab-c"),
        ("'abc' | replace('', 'x')", "abc"),
        ("words | join(', ')", "x, y"),
        ("friends | join('', attribute='n')", "abc"),
        ("words | first", "x"),
        ("words | last", "y"),
        ("[] | first", ""),
        ("name | first", "A"),
        ("'  a ' | trim", "a"),
        ("minus | abs", "7"),
        ("-1.5 | abs", "1.5"),
        ("score | int + 1", "12346"),
        ("'x' | int", "0"),
        ("'x' | int(-1)", "-1"),
        ("-2.9 | int", "-2"),
        ("true | int", "1"),
        ("'1.5' | float", "1.5"),
        ("'1.5' | number * 2", "3"),
        ("5 | string ~ 'x'", "5x"),
        ("5 | text == '5'", "true"),
        ("friend.kv | items", "[[\"level\", 7], [\"x y\", 1]]"),
        ("words | reverse | join", "yx"),
        ("1 + 2.4 | round", "3"),
    ]);
    let chinese = data().with("locale", "zh_CN");
    assert_eq!(evaluate_in("12345 | compact ~ (2 | ordinal)", &chinese).0.to_string(), "1.2万第2");
}

#[test]
fn filters_of_figures_and_times() {
    check(&[
        ("7 | pad(2)", "07"),
        ("-7 | pad(3)", "-07"),
        ("123 | pad(2)", "123"),
        ("name | pad(5, ' ')", "  Ann"),
        ("name | pad(6, '·-')", "·-·Ann"),
        ("1.2 | ceil", "2"),
        ("-1.2 | ceil", "-1"),
        ("1.8 | floor", "1"),
        ("-1.2 | floor", "-2"),
        ("'7.5' | floor", "7"),
        ("0.125 | percent", "13%"),
        ("0.125 | percent(1)", "12.5%"),
        ("2 | percent", "200%"),
        ("0 | date", "1970-01-01"),
        ("1764547200 | date('YYYY/M/D HH:mm:ss')", "2025/12/1 00:00:00"),
        ("1764547200123 | date('%d.%m.%Y %H:%M', '+08:00')", "01.12.2025 08:00"),
        ("'2026-11-29T20:30:00Z' | date('M月D日 H:mm', zone='+08:00')", "11月30日 4:30"),
        ("'2026-11-29' | date('[week of] DD')", "week of 29"),
        ("100 | ago(now=130)", "just now"),
        ("100 | ago(now=161)", "1 minute ago"),
        ("100 | ago(now=400)", "5 minutes ago"),
        ("100 | ago(7300)", "2 hours ago"),
        ("100 | ago(172900, 'zh-CN')", "2天前"),
        ("100 | ago(172900, 'zh-TW')", "2 天前"),
        ("100 | ago(172900, 'es')", "hace 2 días"),
        ("100 | ago(86500, locale='de')", "vor 1 Tag"),
        ("500 | ago(now=100)", "just now"),
    ]);
    let (value, said) = evaluate_in("5 | ago", &data());
    assert!(value.is_null() && said[0].contains("'ago' knows no time to count from"), "{said:?}");
    let (_, said) = evaluate_in("'soon' | date", &data());
    assert!(said[0].contains("expected a time (seconds or milliseconds since 1970, or a date) before '| date'"), "{said:?}");
}

#[test]
fn filters_of_lists_and_colours() {
    check(&[
        ("[3, 1, 2] | sort | join(',')", "1,2,3"),
        ("[3, 1, 2] | sort(reverse=true) | join(',')", "3,2,1"),
        ("['b', 3, 'a', 1] | sort | join(',')", "1,3,a,b"),
        ("[nothing, 2, 1] | sort | first", "1"),
        ("friends | sort('n', true) | map('n') | join", "cba"),
        ("friends | map(attribute='n') | join('-')", "a-b-c"),
        ("[0, 1, 2] | select | join(',')", "1,2"),
        ("[1, 2, 3] | select('odd') | join(',')", "1,3"),
        ("[1, 2, 3] | reject('odd') | join(',')", "2"),
        ("[1, 2, 3] | filter('>=', 2) | join(',')", "2,3"),
        ("friends | selectattr('n', 'ne', 'b') | map('n') | join", "ac"),
        ("friends | rejectattr('n', 'in', ['a', 'b']) | length", "1"),
        ("friends | selectattr('missing') | length", "0"),
        ("[friend] | selectattr('kv.level', 'gt', 5) | length", "1"),
        ("'#ff8800' | alpha(0.5)", "#ff880080"),
        ("'rgb(255 136 0 / 50%)' | alpha('50%')", "#ff880040"),
        ("'white' | mix('black')", "#808080"),
        ("'#f00' | mix('#00f', 0.25)", "#bf0040"),
        ("'tomato' | alpha(1)", "#ff6347"),
        ("[1, 'a', nothing] | json", r#"[1,"a",null]"#),
        ("friend.kv | json", r#"{"level":7,"x y":1}"#),
    ]);
    let (_, said) = evaluate_in("'blurple' | alpha(0.5)", &data());
    assert!(said[0].contains("expected a colour before '| alpha'"), "{said:?}");
}

#[test]
fn tests_of_values() {
    check(
        &[
            ("name is defined", "true"),
            ("missing is defined", "false"),
            ("friend.kv.missing is undefined", "true"),
            ("missing.a.b is not defined", "true"),
            ("nothing is none", "true"),
            ("empty is empty", "true"),
            ("words is not empty", "true"),
            ("zero is empty", "false"),
            ("zero is number", "true"),
            ("name is string", "true"),
            ("name is text", "true"),
            ("words is list", "true"),
            ("words is sequence", "true"),
            ("friend is mapping", "true"),
            ("yes is boolean", "true"),
            ("4 is even", "true"),
            ("minus is odd", "true"),
            ("9 is divisibleby(3)", "true"),
            ("9 is divisibleby 2", "false"),
            ("1 + 3 is odd", ""),
        ][..19],
    );
}

#[test]
fn says_what_can_not_be_had_and_goes_on() {
    let cases = [
        ("frend.kv", "t:1:1: unknown name 'frend' (did you mean 'friend'?)"),
        ("1 + frend.kv.x", "t:1:5: unknown name 'frend' (did you mean 'friend'?)"),
        ("friend.nickName", "t:1:8: unknown name 'nickName' (did you mean 'nickname'?)"),
        ("friend.kv.zzz", "t:1:11: unknown name 'zzz' (write `… | default('')` where 'zzz' may be missing)"),
        ("friends[3]", "t:1:8: expected an index of a list of 3, found 3"),
        ("friends['a']", "t:1:8: expected a map with a name 'a', found a list"),
        ("friends[1.5]", "t:1:8: expected an index of a list of 3, found 1.5"),
        ("friends.length", "t:1:9: expected a map with a name 'length', found a list (write `… | length`)"),
        ("1 / 0", "t:1:3: division by zero (guard it: a / b if b else 0)"),
        ("1 // 0.0", "t:1:3: division by zero (guard it: a / b if b else 0)"),
        ("1 % zero", "t:1:3: division by zero (guard it: a / b if b else 0)"),
        ("10 ** 39 * 1", "t:1:4: the result of '**' is too large to be exact"),
        (
            "'a' < 1",
            "t:1:5: expected two numbers or two texts to compare, found the text 'a' and the number 1 (a text becomes a number by `… | int` or `… | float`)",
        ),
        ("1 in 2", "t:1:3: expected a list, a map or a text after 'in', found the number 2"),
        ("-'a'", "t:1:1: expected a number after '-', found the text 'a'"),
        ("'abc' | thousands", "t:1:9: expected a number before '| thousands', found the text 'abc'"),
        ("'abc'[0:1]", "t:1:6: expected a list before '[…:…]', found the text 'abc' (cut a text with `… | truncate(n)`)"),
        ("'a' is even", "t:1:8: expected a whole number, found the text 'a'"),
        ("loop.index", "t:1:1: 'loop' is only there in what a 'for' repeats"),
        ("1 | length", "t:1:5: expected a text, a list or a map before '| length', found the number 1"),
        ("1 | join", "t:1:5: expected a list before '| join', found the number 1"),
        ("1 | truncate('a')", "t:1:5: expected a whole number as 'length' of 'truncate', found the text 'a'"),
    ];
    for (text, expected) in cases {
        let (_, diagnostics) = evaluate_in(text, &data());
        assert_eq!(diagnostics, [expected], "{text}");
    }
    assert_eq!(evaluate_in("'abc' | thousands", &data()).0.to_string(), "abc");
}

#[test]
fn a_condition_may_ask_for_what_is_missing() {
    let condition = |text: &str| {
        let limits = Limits::default();
        let mut diagnostics = Diagnostics::new();
        let expression = Expression::compile("t", text, &limits).unwrap();
        let truth = expression.is_true(&Scope::new(&data(), &limits), &mut diagnostics);
        (truth, diagnostics.as_slice().len())
    };
    assert_eq!(condition("friend.kv.bonus"), (false, 0));
    assert_eq!(condition("not friend.kv.bonus"), (true, 0));
    assert_eq!(condition("friend.kv.bonus and yes"), (false, 0));
    // Close to a name that is there: a misspelling.
    assert_eq!(condition("friend.isself"), (false, 1));
    assert_eq!(condition("frend"), (false, 1));
}

#[test]
fn refuses_what_is_not_in_the_grammar() {
    let cases = [
        ("", 1),
        ("1 +", 4),
        ("(1", 3),
        ("a b", 3),
        ("a(1)", 2),
        ("a | nofilter", 5),
        ("a | truncate", 5),
        ("a | upper(1)", 5),
        ("a | round(places=1)", 5),
        ("a | round(precision=1, 2)", 24),
        ("a is strange", 6),
        ("a is divisibleby(1, 2)", 6),
        ("a.", 3),
        ("a[", 3),
        ("[1, 2", 6),
        ("'a' 'b'", 5),
        ("loop", 1),
        ("loop.idnex", 6),
        ("if", 1),
        ("a = 1", 3),
        ("你 + # ", 5),
        ("{'a': 1}", 1),
    ];
    for (text, column) in cases {
        let error = Expression::compile("t", text, &Limits::default()).unwrap_err();
        assert_eq!((error.kind(), error.place().column), (ErrorKind::Expression, column), "{text}: {error}");
    }
    let message = |text: &str| Expression::compile("t", text, &Limits::default()).unwrap_err().to_string();
    assert_eq!(message("x | thousand"), "t:1:5: unknown filter 'thousand' (did you mean 'thousands'?)");
    assert_eq!(message("loop.idnex"), "t:1:6: 'loop' has no field 'idnex' (did you mean 'index'?)");
    assert_eq!(message("a && b"), "t:1:3: '&&' is no operator here (write 'and')");
}

#[test]
fn is_bounded() {
    let limits = Limits::default();
    for text in [
        "(".repeat(2_000),
        "[".repeat(2_000),
        "-".repeat(3_000) + "1",
        "not ".repeat(900) + "x",
        vec!["1"; 900].join("+"),
        "x".to_owned() + &".a".repeat(1_500),
        "x".to_owned() + &"|trim".repeat(500),
        "1 if ".repeat(500) + "1",
        "1 if 1 else ".repeat(300) + "1",
        "a[".repeat(500),
        "1 < ".repeat(500) + "1",
    ] {
        // Neither a panic nor a stack overflow; comparisons are flat and may pass.
        let _ = Expression::compile("t", &text, &limits);
    }
    let long = "1".repeat(5_000);
    assert_eq!(Expression::compile("t", &long, &limits).unwrap_err().kind(), ErrorKind::Limit);

    let data = Value::map([("a", "x".repeat(4_000))]);
    let (value, diagnostics) = evaluate_in("a ~ a", &data);
    assert_eq!(value.to_string().len(), limits.string_bytes);
    assert_eq!(
        diagnostics,
        [
            "t:1:3: over the limit of 4096 bytes of a text: found 8000 (raise it with --limit string_bytes=…, in Rust Limits::string_bytes)"
        ]
    );
    assert_eq!(evaluate_in("a | replace('x', a)", &data).0.to_string().len(), limits.string_bytes);
    assert_eq!(evaluate_in("[a, a, a] | join", &data).0.to_string().len(), limits.string_bytes);
}

#[test]
fn work_is_bounded() {
    let data = Value::map([("a", Value::list((0..100_000).map(|index| Value::from(index % 7))))]);
    let limits = Limits { work: 300_000, ..Limits::default() };
    let expression = Expression::compile("t", "9 in a", &limits).unwrap();
    let budget = Budget::new(&limits);
    let (scope, mut diagnostics) = (Scope::within(&data, &limits, budget.clone()), Diagnostics::new());
    for _ in 0..10 {
        let _ = expression.evaluate(&scope, &mut diagnostics);
    }
    let said = budget.check().unwrap_err().to_string();
    assert!(said.contains("while binding the template to data"), "{said}");
}
