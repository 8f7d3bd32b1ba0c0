//! Identifiers of organisations in interchange (Quyết định 20/2020/QĐ-TTg, amended by Quyết định 09/2025/QĐ-TTg), and the
//! form that QCVN 102 had before. Both circulate.

/// The most characters of an identifier (Quyết định 20/2020/QĐ-TTg).
pub const LONGEST: usize = 35;

/// The form of an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `G09.01`: levels from the highest down.
    Current,
    /// `000.00.01.G09`: four groups, the lowest level first, zeros where there is no such level.
    Old,
    /// Neither.
    Unknown,
}

/// Which form an identifier has.
#[must_use]
pub fn form(id: &str) -> Form {
    let groups: Vec<&str> = id.split('.').collect();
    let is_group = |one: &str| !one.is_empty() && one.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    if !groups.iter().all(|one| is_group(one)) {
        return Form::Unknown;
    }
    let leads = |one: &str| one.starts_with(|first: char| first.is_ascii_uppercase());
    match groups.as_slice() {
        [a, b, c, d] if a.len() == 3 && b.len() == 2 && c.len() == 2 && leads(d) && !leads(a) => Form::Old,
        // Seen in practice: the same with levels left out.
        [lower @ .., highest] if !lower.is_empty() && leads(highest) && !lower.iter().any(|one| leads(one)) => {
            Form::Old
        }
        [highest, ..] if leads(highest) => Form::Current,
        _ => Form::Unknown,
    }
}

/// An identifier in the form of today: `000.00.01.G09` becomes `G09.01`. What has no known form stays, without blanks.
///
/// That the old form is turned round so is inferred from the two forms, not said by the instrument.
#[must_use]
pub fn current(id: &str) -> String {
    let id: String = id.chars().filter(|one| !one.is_whitespace()).collect();
    if form(&id) != Form::Old {
        return id;
    }
    let is_zero = |one: &&str| one.bytes().all(|byte| byte == b'0');
    id.rsplit('.').filter(|one| !is_zero(one)).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_known_and_the_old_one_is_turned_round() {
        let table = [
            ("000.00.00.G22", Form::Old, "G22"),
            ("000.00.01.G09", Form::Old, "G09.01"),
            ("002.00.20.H13", Form::Old, "H13.20.002"),
            ("28.22.H17", Form::Old, "H17.22.28"),
            ("G09.01", Form::Current, "G09.01"),
            ("A32.65", Form::Current, "A32.65"),
            (" A32.65\n", Form::Unknown, "A32.65"),
            ("vxp.saas.03", Form::Unknown, "vxp.saas.03"),
            ("38.168.053.000.001", Form::Unknown, "38.168.053.000.001"),
            ("", Form::Unknown, ""),
            ("G09..01", Form::Unknown, "G09..01"),
        ];
        for (id, expected, turned) in table {
            assert_eq!(form(id), expected, "{id}");
            assert_eq!(current(id), turned);
            assert_eq!(current(&current(id)), turned);
        }
    }
}
