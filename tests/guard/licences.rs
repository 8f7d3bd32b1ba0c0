//! Licences: everything this program is made of may be given on under Apache-2.0.

use crate::{owners, tree};

/// Whether one of the choices an SPDX expression offers is made of allowed licences only. Old manifests write `/` for
/// `OR`. `WITH` belongs to the licence before it.
fn allowed(expression: &str, list: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, list, is_sound: true };
    reader.any() && reader.is_sound && reader.words.is_empty()
}

/// Reads an expression word by word; `AND` binds closer than `OR`.
struct Reader<'a> {
    words: &'a [&'a str],
    list: &'a [String],
    is_sound: bool,
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let there = self.words.first() == Some(&word);
        if there {
            self.words = &self.words[1..];
        }
        there
    }

    fn any(&mut self) -> bool {
        let mut good = self.all();
        while self.take("OR") {
            good |= self.all();
        }
        good
    }

    fn all(&mut self) -> bool {
        let mut good = self.one();
        while self.take("AND") {
            good &= self.one();
        }
        good
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let good = self.any();
            self.is_sound &= self.take(")");
            return good;
        }
        let Some((licence, rest)) = self.words.split_first() else {
            self.is_sound = false;
            return false;
        };
        self.words = rest;
        let mut name = (*licence).to_owned();
        if self.take("WITH")
            && let Some((exception, rest)) = self.words.split_first()
        {
            self.words = rest;
            name = format!("{name} WITH {exception}");
        }
        self.list.contains(&name)
    }
}

#[test]
fn every_licence_is_one_of_the_list() {
    let list = owners::deny().licenses.allow;
    let refused = tree::metadata().packages.into_iter().filter_map(|package| {
        let licence = package.license.unwrap_or_default();
        (!allowed(&licence, &list)).then(|| {
            format!(
                "`{} {}` is under `{licence}`: do without it, or argue for `deny.toml`",
                package.name, package.version
            )
        })
    });
    tree::quiet(refused.collect());
}

#[test]
fn our_own_licence_is_in_the_tree() {
    let files = tree::files();
    assert!(files["LICENSE"].contains("Apache License") && files["LICENSE"].contains("Version 2.0"));
    for package in tree::metadata().workspace_packages() {
        assert_eq!(
            package.license.as_deref(),
            Some("Apache-2.0"),
            "`{}`: say `license.workspace = true`",
            package.name
        );
    }
}

#[test]
fn an_expression_offers_choices() {
    let list = ["MIT", "Apache-2.0", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for good in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0-only OR MIT",
        "MIT AND ISC",
        "(MIT OR GPL-3.0-only) AND ISC",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(allowed(good, &list), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "(MIT AND GPL-3.0-only) OR LGPL-3.0-only",
        "MIT WITH LLVM-exception",
        "MIT OR",
        "(MIT",
        "MIT ISC",
    ] {
        assert!(!allowed(bad, &list), "{bad}");
    }
}
