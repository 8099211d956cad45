//! What is kept from one list to the next.

use std::sync::Arc;

use super::list::Command;
use super::walk;
use crate::color::Color;
use crate::geometry::Rect;
use crate::layout::Layout;
use crate::scene::Scene;

/// So many fades are kept.
const FADES: usize = 8;

/// What is kept from one draw list to the next, so that of a scene that is only scrolled nothing is measured again, and no memory
/// is asked for. What comes out is the same as without.
#[derive(Debug, Default)]
pub struct Room {
    /// What each node can touch, and at how many device px per px; of no scene where there is no number.
    reach: (Vec<Rect>, Option<f32>),
    /// Room for commands.
    commands: Vec<Command>,
    /// Colours that fade, and the stops of their gradients.
    fades: Vec<(Color, Arc<[(f32, Color)]>)>,
    /// Room for what is looked up by its text.
    pub(super) order: Vec<usize>,
}

impl Room {
    /// Another scene is drawn from now on.
    pub fn forget_scene(&mut self) {
        self.reach.1 = None;
    }

    /// Takes back the commands of a list that nobody needs any more.
    pub fn take_back(&mut self, mut commands: Vec<Command>) {
        if commands.capacity() > self.commands.capacity() {
            commands.clear();
            self.commands = commands;
        }
    }

    /// What each node of the scene can touch.
    pub(super) fn reach(&mut self, scene: &Scene, layout: &Layout, dpr: f32) -> &[Rect] {
        let (reach, measured) = &mut self.reach;
        if *measured != Some(dpr) || reach.len() != scene.nodes.len() {
            walk::reach(scene, layout, dpr, reach);
            *measured = Some(dpr);
        }
        reach
    }

    /// The same, with the rest of what a list is made with.
    pub(super) fn parts(&mut self, scene: &Scene, layout: &Layout, dpr: f32) -> (&[Rect], Vec<Command>, Fades<'_>) {
        let commands = std::mem::take(&mut self.commands);
        self.reach(scene, layout, dpr);
        (&self.reach.0, commands, Fades(&mut self.fades))
    }
}

/// The gradients of the edges beyond which there is more.
pub struct Fades<'a>(&'a mut Vec<(Color, Arc<[(f32, Color)]>)>);

impl Fades<'_> {
    /// From nothing of a colour to all of it.
    pub fn stops(&mut self, color: Color) -> Arc<[(f32, Color)]> {
        if let Some((_, stops)) = self.0.iter().find(|(known, _)| *known == color) {
            return Arc::clone(stops);
        }
        if self.0.len() == FADES {
            self.0.clear();
        }
        let stops: Arc<[(f32, Color)]> = [(0.0, color.faded(0.0)), (1.0, color)].into();
        self.0.push((color, Arc::clone(&stops)));
        stops
    }
}
