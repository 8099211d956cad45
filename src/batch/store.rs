//! Where the pictures go: a folder, or object storage.

use std::collections::BTreeSet;
use std::path::{Path as FilePath, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use url::Url;

use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::{keep_names, write_one_of_many};

/// How many folders are remembered at most before they are flushed.
const FOLDERS_MOST: usize = 4_096;

/// A place for pictures, in which each is there whole or not at all.
#[derive(Clone, Debug)]
pub enum Store {
    /// A folder, and what of it is to be flushed: a batch flushes each of its folders once, and not with each picture.
    Folder(PathBuf, Arc<Mutex<BTreeSet<PathBuf>>>),
    /// Object storage, and what stands before every path in it.
    Objects(Arc<dyn ObjectStore>, Path),
}

impl Store {
    /// A folder, which is made where it is not there, or object storage by its address: `file://`, `s3://`, `gs://`, `az://`.
    /// Who may write there, and where it is, is said by the environment as the storage's own tools have it
    /// (`AWS_ACCESS_KEY_ID`, `AWS_REGION`, `AWS_ENDPOINT`, `GOOGLE_SERVICE_ACCOUNT`, `AZURE_STORAGE_ACCOUNT_NAME`, …).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an address of something else, [`ErrorKind::Io`] for a folder that can't be made.
    pub fn open(out: &str) -> Result<Self> {
        let Some(url) = Url::parse(out).ok().filter(|_| out.contains("://")) else {
            let folder = PathBuf::from(out);
            let failed = |error| Error::new(ErrorKind::Io, format!("--out {out}: can't be made: {error}")).source(error);
            std::fs::create_dir_all(&folder).map_err(failed)?;
            return Ok(Self::Folder(folder, Arc::default()));
        };
        if !matches!(url.scheme(), "file" | "s3" | "s3a" | "gs" | "az" | "azure" | "abfs" | "abfss" | "adl") {
            let message = format!("--out: a folder, file://, s3://, gs:// or az:// was expected, found {}://", url.scheme());
            return Err(Error::new(ErrorKind::Usage, message));
        }
        // The one provider of the program: what is asked for first stays, so that a second time changes nothing.
        drop(rustls::crypto::ring::default_provider().install_default());
        let opened = object_store::parse_url_opts(
            &url,
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
        );
        let (store, prefix) = opened.map_err(|error| Error::new(ErrorKind::Usage, format!("--out: {error}")).source(error))?;
        Ok(Self::Objects(Arc::from(store), prefix))
    }

    /// How a path is called outside of here.
    #[must_use]
    pub fn name(&self, path: &str) -> String {
        match self {
            Self::Folder(folder, _) => folder.join(path).to_string_lossy().into_owned(),
            Self::Objects(_, prefix) => below(prefix, path).to_string(),
        }
    }

    /// How many bytes a picture has that is there already; `None` where it is not.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the storage can't be asked.
    pub async fn length(&self, path: &str) -> Result<Option<u64>> {
        match self {
            Self::Folder(folder, _) => {
                let found = std::fs::metadata(folder.join(path));
                Ok(found.ok().filter(std::fs::Metadata::is_file).map(|found| found.len()))
            }
            Self::Objects(store, prefix) => match store.head(&below(prefix, path)).await {
                Ok(found) => Ok(Some(found.size)),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(failed(path, "looked for", error)),
            },
        }
    }

    /// Writes a picture. Where the machine loses power before [`Self::keep`], it may not be there afterwards; it is never half there.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it can't be written.
    pub async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<()> {
        match self {
            Self::Folder(folder, written_to) => {
                let (file, written_to) = (folder.join(path), Arc::clone(written_to));
                let written = tokio::task::spawn_blocking(move || {
                    match write_one_of_many(&file, &bytes) {
                        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                            std::fs::create_dir_all(parent(&file))?;
                            write_one_of_many(&file, &bytes)?;
                        }
                        written => written?,
                    }
                    let full = {
                        let mut folders = written_to.lock().unwrap_or_else(PoisonError::into_inner);
                        if !folders.contains(parent(&file)) {
                            folders.insert(parent(&file).to_owned());
                        }
                        (folders.len() >= FOLDERS_MOST).then(|| std::mem::take(&mut *folders))
                    };
                    full.into_iter().flatten().try_for_each(|folder| keep_names(&folder))
                });
                written.await.map_err(|error| failed(path, "written", error))?.map_err(|error| failed(path, "written", error))
            }
            Self::Objects(store, prefix) => {
                let put = store.put(&below(prefix, path), bytes.into()).await;
                put.map(|_| ()).map_err(|error| failed(path, "written", error))
            }
        }
    }

    /// Flushes the names of all that was written.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where a folder can't be flushed.
    pub fn keep(&self) -> Result<()> {
        let Self::Folder(_, written_to) = self else { return Ok(()) };
        let folders = std::mem::take(&mut *written_to.lock().unwrap_or_else(PoisonError::into_inner));
        folders.iter().try_for_each(|folder| {
            keep_names(folder).map_err(|error| failed(&folder.to_string_lossy(), "flushed to the disk", error))
        })
    }
}

fn parent(file: &FilePath) -> &FilePath {
    file.parent().filter(|parent| *parent != FilePath::new("")).unwrap_or(FilePath::new("."))
}

fn below(prefix: &Path, path: &str) -> Path {
    path.split('/').fold(prefix.clone(), Path::join)
}

fn failed(path: &str, done: &str, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Io, format!("'{path}' can't be {done}: {error}")).source(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_made_as_pictures_need_them_and_each_is_flushed_once() {
        let folder = std::env::temp_dir().join(format!("friendboard-store-{}", std::process::id()));
        let store = Store::open(&folder.to_string_lossy()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for path in ["a/b/1.png", "a/b/2.png", "3.png"] {
            assert_eq!(runtime.block_on(store.length(path)).unwrap(), None);
            runtime.block_on(store.put(path, b"picture".to_vec())).unwrap();
            assert_eq!(runtime.block_on(store.length(path)).unwrap(), Some(7));
        }
        let Store::Folder(_, written_to) = &store else { panic!("a folder was expected") };
        assert_eq!(written_to.lock().unwrap().iter().collect::<Vec<_>>(), [&folder, &folder.join("a/b")]);
        store.keep().unwrap();
        assert!(written_to.lock().unwrap().is_empty());
        // A file that stands where a folder is needed.
        let error = runtime.block_on(store.put("3.png/4.png", b"picture".to_vec())).unwrap_err();
        assert!(error.to_string().starts_with("'3.png/4.png' can't be written"), "{error}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
