//! Keys in a token made of software (SoftHSM), through the same interface as those of hardware.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    object::{Attribute, CertificateType, ObjectClass},
    session::UserType,
    types::AuthPin,
};
use pades::{KeyFailed, Subject, TokenKey, TokenPlace, TrialAuthority, Trust, Verdict, sign, verify};

use crate::fixture::{self, details, now};

/// SoftHSM finds its tokens by this variable, which must be there before the process begins.
const SETTING: &str = "SOFTHSM2_CONF";
const PIN: &str = "246810";
const KEYS: [(&str, &[&str], &str); 2] = [
    ("rsa", &["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "01"),
    ("ec", &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "02"),
];

#[test]
fn a_token_signs() {
    let Some(folder) = env::var_os("PADES_TOKEN_FOLDER") else {
        in_a_process_with_a_token();
        return;
    };
    let folder = PathBuf::from(folder);
    let mut authority = TrialAuthority::new("CA thử nghiệm", now()).unwrap();
    for (label, ..) in KEYS {
        let key = fs::read_to_string(folder.join(format!("{label}.pem"))).unwrap();
        let subject = Subject::Person { name: "Trần Thị B", organisation: "Tỉnh ủy X" };
        let issued = authority.issue_to(&subject, &key, now()).unwrap();
        put_certificate(label, issued.certificate.der());
        let token = TokenKey::open(place(label), &[authority.certificate().clone()]).unwrap();
        let trust = Trust { anchors: vec![authority.certificate().clone()], ..Trust::default() };
        let mut pdf = fixture::with_table();
        for _ in 0..2 {
            pdf = sign(&pdf, &token, &details()).unwrap().pdf().to_vec();
        }
        let report = verify(&pdf, &trust, now()).unwrap();
        assert_eq!((report.verdict, report.signatures.len()), (Verdict::Valid, 2), "{report:#?}");
        assert_eq!(report.signatures[1].signer.as_ref().unwrap().name, "Trần Thị B");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| sign(&fixture::with_table(), &token, &details()).unwrap());
            }
        });
    }
    what_is_not_there_is_told(&folder);
}

fn what_is_not_there_is_told(folder: &Path) {
    let wrong = |change: fn(&mut TokenPlace)| {
        let mut place = place("ec");
        change(&mut place);
        TokenKey::open(place, &[]).err().unwrap()
    };
    assert_eq!(wrong(|place| place.key = "khác".to_owned()), KeyFailed::NoKey);
    assert_eq!(wrong(|place| place.token = "khác".to_owned()), KeyFailed::TokenAway);
    assert_eq!(wrong(|place| place.pin = "999999".to_owned()), KeyFailed::PinRefused);
    assert!(matches!(wrong(|place| place.module = "/nowhere.so".into()), KeyFailed::Module(_)));
    // A token that is pulled out after it was opened: nothing is signed, and the next attempt says why.
    let token = TokenKey::open(place("ec"), &[]).unwrap();
    fs::remove_dir_all(folder.join("tokens")).unwrap();
    let failed = sign(&fixture::with_table(), &token, &details()).unwrap_err();
    assert!(matches!(failed, pades::SigningFailed::Key(_)), "{failed:?}");
}

/// Makes a token with two keys and runs the test again with it.
fn in_a_process_with_a_token() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("tokens")).unwrap();
    let settings = format!("directories.tokendir = {}\nlog.level = ERROR\n", path("tokens").display());
    fs::write(path("softhsm2.conf"), settings).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let run = command.args(arguments).current_dir(folder.path()).env(SETTING, path("softhsm2.conf")).output();
        let run = run.unwrap_or_else(|error| panic!("`{program}` is missing ({error}): `./test servers`"));
        assert!(run.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    };
    run("softhsm2-util", &["--init-token", "--free", "--label", "con dấu", "--so-pin", "135791", "--pin", PIN]);
    for (label, make, id) in KEYS {
        let file = format!("{label}.pem");
        run("openssl", &[make, &["-out", &file]].concat());
        let import = ["--import", &file, "--token", "con dấu", "--label", label, "--id", id, "--pin", PIN];
        run("softhsm2-util", &import);
    }
    let again = Command::new(env::current_exe().unwrap())
        .args(["--exact", "tokens::a_token_signs", "--nocapture"])
        .env(SETTING, path("softhsm2.conf"))
        .env("PADES_TOKEN_FOLDER", folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(again.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&again.stderr));
}

fn place(label: &str) -> TokenPlace {
    TokenPlace { module: module(), token: "con dấu".to_owned(), key: label.to_owned(), pin: PIN.to_owned() }
}

fn module() -> PathBuf {
    let places =
        ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"];
    places.iter().map(PathBuf::from).find(|path| path.exists()).expect("SoftHSM's module: `./test servers`")
}

/// As a certificate authority's program does when it hands out a token.
fn put_certificate(label: &str, der: &[u8]) {
    let library = Pkcs11::new(module()).unwrap();
    let _ = library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
    let slots = library.get_slots_with_initialized_token().unwrap();
    let session = library.open_rw_session(slots[0]).unwrap();
    session.login(UserType::User, Some(&AuthPin::new(PIN.into()))).unwrap();
    let template = [
        Attribute::Class(ObjectClass::CERTIFICATE),
        Attribute::CertificateType(CertificateType::X_509),
        Attribute::Token(true),
        Attribute::Label(label.as_bytes().to_vec()),
        Attribute::Subject(b"\x30\x00".to_vec()),
        Attribute::Value(der.to_vec()),
    ];
    session.create_object(&template).unwrap();
}
