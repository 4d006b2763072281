//! How much work one try at a passphrase costs: Argon2id parameters, their floor, and their calibration to this PC.
//! The clock is passed in.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::OpenFault;
use crate::secret::Passphrase;

/// The work of one try: memory in KiB, iterations, lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    memory_kib: u32,
    iterations: u32,
    lanes: u32,
}

impl Cost {
    /// The least the product accepts, for new slots and for opening: 64 MiB, 3 iterations, 1 lane.
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, iterations: 3, lanes: 1 };

    /// About a thousandth of the floor; a build without the `testing` feature neither makes nor opens a slot with it.
    #[cfg(any(test, feature = "testing"))]
    pub const CHEAP_FOR_TESTS: Self = CHEAP;

    /// The cost at which one try takes 0.5 to 1.0 s on this PC, never below the floor: memory grows first (to 256 MiB), then
    /// iterations. `now_ms` reads any clock that does not go backwards, in milliseconds. Takes about 2 s.
    pub fn calibrated(now_ms: &mut dyn FnMut() -> i64) -> Self {
        choose(&mut |cost| {
            let before = now_ms();
            // Not enough memory for the trial counts as too slow, which leads back to less.
            match cost.unlocking_key(&Passphrase::new("calibration"), &[0; 16]) {
                Ok(_) => now_ms().saturating_sub(before),
                Err(_) => i64::MAX,
            }
        })
    }

    /// Whether slots of this cost may be made and opened; beyond 1 GiB or 64 iterations a file is not believed.
    pub(crate) fn is_acceptable(self) -> bool {
        let within = |floor: u32, value: u32, most: u32| (floor..=most).contains(&value);
        let strong = within(Self::FLOOR.memory_kib, self.memory_kib, 1024 * 1024)
            && within(Self::FLOOR.iterations, self.iterations, 64)
            && within(Self::FLOOR.lanes, self.lanes, 16);
        strong || (cfg!(any(test, feature = "testing")) && self == CHEAP)
    }

    /// UK: Argon2id over the passphrase and the salt, 32 bytes.
    pub(crate) fn unlocking_key(
        self,
        passphrase: &Passphrase,
        salt: &[u8; 16],
    ) -> Result<Zeroizing<[u8; 32]>, OpenFault> {
        let params =
            Params::new(self.memory_kib, self.iterations, self.lanes, Some(32)).map_err(|_| OpenFault::Damaged)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.text().as_bytes(), salt, &mut *key)
            .map_err(|_| OpenFault::NoMemory)?;
        Ok(key)
    }

    /// The three numbers as bytes, for what a slot is bound to.
    pub(crate) fn to_bytes(self) -> Vec<u8> {
        [self.memory_kib, self.iterations, self.lanes].iter().flat_map(|n| n.to_be_bytes()).collect()
    }
}

const CHEAP: Cost = Cost { memory_kib: 64, iterations: 1, lanes: 1 };
const WANTED_MS: i64 = 700;
const LONGEST_MS: i64 = 1_000;
const MOST_MEMORY_KIB: i64 = 256 * 1024;

fn choose(measure: &mut dyn FnMut(Cost) -> i64) -> Cost {
    let floor_ms = measure(Cost::FLOOR).max(1);
    if floor_ms > WANTED_MS {
        return Cost::FLOOR;
    }
    let floor_kib = i64::from(Cost::FLOOR.memory_kib);
    // Whole MiB, so that the stored numbers read well.
    let memory = (floor_kib * WANTED_MS / floor_ms).clamp(floor_kib, MOST_MEMORY_KIB) / 1024 * 1024;
    let iteration_ms = (floor_ms * memory / floor_kib / i64::from(Cost::FLOOR.iterations)).max(1);
    let iterations = (WANTED_MS / iteration_ms).clamp(i64::from(Cost::FLOOR.iterations), 64);
    let mut chosen = Cost {
        memory_kib: u32::try_from(memory).unwrap_or(Cost::FLOOR.memory_kib),
        iterations: u32::try_from(iterations).unwrap_or(Cost::FLOOR.iterations),
        lanes: 1,
    };
    // More memory can cost more than its share; halve what was added until one try is short enough.
    while chosen != Cost::FLOOR && measure(chosen) > LONGEST_MS {
        chosen.memory_kib = Cost::FLOOR.memory_kib + (chosen.memory_kib - Cost::FLOOR.memory_kib) / 2048 * 1024;
        chosen.iterations = Cost::FLOOR.iterations + (chosen.iterations - Cost::FLOOR.iterations) / 2;
    }
    chosen
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::hex::to_hex;

    fn linear(microseconds_a_mib: i64) -> impl FnMut(Cost) -> i64 {
        move |cost| i64::from(cost.memory_kib) / 1024 * i64::from(cost.iterations) * microseconds_a_mib / 1000
    }

    #[test]
    fn every_speed_of_pc_gets_half_a_second_to_a_second_or_the_floor() {
        for speed in 60..20_000 {
            let chosen = choose(&mut linear(speed));
            assert!(chosen.is_acceptable(), "{speed}: {chosen:?}");
            let takes = linear(speed)(chosen);
            assert!((500..=1_000).contains(&takes) || chosen == Cost::FLOOR, "{speed}: {chosen:?} takes {takes} ms");
        }
    }

    #[test]
    fn a_pc_that_suffers_from_more_memory_gets_less_of_it() {
        let mut swaps = |cost: Cost| if cost.memory_kib > 100 * 1024 { 30_000 } else { 200 };
        let chosen = choose(&mut swaps);
        assert!(chosen.memory_kib <= 100 * 1024 && chosen.is_acceptable());
        assert_eq!(choose(&mut |cost| if cost == Cost::FLOOR { 10 } else { i64::MAX }), Cost::FLOOR);
    }

    #[test]
    fn the_calibration_reads_the_clock_it_was_given() {
        let mut readings = 0;
        let chosen = Cost::calibrated(&mut || {
            readings += 1;
            readings * 800
        });
        assert_eq!((chosen, readings), (Cost::FLOOR, 2));
    }

    #[test]
    fn below_the_floor_and_beyond_reason_are_refused() {
        let floor = Cost::FLOOR;
        assert!(floor.is_acceptable() && CHEAP.is_acceptable());
        for bad in [
            Cost { memory_kib: floor.memory_kib - 1, ..floor },
            Cost { iterations: 2, ..floor },
            Cost { lanes: 0, ..floor },
            Cost { memory_kib: u32::MAX, ..floor },
            Cost { iterations: 65, ..floor },
            Cost { lanes: 17, ..floor },
            Cost { iterations: 2, ..CHEAP },
        ] {
            assert!(!bad.is_acceptable(), "{bad:?}");
        }
    }

    // These bytes are in every vault in use: a change here locks every nurse out.
    #[test]
    fn the_unlocking_key_is_pinned() {
        let key = |cost: Cost| cost.unlocking_key(&Passphrase::new("a lantern beside the river"), &[9; 16]).unwrap();
        assert_eq!(to_hex(&*key(CHEAP)).as_str(), "ae7b998361cf43223c212438e16a96c98a258a466557cf9c6abffbdc1650177b");
        assert_eq!(
            to_hex(&*key(Cost::FLOOR)).as_str(),
            "64ac0bf099dbd0610c8da6833a6d6807176c57a9c695998cd9598325e502e313"
        );
    }
}
