//! Writing the marks of every page as PDF, with the structure and the bookmarks beside them.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla_svg::{SurfaceExt as _, SvgSettings};

use crate::faces::Fonts;
use crate::layout::{Bookmark, LaidOut, Mark, Placed};
use crate::lines::Span;
use crate::{NotSet, Points, Work};

/// The file.
pub(crate) fn written(work: &Work, laid_out: &LaidOut, fonts: &Fonts<'_>) -> Result<Vec<u8>, NotSet> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| NotSet::Written(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut identifiers: Vec<Vec<Identifier>> = vec![Vec::new(); laid_out.structure.len()];
    for sheet in &laid_out.sheets {
        let settings = PageSettings::from_wh(sheet.paper.width, sheet.paper.height);
        let settings = settings.ok_or_else(|| NotSet::Written("a page has no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for group in sheet.marks.chunk_by(|one, other| one.place == other.place) {
            let place = group.first().and_then(|placed| placed.place);
            let tag = match (place, group.first().map(|placed| &placed.mark)) {
                (None, _) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
                (Some(_), Some(Mark::Drawing { .. })) => ContentTag::Other,
                (Some(_), _) => ContentTag::Span(SpanTag::empty()),
            };
            let identifier = surface.start_tagged(tag);
            for Placed { mark, .. } in group {
                draw(&mut surface, mark, laid_out, fonts);
            }
            surface.end_tagged();
            if let Some(place) = place {
                identifiers[place].push(identifier);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(&laid_out.bookmarks));
    document.set_tag_tree(laid_out.structure.tree(&mut identifiers, &work.language));
    document.set_metadata(metadata(work));
    document.finish().map_err(|error| NotSet::Written(format!("{error:?}")))
}

fn metadata(work: &Work) -> Metadata {
    let metadata = Metadata::new().title(work.title.clone()).language(work.language.clone());
    if work.author.is_empty() { metadata } else { metadata.authors(vec![work.author.clone()]) }
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, laid_out: &LaidOut, fonts: &Fonts<'_>) {
    match mark {
        Mark::Text { span, x, base } => text(surface, span, *x, *base, fonts),
        Mark::Fill { x, y, width, height, colour } => {
            let Some(rectangle) = Rect::from_xywh(*x, *y, *width, *height) else { return };
            let mut path = PathBuilder::new();
            path.push_rect(rectangle);
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Mark::Stroke { from, to, rule } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            surface.set_fill(None);
            let paint = rgb::Color::new(rule.colour[0], rule.colour[1], rule.colour[2]).into();
            surface.set_stroke(Some(Stroke { paint, width: rule.thickness, ..Stroke::default() }));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
            surface.set_stroke(None);
        }
        Mark::Drawing { index, x, y, width, height } => {
            let (Some(tree), Some(size)) = (laid_out.drawings.get(*index), Size::from_wh(*width, *height)) else {
                return;
            };
            surface.push_transform(&Transform::from_translate(*x, *y));
            // Letters as outlines: which of them a drawing has no font for is then nobody's concern, and its alternative is what is read.
            let settings = SvgSettings { embed_text: false, ..SvgSettings::default() };
            // What it could not draw it leaves out; the table beside the drawing has the numbers.
            let _ = surface.draw_svg(tree, size, settings);
            surface.pop();
        }
    }
}

fn text(surface: &mut Surface<'_>, span: &Span, x: Points, base: Points, fonts: &Fonts<'_>) {
    let Some(opened) = fonts.opened.get(span.font) else { return };
    let glyph = |(id, place, advance): &(u32, std::ops::Range<usize>, Points)| {
        KrillaGlyph::new(GlyphId::new(*id), advance / span.size, 0.0, 0.0, 0.0, place.clone(), None)
    };
    let glyphs: Vec<KrillaGlyph> = span.glyphs.iter().map(glyph).collect();
    surface.set_stroke(None);
    surface.set_fill(Some(fill(span.colour)));
    surface.draw_glyphs(Point::from_xy(x, base), &glyphs, opened.font.clone(), &span.text, span.size, false);
}

fn fill(colour: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(colour[0], colour[1], colour[2]).into(),
        opacity: NormalizedF32::ONE,
        ..Fill::default()
    }
}

/// Bookmarks, each below the nearest one before it that is of a higher level.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = bookmarks;
    while let Some((first, _)) = rest.split_first() {
        let (node, taken) = node(rest, first.level);
        outline.push_child(node);
        rest = &rest[taken..];
    }
    outline
}

/// The first bookmark with those below it, and how many these are together.
fn node(bookmarks: &[Bookmark], level: u8) -> (OutlineNode, usize) {
    let first = &bookmarks[0];
    let place = XyzDestination::new(first.sheet, Point::from_xy(0.0, first.y));
    let mut whole = OutlineNode::new(first.text.clone(), place);
    let mut taken = 1;
    while let Some(next) = bookmarks.get(taken).filter(|next| next.level > level) {
        let (below, more) = node(&bookmarks[taken..], next.level);
        whole.push_child(below);
        taken += more;
    }
    (whole, taken)
}
