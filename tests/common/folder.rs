//! A folder for one test's files.

use std::path::PathBuf;

/// A folder of this test's own, removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty folder. `name` is one of the test's own: tests of one program run at once.
    pub fn new(name: &str) -> Self {
        let unique = format!("friendboard-{}-{}-{name}", env!("CARGO_CRATE_NAME"), std::process::id());
        let path = std::env::temp_dir().join(unique);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a file; gives its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path.to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
