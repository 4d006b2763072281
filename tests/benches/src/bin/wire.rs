//! `wire`: the bytes of the transactions as they go to a server that takes them packed, against gzip of the same at its smallest: without
//! a space, at the highest level, one body at a time.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use holdfast_benches::figure;
use holdfast_benches::recorder::Recorder;
use kit::{Dialect, DialectServer, Gzip, Outbox, TrustModel};
use serde_json::Value;

const PATIENTS: u32 = 200;
const AGAINST: &str = "gzip at level 9 of the same transactions as minimal JSON";

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // The same seed makes the same ids, so both send the same.
    let plain = DialectServer::serving(TrustModel::new(Dialect::default()), Gzip::Unknown);
    let recorder = Recorder::to(plain.port())?;
    runtime.block_on(filled().drain_all(&recorder.address, 9));
    let mut least = 0;
    let bodies = recorder.transactions();
    for body in &bodies {
        let minimal = serde_json::from_slice::<Value>(body)?.to_string();
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(minimal.as_bytes())?;
        least += encoder.finish()?.len();
    }
    let packing = DialectServer::serving(TrustModel::new(Dialect::default()), Gzip::Offered);
    runtime.block_on(filled().drain_all(&packing.address(), 9));
    let sent: Vec<usize> =
        packing.came().into_iter().filter(|(coding, _)| coding == "gzip").map(|(_, bytes)| bytes).collect();
    if sent.len() != bodies.len() {
        return Err(format!("{} packed transactions, {} recorded", sent.len(), bodies.len()).into());
    }
    let bytes: usize = sent.iter().sum();
    eprintln!("{} transactions: {bytes} bytes sent, {least} at the least", sent.len());
    figure("wire", "ratio", bytes as f64 / least as f64, 1.1, AGAINST);
    Ok(())
}

/// A PC with patients and an assessment of each that wait.
fn filled() -> Outbox {
    let pc = Outbox::new(1_040);
    for number in 0..PATIENTS {
        pc.assess(pc.register(number));
    }
    pc
}
