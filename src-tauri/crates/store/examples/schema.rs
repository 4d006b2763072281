//! Prints the schema of a new database; `cargo xtask bindings` keeps it in `schema.sql`.

use store::{Keys, Store};
use zeroize::Zeroizing;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("holdfast-schema-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let keys = Keys { cipher: Zeroizing::new("00".repeat(32)), audit: Zeroizing::new([0; 32]) };
    let store = Store::create(&folder.join("clinic.db"), keys, Box::new(|| None))?;
    print!("{}", store.schema()?);
    store.close()?;
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
