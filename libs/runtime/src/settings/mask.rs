//! What must not be shown of a setting.

/// What stands in place of a secret.
pub(super) const MASK: &str = "***";

/// Whether the name of a key says that its value is a secret. The path of a file that holds one (`…_file`) is not.
pub(super) fn is_secret(key: &str) -> bool {
    let name = key.rsplit('.').next().unwrap_or_default().to_lowercase();
    !name.ends_with("_file") && ["password", "secret", "token"].iter().any(|word| name.contains(word))
}

/// A text setting as it may be shown: masked whole when its key names a secret, otherwise without the passwords that
/// a URL in it carries.
pub(super) fn text(key: &str, value: &str) -> String {
    if is_secret(key) && !value.is_empty() {
        return MASK.to_owned();
    }
    // Several servers may be listed in one text. A comma that no URL follows belongs to the one before it.
    let mut urls: Vec<String> = Vec::new();
    for piece in value.split(',') {
        match urls.last_mut() {
            Some(last) if last.contains("://") && !piece.contains("://") => last.extend([",", piece]),
            _ => urls.push(piece.to_owned()),
        }
    }
    urls.iter().map(|one| url(one)).collect::<Vec<_>>().join(",")
}

/// One URL without the password of its user info and without secret query parameters; other text unchanged.
fn url(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else { return value.to_owned() };
    // A password may itself hold `/`, `?` or `@` unescaped: the last `@` counts. Hiding too much is the safe mistake.
    let (user_info, rest) = rest.rsplit_once('@').map_or((None, rest), |(user_info, rest)| (Some(user_info), rest));
    let user_info = match user_info.map(|info| info.split_once(':')) {
        None => String::new(),
        Some(Some((user, _))) => format!("{user}:{MASK}@"),
        // A user info without a colon is a token on the bus.
        Some(None) => format!("{MASK}@"),
    };
    let rest = match rest.split_once('?') {
        None => rest.to_owned(),
        Some((address, query)) => {
            format!("{address}?{}", query.split('&').map(parameter).collect::<Vec<_>>().join("&"))
        }
    };
    format!("{scheme}://{user_info}{rest}")
}

fn parameter(pair: &str) -> String {
    match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_and_the_rest_is_shown() {
        let cases = [
            ("mail.password", "hunter2", "***"),
            ("api.TOKEN", "t0k", "***"),
            ("session.secret_salt", "s", "***"),
            ("mail.password", "", ""),
            ("database.password_file", "/etc/vanphong/db", "/etc/vanphong/db"),
            ("database.url", "postgres://app:hunter2@db/office", "postgres://app:***@db/office"),
            ("database.url", "postgres://app:hu/nt@er2@db/office", "postgres://app:***@db/office"),
            ("database.url", "postgres://app:hu?nt,er2@db/office", "postgres://app:***@db/office"),
            ("database.url", "postgres://db/office?user=app&password=h", "postgres://db/office?user=app&password=***"),
            ("bus.url", "nats://s3cr3t@bus:4222", "nats://***@bus:4222"),
            ("bus.url", "nats://a:b@one:4222,nats://a:b@two:4222", "nats://a:***@one:4222,nats://a:***@two:4222"),
            ("http.origin", "https://vanphong.example", "https://vanphong.example"),
            ("office.name", "Văn phòng, Đảng ủy", "Văn phòng, Đảng ủy"),
        ];
        for (key, value, shown) in cases {
            assert_eq!(text(key, value), shown, "{key} = {value}");
        }
    }
}
