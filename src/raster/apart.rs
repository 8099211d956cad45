//! Two lists taken apart: what both begin with, what both end with, and what is between in each.

use crate::display::Command;
use crate::few::Few;

/// So many commands may differ among those that both end with, as a bar does that shows how far a list is scrolled.
const DIFFERING: usize = 4;

/// A command that another one stands in the place of.
#[derive(Clone, Copy)]
pub struct Differing<'a> {
    /// The number of the one that stands there now.
    pub index: usize,
    /// What stood there.
    pub before: &'a Command,
}

impl Default for Differing<'_> {
    fn default() -> Self {
        const NOTHING: &Command = &Command::PopClip;
        Self { index: 0, before: NOTHING }
    }
}

/// Two lists, taken apart.
pub struct Apart<'a> {
    /// What both begin with.
    pub prefix: &'a [Command],
    /// What is between in the first; it closes what it opens, and no more.
    pub old: &'a [Command],
    /// The same in the second.
    pub new: &'a [Command],
    /// What both end with, as the second has it.
    pub suffix: &'a [Command],
    /// Of that, what differs: its number, and what the first has there.
    pub differing: Few<Differing<'a>, DIFFERING>,
}

impl<'a> Apart<'a> {
    /// Takes lists apart; `None` where what is between closes something else than it opened.
    pub fn of(old: &'a [Command], new: &'a [Command]) -> Option<Self> {
        let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let most = old.len().min(new.len()) - start;
        let mut differing: Few<Differing<'a>, DIFFERING> = Few::new();
        let (mut end, mut differing_within) = (0, 0);
        for (from_end, (a, b)) in (1..).zip(old.iter().rev().zip(new.iter().rev()).take(most)) {
            if a == b {
                (end, differing_within) = (from_end, differing.len());
            } else if differing.len() == DIFFERING || changes_state(a) || changes_state(b) {
                break;
            } else {
                differing.push(Differing { index: from_end, before: a });
            }
        }
        differing.truncate(differing_within);
        let mut between = new.get(start..new.len() - end)?;
        // The last row's own clip may end where both lists end alike.
        let mut open = balance(between)?;
        while open > 0 || differing.last().is_some_and(|last| last.index == end) {
            if differing.last().is_some_and(|last| last.index == end) {
                differing.pop();
            }
            open = open.checked_add_signed(opens(new.get(new.len() - end)?))?;
            end = end.checked_sub(1)?;
            between = new.get(start..new.len() - end)?;
        }
        let before = old.get(start..old.len() - end)?;
        if balance(before) != Some(0) || balance(between) != Some(0) {
            return None;
        }
        differing.iter_mut().for_each(|one| one.index = end - one.index);
        Some(Self { prefix: new.get(..start)?, old: before, new: between, suffix: new.get(new.len() - end..)?, differing })
    }
}

/// How many clips, transforms and layers are open after some commands; `None` where they close what they have not opened.
pub fn balance(commands: &[Command]) -> Option<usize> {
    commands.iter().try_fold(0_usize, |open, command| open.checked_add_signed(opens(command)))
}

/// By how many more clips, transforms and layers are open after a command.
pub fn opens(command: &Command) -> isize {
    match command {
        Command::PushClip(_) | Command::PushTransform(_) | Command::PushLayer { .. } => 1,
        Command::PopClip | Command::PopTransform | Command::PopLayer => -1,
        _ => 0,
    }
}

/// True for what draws nothing itself.
pub fn changes_state(command: &Command) -> bool {
    opens(command) != 0
}
