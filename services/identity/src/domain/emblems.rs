//! An emblem is a small picture that was drawn anew: what else stood in its file is not kept.

use std::io::Cursor;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use png::{BitDepth, ColorType, Decoder, Encoder, Limits, Transformations};
use schema_identity::{OfficeEmblem, Refusal};
use sha2::{Digest as _, Sha256};

/// The most bytes of a file.
pub(crate) const MOST_BYTES: u64 = 64 * 1024;
/// The most pixels of a side.
const MOST_PIXELS: u32 = 512;
/// The most memory that unfolding one may take: the picture itself, and some for the library.
const MOST_MEMORY: usize = 8 * 1024 * 1024;

/// Why a file is no emblem.
pub(crate) fn bad() -> Refusal {
    Refusal::EmblemBad { most_kib: 64, most_pixels: MOST_PIXELS }
}

/// The picture of a file.
///
/// # Errors
/// [`Refusal::EmblemBad`] when it is no PNG, or too large.
pub(crate) fn draw(file: &[u8]) -> Result<OfficeEmblem, Refusal> {
    let png = redrawn(file).ok_or_else(bad)?;
    if u64::try_from(png.len()).unwrap_or(u64::MAX) > 2 * MOST_BYTES {
        return Err(bad());
    }
    Ok(OfficeEmblem { sha256: hex::encode(Sha256::digest(&png)), png: STANDARD.encode(&png) })
}

fn redrawn(file: &[u8]) -> Option<Vec<u8>> {
    if u64::try_from(file.len()).ok()? > MOST_BYTES {
        return None;
    }
    let mut decoder = Decoder::new_with_limits(Cursor::new(file), Limits { bytes: MOST_MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width.max(height) > MOST_PIXELS || reader.info().is_animated() {
        return None;
    }
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut pixels).ok()?;
    pixels.truncate(frame.buffer_size());
    encoded(width, height, frame.color_type, &pixels)
}

fn encoded(width: u32, height: u32, color: ColorType, pixels: &[u8]) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(pixels).ok()?;
    writer.finish().ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn picture(width: u32, height: u32) -> Vec<u8> {
        let pixels = vec![7; usize::try_from(width * height * 4).unwrap()];
        encoded(width, height, ColorType::Rgba, &pixels).unwrap()
    }

    #[test]
    fn a_small_picture_is_drawn_anew_without_what_else_stood_in_the_file() {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, 2, 2);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::One);
        encoder.add_text_chunk("Author".into(), "Nguyen Van Vi Du".into()).unwrap();
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&[0x80, 0x40]).unwrap();
        writer.finish().unwrap();
        file.extend_from_slice(b"<script>after the end</script>");
        let drawn = draw(&file).unwrap();
        let kept = STANDARD.decode(&drawn.png).unwrap();
        let holds = |words: &[u8]| kept.windows(words.len()).any(|part| part == words);
        assert!(kept.starts_with(b"\x89PNG") && !holds(b"Nguyen") && !holds(b"script"));
        assert_eq!(draw(&kept).unwrap(), drawn, "what is kept is drawn as it is");
    }

    #[test]
    fn what_is_too_large_or_no_picture_is_refused() {
        assert!(draw(&picture(512, 512)).is_ok());
        let mut padded = picture(4, 4);
        padded.resize(usize::try_from(MOST_BYTES).unwrap() + 1, 0);
        let cut = picture(40, 40);
        for file in [&picture(513, 1)[..], &picture(1, 513), &padded, b"GIF89a", b"", &cut[..cut.len() / 2]] {
            assert_eq!(draw(file), Err(bad()));
        }
    }

    proptest! {
        #[test]
        fn a_file_that_was_spoilt_is_drawn_or_refused(at in 0usize..200, byte: u8) {
            let mut file = picture(16, 16);
            let at = at % file.len();
            file[at] = byte;
            let _ = draw(&file);
        }
    }
}
