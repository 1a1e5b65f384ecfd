//! The fonts that pages are set with: folders that the operator names, looked through when the first page is set.

use std::path::PathBuf;
use std::sync::Arc;
#[cfg(feature = "pdf")]
use std::sync::OnceLock;

/// Where fonts are. Cheap to clone; all clones look through the folders once.
#[derive(Clone, Debug, Default)]
pub struct Fonts(Arc<Folders>);

#[derive(Debug, Default)]
struct Folders {
    folders: Vec<PathBuf>,
    #[cfg(feature = "pdf")]
    faces: OnceLock<pdf::Faces>,
}

impl Fonts {
    /// The fonts of these folders and the folders in them: what stands first is taken first, so that a federation's licensed fonts come
    /// before the free ones.
    pub fn in_folders(folders: Vec<PathBuf>) -> Self {
        Self(Arc::new(Folders { folders, ..Folders::default() }))
    }

    /// The folders.
    pub fn folders(&self) -> &[PathBuf] {
        &self.0.folders
    }

    #[cfg(feature = "pdf")]
    pub(crate) fn faces(&self) -> &pdf::Faces {
        self.0.faces.get_or_init(|| pdf::Faces::in_folders(&self.0.folders))
    }
}

/// The same folders hold the same fonts.
impl PartialEq for Fonts {
    fn eq(&self, other: &Self) -> bool {
        self.folders() == other.folders()
    }
}

impl Eq for Fonts {}
