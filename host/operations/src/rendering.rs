//! Rendering: a document becomes a file that looks as its federation says, beside the threads that serve requests, a few at one time, and is remembered for those who ask again.

use std::sync::Arc;

use documents::{Format, RenderError, Style};
use domain::digest::Digest;
use domain::document::Document;
use domain::limits::RENDERED_KEPT_BYTES_MAX;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

/// A rendered document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its format.
    pub format: Format,
    /// Its title.
    pub title: String,
}

impl Office {
    /// How the documents of a federation look, whoever composed them; with a line of small print on where this one came from.
    pub(crate) async fn style(&self, scope: &Scope, provenance: String) -> Result<Style, OperationError> {
        let federation = scope.federation().await?.ok_or(OperationError::Missing("federation"))?;
        Ok(Style {
            federation: federation.name,
            provenance,
            origins: Vec::new(),
            sheet: scope.style_sheet().await?,
            // Numbers are given out in the federation's register of papers, which is not here: there is room to write one by hand.
            sequence: None,
            fonts: self.house.fonts.clone(),
        })
    }

    /// The file. Equal documents in equal looks are rendered once, as long as this host remembers them.
    pub(crate) async fn rendered(
        &self,
        document: Arc<Document>,
        format: Format,
        style: Style,
    ) -> Result<Rendered, OperationError> {
        let key = key(&document, format, &style)?;
        if let Some(known) = self.house.rendered.get(&key, self.now()) {
            return Ok((*known).clone());
        }
        let _place = self.house.renderings.acquire().await.map_err(OperationError::host)?;
        // Whoever asked for the same while this one waited may have it by now.
        if let Some(known) = self.house.rendered.get(&key, self.now()) {
            return Ok((*known).clone());
        }
        let rendering = tokio::task::spawn_blocking(move || {
            let bytes = documents::render(&document, format, &style).map_err(not_rendered)?;
            Ok::<_, OperationError>(Rendered { bytes, format, title: document.title.clone() })
        });
        let rendered = rendering.await.map_err(OperationError::host)??;
        if rendered.bytes.len() <= RENDERED_KEPT_BYTES_MAX {
            self.house.rendered.keep(key, rendered.clone(), self.now());
        }
        Ok(rendered)
    }
}

/// What the bytes of a file hang on.
fn key(document: &Document, format: Format, style: &Style) -> Result<Digest, OperationError> {
    let origins: Vec<(&str, &str)> =
        style.origins.iter().map(|origin| (origin.what.as_str(), origin.value.as_str())).collect();
    let looks = (&style.federation, &style.provenance, origins, style.sheet.digest(), style.sequence);
    let whole = rmp_serde::to_vec(&(document, format.extension(), looks)).map_err(OperationError::host)?;
    Ok(Digest::of(&whole))
}

/// Whose fault it was that there is no file.
fn not_rendered(error: RenderError) -> OperationError {
    match error {
        error if error.is_for_want_of_fonts() => OperationError::NotPossible { code: "no-font-for-pages" },
        RenderError::Block { index, problem } => {
            OperationError::Unrenderable { block: Some(index), problem: problem.to_string() }
        }
        error @ RenderError::TooManyBlocks { .. } => {
            OperationError::Unrenderable { block: None, problem: error.to_string() }
        }
        error => OperationError::host(error),
    }
}
