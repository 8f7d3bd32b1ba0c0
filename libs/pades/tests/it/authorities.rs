//! A chain of authorities and their answers about single certificates, made by OpenSSL.

use std::fs;

use pades::{Certificate, Finding, Revocation, SoftwareKey, Trust, Verdict, sign, verify};

use testbed::judges::Judges;

use crate::{
    fixture::{self, details},
    stamps::clock,
};

const EXTENSIONS: &str = "
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign, digitalSignature
[narrow]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
nameConstraints = critical, permitted;email:.example.vn
[no_authority]
basicConstraints = critical, CA:false
[person]
basicConstraints = critical, CA:false
keyUsage = critical, nonRepudiation
";

/// A root, an authority below it whose certificate is of one kind, and a person below that.
fn chain(kind: &str) -> (Judges, Vec<Certificate>, SoftwareKey) {
    let bench = Judges::new(fixture::House::at(clock()).authority.certificate());
    bench.write("extensions", EXTENSIONS.as_bytes());
    for (name, issuer, extensions) in
        [("top", "top", "authority"), ("middle", "top", kind), ("person", "middle", "person")]
    {
        let (key, request, made) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
        let subject = format!("/CN={name}");
        let curve = "ec_paramgen_curve:P-256";
        let ask =
            ["req", "-new", "-newkey", "ec", "-pkeyopt", curve, "-nodes", "-keyout", &key, "-subj", &subject, "-out"];
        bench.run("openssl", &[&ask[..], &[request.as_str()]].concat());
        let (issuer_key, issuer_pem) = (format!("{issuer}.key"), format!("{issuer}.pem"));
        let own = if name == issuer { vec!["-signkey", &key] } else { vec!["-CA", &issuer_pem, "-CAkey", &issuer_key] };
        let give =
            ["x509", "-req", "-in", &request, "-days", "30", "-extfile", "extensions", "-extensions", extensions];
        bench.run("openssl", &[&give[..], &["-set_serial", "4097", "-out", &made], &own].concat());
    }
    let read = |name: &str| fs::read(bench.path().join(name)).unwrap();
    let certificates =
        ["person.pem", "middle.pem", "top.pem"].map(|name| Certificate::from_pem(&read(name)).unwrap().remove(0));
    let key = SoftwareKey::from_pem(&read("person.key"), &read("person.pem")).unwrap();
    (bench, certificates.to_vec(), key)
}

/// What the authority in the middle answers about the person, from its index of certificates.
fn answer(bench: &Judges, state: &str) -> Vec<u8> {
    bench.write("index.txt", format!("{state}\t1001\tunknown\t/CN=person\n").as_bytes());
    let ask = ["ocsp", "-issuer", "middle.pem", "-cert", "person.pem", "-no_nonce", "-reqout", "ask.der"];
    bench.run("openssl", &ask);
    let reply = ["ocsp", "-index", "index.txt", "-rsigner", "middle.pem", "-rkey", "middle.key", "-CA", "middle.pem"];
    bench.run("openssl", &[&reply[..], &["-reqin", "ask.der", "-respout", "answer.der", "-ndays", "7"]].concat());
    fs::read(bench.path().join("answer.der")).unwrap()
}

fn signed_today(key: &SoftwareKey) -> Vec<u8> {
    sign(&fixture::with_table(), key, &pades::Details { at: clock(), ..details() }).unwrap().pdf().to_vec()
}

#[test]
fn authorities_in_the_middle_are_followed_when_they_may_issue() {
    for (kind, verdict) in
        [("authority", Verdict::Valid), ("narrow", Verdict::Unproven), ("no_authority", Verdict::Unproven)]
    {
        let (_bench, certificates, key) = chain(kind);
        let pdf = signed_today(&key);
        let mut trust = Trust { anchors: vec![certificates[2].clone()], ..Trust::default() };
        let report = verify(&pdf, &trust, clock()).unwrap();
        assert!(
            report.signatures[0].findings.contains(&Finding::UntrustedIssuer),
            "the one in the middle is not known"
        );
        trust.intermediates.push(certificates[1].clone());
        let report = verify(&pdf, &trust, clock()).unwrap();
        assert_eq!(report.verdict, verdict, "{kind}: {report:#?}");
        let names: Vec<&str> = report.signatures[0].authorities.iter().map(|party| party.name.as_str()).collect();
        assert_eq!(names, if verdict == Verdict::Valid { vec!["middle", "top"] } else { vec![] });
    }
}

#[test]
fn an_answer_about_a_certificate_counts_like_a_list() {
    let (bench, certificates, key) = chain("authority");
    let pdf = signed_today(&key);
    let trusting =
        |answers: Vec<Vec<u8>>| Trust { anchors: vec![certificates[1].clone()], answers, ..Trust::default() };
    let good = answer(&bench, "V\t491231235959Z\t");
    let report = verify(&pdf, &trusting(vec![good.clone()]), clock()).unwrap();
    assert_eq!(report.signatures[0].revocation, Revocation::Good, "{report:#?}");
    let revoked = answer(&bench, "R\t491231235959Z\t250101000000Z,keyCompromise");
    let report = verify(&pdf, &trusting(vec![good.clone(), revoked]), clock()).unwrap();
    assert_eq!(report.verdict, Verdict::Invalid);
    let Revocation::Revoked { at, reason, .. } = &report.signatures[0].revocation else { panic!("{report:#?}") };
    assert_eq!((at.to_string().as_str(), *reason), ("2025-01-01T00:00:00Z", Some(1)));
    let mut broken = good;
    broken[100] ^= 1;
    let report = verify(&pdf, &trusting(vec![broken, vec![0x30, 0x80]]), clock()).unwrap();
    assert_eq!(report.signatures[0].revocation, Revocation::Unknown);
}
