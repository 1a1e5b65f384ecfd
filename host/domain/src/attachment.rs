//! Attachments: files that a submission, an appeal, a review or something put right rests on, tied to a criterion or to a field.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::digest::Digest;
use crate::ids::{AttachmentId, RoundCode, UnitCode};
use crate::limits::FILE_NAME_CHARS_MAX;

/// What kind of file it is: what its first bytes say, and what its name has to end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// Portable Document Format.
    Pdf,
    /// Portable Network Graphics.
    Png,
    /// A JPEG image.
    Jpeg,
    /// A text document of an office suite.
    Docx,
    /// A spreadsheet of an office suite.
    Xlsx,
    /// Plain text.
    Text,
}

impl FileKind {
    /// Every kind that is taken.
    pub const ALL: [Self; 6] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Docx, Self::Xlsx, Self::Text];

    /// What names of such files end with.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Text => &["txt", "csv"],
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Text => "text/plain",
        }
    }

    /// The kind that a file's name says.
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Self::ALL.into_iter().find(|kind| kind.endings().contains(&ending.as_str()))
    }

    /// Whether a file's first bytes are those of this kind. Text is whatever is UTF-8 without control characters that no text has.
    pub fn begins(self, first: &[u8]) -> bool {
        match self {
            Self::Pdf => first.starts_with(b"%PDF-"),
            Self::Png => first.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => first.starts_with(b"\xff\xd8\xff"),
            Self::Docx | Self::Xlsx => first.starts_with(b"PK\x03\x04"),
            Self::Text => {
                let is_text = match std::str::from_utf8(first) {
                    Ok(_) => true,
                    // The first bytes may end within a character.
                    Err(error) => error.error_len().is_none(),
                };
                is_text && !first.iter().any(|byte| *byte < 0x20 && !b"\t\n\r\x0c".contains(byte))
            }
        }
    }
}

/// What a file is tied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttachedTo {
    /// The submission as a whole.
    Submission,
    /// A criterion of the rubric.
    Criterion(String),
    /// A place in the answers (RFC 6901).
    Field(String),
}

/// A file that was attached to a unit's submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its identifier.
    pub id: AttachmentId,
    /// The round.
    pub round: RoundCode,
    /// The unit.
    pub unit: UnitCode,
    /// The digest of its bytes: what others name it by.
    pub digest: Digest,
    /// Its name.
    pub name: String,
    /// What kind of file it is.
    pub kind: FileKind,
    /// How large it is.
    pub bytes: u64,
    /// What it is tied to.
    pub to: AttachedTo,
    /// Whether it names persons, so that it is shown only to those who may see that.
    pub personal: bool,
    /// Who attached it.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

/// That an attachment is withdrawn: it is shown no more and counts as nothing, though its record stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentWithdrawal {
    /// Why.
    pub reason: String,
    /// Who withdrew it.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

/// An attachment with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAttachment {
    /// The attachment.
    #[serde(flatten)]
    pub attachment: Attachment,
    /// That it was withdrawn, where it was.
    pub withdrawn: Option<AttachmentWithdrawal>,
}

/// Whether a name can be a file's: not empty, not too long, and no way through folders.
pub fn is_file_name(name: &str) -> bool {
    let is_short = (1..=FILE_NAME_CHARS_MAX).contains(&name.chars().count());
    let has_odd = name.chars().any(|character| character.is_control() || "/\\:*?\"<>|".contains(character));
    is_short && !has_odd && name.trim() == name && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_name_and_its_first_bytes_say() {
        let table: [(&str, Option<FileKind>, &[u8], bool); 9] = [
            ("培训照片.JPG", Some(FileKind::Jpeg), b"\xff\xd8\xff\xe0", true),
            ("制度.pdf", Some(FileKind::Pdf), b"%PDF-1.7", true),
            ("制度.pdf", Some(FileKind::Pdf), b"MZ\x90\x00", false),
            ("台账.xlsx", Some(FileKind::Xlsx), b"PK\x03\x04\x14", true),
            ("说明.txt", Some(FileKind::Text), "说明".as_bytes(), true),
            ("说明.txt", Some(FileKind::Text), &"说明".as_bytes()[..5], true),
            ("说明.txt", Some(FileKind::Text), b"\x7fELF\x02\x01\x01\x00", false),
            ("run.exe", None, b"MZ", false),
            ("pdf", None, b"%PDF-", false),
        ];
        for (name, kind, first, begins) in table {
            assert_eq!(FileKind::of_name(name), kind, "{name}");
            assert_eq!(kind.is_some_and(|kind| kind.begins(first)), begins, "{name}");
        }
    }

    #[test]
    fn a_name_is_no_way_through_folders() {
        for good in ["培训照片.jpg", "a.b.pdf", "2023年 台账.xlsx"] {
            assert!(is_file_name(good), "{good}");
        }
        for bad in ["", "../x.pdf", "a/b.pdf", "a\\b.pdf", ".pdf", "a\n.pdf", " a.pdf", "C:x.pdf"] {
            assert!(!is_file_name(bad), "{bad}");
        }
        assert!(!is_file_name(&"长".repeat(FILE_NAME_CHARS_MAX + 1)));
    }
}
