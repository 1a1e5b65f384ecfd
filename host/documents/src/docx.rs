//! A document as a Word file (Office Open XML, ISO/IEC 29500 transitional): real styles and headings, tables whose heads repeat on every page,
//! charts that the word processor draws from the numbers, on the pages that the federation's style sheet describes (GB/T 9704-2012 where it says nothing).

mod body;
mod chart;
mod furniture;
mod styles;
mod table;
mod xml;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::body::Body;
use self::xml::Xml;
use crate::content::Content;
use crate::{RenderError, Style};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORD_PROCESSING: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// One file of the package.
struct Part {
    /// Where it stands, without the first slash.
    path: String,
    /// What it is.
    content_type: String,
    bytes: Vec<u8>,
}

impl Part {
    fn word(name: &str, kind: &str, xml: Xml) -> Self {
        Self {
            path: format!("word/{name}.xml"),
            content_type: format!("{WORD_PROCESSING}.{kind}+xml"),
            bytes: xml.into_bytes(),
        }
    }
}

/// Which parts the main part leads to: identifier, kind, target.
type Relations = Vec<(String, &'static str, String)>;

/// The whole file. Equal input gives equal bytes.
pub(crate) fn file(content: &Content, style: &Style) -> Result<Vec<u8>, RenderError> {
    let sheet = &style.sheet;
    let written = Body::write(content, style);
    let mut relations: Relations = vec![
        ("styles".to_owned(), "styles", "styles.xml".to_owned()),
        ("settings".to_owned(), "settings", "settings.xml".to_owned()),
        ("numbering".to_owned(), "numbering", "numbering.xml".to_owned()),
    ];
    let mut parts = vec![
        Part::word("styles", "styles", styles::part(content, sheet)),
        Part::word("settings", "settings", furniture::settings(sheet)),
        Part::word("numbering", "numbering", furniture::numbering(written.numbered_lists)),
    ];
    for furniture in furniture::headers_and_footers(content, sheet) {
        relations.push((furniture.name.clone(), furniture.kind, format!("{}.xml", furniture.name)));
        parts.push(Part::word(&furniture.name, furniture.kind, furniture.xml));
    }
    for (index, chart) in (1..).zip(written.charts) {
        let path = format!("charts/chart{index}.xml");
        relations.push((format!("chart{index}"), "chart", path.clone()));
        let content_type = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml".to_owned();
        parts.push(Part { path: format!("word/{path}"), content_type, bytes: chart.into_bytes() });
    }
    parts.push(Part::word("document", "document.main", written.xml));
    parts.push(properties(content));
    Ok(package(parts, &relations)?)
}

/// Title, author and language, where programs look for them.
fn properties(content: &Content) -> Part {
    let mut xml = Xml::new();
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.within("cp:coreProperties", &namespaces, |xml| {
        xml.text("dc:title", &[], &content.title);
        xml.text("dc:creator", &[], &content.federation);
        xml.text("dc:language", &[], &content.language_tag);
    });
    Part {
        path: "docProps/core.xml".to_owned(),
        content_type: "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        bytes: xml.into_bytes(),
    }
}

fn package(parts: Vec<Part>, relations: &Relations) -> Result<Vec<u8>, zip::result::ZipError> {
    // A file says when it was made; this one always says the same.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |path: &str, bytes: &[u8]| -> Result<(), zip::result::ZipError> {
        archive.start_file(path, options)?;
        archive.write_all(bytes)?;
        Ok(())
    };
    // Programs that guess what a file is look at the first one.
    add("[Content_Types].xml", &content_types(&parts))?;
    let package = [
        ("document".to_owned(), "officeDocument", "word/document.xml".to_owned()),
        ("properties".to_owned(), "core-properties", "docProps/core.xml".to_owned()),
    ];
    add("_rels/.rels", &related(&package))?;
    add("word/_rels/document.xml.rels", &related(relations))?;
    for part in parts {
        add(&part.path, &part.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn content_types(parts: &[Part]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.within("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")], |xml| {
        let relationships = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", relationships)]);
        for part in parts {
            let name = format!("/{}", part.path);
            xml.empty("Override", &[("PartName", &name), ("ContentType", &part.content_type)]);
        }
    });
    xml.into_bytes()
}

fn related(relations: &[(String, &str, String)]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.within("Relationships", &[("xmlns", PACKAGE_RELATIONSHIPS)], |xml| {
        for (id, kind, target) in relations {
            let of_package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata";
            let family = if *kind == "core-properties" { of_package } else { RELATIONSHIPS };
            let kind = format!("{family}/{kind}");
            xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)]);
        }
    });
    xml.into_bytes()
}
