//! The door through real HTTP, with services played on the in-process bus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// Requests that become calls, and what comes back.
mod calls;
/// A played service with a contract of its own.
mod desk;
/// New, missing and dishonest services.
mod discovery;
/// Downloads.
mod downloads;
/// Hint streams.
mod events;
/// Files in forms of pages.
mod hand_in;
/// Connections that do nothing.
mod idle;
/// How often one may ask.
mod limits;
/// Pages that the gateway answers itself.
mod pages;
/// Pages, which the portal makes.
mod portal;
/// What is refused before, or instead of, asking a service.
mod refused;
/// Shutting the door.
mod stopping;
/// HTTPS with an office authority and with given files.
mod tls;
/// Uploads.
mod uploads;
/// A gateway on a bus of its own, and people to ask it.
mod world;
