//! The context's options as a script has them.

use std::sync::Arc;

use super::super::assets::compile_regular_files;
use super::script::{BoardPart, Script};
use crate::context::{Occasion, Options, ShareText, Vocabulary};
use crate::error::{Error, ErrorKind, Result, closest};
use crate::json::Value;
use crate::limits::Limits;
use crate::number::Number;
use crate::pipeline::Board;
use crate::platform::arguments::whole;
use crate::reading::Reading;

/// The context's options as a script has them.
///
/// # Errors
/// Where a board, a theme, a word or a file is not as it should be.
pub fn context_options(script: &Script, self_openid: Option<&str>, reading: &mut Reading<'_>) -> Result<Options> {
    let look = &script.look;
    let theme = look.theme.as_deref().unwrap_or("light");
    let mut options = Options::new(script.platform, theme, look.locale.as_deref().unwrap_or("en"))?;
    options.rank.self_openid = self_openid.map(Arc::from);
    if let Some(order) = &look.order {
        options.rank.order = order.parse()?;
    }
    if !look.keys.is_empty() {
        options.keys = look.keys.iter().map(|key| Arc::from(key.as_str())).collect();
    }
    options.variables = look.variables.iter().map(|(name, value)| (Arc::from(name.as_str()), value.clone())).collect();
    if let Some(age) = look.data_age {
        options.data_age = age as f64;
    }
    if let Some(share) = &look.share {
        options.invite = share_text(share, options.invite);
        options.share = options.invite.clone();
    }
    for (word, means) in &look.words {
        add_word(&mut options.vocabulary, word, means)?;
    }
    let board = board(&script.board, reading.limits)?;
    reading.diagnostics.extend(board.diagnostics().clone());
    if matches!(script.board, BoardPart::Own(..)) {
        // A template of the game's own is for whatever list it shows.
        options.boards.insert(Occasion::Group, board.clone());
        options.boards.insert(Occasion::WholeBoard, board.clone());
    }
    options.boards.insert(Occasion::Friends, board);
    Ok(options)
}

/// What is drawn.
fn board(part: &BoardPart, limits: &Limits) -> Result<Board> {
    match part {
        BoardPart::BuiltIn(name) => {
            let mut board = Board::built_in(name)?;
            board.name = Arc::from(name.as_str());
            Ok(board)
        }
        BoardPart::Own(template, styles) => {
            let mut board = compile_regular_files(template, styles, limits)?;
            board.name = template.file_name().map_or("board".into(), |name| name.to_string_lossy()).into();
            Ok(board)
        }
    }
}

/// What invitations say: what a script says, else what is there.
fn share_text(share: &Value, own: ShareText) -> ShareText {
    let of = |name: &str, own: Arc<str>| share.get(name).and_then(Value::as_text).map_or(own, Arc::from);
    ShareText {
        title: of("title", own.title),
        subtitle: of("subtitle", own.subtitle),
        image_url: of("imageUrl", own.image_url),
        template_type: share.get("templateType").and_then(template_type).unwrap_or(own.template_type),
        template_id: of("templateId", own.template_id),
        query: of("query", own.query),
    }
}

/// A message's template, 1 or 2, as a number or as text; `None` for anything else.
pub fn template_type(value: &Value) -> Option<u8> {
    let number = value.as_number().cloned().or_else(|| Number::parse(value.as_text()?.trim()));
    number.as_ref().and_then(whole).and_then(|kind| u8::try_from(kind).ok()).filter(|kind| (1..=2).contains(kind))
}

/// Adds a word of the game's own, which means what a known one does.
fn add_word(vocabulary: &mut Vocabulary, word: &str, means: &str) -> Result<()> {
    let known = vocabulary.words().find(|(known, _)| *known == means).map(|(_, meaning)| meaning);
    let Some(meaning) = known else {
        let names = vocabulary.words().map(|(known, _)| known);
        let error = Error::new(ErrorKind::Usage, format!("words: '{means:.40}' is no word that is known already"));
        return Err(match closest(means, names) {
            Some(close) => error.hint(format!("did you mean '{close}'?")),
            None => error,
        });
    };
    vocabulary.add(word, meaning);
    Ok(())
}
