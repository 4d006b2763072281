//! A history: who there is, what they do and what goes wrong, in order. It is made of a seed, and is itself what is played and kept, so
//! that a shorter one can be played as well.

use kit::trust_model::{Deleted, Etags};
use kit::{Chance, Dialect};
use serde::{Deserialize, Serialize};

/// How many patients there are.
pub const PATIENTS: usize = 5;

/// What is played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    pub seed: u64,
    /// Two to five.
    pub pcs: usize,
    /// How many nurses work at each PC: one to four.
    pub nurses: usize,
    /// How many patients all PCs know from the beginning, as if pulled.
    pub shared: usize,
    /// How many of the others the trust knows before anybody registers them.
    pub known: usize,
    /// The PC that begins on an older schema and knows nobody, if there is one.
    pub older: Option<usize>,
    pub server: Speech,
    pub moments: Vec<Moment>,
}

/// How the server speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    pub opaque: bool,
    pub create_200: bool,
    pub deleted_404: bool,
    pub stale: u16,
    pub locations: bool,
}

/// One step, and what decides in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub step: Step,
    /// How often the queues that are at work go on a little afterwards.
    pub polls: usize,
    /// For what is left open within the step, so that a step is the same whatever was left out before it.
    pub chance: u64,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// A nurse does something about a patient; `poison` is content that the server refuses.
    Act {
        pc: usize,
        nurse: usize,
        patient: usize,
        act: Act,
        poison: bool,
    },
    /// The network is there: the queue is woken.
    Wake {
        pc: usize,
    },
    /// Milliseconds go by.
    Pass {
        ms: i64,
    },
    /// A person has everything tried again that was stopped.
    TryAgain {
        pc: usize,
    },
    /// A person decides about every conflict.
    Resolve {
        pc: usize,
    },
    /// Somebody at the trust changes a patient.
    Elsewhere {
        patient: usize,
    },
    Fault {
        pc: usize,
        fault: Fault,
    },
}

/// A kind of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    Correct,
    CorrectIdentity,
    Death,
    Offer,
    MarkOffer,
    Assess,
    Plan,
    Progress,
    Relock,
    Book,
    ChangeAppointment,
    CancelAppointment,
    AskSession,
    ChangeSession,
    ConfirmSession,
    CancelSession,
    Invite,
    WithdrawInvitation,
}

/// What goes wrong. On the network it goes wrong with the PC's next request that it can befall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// The program ends before or after its so-manieth step on the database from now.
    Crash {
        steps: u32,
        after: bool,
    },
    /// The database refuses that many steps, and what a nurse saves meanwhile.
    DiskFull {
        steps: u32,
    },
    /// The PC's clock is wrong by so many years from now on; 0 puts it right.
    Clock {
        years: i64,
    },
    /// The program is ended in the middle of sending and a newer version started.
    Upgrade,
    NotReached,
    LostAnswer,
    /// The network delivers a transaction twice; whether the second answer is the one that is heard.
    Duplicate {
        second: bool,
    },
    /// A transaction arrives that many milliseconds after nobody waits for it any more.
    Late {
        ms: i64,
    },
    /// The entries of the answer stand in another order.
    Reordered,
    Truncated,
    Portal,
    /// The server asks for patience, this often.
    Busy {
        times: u32,
    },
    SignIn,
    /// The server fails; whether it has committed before.
    Failing {
        committed: bool,
    },
    TooLarge,
    /// The server's disk is copied.
    Backup,
    /// The server goes back to its last copy.
    Restore,
}

impl History {
    /// The history of a seed.
    pub fn of(seed: u64) -> History {
        let mut chance = Chance::new(seed ^ 0x6869_7374_6f72_7921);
        let pcs = 2 + chance.below(4);
        let nurses = 1 + chance.below(4);
        let shared = chance.below(4);
        let older = (chance.below(4) == 0).then(|| chance.below(pcs - 1) + 1);
        let server = Speech {
            opaque: chance.coin(),
            create_200: chance.coin(),
            deleted_404: chance.coin(),
            stale: [400, 409, 412][chance.below(3)],
            locations: chance.below(4) != 0,
        };
        let mut history =
            History { seed, pcs, nurses, shared, known: chance.below(3), older, server, moments: Vec::new() };
        let acts = 44 + chance.below(30);
        let mut made = 0;
        while made < acts {
            let step = history.step(&mut chance);
            made += usize::from(matches!(step, Step::Act { .. }));
            let polls = chance.below(9);
            history.moments.push(Moment { step, polls, chance: chance.number() });
        }
        history
    }

    fn step(&self, chance: &mut Chance) -> Step {
        let pc = chance.below(self.pcs);
        match chance.below(100) {
            0..62 => Step::Act {
                pc,
                nurse: chance.below(self.nurses),
                patient: chance.below(PATIENTS),
                act: act(chance),
                poison: chance.below(60) == 0,
            },
            62..80 => Step::Wake { pc },
            80..87 => Step::Pass { ms: [1_000, 20_000, 61_000, 600_000, 3_600_000][chance.below(5)] },
            87 => Step::TryAgain { pc },
            88 => Step::Resolve { pc },
            89 => Step::Elsewhere { patient: chance.below(PATIENTS) },
            _ => Step::Fault { pc, fault: fault(chance) },
        }
    }

    /// The server's dialect.
    pub fn dialect(&self) -> Dialect {
        let Speech { opaque, create_200, deleted_404, stale, locations } = self.server;
        Dialect {
            etags: if opaque { Etags::Opaque } else { Etags::Weak },
            create_status: if create_200 { 200 } else { 201 },
            deleted: if deleted_404 { Deleted::NotFound404 } else { Deleted::Gone410 },
            stale_in_transaction: stale,
            locations,
            ..Dialect::default()
        }
    }
}

fn act(chance: &mut Chance) -> Act {
    use Act::*;
    const ALL: [Act; 25] = [
        Correct,
        Correct,
        Correct,
        Correct,
        Correct,
        CorrectIdentity,
        Death,
        Offer,
        Offer,
        MarkOffer,
        Assess,
        Assess,
        Assess,
        Plan,
        Plan,
        Progress,
        Progress,
        Relock,
        Book,
        ChangeAppointment,
        CancelAppointment,
        AskSession,
        ChangeSession,
        Invite,
        WithdrawInvitation,
    ];
    match chance.below(ALL.len() + 2) {
        25 => ConfirmSession,
        26 => CancelSession,
        other => ALL[other],
    }
}

fn fault(chance: &mut Chance) -> Fault {
    match chance.below(22) {
        0..3 => Fault::Crash { steps: chance.below(12) as u32, after: chance.coin() },
        3 => Fault::DiskFull { steps: 1 + chance.below(5) as u32 },
        4 => Fault::Clock { years: 10 },
        5 => Fault::Clock { years: -10 },
        6 => Fault::Clock { years: 0 },
        7 => Fault::Upgrade,
        8 => Fault::NotReached,
        9 | 10 => Fault::LostAnswer,
        11 => Fault::Duplicate { second: chance.coin() },
        12 => Fault::Late { ms: 1_000 + chance.below(28_000) as i64 },
        13 => Fault::Reordered,
        14 => Fault::Truncated,
        15 => Fault::Portal,
        16 => Fault::Busy { times: 1 + chance.below(4) as u32 },
        17 => Fault::SignIn,
        18 => Fault::Failing { committed: chance.coin() },
        19 => Fault::TooLarge,
        20 => Fault::Backup,
        _ => Fault::Restore,
    }
}
