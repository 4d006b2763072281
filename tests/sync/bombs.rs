//! An answer that is small on its way and enormous when it is unpacked.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use kit::heap::peak_of;
use kit::{Outbox, Passage};
use sync::Fault;

use super::{network, versions};

/// Unpacked, in bytes.
const ENORMOUS: usize = 256 * 1024 * 1024;

/// What may be held while it is met: twice the largest answer that is read, and room to work.
const MOST_HELD: usize = 24 * 1024 * 1024;

fn bomb() -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(br#"{"resourceType":"Bundle","type":"searchset","entry":[],"id":""#).unwrap();
    let spaces = vec![b' '; 1024 * 1024];
    (0..ENORMOUS / spaces.len()).for_each(|_| packed.write_all(&spaces).unwrap());
    packed.write_all(br#""}"#).unwrap();
    let body = packed.finish().unwrap();
    assert!(body.len() < ENORMOUS / 100);
    let head =
        "HTTP/1.1 200 X\r\nContent-Type: application/fhir+json\r\nContent-Encoding: gzip\r\nConnection: close\r\n";
    [format!("{head}Content-Length: {}\r\n\r\n", body.len()).into_bytes(), body].concat()
}

#[tokio::test]
pub(super) async fn a_gzip_bomb_is_put_down_before_it_is_unpacked() {
    let bomb = bomb();
    for (number, before) in (85_200..).zip(0..3) {
        let (network, pc) = (network(), Outbox::new(u64::from(number)));
        let anna = pc.register(number);
        network.next((0..before).map(|_| Passage::Pass).chain([Passage::Bytes(bomb.as_slice().into())]));
        let mut push = pc.push(&network.address());
        let peak = peak_of(async {
            push.drain(false).await.unwrap();
        });
        let peak = peak.await;
        assert!(peak < MOST_HELD, "{peak} bytes after {before}");
        assert_eq!(pc.told().trouble.map(|(_, fault)| fault), Some(Fault::CutOff), "after {before}");
        pc.drain_all(&network.address(), 20).await;
        assert_eq!((pc.waiting().waiting, pc.reasons(), versions("Patient", anna)), (0, vec![], 1), "after {before}");
    }
}
