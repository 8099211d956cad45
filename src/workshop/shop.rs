//! All that is on the bench: the folder, the frames, the friends, and what fails.

use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use super::pane::{Look, Pane};
use super::people::{self, Friends};
use super::project::Project;
use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::play::{Live, Script};
use crate::json::{self, Value};
use crate::limits::Limits;
use crate::platform::{Call, Platform};

/// Frames that stand beside each other.
const PANES_MOST: usize = 8;

/// The bench.
pub struct Shop {
    /// The folder.
    pub project: Project,
    /// The frames, in their order.
    pub panes: Vec<Pane>,
    /// Whose scores.
    pub friends: Friends,
    /// How long calls and pictures take, as a script says it.
    latency: Value,
    /// What fails, as a script says it.
    faults: Value,
    /// Grows with all that the page has to ask for anew.
    pub revision: u64,
    next: u32,
    /// When the folder's list of files changed last.
    folder_time: Option<SystemTime>,
    pub(super) limits: Limits,
}

impl Shop {
    /// A folder with one frame.
    ///
    /// # Errors
    /// As [`Friends::example`].
    pub fn new(project: Project) -> Result<Self> {
        let limits = &project.limits.clone();
        let friends = match (project.base.get("friends"), project.found.data.first()) {
            (Some(friends), _) if !friends.is_null() => Friends::OfScript,
            (_, Some(file)) => Friends::File(file.clone()),
            (_, None) => Friends::example(limits)?,
        };
        let look = Look::first(&project);
        let of_script = |name: &str| project.base.get(name).cloned().unwrap_or_else(|| Value::map::<&str, Value>([]));
        let mut shop = Self {
            latency: of_script("latency"),
            faults: of_script("faults"),
            folder_time: time_of(&project.folder),
            project,
            panes: Vec::new(),
            friends,
            revision: 1,
            next: 1,
            limits: limits.clone(),
        };
        shop.add(look)?;
        Ok(shop)
    }

    /// The message that shows the board first.
    fn first_steps(&self) -> Vec<Value> {
        let message = self.project.messages.first().cloned().unwrap_or_else(|| crate::json!({ "type": "show" }));
        vec![crate::json!({ "at": 1, "message": message })]
    }

    /// What a script says before its steps, for a frame.
    fn head(&self, look: &Look) -> Value {
        let mut head = look.head(&self.project);
        if let Some(friends) = self.friends.to_script() {
            head.insert("friends", friends);
        }
        for (name, value) in [("latency", &self.latency), ("faults", &self.faults)] {
            head.insert(
                name,
                if value.as_map().is_some_and(std::collections::BTreeMap::is_empty) { Value::Null } else { value.clone() },
            );
        }
        for name in ["assets", "fonts"] {
            head.insert(name, self.project.base.get(name).cloned().unwrap_or_default());
        }
        if !self.project.fonts.is_empty() {
            let own = head.get("fonts").and_then(Value::as_list).unwrap_or_default().to_vec();
            let asked = self.project.fonts.iter().map(|font| Value::from(font.as_str()));
            head.insert("fonts", Value::list(asked.chain(own)));
        }
        Value::map(
            head.as_map()
                .into_iter()
                .flatten()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.clone(), value.clone())),
        )
    }

    /// A frame.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where there is none of this number.
    pub fn pane(&mut self, id: u32) -> Result<&mut Pane> {
        let missing = || Error::new(ErrorKind::Usage, format!("there is no frame {id}"));
        self.panes.iter_mut().find(|pane| pane.id == id).ok_or_else(missing)
    }

    /// One more frame, which does what the first has done.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where there are too many.
    pub fn add(&mut self, look: Look) -> Result<u32> {
        if self.panes.len() >= PANES_MOST {
            return Err(Error::new(ErrorKind::Usage, format!("at most {PANES_MOST} frames stand beside each other")));
        }
        let mut pane = Pane::new(self.next, look, &self.limits);
        let head = self.head(&pane.look);
        // A finger on one board is none on another: messages alone are repeated.
        let of_first = self.panes.first().map(Pane::steps).unwrap_or_default();
        let messages: Vec<Value> = of_first.into_iter().filter(|step| step.get("message").is_some()).collect();
        let steps = if messages.is_empty() { self.first_steps() } else { messages };
        pane.begin(&self.project, head, &steps);
        self.next += 1;
        self.revision += 1;
        let id = pane.id;
        self.panes.push(pane);
        Ok(id)
    }

    /// Takes a frame away; the last one stays.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where there is none of this number, or no other.
    pub fn remove(&mut self, id: u32) -> Result<()> {
        self.pane(id)?;
        if self.panes.len() < 2 {
            return Err(Error::new(ErrorKind::Usage, "one frame stays"));
        }
        self.panes.retain(|pane| pane.id != id);
        self.revision += 1;
        Ok(())
    }

    /// Shows a frame's board otherwise; what was done stays done.
    ///
    /// # Errors
    /// As [`Look::changed`].
    pub fn set(&mut self, id: u32, asked: &Value) -> Result<()> {
        let look = self.pane(id)?.look.clone().changed(asked, &self.project)?;
        let is_as_large = {
            let known = &self.pane(id)?.look;
            (known.width, known.height) == (look.width, look.height)
        };
        self.pane(id)?.look = look;
        self.begin(id, is_as_large);
        Ok(())
    }

    /// Begins a frame anew; touches are left out where they would meet another place.
    fn begin(&mut self, id: u32, with_touches: bool) {
        let first = self.first_steps();
        let Some(index) = self.panes.iter().position(|pane| pane.id == id) else { return };
        let head = self.head(&self.panes[index].look.clone());
        let pane = &mut self.panes[index];
        let mut steps = pane.steps();
        if pane.live.is_none() {
            steps = first;
        }
        if !with_touches {
            steps.retain(|step| step.get("message").is_some());
        }
        pane.begin(&self.project, head, &steps);
        self.revision += 1;
    }

    /// Begins all frames anew, with what was done in them.
    pub fn begin_all(&mut self) {
        for id in self.panes.iter().map(|pane| pane.id).collect::<Vec<_>>() {
            self.begin(id, true);
        }
    }

    /// Begins all frames anew, as they were when they were opened.
    pub fn start_over(&mut self) {
        let first = self.first_steps();
        for index in 0..self.panes.len() {
            let head = self.head(&self.panes[index].look.clone());
            self.panes[index].begin(&self.project, head, &first);
        }
        self.revision += 1;
    }

    /// Does a step in one frame, or in all.
    ///
    /// # Errors
    /// As [`Pane::step`]; [`ErrorKind::Usage`] for a snapshot, whose name is for who saves the session.
    pub fn step(&mut self, id: Option<u32>, step: &Value) -> Result<()> {
        if step.get("snapshot").is_some() {
            let error = Error::new(ErrorKind::Usage, "a step that does something was expected, found a snapshot");
            return Err(error.hint("saving the session takes one"));
        }
        match id {
            Some(id) => self.pane(id)?.step(step),
            None => self.panes.iter_mut().try_for_each(|pane| pane.step(step)),
        }
    }

    /// Other friends: `{"file": NAME}`, `{"script": true}`, `{"example": true}` or `{"people": […]}`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for anything else.
    pub fn set_friends(&mut self, asked: &Value) -> Result<()> {
        let friends = if let Some(list) = asked.get("people") {
            let key = self.current_people().map_or_else(|_| "score".to_owned(), |(_, key)| key);
            Friends::from_page(list, &key)?
        } else if let Some(name) = asked.get("file").and_then(Value::as_text) {
            let known = self.project.found.data.iter().find(|known| *known == name);
            Friends::File(
                known.cloned().ok_or_else(|| Error::new(ErrorKind::Usage, "a file of friends of the folder was expected"))?,
            )
        } else if asked.get("script").is_some() && self.project.base.get("friends").is_some() {
            Friends::OfScript
        } else if asked.get("example").is_some() {
            Friends::example(&self.limits)?
        } else {
            return Err(Error::new(ErrorKind::Usage, "people, a file or the example were expected"));
        };
        self.friends = friends;
        self.begin_all();
        Ok(())
    }

    /// Other latencies and faults, as a script says them; the session begins anew with them, and does what was done.
    ///
    /// # Errors
    /// `Data` for what a script may not say.
    pub fn set_trouble(&mut self, latency: Value, faults: Value) -> Result<()> {
        let tried = crate::json!({ "latency": latency.clone(), "faults": faults.clone(), "steps": [] });
        Script::read(&tried.to_json(), "<page>", &self.project.folder, &self.limits)?;
        let map = |value: Value| if value.is_null() { Value::map::<&str, Value>([]) } else { value };
        (self.latency, self.faults) = (map(latency), map(faults));
        self.begin_all();
        Ok(())
    }

    /// The friends as they are, and the key that their scores have.
    ///
    /// # Errors
    /// As [`crate::friends::read`].
    pub fn current_people(&self) -> Result<(Vec<people::Person>, String)> {
        if let Friends::People(people, key) = &self.friends {
            return Ok((people.clone(), key.clone()));
        }
        let look = self.panes.first().map_or_else(|| Look::first(&self.project), |pane| pane.look.clone());
        let head = self.head(&look).with("steps", Value::list::<Value>([]));
        let script = Script::read(&head.to_json(), "<session>", &self.project.folder, &self.limits)?;
        people::of_script(&script, &self.limits)
    }

    /// Lets the clocks go on.
    pub fn turn(&mut self) {
        self.panes.iter_mut().for_each(Pane::turn);
    }

    /// Looks whether a file was saved, and draws anew what it is for.
    pub fn look_for_saves(&mut self) {
        let time = time_of(&self.project.folder);
        if time != self.folder_time {
            self.folder_time = time;
            // What can't be read now is looked for again with the next change.
            let _ = self.project.look();
            self.revision += 1;
        }
        let changed: Vec<(u32, Vec<PathBuf>)> =
            self.panes.iter().map(|pane| (pane.id, pane.used.changed())).filter(|(_, files)| !files.is_empty()).collect();
        for (id, files) in changed {
            let began = Instant::now();
            self.begin(id, true);
            let project = &self.project;
            if let Some(pane) = self.panes.iter_mut().find(|pane| pane.id == id) {
                pane.note_saved(&files, project, began);
            }
        }
    }

    /// What the page is told without asking: a line of JSON that changes with all that it has to ask for.
    #[must_use]
    pub fn summary(&self) -> String {
        let panes = self.panes.iter().map(|pane| {
            let live = pane.live.as_ref();
            crate::json!({
                "id": pane.id,
                "version": format!("{}.{}", pane.generation, live.map_or(0, Live::frames)),
                "log": format!("{}.{}", pane.generation, live.map_or(0, |live| live.log().len())),
                "steps": live.map_or(0, |live| live.steps().len()),
                "state": live.map_or("error", Live::state),
                "said": live.map_or(0, |live| live.said().len()),
            })
        });
        crate::json!({ "revision": self.revision, "panes": Value::list(panes) }).to_json()
    }

    /// All that the page shows beside pictures.
    #[must_use]
    pub fn state(&self, editor: bool) -> Value {
        let names = |names: &mut dyn Iterator<Item = &str>| Value::list(names);
        let base_has_friends = self.project.base.get("friends").is_some();
        let calls: Vec<&str> =
            self.panes.first().map_or(Platform::WeChat, |pane| pane.look.platform).calls().map(Call::name).collect();
        crate::json!({
            "folder": &*crate::escape::escaped(&self.project.folder.to_string_lossy()),
            "version": env!("CARGO_PKG_VERSION"),
            "editor": editor,
            "boards": names(&mut self.project.boards()),
            "themes": names(&mut self.project.themes()),
            "locales": names(&mut self.project.locales()),
            "platforms": names(&mut Platform::ALL.iter().filter(|platform| **platform != Platform::Wps).map(|platform| platform.name())),
            "dataFiles": names(&mut self.project.found.data.iter().map(String::as_str)),
            "scriptHasFriends": base_has_friends,
            "friends": self.friends.origin(),
            "latency": self.latency.clone(),
            "faults": self.faults.clone(),
            "calls": Value::list(calls),
            "messages": Value::list(self.project.messages.iter().cloned()),
            "panes": Value::list(self.panes.iter().map(|pane| self.pane_state(pane))),
        })
    }

    fn pane_state(&self, pane: &Pane) -> Value {
        let live = pane.live.as_ref();
        let diagnostics: Value = pane.diagnostics().iter().map(|found| self.diagnostic(found)).collect();
        let saved = pane.saved.as_ref().map(
            |saved| crate::json!({ "file": saved.file.as_str(), "at": saved.at, "took": saved.took.as_secs_f64() * 1000.0 }),
        );
        crate::json!({
            "id": pane.id, "look": pane.look.to_value(), "isBroken": pane.error.is_some(),
            "state": live.map_or("error", Live::state), "diagnostics": diagnostics, "saved": saved.unwrap_or_default(),
        })
    }

    /// A diagnostic with its document named from the folder.
    fn diagnostic(&self, found: &crate::error::Diagnostic) -> Value {
        let mut value = json::diagnostic(found);
        if let Some(document) = &found.place.document {
            value.insert("document", &*crate::escape::escaped(&self.project.shown(Path::new(&**document))));
        }
        value
    }

    /// A file that the frames read, by its name from the folder: no other is ever opened.
    #[must_use]
    pub fn document(&self, name: &str) -> Option<PathBuf> {
        let mut files = self.panes.iter().flat_map(|pane| pane.used.files());
        files.find(|path| self.project.shown(path) == name && self.project.is_inside(path)).map(Path::to_owned)
    }
}

fn time_of(folder: &Path) -> Option<SystemTime> {
    std::fs::metadata(folder).ok()?.modified().ok()
}
