//! Whom the workload shows: a hundred friends with the names that people give themselves, and twenty avatars.

use std::fmt::Write as _;

use friendboard::json::Value;
use friendboard::picture::{Format, Picture, Premultiplied, decode, encode};

/// Width and height of an avatar, px: what WeChat gives.
const SIDE: u32 = 132;

/// How many avatars there are.
pub const AVATARS: usize = 20;

const NAMES: [&str; 24] = [
    "東京タワー",
    "欧阳娜娜",
    "The quick brown fox jumps over the lazy dog 1234567890",
    "Zoë 🎉",
    "Xavier 🍜",
    "桜井和寿👨‍👩‍👧‍👦",
    "Uma",
    "大熊猫爱吃竹子",
    "ピカチュウ👑",
    "Jürgen Weiß",
    "无敌是多么寂寞的一个超级无敌长的昵称需要省略号才能放得下",
    "Tomáš Dvořák ❤️",
    "みんなのゴルフ王",
    "Paweł Żółć 🐼",
    "张三丰🥇",
    "Bob the Builder 🎮",
    "小明🇯🇵",
    "清风徐来水波不兴",
    "小明👑王者归来",
    "Éloïse",
    "Ivy_2048 👍🏽❤️",
    "김민수 gamer 🎮",
    "Håkon Ångström",
    "Quinn",
];

/// A friend, as the platforms tell of one.
#[derive(Clone)]
pub struct Friend {
    pub openid: String,
    pub nickname: String,
    pub avatar: String,
    pub score: u32,
}

impl Friend {
    /// The values that a template reads of the player.
    pub fn values(&self, rank: usize) -> Value {
        Value::map([
            ("nickname", Value::from(self.nickname.as_str())),
            ("avatarUrl", Value::from(self.avatar.as_str())),
            ("score", Value::from(self.score.to_string().as_str())),
            ("rank", Value::from(rank.to_string().as_str())),
        ])
    }
}

/// So many friends, the best first.
pub fn friends(count: usize) -> Vec<Friend> {
    let friend = |index: usize| {
        let name = NAMES[index * 7 % NAMES.len()];
        let nickname = if index < NAMES.len() { name.to_owned() } else { format!("{name} {index}") };
        let avatar = avatar_name(index * 11 % AVATARS);
        let score = 99_930 - index as u32 * 9 % 99_000;
        Friend { openid: format!("o{index:04}WorkloadOfTheBenches"), nickname, avatar, score }
    };
    (0..count).map(friend).collect()
}

/// Friends as `getFriendCloudStorage` answers them.
pub fn json(friends: &[Friend]) -> String {
    let mut json = String::from(r#"{"data":["#);
    for (index, Friend { openid, nickname, avatar, score }) in friends.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(
            json,
            r#"{comma}{{"openid":"{openid}","nickname":"{nickname}","avatarUrl":"{avatar}","KVDataList":[{{"key":"score","value":"{score}"}}]}}"#
        );
    }
    json + "]}"
}

/// An avatar as a file: a head and shoulders before a sky with some noise, as a camera would give it.
pub fn avatar_file(index: usize) -> Vec<u8> {
    let mut noise = 0x9E37_79B9_u32.wrapping_mul(index as u32 + 1);
    let hue = |shift: u32| 60 + ((index as u32 * 37 + shift) % 140) as i32;
    let (sky, ground, skin) =
        ([hue(90), hue(10), hue(200)], [hue(30), hue(120), hue(170)], [hue(0) / 2, hue(50) / 2, hue(110) / 2]);
    let side = SIDE as i32;
    let pixels: Vec<u8> = (0..side * side)
        .flat_map(|at| {
            let (x, y) = (at % side, at / side);
            let mut grain = || {
                noise ^= noise << 13;
                noise ^= noise >> 17;
                noise ^= noise << 5;
                (noise % 15) as i32 - 7
            };
            let within = |cx: i32, cy: i32, r: i32| (x - cx) * (x - cx) + (y - cy) * (y - cy) < r * r;
            let is_person = within(66, 54, 30) || within(66, 138, 54);
            let base = if is_person {
                skin
            } else if x + 2 * y > 240 {
                ground
            } else {
                sky
            };
            let mut channel = |value: i32| (value + y / 3 + if is_person { 0 } else { grain() }).clamp(0, 255) as u8;
            [channel(base[0]), channel(base[1]), channel(base[2]), 255]
        })
        .collect();
    encode(Premultiplied::new(SIDE, SIDE, &pixels).expect("the size is right"), Format::PNG).expect("it can be written")
}

/// All avatars, decoded.
pub fn avatars() -> Vec<Picture> {
    let limits = friendboard::Limits::default();
    (0..AVATARS).map(|index| decode(&avatar_file(index), &limits).expect("it was written here")).collect()
}

/// Under which name a friend has an avatar.
pub fn avatar_name(index: usize) -> String {
    format!("avatars/a{index:02}.png")
}
