//! What stands on the page for Prometheus.

use super::*;

#[test]
fn every_measure_is_on_the_page_with_its_labels() {
    call_done("identity", "sign_in", OK, 0.02);
    call_done("identity", "sign_in", OK, 0.3);
    call_done("identity", "sign_in", "busy", 0.001);
    http_done("GET", "/api/v1/people/{id}", 200, 0.004);
    job("documents", "expire", "failed", 2.0);
    outbox("documents", 4, 1.5);
    outbox("documents", 3, 0.5);
    consumer_lag("search", "documents", 12);
    let page = render_prometheus();
    let ok = r#"rpc_method="identity/sign_in",rpc_response_status_code="ok",rpc_system_name="vanphong""#;
    let busy = r#"error_type="busy",rpc_method="identity/sign_in",rpc_response_status_code="busy""#;
    for line in [
        "# TYPE rpc_server_call_duration_seconds histogram".to_owned(),
        format!(r#"rpc_server_call_duration_seconds_bucket{{{ok},le="0.01"}} 0"#),
        format!(r#"rpc_server_call_duration_seconds_bucket{{{ok},le="0.025"}} 1"#),
        format!(r#"rpc_server_call_duration_seconds_bucket{{{ok},le="0.5"}} 2"#),
        format!(r#"rpc_server_call_duration_seconds_bucket{{{ok},le="+Inf"}} 2"#),
        format!("rpc_server_call_duration_seconds_count{{{ok}}} 2"),
        format!(r#"rpc_server_call_duration_seconds_count{{{busy},rpc_system_name="vanphong"}} 1"#),
        r#"http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/api/v1/people/{id}"} 1"#.to_owned(),
        r#"vanphong_job_duration_seconds_sum{error_type="failed",vanphong_job="expire",vanphong_outcome="failed",vanphong_service="documents"} 2"#.to_owned(),
        "# TYPE vanphong_outbox_depth gauge".to_owned(),
        r#"vanphong_outbox_depth{vanphong_service="documents"} 3"#.to_owned(),
        r#"vanphong_outbox_age_seconds{vanphong_service="documents"} 0.5"#.to_owned(),
        r#"vanphong_consumer_lag{vanphong_consumer="search",vanphong_publisher="documents"} 12"#.to_owned(),
    ] {
        assert!(page.lines().any(|given| given == line), "{line}\nis not in\n{page}");
    }
}
