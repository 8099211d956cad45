//! What can be known to be wrong with a `case.toml` without drawing.

use std::path::PathBuf;

use super::matrix::PLACEHOLDERS;
use super::spec::{References, Spec};

impl Spec {
    /// What can be known to be wrong without drawing.
    ///
    /// # Errors
    /// In words.
    pub(super) fn check(&self) -> std::result::Result<(), String> {
        let sources = [
            self.board.is_some(),
            self.template.is_some(),
            self.play.is_some(),
            self.share_image.is_some(),
            self.card.is_some(),
            !self.requests.is_empty(),
        ];
        if sources.iter().filter(|is_there| **is_there).count() > 1 {
            let known = "`board`, `template`, `play`, `share_image`, `card` and `requests`";
            return Err(format!("one of {known} was expected, found several"));
        }
        if !self.styles.is_empty() && self.template.is_none() {
            return Err("`template` was expected beside `styles`, found none".to_owned());
        }
        self.check_references()?;
        if let Some(card) = &self.card
            && card.request.is_some() != card.requests.is_empty()
        {
            return Err("one of `card.request` and `card.requests` was expected".to_owned());
        }
        self.check_paths()?;
        self.check_source()?;
        self.check_name()?;
        if self.play.is_none() && !self.expect.events.is_empty() {
            return Err("`play` was expected beside `expect.events`, found none".to_owned());
        }
        if let Some(dpr) = self.dprs.iter().find(|dpr| !(dpr.is_finite() && **dpr > 0.0)) {
            return Err(format!("numbers above 0 were expected in `dprs`, found {dpr}"));
        }
        self.check_repeats()?;
        if let Some(tolerance) = &self.tolerance {
            tolerance.check()?;
        }
        Ok(())
    }

    /// What says how references are kept, and what does not go with it.
    fn check_references(&self) -> std::result::Result<(), String> {
        let kept = match self.references {
            References::Pictures => None,
            References::Hashes => Some("hashes"),
            References::None => Some("none"),
        };
        if self.same_as.is_some() && (kept.is_some() || self.reference_bytes.is_some()) {
            let key = if kept.is_some() { "references" } else { "reference_bytes" };
            return Err(format!("no references of its own were expected beside `same_as`, found `{key}`"));
        }
        if let Some(kept) = kept
            && (self.tolerance.is_some() || self.reference_bytes.is_some())
        {
            return Err(format!(
                "pictures were expected as `references` beside `tolerance` and `reference_bytes`, found {kept}"
            ));
        }
        match &self.skip {
            Some(reason) if reason.trim().is_empty() => {
                Err("in `skip`, why it is left out was expected, found an empty text".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// A name that is a part of a file's on every system.
    fn check_name(&self) -> std::result::Result<(), String> {
        let Some(pattern) = &self.name else { return Ok(()) };
        for (index, part) in pattern.split('{').enumerate() {
            let (placeholder, rest) = match part.split_once('}') {
                Some((placeholder, rest)) if index > 0 => (Some(placeholder), rest),
                _ => (None, part),
            };
            if index > 0 && !placeholder.is_some_and(|found| PLACEHOLDERS.contains(&found)) {
                let known = PLACEHOLDERS.map(|known| format!("`{{{known}}}`")).join(", ");
                return Err(format!("one of {known} was expected in `name`, found `{{{}}}`", placeholder.unwrap_or(part)));
            }
            if let Some(wrong) = rest.chars().find(|c| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))) {
                return Err(format!("letters, digits, `-`, `_` and `.` were expected in `name`, found {wrong:?}"));
            }
        }
        Ok(())
    }

    /// The same case is to be read on every system.
    fn check_paths(&self) -> std::result::Result<(), String> {
        let paths =
            |name: &'static str, paths: &[PathBuf]| paths.iter().map(move |path| (name, path.clone())).collect::<Vec<_>>();
        let one =
            |name: &'static str, path: &Option<PathBuf>| path.iter().map(move |path| (name, path.clone())).collect::<Vec<_>>();
        let looks = |name: &'static str, looks: &[String]| looks.iter().map(move |look| (name, PathBuf::from(look))).collect();
        let mut all: Vec<(&str, PathBuf)> = [
            one("template", &self.template),
            paths("styles", &self.styles),
            one("play", &self.play),
            one("same_as", &self.same_as),
            one("data", &self.data),
            paths("assets", &self.assets.0),
            paths("fonts", &self.fonts),
            paths("requests", &self.requests),
            looks("themes", &self.themes),
            looks("locales", &self.locales),
        ]
        .concat();
        if let Some(card) = &self.card {
            all.extend(one("card.request", &card.request));
            all.extend(paths("card.requests", &card.requests));
            all.extend(one("card.circumstances", &card.circumstances));
            all.extend(one("card.screenshot", &card.screenshot));
        }
        match all.iter().find(|(_, path)| path.to_string_lossy().contains('\\')) {
            Some((name, path)) => Err(format!("a path with / was expected in `{name}`, found '{}'", path.display())),
            None => Ok(()),
        }
    }

    /// What a session has of its own script, and what is a board's alone.
    fn check_source(&self) -> std::result::Result<(), String> {
        let mut of_boards = vec![
            ("states", !self.states.is_empty()),
            ("scroll", !self.scroll.is_empty()),
            ("pressed", !self.pressed.is_empty()),
            ("vars", !self.vars.is_empty()),
            ("ties", self.ties.is_some()),
            ("without_score", self.without_score.is_some()),
            ("then_by", !self.then_by.is_empty()),
            ("since", self.since.is_some()),
            ("date", self.date.is_some()),
            ("zone", self.zone.is_some()),
            ("dialect", self.dialect.is_some()),
            ("page_size", self.page_size.is_some()),
            ("top", self.top.is_some()),
            ("fonts", !self.fonts.is_empty()),
        ];
        let of_friends = [
            ("data", self.data.is_some()),
            ("self", self.self_openid.is_some()),
            ("key", self.key.is_some()),
            ("order", self.order.is_some()),
            ("sizes", !self.sizes.is_empty()),
            ("locales", !self.locales.is_empty()),
        ];
        let (assets, dprs) = (("assets", !self.assets.0.is_empty()), ("dprs", !self.dprs.is_empty()));
        let themes = ("themes", !self.themes.is_empty());
        let (what, others) = if self.play.is_some() {
            let others = [("name", self.name.is_some()), ("same_as", self.same_as.is_some())];
            ("play", [of_boards.as_slice(), &of_friends, &[assets, dprs, themes], &others].concat())
        } else if !self.requests.is_empty() {
            // Fonts are the renderer's.
            of_boards.retain(|(name, _)| *name != "fonts");
            ("requests", [of_boards.as_slice(), &of_friends, &[dprs, themes]].concat())
        } else if self.card.is_some() {
            ("card", [of_boards.as_slice(), &of_friends].concat())
        } else if self.share_image.is_some() {
            ("share_image", of_boards)
        } else {
            return Ok(());
        };
        match others.iter().find(|(_, is_there)| *is_there) {
            Some((name, _)) => Err(format!("nothing that is a board's alone was expected beside `{what}`, found `{name}`")),
            None => Ok(()),
        }
    }

    /// Two equal values of an axis would be two pictures of one name.
    fn check_repeats(&self) -> std::result::Result<(), String> {
        fn has_twice<T: PartialEq>(items: &[T]) -> bool {
            items.iter().enumerate().any(|(index, item)| items.iter().take(index).any(|before| before == item))
        }
        let axes = [
            ("sizes", has_twice(&self.sizes)),
            ("dprs", has_twice(&self.dprs)),
            ("themes", has_twice(&self.themes)),
            ("locales", has_twice(&self.locales)),
            ("states", has_twice(&self.states)),
            ("requests", has_twice(&self.requests)),
            ("card.requests", self.card.as_ref().is_some_and(|card| has_twice(&card.requests))),
        ];
        match axes.iter().find(|(_, is_wrong)| *is_wrong) {
            Some((name, _)) => Err(format!("each value of `{name}` was expected once, found one twice")),
            None => Ok(()),
        }
    }
}
