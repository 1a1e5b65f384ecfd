//! What a component carries about how it was built, in the custom sections that the tools agreed on: cleaned and bounded.

use domain::limits::{BUILD_PRODUCERS_MAX, BUILD_TEXT_CHARS_MAX};
use domain::release::{BuildInformation, Producer};
use domain::text::one_line;
use wasmparser::{BinaryReader, CustomSectionReader, ProducersSectionReader};

/// Takes in a custom section. What is not as it should be is left out: it decides nothing.
pub(super) fn note(build: &mut BuildInformation, section: &CustomSectionReader<'_>, is_own: bool) {
    let data = section.data();
    let field = match section.name() {
        // Modules and components within it were made by tools, too; what they are called by is no matter of the whole.
        "producers" => return producers(build, data, section.data_offset()),
        _ if !is_own => return,
        "version" => &mut build.version,
        "revision" => &mut build.revision,
        "source" => &mut build.source,
        "licenses" => &mut build.licenses,
        "authors" => &mut build.authors,
        "description" => &mut build.description,
        _ => return,
    };
    // Four bytes are the longest character: nothing behind them could be shown.
    let data = &data[..data.len().min(4 * (BUILD_TEXT_CHARS_MAX + 1))];
    let line = one_line(&String::from_utf8_lossy(data), BUILD_TEXT_CHARS_MAX);
    if !line.is_empty() {
        *field = Some(line);
    }
}

fn producers(build: &mut BuildInformation, data: &[u8], offset: usize) {
    let Ok(fields) = ProducersSectionReader::new(BinaryReader::new(data, offset)) else { return };
    for field in fields.into_iter().map_while(Result::ok) {
        for value in field.values.into_iter().map_while(Result::ok) {
            let producer = Producer {
                part: one_line(field.name, BUILD_TEXT_CHARS_MAX),
                name: one_line(value.name, BUILD_TEXT_CHARS_MAX),
                version: one_line(value.version, BUILD_TEXT_CHARS_MAX),
            };
            if producer.name.is_empty() {
                continue;
            }
            if let Err(place) = build.producers.binary_search(&producer)
                && build.producers.len() < BUILD_PRODUCERS_MAX
            {
                build.producers.insert(place, producer);
            }
        }
    }
}
