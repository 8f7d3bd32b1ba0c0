//! The roles and schemas of PostgreSQL: for each service an owner, who changes tables, and the role it runs under,
//! which only reads and writes rows. What the database holds unchangeable therefore holds against the service too.

use std::fmt::Write as _;

/// The roles of one service, with their passwords.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    /// The service.
    pub service: String,
    /// The password of the owner.
    pub owner_password: String,
    /// The password of the role it runs under.
    pub runtime_password: String,
}

/// The schema of a service.
#[must_use]
pub fn schema(service: &str) -> String {
    service.replace('-', "_")
}

/// The role that owns the tables of a service.
#[must_use]
pub fn owner(service: &str) -> String {
    format!("{}_owner", schema(service))
}

/// The role a service runs under.
#[must_use]
pub fn runtime(service: &str) -> String {
    format!("{}_runtime", schema(service))
}

/// A line of a `.pgpass` file: the password of a role, at whatever server it is asked for.
#[must_use]
pub fn pgpass(role: &str, password: &str) -> String {
    format!("*:*:*:{role}:{password}\n")
}

/// Statements that make every role and schema. They may be run again, which also sets new passwords.
///
/// Each connection is rolled back when it returns to its pool, which the server would answer with a warning each time.
#[must_use]
pub fn statements(all: &[Roles]) -> String {
    let mut text = "-- Made by `vanphong deploy init`. It may be run again, and sets the passwords as they are here.\n\
         DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); END $$;\n\
         REVOKE ALL ON SCHEMA public FROM PUBLIC;\n"
        .to_owned();
    for roles in all {
        let Roles { service, owner_password, runtime_password } = roles;
        let (schema, owner, runtime) = (schema(service), owner(service), runtime(service));
        for (role, password) in [(&owner, owner_password), (&runtime, runtime_password)] {
            // Writing to a text cannot fail.
            let _ = write!(
                text,
                "\nDO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;\n\
                 ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{password}';\n\
                 ALTER ROLE {role} SET client_min_messages = error;\nALTER ROLE {role} SET log_min_messages = error;\n\
                 DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO {role}', current_database()); END $$;\n"
            );
        }
        let given = format!("ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT");
        let _ = write!(
            text,
            "CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {owner};\nGRANT USAGE ON SCHEMA {schema} TO {runtime};\n\
             {given} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {runtime};\n\
             {given} USAGE, SELECT ON SEQUENCES TO {runtime};\n"
        );
    }
    text
}
