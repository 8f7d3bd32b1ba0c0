//! The roles of PostgreSQL: whoever runs a service cannot change its tables, nor see another's.

use db::{Db, DbSettings};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};
use testbed::postgres::Server;

use crate::deployment::Deployment;

/// A server of its own, since roles belong to the server, with the roles and schemas of a deployment.
pub(crate) async fn server(deployment: &Deployment) -> Server {
    let server = Server::start().await.unwrap();
    roles(deployment, &server).await;
    server
}

async fn roles(deployment: &Deployment, server: &Server) {
    let superuser = Database::connect(server.url()).await.unwrap();
    superuser.execute_unprepared(&deployment.read("postgres/init.sql")).await.unwrap();
    superuser.close().await.unwrap();
}

/// How a role connects whose password stands in a folder.
pub(crate) fn settings(deployment: &Deployment, server: &Server, folder: &str, schema: &str) -> DbSettings {
    let line = deployment.read(&format!("{folder}/database.pgpass"));
    let (role, password) = line.trim_end().rsplit_once(':').unwrap();
    let role = role.rsplit(':').next().unwrap();
    let (_, place) = server.url().rsplit_once('@').unwrap();
    DbSettings {
        url: format!("postgres://{role}:{password}@{place}"),
        schema: schema.to_owned(),
        ..DbSettings::default()
    }
}

async fn refusal(connection: &DatabaseConnection, statement: &str) -> String {
    connection.execute_unprepared(statement).await.expect_err(statement).to_string()
}

#[tokio::test]
async fn what_a_service_may_not_do_to_its_own_tables_and_to_others() {
    let deployment = Deployment::make();
    let server = server(&deployment).await;
    for service in office::services() {
        let (name, migrating) = (service.name(), format!("{}-migrate", service.name()));
        // The role it runs under cannot make its tables, and says who can.
        let running = Db::open(&settings(&deployment, &server, name, name)).await.unwrap();
        let refused = format!("{:#}", service::migrate(&service, &running).await.unwrap_err());
        assert!(refused.contains("run the command `migrate`") && refused.contains("permission denied"), "{refused}");
        let owning = Db::open(&settings(&deployment, &server, &migrating, name)).await.unwrap();
        service::migrate(&service, &owning).await.unwrap();
        // Once they are there it needs no more than to look.
        service::migrate(&service, &running).await.unwrap();

        let insert = "INSERT INTO audit (at, record, salt, leaf) VALUES (1, '{}', 's', 'l')";
        running.reader().execute_unprepared(insert).await.unwrap();
        let cases = [
            ("DELETE FROM audit", "immutable"),
            ("UPDATE audit SET record = 'forged'", "immutable"),
            ("ALTER TABLE audit DISABLE TRIGGER audit_fixed", "must be owner"),
            ("DROP TRIGGER audit_fixed ON audit", "must be owner"),
            ("DROP FUNCTION audit_guard() CASCADE", "must be owner"),
            ("TRUNCATE audit", "permission denied"),
            ("DROP TABLE audit", "must be owner"),
            ("CREATE TABLE mine (id int)", "permission denied"),
            ("CREATE TABLE public.mine (id int)", "permission denied"),
            ("SET ROLE identity_owner", "permission denied"),
            ("SET session_replication_role = replica", "permission denied"),
        ];
        for (statement, expected) in cases {
            let refusal = refusal(running.reader(), statement).await;
            assert!(refusal.contains(expected), "{name}: {statement}: {refusal}");
        }
        for other in office::services().iter().map(service::Service::name).filter(|other| *other != name) {
            for connection in [running.reader(), owning.reader()] {
                let refusal = refusal(connection, &format!("SELECT * FROM {other}.audit")).await;
                assert!(
                    refusal.contains("permission denied") || refusal.contains("does not exist"),
                    "{other}: {refusal}"
                );
            }
        }
        running.close().await;
        owning.close().await;
    }
}

#[tokio::test]
async fn new_passwords_come_with_the_same_statements() {
    let deployment = Deployment::make();
    let server = server(&deployment).await;
    let old = settings(&deployment, &server, "identity", "identity");
    deployment.init(crate::deployment::now(), true);
    let new = settings(&deployment, &server, "identity", "identity");
    assert!(Db::open(&new).await.is_err());
    roles(&deployment, &server).await;
    assert!(Db::open(&old).await.is_err());
    Db::open(&new).await.unwrap().close().await;
}
