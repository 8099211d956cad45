//! What boards are held with: every combination of board, friends, size, theme, locale and data.

use std::fmt::Write as _;

use friendboard::Request;
use friendboard::json::Value;
use friendboard::template::BOARDS;

/// One combination.
#[derive(Clone, Debug)]
pub struct Case {
    pub board: &'static str,
    pub friends: usize,
    /// Canvas in device px, and device px per px.
    pub size: (u32, u32, f32),
    pub theme: &'static str,
    pub locale: &'static str,
    pub data: Data,
}

/// How friends are called, and what they score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    Polite,
    Long,
    Hostile,
}

const FRIENDS: [usize; 6] = [0, 1, 2, 3, 17, 1_000];
const SIZES: [(u32, u32, f32); 10] = [
    (200, 200, 1.0),
    (320, 480, 1.0),
    (360, 640, 1.0),
    (750, 1_334, 2.0),
    (1_242, 2_688, 3.0),
    (750, 1_334, 1.0),
    (812, 375, 1.0),
    (1_080, 400, 1.0),
    (1_600, 300, 1.0),
    (4_096, 4_096, 1.0),
];
const LOCALES: [&str; 3] = ["en", "zh-CN", "ar"];

const POLITE: [&str; 12] = [
    "小明",
    "Anna",
    "Jürgen Müller",
    "さくら",
    "Nguyễn Văn An",
    "민수",
    "Дмитрий",
    "María José",
    "🐼 Panda",
    "محمد",
    "สมชาย",
    "प्रिया",
];
const LONG: [&str; 5] = [
    "Maximilian Alexander von Hohenzollern-Sigmaringen",
    "一个名字特别特别特别特别特别特别特别特别长的玩家",
    "محمد عبد الرحمن بن عبد العزيز آل سعود",
    "กรุงเทพมหานครอมรรตนโกสินทร์มหินทรายุธยา",
    "Wolfeschlegelsteinhausenbergerdorff",
];
const HOSTILE: [&str; 12] = [
    "\u{202e}evil",
    "Z\u{301}\u{301}\u{301}a\u{327}lgo",
    "   ",
    "👩‍👩‍👧‍👦👨‍❤️‍💋‍👨🏳️‍🌈",
    "\"><view/>{{x}}",
    "﷽﷽﷽",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "مرحبا world 123",
    "\n\n\n",
    "٣٤٥",
    "W W W W W W W W",
    "1,000,000",
];
const HOSTILE_SCORES: [&str; 11] = [
    "0",
    "-5",
    "1234567",
    "9999999999",
    "100000000000000000000000000000",
    "-12345678901234567",
    "0.5",
    "3.14159265358979",
    "99999",
    "123456789012",
    "-99999999999999999999999999999",
];

/// Every combination.
pub fn all() -> impl Iterator<Item = Case> {
    let data = [Data::Polite, Data::Long, Data::Hostile];
    BOARDS.iter().flat_map(move |board| {
        FRIENDS.into_iter().flat_map(move |friends| {
            SIZES.into_iter().flat_map(move |size| {
                ["light", "dark"].into_iter().flat_map(move |theme| {
                    LOCALES.into_iter().flat_map(move |locale| {
                        data.into_iter().map(move |data| Case { board: board.name, friends, size, theme, locale, data })
                    })
                })
            })
        })
    })
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { board, friends, size: (width, height, dpr), theme, locale, data } = self;
        write!(f, "{board} with {friends} {data:?} friends at {width}×{height}@{dpr} {theme} {locale}")
    }
}

impl Case {
    /// What is asked for: the last of the friends but two is self.
    pub fn request(&self) -> Request {
        let (width, height, dpr) = self.size;
        let size = (f64::from(width) / f64::from(dpr), f64::from(height) / f64::from(dpr));
        let mut request = Request::friends(self.json()).size(size.0, size.1).dpr(dpr).theme(self.theme).locale(self.locale);
        if self.friends > 0 {
            request = request.me(&format!("o{}", (self.friends * 2 / 3).min(self.friends - 1)));
        }
        if self.board == "weekly" {
            request = request.variable("daysLeft", Value::from(3));
        }
        request
    }

    fn json(&self) -> String {
        let mut friends = String::from("[");
        for index in 0..self.friends {
            let (name, score) = match self.data {
                Data::Polite => (POLITE[index % POLITE.len()], (12_860 + self.friends * 7 - index * 7).to_string()),
                Data::Long => (
                    LONG[index % LONG.len()],
                    (9_000_000_000_u64 * 10_u64.pow(index as u32 % 4) + index as u64 * 7_919).to_string(),
                ),
                Data::Hostile => (HOSTILE[index % HOSTILE.len()], HOSTILE_SCORES[index % HOSTILE_SCORES.len()].to_owned()),
            };
            let name = serde_json::to_string(name).unwrap();
            let last = (index * 7) % self.friends + 1;
            let comma = if index == 0 { "" } else { "," };
            // Some have no score, but not among the polite three.
            let scored = if index % 9 == 8 { String::new() } else { format!(r#"{{"key":"score","value":"{score}"}},"#) };
            write!(
                friends,
                r#"{comma}{{"openid":"o{index}","nickname":{name},"avatarUrl":"","KVDataList":[{scored}{{"key":"lastRank","value":"{last}"}}]}}"#
            )
            .unwrap();
        }
        friends + "]"
    }

    /// One of each board in which the longest words for large numbers have the least room: an everyday run holds these too.
    pub fn is_narrowest(&self) -> bool {
        self.size.0 == 200
            && self.locale == "ar"
            && self.theme == "light"
            && self.friends == 1_000
            && self.data == Data::Hostile
    }

    /// A few of each board, which show all that there is to see.
    pub fn is_for_the_eye(&self) -> bool {
        let light = self.theme == "light";
        let wanted = match self.data {
            Data::Polite => {
                self.friends == 17 && (light == (self.locale != "zh-CN")) || self.friends < 4 && self.locale == "en" && light
            }
            Data::Long => self.friends == 17 && self.locale == "zh-CN" && !light,
            Data::Hostile => self.friends == 1_000 && self.locale == "ar" && light,
        };
        wanted && (self.friends >= 4 || self.size.0 < 400)
    }
}
