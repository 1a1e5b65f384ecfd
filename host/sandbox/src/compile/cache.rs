//! The cache of compiled code. Every file carries a tag that only this host can make: a changed byte is a miss.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use domain::digest::Digest;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use wasmtime::Engine;

use super::OwnCode;
use crate::engine::compatibility;

const TAG_BYTES: usize = 32;

/// Where compiled code is kept, and the key that authenticates it.
#[derive(Clone)]
pub struct CodeCache {
    /// Nobody but the host may write there.
    pub folder: PathBuf,
    /// Known to this host only.
    pub key: [u8; 32],
}

impl std::fmt::Debug for CodeCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CodeCache").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl CodeCache {
    /// Makes the folder, readable by the host alone.
    pub(crate) fn prepare(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&self.folder, fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    }

    /// The code of a component for an engine, if it is there and has the right tag.
    pub(crate) fn find(&self, component: Digest, engine: &Engine) -> Option<OwnCode> {
        let mut bytes = fs::read(self.file_of(component, engine)).ok()?;
        let code_ends = bytes.len().checked_sub(TAG_BYTES)?;
        let (code, tag) = bytes.split_at(code_ends);
        if self.tag(code, component, engine)?.verify_slice(tag).is_err() {
            tracing::warn!(component = %component.short(), "cached code was changed; it is compiled again");
            return None;
        }
        bytes.truncate(code_ends);
        Some(OwnCode::compiled(bytes))
    }

    /// Keeps the code of a component. A failure costs a compilation later, nothing else.
    pub(crate) fn keep(&self, code: &OwnCode, component: Digest, engine: &Engine) {
        if let Err(error) = self.write(code, component, engine) {
            tracing::warn!(%error, component = %component.short(), "compiled code cannot be cached");
        }
    }

    fn write(&self, code: &OwnCode, component: Digest, engine: &Engine) -> io::Result<()> {
        let tag = self.tag(code.bytes(), component, engine).ok_or(io::ErrorKind::InvalidInput)?;
        let file = self.file_of(component, engine);
        // Readers see the old file or the whole new one.
        let draft = file.with_extension(format!("{}.draft", process::id()));
        write_both(&draft, code.bytes(), &tag.finalize().into_bytes())?;
        fs::rename(&draft, &file)
    }

    /// HMAC-SHA256 over the code, the component's digest and the engine that it fits; the last two have a fixed length.
    fn tag(&self, code: &[u8], component: Digest, engine: &Engine) -> Option<Hmac<Sha256>> {
        let mut tag = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        tag.update(code);
        tag.update(component.bytes());
        tag.update(&compatibility(engine));
        Some(tag)
    }

    fn file_of(&self, component: Digest, engine: &Engine) -> PathBuf {
        let engine = Digest::of(&compatibility(engine)).short();
        self.folder.join(format!("{component}-{engine}.code"))
    }
}

fn write_both(file: &Path, code: &[u8], tag: &[u8]) -> io::Result<()> {
    use io::Write as _;
    let mut file = fs::File::create(file)?;
    file.write_all(code)?;
    file.write_all(tag)
}
