//! The fonts that there are, and which of them draws a letter.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use krilla::text::Font;
use usvg::fontdb::{Database, Family, ID, Query, Source, Stretch, Style, Weight};

use crate::{Letters, Like, NotSet, Points};

/// Fonts that are free, by what they look like; the first that is there is taken.
const SERIF: [&str; 4] = ["Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "SimSun"];
const SANS: [&str; 4] = ["Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "SimHei"];
const WRITTEN: [&str; 3] = ["AR PL KaitiM GB", "LXGW WenKai", "KaiTi"];
/// What stands for a letter that no font has.
const UNKNOWN: char = '□';
/// How deep folders are looked through.
const FOLDERS_DEEP_MAX: usize = 4;

/// The fonts that there are. Their files are read when they are needed first, and kept.
#[derive(Debug)]
pub struct Faces {
    database: Arc<Database>,
    read: Mutex<BTreeMap<PathBuf, Arc<Vec<u8>>>>,
}

impl Faces {
    /// The fonts of some folders and the folders in them, in order: what stands first is taken first.
    pub fn in_folders(folders: &[PathBuf]) -> Self {
        let mut database = Database::new();
        for folder in folders {
            let mut files = Vec::new();
            files_in(folder, FOLDERS_DEEP_MAX, &mut files);
            files.sort();
            for file in files {
                // What is no font is passed by.
                let _ = database.load_font_file(file);
            }
        }
        for free in SERIF.iter().chain(&SANS) {
            if find(&database, free, false).is_some() {
                database.set_serif_family(*free);
                database.set_sans_serif_family(*free);
                break;
            }
        }
        Self { database: Arc::new(database), read: Mutex::default() }
    }

    /// What a work is set with.
    pub(crate) fn for_a_work(&self) -> Result<Fonts<'_>, NotSet> {
        if self.database.is_empty() {
            return Err(NotSet::NoFont);
        }
        Ok(Fonts { faces: self, opened: Vec::new(), places: BTreeMap::new(), chains: Vec::new() })
    }

    fn bytes(&self, path: &Path) -> Option<Arc<Vec<u8>>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = read.get(path) {
            return Some(Arc::clone(known));
        }
        let bytes = Arc::new(fs::read(path).ok()?);
        read.insert(path.to_owned(), Arc::clone(&bytes));
        Some(bytes)
    }
}

fn files_in(folder: &Path, deep: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        if matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc" | "otc")) {
            files.push(path);
        } else if deep > 0 && path.is_dir() {
            files_in(&path, deep - 1, files);
        }
    }
}

fn find(database: &Database, family: &str, strong: bool) -> Option<ID> {
    let weight = if strong { Weight::BOLD } else { Weight::NORMAL };
    database.query(&Query { families: &[Family::Name(family)], weight, stretch: Stretch::Normal, style: Style::Normal })
}

/// A font that is in use.
pub(crate) struct Opened {
    pub(crate) font: Font,
    bytes: Arc<Vec<u8>>,
    index: u32,
}

/// A letter as it is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawn {
    /// Which of the opened fonts.
    pub(crate) font: usize,
    pub(crate) glyph: u32,
    pub(crate) width: Points,
}

/// The fonts of one work.
pub(crate) struct Fonts<'f> {
    faces: &'f Faces,
    pub(crate) opened: Vec<Opened>,
    places: BTreeMap<ID, Option<usize>>,
    chains: Vec<Chain>,
}

/// Where the letters of one look are searched, and what was found.
struct Chain {
    family: String,
    like: Like,
    strong: bool,
    fonts: Vec<ID>,
    /// Of a letter its font, its glyph, and how wide it is as a share of the size.
    drawn: BTreeMap<char, Option<(usize, u32, f32)>>,
}

impl Fonts<'_> {
    /// For drawings that bring their own texts.
    pub(crate) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.faces.database)
    }

    /// The letter in the first font that has it: the one that is named, one that looks like it, any other.
    pub(crate) fn draw(&mut self, letter: char, letters: &Letters) -> Result<Drawn, NotSet> {
        let family = if letter.is_ascii() { &letters.latin } else { &letters.family };
        let chain = self.chain(family, letters);
        let known = self.chains[chain].drawn.get(&letter).copied();
        let found = known.unwrap_or_else(|| {
            let found = self.find(chain, letter);
            self.chains[chain].drawn.insert(letter, found);
            found
        });
        let (font, glyph, share) = found.ok_or_else(|| NotSet::Font { name: family.clone() })?;
        Ok(Drawn { font, glyph, width: share * letters.size })
    }

    /// The fonts in which letters of a look are searched, by their place among the chains.
    fn chain(&mut self, family: &str, letters: &Letters) -> usize {
        let Letters { like, strong, .. } = *letters;
        let is_it = |chain: &Chain| chain.family == family && chain.like == like && chain.strong == strong;
        self.chains.iter().position(is_it).unwrap_or_else(|| {
            let fonts = chain(&self.faces.database, family, like, strong);
            self.chains.push(Chain { family: family.to_owned(), like, strong, fonts, drawn: BTreeMap::new() });
            self.chains.len() - 1
        })
    }

    fn find(&mut self, chain: usize, letter: char) -> Option<(usize, u32, f32)> {
        let fonts = self.chains[chain].fonts.clone();
        for wanted in [letter, UNKNOWN, '?'] {
            for id in &fonts {
                let Some(font) = self.open(*id) else { continue };
                if let Some((glyph, share)) = self.opened[font].glyph(wanted) {
                    return Some((font, glyph, share));
                }
            }
        }
        None
    }

    fn open(&mut self, id: ID) -> Option<usize> {
        if let Some(known) = self.places.get(&id) {
            return *known;
        }
        let place = self.opened(id).map(|opened| {
            self.opened.push(opened);
            self.opened.len() - 1
        });
        self.places.insert(id, place);
        place
    }

    fn opened(&self, id: ID) -> Option<Opened> {
        let face = self.faces.database.face(id)?;
        let (Source::File(path) | Source::SharedFile(path, _)) = &face.source else { return None };
        let bytes = self.faces.bytes(path)?;
        let font = Font::new(Arc::clone(&bytes).into(), face.index)?;
        Some(Opened { font, bytes, index: face.index })
    }
}

impl Opened {
    /// Of a letter its glyph and how wide it is, as a share of the size.
    fn glyph(&self, letter: char) -> Option<(u32, f32)> {
        let face = ttf_parser::Face::parse(&self.bytes, self.index).ok()?;
        let glyph = face.glyph_index(letter)?;
        let width = f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em());
        Some((u32::from(glyph.0), width))
    }
}

/// In which fonts a letter is looked for: at last in all of them, so that a rare one is found wherever it is.
fn chain(database: &Database, family: &str, like: Like, strong: bool) -> Vec<ID> {
    let likes: Vec<&str> = match like {
        Like::Serif => SERIF.iter().chain(&SANS).copied().collect(),
        Like::Sans => SANS.iter().chain(&SERIF).copied().collect(),
        Like::Written => WRITTEN.iter().chain(&SERIF).chain(&SANS).copied().collect(),
    };
    let mut chain: Vec<ID> = Vec::new();
    let named = std::iter::once(family).chain(likes).filter_map(|name| find(database, name, strong));
    for id in named.chain(database.faces().map(|face| face.id)) {
        if !chain.contains(&id) {
            chain.push(id);
        }
    }
    chain
}
