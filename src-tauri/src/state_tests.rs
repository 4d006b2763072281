//! The door without a clinic behind it: who gets in, who is refused, and what shutting waits for.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

use super::*;
use std::sync::Arc;
use tokio::sync::oneshot;

const PATIENCE: Duration = Duration::from_secs(10);

fn code(problem: &Problem) -> String {
    serde_json::to_value(problem).unwrap()["code"].as_str().unwrap().to_owned()
}

async fn way_in(desk: &'static str) -> Result<&'static str, Problem> {
    Ok(desk)
}

#[tokio::test(start_paused = true)]
async fn nobody_is_in_at_the_start() {
    let door = Door::<&str>::default();
    assert!(!door.is_open().await);
    assert_eq!(code(&door.inside().await.unwrap_err()), "locked");
}

#[tokio::test(start_paused = true)]
async fn a_nurse_who_gets_in_finds_the_clinic_open() {
    let door = Door::default();
    door.enter(way_in("open")).await.unwrap();
    assert_eq!(*door.inside().await.unwrap(), "open");
}

#[tokio::test(start_paused = true)]
async fn a_refused_way_in_leaves_the_door_as_it_was() {
    let door = Door::<&str>::default();
    let refused = door.enter(async { Err(Problem::unexpected()) }).await;
    assert_eq!(code(&refused.unwrap_err()), "unexpected");
    assert!(!door.is_open().await);
    door.enter(way_in("open")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_second_nurse_does_not_replace_the_first() {
    let door = Door::default();
    door.enter(way_in("first")).await.unwrap();
    assert_eq!(code(&door.enter(way_in("second")).await.unwrap_err()), "unexpected");
    assert_eq!(*door.inside().await.unwrap(), "first");
}

#[tokio::test(start_paused = true)]
async fn shutting_waits_for_the_act_in_flight_and_refuses_new_ones() {
    let door = Arc::new(Door::default());
    door.enter(way_in("open")).await.unwrap();
    let act = door.inside().await.unwrap();
    let (shut_sent, mut shut) = oneshot::channel();
    let shutting = Arc::clone(&door);
    tokio::spawn(async move { shut_sent.send(shutting.shut(PATIENCE).await) });
    tokio::task::yield_now().await;
    assert!(shut.try_recv().is_err(), "the act is still in flight");
    assert_eq!(code(&door.inside().await.unwrap_err()), "locked");
    drop(act);
    assert_eq!(shut.await.unwrap(), Some(Shut { was_open: Some("open") }));
    assert_eq!(code(&door.enter(way_in("late")).await.unwrap_err()), "locked");
}

#[tokio::test(start_paused = true)]
async fn patience_ends_and_what_is_open_is_closed_all_the_same() {
    let door = Door::default();
    door.enter(way_in("open")).await.unwrap();
    let _act_that_hangs = door.inside().await.unwrap();
    let before = tokio::time::Instant::now();
    assert_eq!(door.shut(PATIENCE).await, Some(Shut { was_open: Some("open") }));
    assert_eq!(before.elapsed(), PATIENCE);
}

#[tokio::test(start_paused = true)]
async fn only_the_first_who_shuts_does_the_closing() {
    let door = Door::default();
    door.enter(way_in("open")).await.unwrap();
    assert!(door.shut(PATIENCE).await.is_some());
    assert_eq!(door.shut(PATIENCE).await, None);
}
