//! Where the pictures go: a folder, or object storage.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use url::Url;

use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::write_whole;

/// A place for pictures, in which each is there whole or not at all.
#[derive(Clone, Debug)]
pub enum Store {
    /// A folder.
    Folder(PathBuf),
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
            return Ok(Self::Folder(folder));
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
            Self::Folder(folder) => folder.join(path).to_string_lossy().into_owned(),
            Self::Objects(_, prefix) => below(prefix, path).to_string(),
        }
    }

    /// How many bytes a picture has that is there already; `None` where it is not.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the storage can't be asked.
    pub async fn length(&self, path: &str) -> Result<Option<u64>> {
        match self {
            Self::Folder(folder) => {
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

    /// Writes a picture.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it can't be written.
    pub async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<()> {
        match self {
            Self::Folder(folder) => {
                let file = folder.join(path);
                let written = tokio::task::spawn_blocking(move || {
                    if let Some(parent) = file.parent().filter(|parent| *parent != FilePath::new("")) {
                        std::fs::create_dir_all(parent)?;
                    }
                    write_whole(&file, &bytes)
                });
                written.await.map_err(|error| failed(path, "written", error))?.map_err(|error| failed(path, "written", error))
            }
            Self::Objects(store, prefix) => {
                let put = store.put(&below(prefix, path), bytes.into()).await;
                put.map(|_| ()).map_err(|error| failed(path, "written", error))
            }
        }
    }
}

fn below(prefix: &Path, path: &str) -> Path {
    path.split('/').fold(prefix.clone(), Path::join)
}

fn failed(path: &str, done: &str, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Io, format!("'{path}' can't be {done}: {error}")).source(error)
}
