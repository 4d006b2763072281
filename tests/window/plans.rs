//! What is agreed with Zoë, and where a test reads beside the screen what became of it.

use domain::summary_template::Copy;
use kit::kept;
use kit::window::{Agreed, RUTH, Window, World};
use security::{DeviceSecret, Passphrase, Vault};
use serde_json::{Value, json};
use store::Store;

use crate::fence::invoke;

pub const MATTERS: &str = "He is all I have at home. £5 a day, ŵ ŷ ł";

/// One action of each kind, each done by somebody else.
pub const ACTIONS: [Agreed; 5] = [
    Agreed {
        kind: "inform",
        what: "Leaflet on help at home",
        owner: "support_worker",
        owner_name: "Nkechi Notional",
        due: "30/11/2099",
    },
    Agreed {
        kind: "signpost",
        what: "Ring the Invented Dog Walkers",
        owner: "patient",
        owner_name: "",
        due: "30-Nov-2099",
    },
    Agreed {
        kind: "refer",
        what: "Welfare adviser, first talk",
        owner: "nurse",
        owner_name: "",
        due: "2 December 2099",
    },
    Agreed { kind: "review", what: "Look at the tablets again", owner: "gp", owner_name: "", due: "14.12.2099" },
    Agreed {
        kind: "self_care",
        what: "A walk by the river",
        owner: "service",
        owner_name: "Riverside Walkers",
        due: "2099-12-24",
    },
];

/// What the application answers the page.
pub fn as_told(window: &Window<'_>, command: &str, request: &Value) -> Value {
    let answer = invoke(window, command, json!({ "request": request }));
    assert!(!answer["ok"].is_null(), "{command}: {answer}");
    answer["ok"].clone()
}

/// The bytes that the database of a world keeps for one copy of a version. Nobody has it open.
pub fn stored(world: &World, record: &str, version: u32, copy: Copy) -> Vec<u8> {
    let vault = Vault::read(&world.profile()).unwrap();
    let device = world.device_secret(vault.database_id());
    let device = DeviceSecret::from_bytes(device.as_slice().try_into().unwrap());
    let nurse = vault.holders().next().unwrap().id.clone();
    let key = vault.open(&nurse, &Passphrase::new(RUTH.passphrase), &device).unwrap();
    let store = Store::open(&world.profile().join("clinic.db"), kept::keys(&key), Box::new(|| None)).unwrap();
    store.paper(record, version, copy).unwrap().expect("the version has this paper").pdf
}
