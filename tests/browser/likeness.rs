//! How alike two pictures of a page are. Each is taken together from cells of several pixels, so that letters drawn a
//! little otherwise by another browser count for nothing, and what stands in another place counts in every cell of it.

use std::io::Cursor;

use anyhow::{Result, ensure};
use image::{ImageFormat, RgbImage, imageops};

/// Pixels of a page on each side of a cell.
const CELL: u32 = 8;
/// How far a cell may be from the agreed one in any colour, of 255.
const NEAR: u8 = 20;
/// How many cells of a thousand may be further.
pub(crate) const FURTHER: usize = 4;

/// A picture of a page, one pixel for each cell.
pub(crate) fn cells(png: &[u8]) -> Result<RgbImage> {
    let whole = image::load_from_memory_with_format(png, ImageFormat::Png)?.into_rgb8();
    let (width, height) = (whole.width() / CELL, whole.height() / CELL);
    let cut = imageops::crop_imm(&whole, 0, 0, width * CELL, height * CELL).to_image();
    Ok(imageops::thumbnail(&cut, width, height))
}

/// As it is kept.
pub(crate) fn written(cells: &RgbImage) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    cells.write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// As it was kept.
pub(crate) fn read(png: &[u8]) -> Result<RgbImage> {
    Ok(image::load_from_memory_with_format(png, ImageFormat::Png)?.into_rgb8())
}

/// How many cells of a thousand are further from the agreed ones than letters can bring them.
pub(crate) fn apart(agreed: &RgbImage, seen: &RgbImage) -> Result<usize> {
    let sizes = (agreed.dimensions(), seen.dimensions());
    ensure!(sizes.0 == sizes.1, "pictures of {:?} and of {:?} cells", sizes.0, sizes.1);
    let far = |(one, other): (&image::Rgb<u8>, &image::Rgb<u8>)| {
        one.0.iter().zip(other.0).any(|(one, other)| one.abs_diff(other) > NEAR)
    };
    let count = agreed.pixels().zip(seen.pixels()).filter(|pair| far(*pair)).count();
    Ok(count * 1000 / (agreed.width() * agreed.height()).max(1) as usize)
}
