//! What stands on the page for Prometheus.

use super::*;

#[test]
fn every_measure_is_on_the_page_with_its_labels() {
    call_done("identity", "sign_in", OK, 0.02);
    call_done("identity", "sign_in", OK, 0.3);
    call_done("identity", "sign_in", "busy", 0.001);
    http_done("GET", "https", "/api/v1/people/{id}", 200, 0.004);
    http_done("GET", "https", "/api/v1/people/{id}", 503, 0.004);
    job("documents", "expire", "failed", 2.0);
    outbox("documents", 4, 1.5);
    outbox("documents", 3, 0.5);
    consumer_lag("search", "documents", 12);
    call_sent("call.identity.sign_in.v1", OK, 0.03);
    call_sent("call.identity.sign_in.v1", "nobody_listens", 0.001);
    published("nats", "documents", OK, 0.004);
    published("nats", "documents", "away", 0.1);
    consumed("nats", "documents", "search");
    processed("nats", "documents", "search", OK, 0.2);
    let page = render_prometheus();
    let ok = r#"rpc_method="identity/sign_in",rpc_response_status_code="ok",rpc_system_name="vanphong""#;
    let busy = r#"error_type="busy",rpc_method="identity/sign_in",rpc_response_status_code="busy""#;
    let destination = r#"messaging_destination_name="event.documents""#;
    let group = r#"messaging_consumer_group_name="search""#;
    let publish = format!(
        r#"{destination},messaging_operation_name="publish",messaging_operation_type="send",messaging_system="nats""#
    );
    for line in [
        "# TYPE rpc_server_call_duration_seconds histogram".to_owned(),
        format!(r#"rpc_server_call_duration_seconds_bucket{{{ok},le="0.01"}} 0"#),
        format!(r#"rpc_server_call_duration_seconds_bucket{{{ok},le="0.025"}} 1"#),
        format!(r#"rpc_server_call_duration_seconds_bucket{{{ok},le="0.5"}} 2"#),
        format!(r#"rpc_server_call_duration_seconds_bucket{{{ok},le="+Inf"}} 2"#),
        format!("rpc_server_call_duration_seconds_count{{{ok}}} 2"),
        format!(r#"rpc_server_call_duration_seconds_count{{{busy},rpc_system_name="vanphong"}} 1"#),
        r#"http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/api/v1/people/{id}",url_scheme="https"} 1"#.to_owned(),
        r#"http_server_request_duration_seconds_count{error_type="503",http_request_method="GET",http_response_status_code="503",http_route="/api/v1/people/{id}",url_scheme="https"} 1"#.to_owned(),
        r#"vanphong_job_duration_seconds_sum{error_type="failed",vanphong_job="expire",vanphong_outcome="failed",vanphong_service="documents"} 2"#.to_owned(),
        "# TYPE vanphong_outbox_depth gauge".to_owned(),
        r#"vanphong_outbox_depth{vanphong_service="documents"} 3"#.to_owned(),
        r#"vanphong_outbox_age_seconds{vanphong_service="documents"} 0.5"#.to_owned(),
        r#"vanphong_consumer_lag{vanphong_consumer="search",vanphong_publisher="documents"} 12"#.to_owned(),
        r#"rpc_client_call_duration_seconds_count{rpc_method="identity/sign_in.v1",rpc_response_status_code="ok",rpc_system_name="vanphong"} 1"#.to_owned(),
        r#"rpc_client_call_duration_seconds_count{error_type="nobody_listens",rpc_method="identity/sign_in.v1",rpc_response_status_code="nobody_listens",rpc_system_name="vanphong"} 1"#.to_owned(),
        format!(r#"messaging_client_operation_duration_seconds_bucket{{{publish},le="0.005"}} 1"#),
        "# TYPE messaging_client_sent_messages_total counter".to_owned(),
        format!("messaging_client_sent_messages_total{{{publish}}} 1"),
        format!(r#"messaging_client_sent_messages_total{{error_type="away",{publish}}} 1"#),
        format!(r#"messaging_client_consumed_messages_total{{{group},{destination},messaging_operation_name="receive",messaging_operation_type="receive",messaging_system="nats"}} 1"#),
        format!(r#"messaging_process_duration_seconds_count{{{group},{destination},messaging_operation_name="process",messaging_operation_type="process",messaging_system="nats"}} 1"#),
    ] {
        assert!(page.lines().any(|given| given == line), "{line}\nis not in\n{page}");
    }
}

#[test]
fn a_database_tells_its_statements_commits_pools_and_what_stands_in_it() {
    let book = Database::new("sqlite", "minutes");
    book.statement("SELECT", false, 0.002);
    book.statement("SELECT", true, 0.002);
    book.statement("VACUUM", false, 3.0);
    book.begun("writer", 0.02);
    book.committed(false, 0.004);
    book.pool(Pool { name: "writer", used: 1, idle: 0, most: 1, pending: 3 });
    let waiting =
        Standing { dead_letters: 1, jobs_due: 2, jobs_late: 3.5, jobs_parked: 4, unsealed: 5, unsealed_age: 6.5 };
    standing("minutes", &waiting);
    files("minutes", 8_192, 4_096);
    room("minutes", "files", Room { free: 10, limit: 100 });
    let page = render_prometheus();
    let statement = |word| format!(r#"db_namespace="minutes",db_operation_name="{word}",db_system_name="sqlite""#);
    let pool = r#"db_client_connection_pool_name="minutes.writer""#;
    let service = r#"{vanphong_service="minutes"}"#;
    for line in [
        format!(r#"db_client_operation_duration_seconds_bucket{{{},le="0.005"}} 1"#, statement("SELECT")),
        format!(r#"db_client_operation_duration_seconds_count{{{},error_type="_OTHER"}} 1"#, statement("SELECT")),
        format!("db_client_operation_duration_seconds_sum{{{}}} 3", statement("OTHER")),
        format!("db_client_connection_wait_time_seconds_count{{{pool}}} 1"),
        format!(r#"db_client_connection_count{{{pool},db_client_connection_state="used"}} 1"#),
        format!(r#"db_client_connection_count{{{pool},db_client_connection_state="idle"}} 0"#),
        format!("db_client_connection_max{{{pool}}} 1"),
        format!("db_client_connection_pending_requests{{{pool}}} 3"),
        r#"vanphong_commit_duration_seconds_bucket{vanphong_service="minutes",le="0.005"} 1"#.to_owned(),
        format!("vanphong_dead_letter_count{service} 1"),
        format!("vanphong_job_due{service} 2"),
        format!("vanphong_job_lateness_seconds{service} 3.5"),
        format!("vanphong_job_parked{service} 4"),
        format!("vanphong_audit_unsealed{service} 5"),
        format!("vanphong_audit_unsealed_age_seconds{service} 6.5"),
        format!("vanphong_database_size_bytes{service} 8192"),
        format!("vanphong_database_wal_size_bytes{service} 4096"),
        r#"vanphong_storage_free_bytes{vanphong_service="minutes",vanphong_storage="files"} 10"#.to_owned(),
    ] {
        assert!(page.lines().any(|given| given == line), "{line}\nis not in\n{page}");
    }
}

#[test]
fn the_room_on_a_disk_is_some_and_not_more_than_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let room = Room::around(folder.path()).unwrap();
    assert!(room.limit > 0 && room.free <= room.limit, "{room:?}");
    assert!(Room::around(&folder.path().join("missing")).is_err());
}
