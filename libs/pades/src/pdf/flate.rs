//! Compressed streams, unfolded to a limit (ISO 32000-1, 7.4.4).

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::{
    object::{Dict, Object},
    parse::{Cursor, Read},
};
use crate::unreadable::Unreadable;

/// The most bytes to which one stream is unfolded.
pub(super) const LARGEST_STREAM: usize = 32 << 20;

/// The data of a stream without its filter. Only the filter in which objects and cross-references come is known.
pub(super) fn decoded(dict: &Dict, data: Vec<u8>) -> Read<Vec<u8>> {
    let filter = dict.get("Filter").map(alone);
    let data = match filter.map(Object::name) {
        None => return Ok(data),
        Some(Some(b"FlateDecode")) => inflated(&data)?,
        Some(_) => return Cursor::new(&[], 0).broken("objects stand in a stream with an unknown filter"),
    };
    match dict.get("DecodeParms").map(alone).and_then(Object::dict) {
        None => Ok(data),
        Some(parameters) => unpredicted(parameters, data),
    }
}

/// A filter or its parameters may stand alone or as the only item of an array.
fn alone(object: &Object) -> &Object {
    match object {
        Object::Array(items) if items.len() == 1 => items.first().unwrap_or(object),
        _ => object,
    }
}

fn inflated(data: &[u8]) -> Read<Vec<u8>> {
    let mut unfolded = Vec::new();
    let limit = u64::try_from(LARGEST_STREAM).unwrap_or(u64::MAX);
    if ZlibDecoder::new(data).take(limit + 1).read_to_end(&mut unfolded).is_err() {
        return Cursor::new(&[], 0).broken("a compressed stream is damaged");
    }
    if unfolded.len() > LARGEST_STREAM {
        return Err(Unreadable::TooMuch("bytes in a compressed stream"));
    }
    Ok(unfolded)
}

/// Undoes the filters of PNG, row by row (ISO 32000-1, 7.4.4.4).
fn unpredicted(parameters: &Dict, data: Vec<u8>) -> Read<Vec<u8>> {
    match parameters.int("Predictor").unwrap_or(1) {
        1 => return Ok(data),
        10..=15 => {}
        _ => return Cursor::new(&[], 0).broken("a stream has an unknown predictor"),
    }
    let width = usize::try_from(parameters.int("Columns").unwrap_or(1)).unwrap_or_default();
    let plain = parameters.int("Colors").unwrap_or(1) == 1 && parameters.int("BitsPerComponent").unwrap_or(8) == 8;
    if !plain || !(1..=1_024).contains(&width) {
        return Cursor::new(&[], 0).broken("a stream has an unknown predictor");
    }
    let mut above = vec![0_u8; width];
    let mut result = Vec::with_capacity(data.len());
    for row in data.chunks_exact(width + 1) {
        let Some((filter, row)) = row.split_first() else { break };
        let (mut left, mut corner) = (0_u8, 0_u8);
        for (value, up) in row.iter().zip(above.iter_mut()) {
            let predicted = match filter {
                0 => 0,
                1 => left,
                2 => *up,
                3 => left.midpoint(*up),
                4 => paeth(left, *up, corner),
                _ => return Cursor::new(&[], 0).broken("a stream has an unknown predictor"),
            };
            corner = *up;
            left = value.wrapping_add(predicted);
            *up = left;
        }
        result.extend_from_slice(&above);
    }
    Ok(result)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |value: u8| (estimate - i16::from(value)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_predicted_as_in_png() {
        let mut parameters = Dict::default();
        parameters.set("Predictor", Object::Int(12));
        parameters.set("Columns", Object::Int(2));
        let data = vec![2, 1, 2, 2, 1, 1, 1, 5, 1, 3, 4, 4, 4, 1, 1];
        assert_eq!(unpredicted(&parameters, data).unwrap(), [1, 2, 2, 3, 5, 6, 6, 10, 7, 11]);
        parameters.set("Columns", Object::Int(1 << 40));
        assert!(unpredicted(&parameters, vec![0; 9]).is_err());
    }
}
