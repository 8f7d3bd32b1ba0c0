//! The compose file and the image: they name every service there is, and mount only what `deploy init` makes.

use std::{fs, path::Path};

use crate::deployment::Deployment;

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap()
}

#[test]
fn every_service_is_in_the_image_and_is_run_and_migrated() {
    let (image, sent, compose) = (read("deploy/Dockerfile"), read(".dockerignore"), read("docker-compose.yml"));
    for service in office::services() {
        let name = service.name();
        assert!(image.contains(&format!("${{PROGRAMS}}/{name} ")), "deploy/Dockerfile: copy `{name}`");
        assert!(sent.contains(&format!("!target/release/{name}\n")), ".dockerignore: let `{name}` through");
        for wanted in [
            format!("\n  {name}:\n"),
            format!("\n  {name}-migrate:\n"),
            format!("[\"CMD\", \"{name}\", \"health\"]"),
            format!("postgres://{name}_runtime@"),
            format!("postgres://{name}_owner@"),
        ] {
            assert!(compose.contains(&wanted), "docker-compose.yml: `{}` is missing", wanted.trim());
        }
    }
}

#[test]
fn what_is_mounted_is_there_and_no_program_sees_the_keys_of_another() {
    let deployment = Deployment::make();
    let compose = read("docker-compose.yml");
    let mut mounted = 0;
    for line in compose.lines() {
        for (variable, folder) in [("${VANPHONG_STATE}", ""), ("${VANPHONG_DATA}", "../data")] {
            let Some((_, place)) = line.split_once(variable) else { continue };
            let place = place.split(':').next().unwrap().trim_start_matches('/');
            assert!(!place.is_empty() && place != "authority", "the whole folder is mounted: {line}");
            assert!(deployment.path(folder).join(place).exists(), "`deploy init` does not make `{place}`");
            mounted += 1;
        }
    }
    assert!(mounted > 12, "{mounted} mounts found");
}
