//! What the engine does with a refusal: find out what moved at the trust, then halve the group until the one that is refused stands
//! alone; only its lane stops.

use std::collections::VecDeque;

use domain::id::SendingId;
use store::{Kept, Learnt, Outgoing, TrustRef};

use crate::breaker::jitter;
use crate::engine::{Doing, Engine, Group, Part, Refusal};
use crate::event::{Ask, Standing, Step};
use crate::fault::{Fault, Trouble};
use crate::reason::Reason;

/// The longest pause of one sending, milliseconds.
const MOST_PAUSE: i64 = 300_000;

/// How often a clash is met without anything having moved before a person has to look.
pub(crate) const MOST_CLASHES: u32 = 8;

/// How often our own words under a version that nobody here heard of are an accident, before what is refused is the content: a server
/// without rollback leaves them there at each try, and so does each other PC that brought the same versions together.
const MOST_ACCIDENTS: u32 = 6;

impl Engine {
    /// Before anything is called poison: what moved at the trust? A stale version may be answered like a bad resource.
    pub(crate) fn refused(&mut self, group: Group, refusal: Refusal) -> Ask {
        if group.part != Part::Whole && group.sendings.len() > 1 {
            return self.halve(group, part_of(&refusal));
        }
        let sendings = group.sendings.clone();
        self.doing = Doing::Comparing { group, refusal };
        Ask::Compare(sendings)
    }

    pub(crate) fn compared(
        &mut self,
        mut group: Group,
        refusal: Refusal,
        standings: Vec<(SendingId, Standing)>,
        (now, chance): (i64, u64),
        step: &mut Step,
    ) -> Ask {
        let (mut moved, alone) = (VecDeque::new(), group.sendings.len() == 1);
        for (sending, standing) in standings.into_iter().filter(|(_, standing)| *standing != Standing::AsKnown) {
            let Some(place) = group.sendings.iter().position(|one| one.sending == sending) else { continue };
            let again = group.sendings.get(place).is_some_and(|one| one.clashes >= MOST_ACCIDENTS);
            let standing = match (standing, &refusal) {
                (Standing::Same(refs), Refusal::Content { said }) if again && alone => {
                    Standing::Left { refs, said: said.clone() }
                }
                (Standing::Same(refs), Refusal::Content { .. }) if again => {
                    step.learnt.extend(refs.into_iter().map(Learnt::Version));
                    continue;
                }
                (standing, _) => standing,
            };
            moved.push_back((group.sendings.remove(place), standing));
        }
        if let Some((first, _)) = moved.front() {
            let ask = Ask::Commit(first.clone());
            self.doing = Doing::Doubting { moved, rest: Group { part: Part::Whole, ..group } };
            return ask;
        }
        match (refusal, group.sendings.as_slice()) {
            // Nothing of ours is missing there, so it is the address that is: no FHIR server's.
            (Refusal::Gone, sendings) => {
                queue(sendings, step);
                self.pause(Trouble::of(Fault::NotFhir), now, chance, step)
            }
            (Refusal::Content { said }, [one]) => {
                planted!(PoisonIsDropped, return self.all_acked(&group, now, step));
                let (sending, reason) = (one.sending, Reason::RefusedContent.code());
                self.stop(group.sendings, sending, Kept::Quarantined { reason, said }, step);
                self.join_halves();
                self.on(now)
            }
            (Refusal::Clash, [one]) => {
                let ask = Ask::Commit(one.clone());
                let moved = VecDeque::from([(one.clone(), Standing::AsKnown)]);
                self.doing = Doing::Doubting { moved, rest: Group::default() };
                ask
            }
            (refusal @ (Refusal::Clash | Refusal::Content { .. }), _) => self.halve(group, part_of(&refusal)),
        }
    }

    pub(crate) fn doubted(
        &mut self,
        mut moved: VecDeque<(Outgoing, Standing)>,
        mut rest: Group,
        answer: Result<Option<Vec<TrustRef>>, Trouble>,
        (now, chance): (i64, u64),
        step: &mut Step,
    ) -> Ask {
        let Some((one, standing)) = moved.pop_front() else { return Ask::Load };
        match (answer, planted!(OursWins, crate::planted::overlooked(standing), standing)) {
            (Err(trouble), _) => {
                // Some of these may be there already under their commit records.
                doubt([&one].into_iter().chain(moved.iter().map(|(one, _)| one)), None, step);
                queue(&rest.sendings, step);
                return self.pause(trouble, now, chance, step);
            }
            (Ok(Some(refs)), _) => step.keep.push((one.sending, Kept::Acked { refs })),
            (Ok(None), Standing::PatientGone) => {
                self.stop_lane(&one, &mut rest, &mut moved, step);
                step.learnt.push(Learnt::Told { lane: one.lane.clone() });
                step.keep.push((one.sending, Kept::Held { reason: Reason::PatientGone.code(), said: String::new() }));
            }
            (Ok(None), Standing::AsKnown) => {
                // Racing writers; the other one may have given up.
                let not_before = now + jitter(one.clashes + 1, MOST_PAUSE, chance);
                // While it waits nothing of its lane goes past it.
                self.stop_lane(&one, &mut rest, &mut moved, step);
                step.keep.push((one.sending, clashed(&one, not_before)));
            }
            (Ok(None), Standing::Same(refs)) => {
                step.learnt.extend(refs.into_iter().map(Learnt::Version));
                self.stop_lane(&one, &mut rest, &mut moved, step);
                // At once; a server that names the same words otherwise every time gets no more tries than any clash.
                let pause = if one.clashes == 0 { 0 } else { jitter(one.clashes, MOST_PAUSE, chance) };
                step.keep.push((one.sending, clashed(&one, now + pause)));
            }
            (Ok(None), Standing::Left { refs, said }) => {
                step.learnt.extend(refs.into_iter().map(Learnt::Version));
                self.stop_lane(&one, &mut rest, &mut moved, step);
                let reason = Reason::RefusedContent.code();
                step.keep.push((one.sending, Kept::Quarantined { reason, said }));
            }
            (Ok(None), Standing::Moved(theirs)) => {
                let stop = Kept::Conflict { reason: Reason::ChangedThere.code(), theirs };
                planted!(
                    TheirsWins,
                    return self.all_acked(&Group { sendings: vec![one], part: Part::Whole }, now, step)
                );
                self.stop_lane(&one, &mut rest, &mut moved, step);
                step.keep.push((one.sending, stop));
            }
            (Ok(None), Standing::Removed(theirs)) => {
                let stop = Kept::Conflict { reason: Reason::RemovedThere.code(), theirs };
                self.stop_lane(&one, &mut rest, &mut moved, step);
                step.keep.push((one.sending, stop));
            }
        }
        match moved.front() {
            Some((next, _)) => {
                let ask = Ask::Commit(next.clone());
                self.doing = Doing::Doubting { moved, rest };
                ask
            }
            None if rest.sendings.is_empty() => self.on(now),
            None => self.send(rest),
        }
    }

    /// `first`: what is known of the first half of it.
    pub(crate) fn halve(&mut self, mut group: Group, first: Part) -> Ask {
        let later = group.sendings.split_off(group.sendings.len().div_ceil(2));
        planted!(HalfIsDropped, return self.send(group));
        self.halves.push(Group { sendings: later, part: Part::Half });
        group.part = first;
        self.send(group)
    }

    /// The one that was refused is found: nothing is known against the other halves, so they go together.
    fn join_halves(&mut self) {
        let mut joined = Vec::new();
        while let Some(group) = self.halves.pop_if(|group| group.part != Part::Whole) {
            joined.extend(group.sendings);
        }
        if !joined.is_empty() {
            self.halves.push(Group { sendings: joined, part: Part::Half });
        }
    }

    pub(crate) fn stop_alone(&mut self, group: Group, kept: Kept, now: i64, step: &mut Step) -> Ask {
        if let Some(one) = group.sendings.first() {
            let sending = one.sending;
            self.stop(group.sendings, sending, kept, step);
        }
        self.on(now)
    }

    /// Stops one sending of a group, and with it its lane; what else was taken up of the lane goes back, and the others go on.
    pub(crate) fn stop(&mut self, mut group: Vec<Outgoing>, sending: SendingId, kept: Kept, step: &mut Step) {
        let Some(place) = group.iter().position(|one| one.sending == sending) else { return };
        let one = group.remove(place);
        let mut rest = Group { sendings: group, part: Part::Whole };
        self.stop_lane(&one, &mut rest, &mut VecDeque::new(), step);
        step.keep.push((one.sending, kept));
        if !rest.sendings.is_empty() {
            self.halves.push(rest);
        }
    }

    /// Takes a lane out of everything that was taken up.
    fn stop_lane(
        &mut self,
        stopped: &Outgoing,
        rest: &mut Group,
        moved: &mut VecDeque<(Outgoing, Standing)>,
        step: &mut Step,
    ) {
        planted!(LaneGoesOn, return);
        let same = |one: &Outgoing| one.lane == stopped.lane;
        for group in self.halves.iter_mut().chain([rest]) {
            let (back, on) = std::mem::take(&mut group.sendings).into_iter().partition::<Vec<_>, _>(same);
            queue(&back, step);
            group.sendings = on;
        }
        self.halves.retain(|group| !group.sendings.is_empty());
        let (back, on) = std::mem::take(moved).into_iter().partition::<VecDeque<_>, _>(|(one, _)| same(one));
        // One that moved may be there already under its commit record.
        doubt(back.iter().map(|(one, _)| one), None, step);
        *moved = on;
    }
}

/// A clash may be over; content that is refused is in one of both halves.
fn part_of(refusal: &Refusal) -> Part {
    if matches!(refusal, Refusal::Content { .. }) { Part::FirstHalf } else { Part::Half }
}

/// It may go again at this moment, or a person has to look.
fn clashed(one: &Outgoing, not_before: i64) -> Kept {
    if one.clashes < MOST_CLASHES {
        return Kept::Clashed { not_before };
    }
    Kept::Held { reason: Reason::ChangedThere.code(), said: String::new() }
}

/// Certainly not at the trust: back into the queue.
pub(crate) fn queue(sendings: &[Outgoing], step: &mut Step) {
    step.keep.extend(sendings.iter().map(|one| (one.sending, Kept::Queued { not_before: None })));
}

/// Perhaps at the trust: to be asked about.
pub(crate) fn doubt<'a>(sendings: impl Iterator<Item = &'a Outgoing>, not_before: Option<i64>, step: &mut Step) {
    step.keep.extend(sendings.map(|one| (one.sending, Kept::Unknown { not_before })));
}

#[cfg(test)]
#[path = "bisect_tests.rs"]
mod tests;
