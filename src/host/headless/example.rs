//! The bundled example: what `friendboard render` draws without arguments.

/// Friend data as WeChat and TikTok answer it.
pub const FRIENDS: &str = include_str!("../../../assets/example/friends.json");

macro_rules! avatars {
    ($($name:literal),+) => {
        &[$(($name, include_bytes!(concat!("../../../assets/example/", $name)).as_slice())),+]
    };
}

/// The pictures that the data names.
pub const AVATARS: &[(&str, &[u8])] = avatars!(
    "avatars/fox.png",
    "avatars/panda.png",
    "avatars/cat.png",
    "avatars/frog.png",
    "avatars/owl.png",
    "avatars/whale.png",
    "avatars/tiger.png",
    "avatars/bear.png"
);
