//! The list of breached passwords that an operator may put beside us: the SHA-1 hashes of "Have I Been Pwned" in one file,
//! in order, one to a line, as its downloader writes them. It is searched where it lies: it has a thousand million lines,
//! and nothing is asked of any other machine.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Seek as _, SeekFrom},
    path::Path,
};

use anyhow::{Context as _, ensure};
use service::Result;
use sha1::{Digest as _, Sha1};
use tokio::task::spawn_blocking;

use crate::settings::Settings;

/// Hex digits of a SHA-1.
const DIGITS: usize = 40;

/// Below this many bytes the lines are read one by one.
const FEW: u64 = 4096;

/// Whether a password stands in the list; never, where no list is named.
///
/// # Errors
/// When the list cannot be read: then no password can be chosen, rather than a breached one.
pub(crate) async fn hold(password: &str, settings: &Settings) -> Result<bool> {
    let Some(path) = settings.breached_passwords.clone() else { return Ok(false) };
    let wanted = hex::encode_upper(Sha1::digest(password));
    let found = spawn_blocking(move || {
        contains(&path, &wanted).with_context(|| format!("the list of breached passwords `{}`", path.display()))
    });
    found.await?
}

/// Whether the ordered file has a line that begins with this hash.
fn contains(path: &Path, wanted: &str) -> Result<bool> {
    let mut file = BufReader::new(File::open(path)?);
    let (mut low, mut high) = (0, file.seek(SeekFrom::End(0))?);
    // The line, if there is one, begins at `low` or behind it and before `high`.
    while high - low > FEW {
        let middle = low + (high - low) / 2;
        file.seek(SeekFrom::Start(middle))?;
        let begin = middle + skip_line(&mut file)?;
        match hash(&mut file)? {
            Some(hash) if begin < high && hash.as_str() <= wanted => low = begin,
            _ => high = middle + 1,
        }
    }
    file.seek(SeekFrom::Start(low))?;
    while let Some(hash) = hash(&mut file)? {
        if hash.as_str() >= wanted {
            return Ok(hash == wanted);
        }
    }
    Ok(false)
}

/// Reads to the end of the line, and says how many bytes that was.
fn skip_line(file: &mut BufReader<File>) -> Result<u64> {
    let mut rest = Vec::new();
    Ok(u64::try_from(file.read_until(b'\n', &mut rest)?)?)
}

/// The hash at the beginning of the line; nothing at the end of the file.
fn hash(file: &mut BufReader<File>) -> Result<Option<String>> {
    let mut line = String::new();
    file.read_line(&mut line)?;
    let line = line.trim_end();
    if line.is_empty() {
        return Ok(None);
    }
    let hash = line.split(':').next().unwrap_or_default();
    let is_hash = hash.len() == DIGITS && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
    ensure!(is_hash, "a line does not begin with the {DIGITS} hexadecimal digits of a SHA-1");
    Ok(Some(hash.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, io::Write as _};

    use proptest::prelude::*;

    use super::*;

    fn listed(passwords: &[String]) -> tempfile::NamedTempFile {
        let hashes: BTreeSet<String> = passwords.iter().map(|word| hex::encode_upper(Sha1::digest(word))).collect();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        for (place, hash) in hashes.iter().enumerate() {
            write!(file, "{hash}:{}\r\n", place * 7919).unwrap();
        }
        file
    }

    fn is_in(file: &tempfile::NamedTempFile, password: &str) -> bool {
        contains(file.path(), &hex::encode_upper(Sha1::digest(password))).unwrap()
    }

    #[test]
    fn every_listed_password_is_found_and_no_other() {
        let words: Vec<String> = (0..3000).map(|number| format!("mật khẩu số {number}")).collect();
        let file = listed(&words);
        assert!(words.iter().all(|word| is_in(&file, word)));
        assert!((3000..6000).all(|number| !is_in(&file, &format!("mật khẩu số {number}"))));
    }

    #[test]
    fn a_file_that_is_no_such_list_is_an_error() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        writeln!(file, "password\n123456").unwrap();
        assert!(contains(file.path(), &"0".repeat(DIGITS)).is_err());
        assert!(contains(Path::new("nowhere"), &"0".repeat(DIGITS)).is_err());
    }

    #[tokio::test]
    async fn a_list_counts_where_one_is_named() {
        let file = listed(&["bảy con sếu bay về núi".to_owned()]);
        let none = Settings::default();
        let with = Settings { breached_passwords: Some(file.path().to_owned()), ..Settings::default() };
        assert!(!hold("bảy con sếu bay về núi", &none).await.unwrap());
        assert!(!hold("tám con sếu bay về núi", &with).await.unwrap());
        assert!(hold("bảy con sếu bay về núi", &with).await.unwrap());
    }

    proptest! {
        #[test]
        fn searching_is_looking_it_up(words in prop::collection::vec("[a-z]{1,6}", 0..300), asked in "[a-z]{1,6}") {
            let file = listed(&words);
            prop_assert_eq!(is_in(&file, &asked), words.contains(&asked));
        }
    }
}
