//! HTTPS with an office authority and with given files.

use std::{fs, os::unix::fs::PermissionsExt as _};

use reqwest::{Certificate, Client};

use crate::{
    desk::NOTE,
    portal::portal,
    world::{World, header},
};

fn client(root: Option<&str>) -> Client {
    let builder = Client::builder().no_proxy();
    let certificates = root.map(|pem| Certificate::from_pem(pem.as_bytes()).unwrap());
    builder.tls_certs_only(certificates).build().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_address_but_loopback_speaks_tls_with_a_root_that_clients_can_download() {
    let world = World::with(|settings| settings.listen = "0.0.0.0:0".parse().unwrap()).await;
    let port = world.door().address().port();
    let url = |path: &str| format!("https://localhost:{port}{path}");
    let root = fs::read_to_string(world.folder.path().join("office-ca.pem")).unwrap();

    assert!(client(None).get(url("/livez")).send().await.is_err(), "nobody else's root vouches for us");
    assert!(world.http.get(format!("http://localhost:{port}/livez")).send().await.is_err(), "plain HTTP is not spoken");
    let older = Client::builder().no_proxy().tls_certs_only([Certificate::from_pem(root.as_bytes()).unwrap()]);
    let older = older.tls_version_max(reqwest::tls::Version::TLS_1_2).build().unwrap();
    assert!(older.get(url("/livez")).send().await.is_err(), "TLS 1.2 is not spoken");
    let trusting = client(Some(&root));
    let response = trusting.get(url("/office-ca.pem")).send().await.unwrap();
    assert_eq!(response.version(), reqwest::Version::HTTP_2);
    assert!(header(&response, "strict-transport-security").contains("max-age"));
    assert_eq!(response.text().await.unwrap(), root);
    assert!(!root.contains("PRIVATE"));
    let response = trusting.get(url(&format!("/api/v1/notes/{NOTE}"))).bearer_auth(world.person().token);
    assert_eq!(response.send().await.unwrap().status().as_u16(), 200);
    let front = trusting.get(url("/")).send().await.unwrap().text().await.unwrap();
    assert!(front.contains("/office-ca.pem"));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn given_files_are_used_and_a_key_that_others_can_read_is_refused() {
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    let mut world = World::shut().await;
    let (cert_file, key_file) = (world.folder.path().join("cert.pem"), world.folder.path().join("key.pem"));
    fs::write(&cert_file, certificate.pem()).unwrap();
    fs::write(&key_file, key.serialize_pem()).unwrap();
    let settings = gateway::Settings {
        listen: "0.0.0.0:0".parse().unwrap(),
        public_origin: Some("https://vp.example".to_owned()),
        tls: gateway::settings::TlsSettings {
            cert_file: Some(cert_file),
            key_file: Some(key_file.clone()),
            ..Default::default()
        },
        folder: world.folder.path().to_owned(),
        ..gateway::Settings::default()
    };
    fs::set_permissions(&key_file, fs::Permissions::from_mode(0o644)).unwrap();
    let signer = auth::Signer::from_seed(auth::GATEWAY_ISSUER, [7; 32]);
    let refused = gateway::start(&world.platform, signer, settings.clone()).await.err().unwrap().to_string();
    assert!(refused.contains("chmod 600"), "{refused}");

    fs::set_permissions(&key_file, fs::Permissions::from_mode(0o600)).unwrap();
    let (portal, serving) = portal(String::new()).await;
    world.open(|given| *given = gateway::Settings { portal: Some(portal), ..settings }).await;
    let url = |path: &str| format!("https://localhost:{}{path}", world.door().address().port());
    let trusting = client(Some(&certificate.pem()));
    assert_eq!(trusting.get(url("/livez")).send().await.unwrap().status().as_u16(), 200);
    let told = trusting.get(url("/ban-lam-viec")).send().await.unwrap().text().await.unwrap();
    assert!(told.starts_with("GET /ban-lam-viec 4096-01-01T00:00:00Z "), "the portal knows when it ends: {told}");
    serving.abort();
    assert_eq!(world.door().origin(), "https://vp.example");
    world.finish().await;
}
