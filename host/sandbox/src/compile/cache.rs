//! The cache of compiled code. Every file carries a tag that only holders of the key can make: a changed byte is a miss.
//!
//! Hosts that share the key may share the folder. Each finds what another compiled, as far as it has the same engine.

use std::fs::{self, File};
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
    /// Nobody but the hosts that share it may write there.
    pub folder: PathBuf,
    /// Known to these hosts only.
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
        let (draft, out) = draft_beside(&file)?;
        let renamed =
            write_both(out, code.bytes(), &tag.finalize().into_bytes()).and_then(|()| fs::rename(&draft, &file));
        if renamed.is_err() {
            // The first error is the one to tell.
            let _ = fs::remove_file(&draft);
        }
        renamed
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

/// A new file of a name that nobody else writes to: hosts that share the folder may have the same process number.
fn draft_beside(file: &Path) -> io::Result<(PathBuf, File)> {
    const DRAFTS_MAX: u32 = 64;
    let mut taken = io::ErrorKind::AlreadyExists.into();
    for number in 0..DRAFTS_MAX {
        let draft = file.with_extension(format!("{}-{number}.draft", process::id()));
        match File::create_new(&draft) {
            Ok(out) => return Ok((draft, out)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

fn write_both(mut file: File, code: &[u8], tag: &[u8]) -> io::Result<()> {
    use io::Write as _;
    file.write_all(code)?;
    file.write_all(tag)
}

#[cfg(test)]
mod tests {
    use wasmtime::Config;

    use super::*;
    use crate::engine::compiling_engine;

    const COMPONENT: &[u8] = b"\0asm\x0d\0\x01\0";

    fn kept() -> (tempfile::TempDir, CodeCache, Engine, Digest) {
        let folder = tempfile::tempdir().unwrap();
        let cache = CodeCache { folder: folder.path().to_owned(), key: [7; 32] };
        let engine = compiling_engine().unwrap();
        let digest = Digest::of(COMPONENT);
        cache.keep(&OwnCode::compiled(engine.precompile_component(COMPONENT).unwrap()), digest, &engine);
        assert!(cache.find(digest, &engine).is_some());
        (folder, cache, engine, digest)
    }

    #[test]
    fn the_code_of_another_engine_is_a_miss_even_under_this_ones_name() {
        let (_folder, cache, engine, digest) = kept();
        let other = Engine::new(Config::new().consume_fuel(false)).unwrap();
        assert!(cache.find(digest, &other).is_none());
        fs::rename(cache.file_of(digest, &engine), cache.file_of(digest, &other)).unwrap();
        assert!(cache.find(digest, &other).is_none());
    }

    #[test]
    fn a_file_that_was_cut_off_anywhere_is_a_miss() {
        let (_folder, cache, engine, digest) = kept();
        let file = cache.file_of(digest, &engine);
        let whole = fs::read(&file).unwrap();
        for length in [0, 1, TAG_BYTES - 1, TAG_BYTES, TAG_BYTES + 1, whole.len() / 2, whole.len() - 1] {
            fs::write(&file, &whole[..length]).unwrap();
            assert!(cache.find(digest, &engine).is_none(), "{length} of {} bytes", whole.len());
        }
    }

    #[test]
    fn a_draft_that_another_host_left_is_neither_read_nor_written() {
        let (folder, cache, engine, digest) = kept();
        let file = cache.file_of(digest, &engine);
        let (left, _) = draft_beside(&file).unwrap();
        fs::remove_file(&file).unwrap();
        cache.keep(&OwnCode::compiled(vec![1, 2, 3]), digest, &engine);
        assert_eq!(cache.find(digest, &engine).unwrap().bytes(), [1, 2, 3]);
        assert_eq!(fs::metadata(&left).unwrap().len(), 0);
        let names = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(names, 2, "the code, and what the other left");
    }
}
