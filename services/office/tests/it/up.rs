//! Starting, refusing, stopping, coming back.

use std::{future::ready, process::Command};

use testbed::process::until;

use crate::program::{Folder, PATIENCE, address, is_private};

fn kill(signal: &str, pid: u32) {
    assert!(Command::new("kill").args([signal, &pid.to_string()]).status().unwrap().success());
}

#[tokio::test]
async fn one_office_has_the_folder_and_commands_talk_to_it() {
    let folder = Folder::begun().await;
    let mut office = folder.start("up");
    let door = address(&mut office).await;
    office.line("Ctrl-C", PATIENCE).await.unwrap();
    let pid = folder.holder().unwrap();

    let second = folder.run(&["up", "--listen", "127.0.0.1:0"], "");
    assert_eq!(second.code, Some(78), "{second:?}");
    let (path, kill_it) = (folder.path().display().to_string(), format!("`kill {pid}`"));
    for part in [path.as_str(), &format!("process {pid}"), &kill_it, "`--data`"] {
        assert!(second.err.contains(part), "no `{part}` in {}", second.err);
    }

    let status = folder.run(&["status"], "");
    assert_eq!(status.code, Some(0), "{status:?}");
    assert!(status.out.contains(&door) && status.out.contains(&pid.to_string()), "{status:?}");
    assert!(status.out.contains("identity.database") && status.out.contains("up"), "{status:?}");
    let list = folder.path().with_extension("csv");
    std::fs::write(&list, "code,name,kind,parent_code\n38,Tỉnh Thanh Hóa,province,\n14797,Phường Hạc Thành,ward,38\n")
        .unwrap();
    let import = folder.run(&["import", "units", list.to_str().unwrap()], "");
    assert_eq!(import.code, Some(0), "{import:?}");
    assert!(import.err.contains("2 văn phòng"), "{import:?}");
    std::fs::write(&list, "code,name,kind,parent_code\n14798,Phường Không Có,ward,99\n").unwrap();
    let import = folder.run(&["import", "units", list.to_str().unwrap()], "");
    assert_eq!(import.code, Some(1), "{import:?}");
    assert!(import.err.contains("line 2: ") && import.err.contains("load `99` first"), "{import:?}");

    assert!(office.end("TERM", PATIENCE).await.unwrap().success(), "{}", office.printed());
    for file in ["office.sock", "identity.db-wal"] {
        assert!(!folder.path().join(file).exists(), "`{file}` was left");
    }
    assert!(is_private(&folder.path()) && is_private(&folder.path().join("keys")));
    let stopped = folder.run(&["status"], "");
    assert!(stopped.out.contains("stopped"), "{stopped:?}");
    assert_eq!(folder.run(&["migrate"], "").code, Some(0));
}

#[tokio::test]
async fn a_killed_office_comes_back_and_a_killed_keeper_leaves_no_office_behind() {
    let folder = Folder::begun().await;
    let mut keeper = folder.start("up");
    address(&mut keeper).await;
    let first = folder.holder().unwrap();
    assert_ne!(first, keeper.id());
    kill("-KILL", first);
    let second = until("a new office", PATIENCE, || {
        let answers = folder.run(&["status"], "").out.contains("running");
        ready(folder.holder().filter(|holder| *holder != first && answers))
    });
    let second = second.await.unwrap();
    assert!(keeper.printed().contains("it is started again in"), "{}", keeper.printed());

    keeper.kill();
    let gone = || {
        ready(
            (!Command::new("kill").args(["-0", &second.to_string()]).output().unwrap().status.success()).then_some(()),
        )
    };
    until("the office to end with its keeper", PATIENCE, gone).await.unwrap();
    assert!(folder.run(&["status"], "").out.contains("stopped"));
}

#[tokio::test]
async fn an_office_that_is_told_to_stop_while_it_comes_up_ends_well() {
    let folder = Folder::new();
    let mut office = folder.start("up");
    office.line("loading the units", PATIENCE).await.unwrap();
    assert!(office.end("TERM", PATIENCE).await.unwrap().success(), "{}", office.printed());
}

#[tokio::test]
async fn an_address_that_is_taken_is_refused_before_anything_long() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap().to_string();
    for command in ["up", "demo"] {
        let folder = Folder::new();
        let ran = folder.run(&[command, "--listen", &taken], "");
        assert_eq!(ran.code, Some(78), "{ran:?}");
        assert!(ran.err.contains(&taken) && ran.err.contains("`--listen`"), "{ran:?}");
        assert!(!ran.err.contains("loading the units"), "{ran:?}");
    }
}
