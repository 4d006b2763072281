//! What to do next: pure, so that the same code runs here and in a simulation. Disk, network, clock and chance are outside; each
//! step takes one event and gives what is to be kept and the one question that comes next.

use std::collections::{BTreeMap, VecDeque};

use domain::id::SendingId;
use store::{Due, Kept, Learnt, Outgoing, TrustRef};

use crate::answer::Meaning;
use crate::bisect::{doubt, queue};
use crate::breaker::Breaker;
use crate::event::{Ask, Event, Match, Standing, Step};
use crate::fault::{Fault, Trouble};
use crate::reason::Reason;

/// The most sendings in one transaction.
pub(crate) const MOST_TOGETHER: u32 = 16;

/// How long after it went out a request may still be committed, milliseconds: longer than any request is waited for.
pub(crate) const COMMIT_HORIZON: i64 = 60_000;

/// A clock that says that longer than this has gone by, milliseconds, may have been set.
const A_DAY: i64 = 24 * 60 * 60 * 1000;

/// At how many failures of the server of a transaction its members go alone from then on: one of them may be what it fails at.
pub(crate) const MOST_FAILURES_TOGETHER: u32 = 3;

/// After how many failures, the last of them alone, a person has to look.
pub(crate) const MOST_FAILURES: u32 = 6;

/// The state between two steps. It holds one group of sendings and its halves at most, however long the backlog is.
#[derive(Default)]
pub(crate) struct Engine {
    pub breaker: Breaker,
    pub doing: Doing,
    /// What is left of a group that was too much at once, the next to be sent last.
    pub halves: Vec<Group>,
    /// When what is asked for was first not found, where the clock was set since it went out.
    absent: BTreeMap<SendingId, i64>,
}

/// Sendings that go together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub sendings: Vec<Outgoing>,
    pub part: Part,
}

/// What was found out about a group before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    /// Nothing.
    #[default]
    Whole,
    /// It was asked for, and compared, as part of a larger one a moment ago.
    Half,
    /// The same; something is refused in it, or else in the half that comes next.
    FirstHalf,
}

/// What was asked and is not answered yet.
#[derive(Debug, Default)]
pub(crate) enum Doing {
    #[default]
    Nothing,
    Matching(Group),
    Sending(Group),
    Comparing {
        group: Group,
        refusal: Refusal,
    },
    /// Asking for the commit records of what moved, before it is called a conflict.
    Doubting {
        moved: VecDeque<(Outgoing, Standing)>,
        rest: Group,
    },
    /// Asking for the commit records of what was on its way when an answer or the program was lost.
    Asking(VecDeque<Outgoing>),
}

/// How a transaction was refused.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Refusal {
    Clash,
    Gone,
    Content { said: String },
}

impl Engine {
    /// Takes one event at `now` (UTC milliseconds). `chance` is any number, each as likely as any other.
    pub fn step(&mut self, event: Event, now: i64, chance: u64) -> Step {
        let mut step = Step { keep: Vec::new(), learnt: Vec::new(), ask: Ask::Load };
        step.ask = match (std::mem::take(&mut self.doing), event) {
            (_, Event::Woken) => self.on(now),
            (_, Event::TryNow) => {
                self.breaker.try_now();
                self.on(now)
            }
            (_, Event::Loaded(due)) => self.loaded(due),
            (Doing::Matching(group), Event::Matched(Ok(matches))) => self.matched(group, matches, &mut step),
            (Doing::Matching(_), Event::Matched(Err(trouble))) => self.pause(trouble, now, chance, &mut step),
            (Doing::Sending(group), Event::Sent { count, meaning, refs }) => {
                self.sent(group, count, meaning, refs, (now, chance), &mut step)
            }
            (Doing::Sending(group), Event::There(Ok(there))) => self.doubt_those(group, there, &mut step),
            (Doing::Sending(group), Event::There(Err(trouble))) => {
                queue(&group.sendings, &mut step);
                self.pause(trouble, now, chance, &mut step)
            }
            (Doing::Sending(group), Event::Unreadable(sending)) => {
                let stop = Kept::Quarantined { reason: Reason::UnreadableHere.code(), said: String::new() };
                self.stop(group.sendings, sending, stop, &mut step);
                self.on(now)
            }
            (Doing::Comparing { group, refusal }, Event::Compared(Ok(standings))) => {
                self.compared(group, refusal, standings, (now, chance), &mut step)
            }
            (Doing::Comparing { group, .. }, Event::Compared(Err(trouble))) => {
                queue(&group.sendings, &mut step);
                self.pause(trouble, now, chance, &mut step)
            }
            (Doing::Doubting { moved, rest }, Event::Asked(answer)) => {
                self.doubted(moved, rest, answer, (now, chance), &mut step)
            }
            (Doing::Asking(unknown), Event::Asked(answer)) => self.asked(unknown, answer, (now, chance), &mut step),
            // An answer to what was not asked: whatever it was about is read anew.
            (_, _) => Ask::Load,
        };
        step
    }

    /// What is being sent was asked for a moment ago: it is not asked for again.
    pub fn has_looked(&self) -> bool {
        matches!(&self.doing, Doing::Sending(group) if group.part != Part::Whole)
    }

    /// Forgets what was taken up, and keeps what it knows of the server.
    pub fn forget(&mut self) {
        (self.doing, self.halves) = (Doing::Nothing, Vec::new());
    }

    pub(crate) fn on(&mut self, now: i64) -> Ask {
        if let Some(until) = self.breaker.waits(now) {
            return Ask::Rest { until: Some(until) };
        }
        match self.halves.pop() {
            Some(group) => self.send(group),
            None => Ask::Load,
        }
    }

    pub(crate) fn send(&mut self, group: Group) -> Ask {
        let sendings = group.sendings.clone();
        self.doing = Doing::Sending(group);
        Ask::Send(sendings)
    }

    fn loaded(&mut self, due: Due) -> Ask {
        let (unknown, queued): (VecDeque<_>, Vec<_>) = {
            let (unknown, queued): (Vec<_>, Vec<_>) = due.sendings.into_iter().partition(|one| one.unknown);
            (unknown.into(), queued)
        };
        if let Some(first) = unknown.front().cloned() {
            self.doing = Doing::Asking(unknown);
            return Ask::Commit(first);
        }
        let group = Group { sendings: together(queued), part: Part::Whole };
        let strangers: Vec<_> =
            group.sendings.iter().filter(|one| planted!(NobodyIsMatched, false, !one.matched)).cloned().collect();
        if !strangers.is_empty() {
            self.doing = Doing::Matching(group);
            Ask::Match(strangers)
        } else if group.sendings.is_empty() {
            Ask::Rest { until: due.next }
        } else {
            self.send(group)
        }
    }

    fn matched(&mut self, mut group: Group, matches: Vec<(String, Match)>, step: &mut Step) -> Ask {
        let mut there = Vec::new();
        for (lane, found) in matches {
            let Some(first) = group.sendings.iter().find(|one| one.lane == lane).map(|one| one.sending) else {
                continue;
            };
            let reason = match found {
                Match::None => continue,
                Match::One(known) => {
                    step.learnt.push(Learnt::Known(known));
                    continue;
                }
                Match::Forget => {
                    step.learnt.push(Learnt::Nobody { lane });
                    continue;
                }
                Match::Ours(theirs) => {
                    there.push((first, Standing::Moved(theirs)));
                    continue;
                }
                Match::Same(refs) => {
                    there.push((first, Standing::Same(refs)));
                    continue;
                }
                Match::Several => Reason::SeveralPatients,
                Match::OtherBirthDate => Reason::OtherBirthDate,
                Match::OtherName => Reason::OtherName,
                Match::NotCurrent => Reason::NotCurrent,
                Match::Corrected => Reason::CorrectedAfterSending,
                Match::Unreadable => Reason::UnreadableHere,
            };
            step.keep.push((first, Kept::Held { reason: reason.code(), said: String::new() }));
            group.sendings.retain(|one| one.lane != lane);
            if reason == Reason::CorrectedAfterSending {
                step.learnt.push(Learnt::Told { lane });
            }
        }
        self.doubt_those(group, there, step)
    }

    /// What is there under our own ids is a conflict, unless it came by our own commit records; the others go.
    fn doubt_those(&mut self, mut group: Group, there: Vec<(SendingId, Standing)>, step: &mut Step) -> Ask {
        let mut moved = VecDeque::new();
        for (sending, standing) in there {
            if let Some(place) = group.sendings.iter().position(|one| one.sending == sending) {
                moved.push_back((group.sendings.remove(place), standing));
            }
        }
        match moved.front().map(|(one, _)| one.clone()) {
            Some(first) => {
                doubt(moved.iter().map(|(one, _)| one), None, step);
                self.doing = Doing::Doubting { moved, rest: Group { part: Part::Whole, ..group } };
                Ask::Commit(first)
            }
            None if group.sendings.is_empty() => Ask::Load,
            None => self.send(group),
        }
    }

    fn sent(
        &mut self,
        mut group: Group,
        count: usize,
        meaning: Meaning,
        refs: Vec<Vec<TrustRef>>,
        (now, chance): (i64, u64),
        step: &mut Step,
    ) -> Ask {
        let left = group.sendings.split_off(count.min(group.sendings.len()));
        if !left.is_empty() {
            if group.part == Part::FirstHalf {
                group.part = Part::Half;
            }
            self.halves.push(Group { sendings: left, part: group.part });
        }
        planted!(AckedBeforeCommit, return self.all_acked(&group, now, step));
        let alone = group.sendings.len() == 1;
        match meaning {
            Meaning::Accepted(_) => {
                self.breaker.reset();
                let acked = group.sendings.iter().zip(refs).map(|(one, refs)| (one.sending, Kept::Acked { refs }));
                step.keep.extend(acked);
                match self.halves.pop_if(|next| group.part == Part::FirstHalf && next.sendings.len() > 1) {
                    Some(refused) => self.halve(refused, Part::FirstHalf),
                    None => self.on(now),
                }
            }
            Meaning::Later(trouble) => {
                planted!(LaterIsForgotten, return self.pause(trouble, now, chance, step));
                let kept = match trouble.fault {
                    Fault::NotReached => Kept::Unsent,
                    _ => Kept::Queued { not_before: None },
                };
                step.keep.extend(group.sendings.iter().map(|one| (one.sending, kept.clone())));
                self.pause(trouble, now, chance, step)
            }
            Meaning::Unclear(trouble) => {
                planted!(LostAnswerIsDone, return self.all_acked(&group, now, step));
                // A failure of the server may be that of one record; a cut is that of the network.
                let cut =
                    planted!(RetriedByPost, Kept::Queued { not_before: None }, Kept::Unknown { not_before: None });
                let kept = if trouble.fault == Fault::Busy { Kept::Failed } else { cut };
                step.keep.extend(group.sendings.iter().map(|one| (one.sending, kept.clone())));
                self.pause(trouble, now, chance, step)
            }
            Meaning::Unnamed => {
                planted!(UnnamedIsDone, return self.all_acked(&group, now, step));
                doubt(group.sendings.iter(), None, step);
                // What is left of the group may be of the same lanes, and goes after the answer.
                let halves = std::mem::take(&mut self.halves);
                halves.iter().for_each(|group| queue(&group.sendings, step));
                Ask::Load
            }
            Meaning::SignIn => {
                queue(&group.sendings, step);
                self.pause(Trouble::of(Fault::SignIn), now, chance, step)
            }
            Meaning::NotPermitted { said } if alone => {
                self.stop_alone(group, Kept::Held { reason: Reason::NotPermitted.code(), said }, now, step)
            }
            Meaning::TooLarge if alone => {
                let reason = Reason::TooLarge.code();
                self.stop_alone(group, Kept::Quarantined { reason, said: String::new() }, now, step)
            }
            Meaning::NotPermitted { .. } | Meaning::TooLarge => self.halve(group, Part::Half),
            Meaning::Clash => self.refused(group, Refusal::Clash),
            Meaning::Gone => self.refused(group, Refusal::Gone),
            Meaning::Refused { said } => {
                planted!(RefusedIsDropped, return self.all_acked(&group, now, step));
                self.refused(group, Refusal::Content { said })
            }
        }
    }

    fn asked(
        &mut self,
        mut unknown: VecDeque<Outgoing>,
        answer: Result<Option<Vec<TrustRef>>, Trouble>,
        (now, chance): (i64, u64),
        step: &mut Step,
    ) -> Ask {
        let Some(one) = unknown.pop_front() else { return Ask::Load };
        let found = matches!(answer, Ok(Some(_)));
        match answer {
            Err(trouble) => return self.pause(trouble, now, chance, step),
            Ok(Some(refs)) => {
                planted!(
                    AskedOnceForAll,
                    self.all_acked(&Group { sendings: unknown.drain(..).collect(), part: Part::Whole }, now, step)
                );
                self.absent.remove(&one.sending);
                step.keep.push((one.sending, Kept::Acked { refs }));
            }
            Ok(None) => {
                // Until the horizon it may still be committed, and sending it again would do it twice.
                let horizon = self.out_since(&one, now).saturating_add(COMMIT_HORIZON);
                let passed = now >= horizon;
                if passed {
                    self.absent.remove(&one.sending);
                }
                let kept = if !passed {
                    Kept::Unknown { not_before: Some(horizon) }
                } else if one.failures >= MOST_FAILURES {
                    Kept::Held { reason: Reason::ServerFails.code(), said: String::new() }
                } else {
                    Kept::Queued { not_before: None }
                };
                step.keep.push((one.sending, kept));
            }
        }
        // That it answers a question does not say that it takes anything again.
        let busy = self.breaker.trouble.is_some_and(|(_, fault)| fault == Fault::Busy);
        if found || !busy {
            self.breaker.reset();
        }
        match unknown.front().cloned() {
            Some(next) => {
                self.doing = Doing::Asking(unknown);
                Ask::Commit(next)
            }
            None => Ask::Load,
        }
    }

    /// Since when this has been out at the latest. A clock that was set meanwhile, forward or back, says nothing of that: then since it
    /// was first asked for and not found, which neither comes too early nor keeps it waiting for ever.
    fn out_since(&mut self, one: &Outgoing, now: i64) -> i64 {
        let Some(sent) = one.sent_at else { return i64::MIN };
        let is_near = |then: i64| (0..=A_DAY).contains(&now.saturating_sub(then));
        if planted!(ClockIsBelieved, true, is_near(sent)) {
            return sent;
        }
        let first = self.absent.entry(one.sending).or_insert(now);
        if !is_near(*first) {
            *first = now;
        }
        *first
    }

    /// Waits, and gives back whatever had been taken up and is certainly not at the trust.
    pub(crate) fn pause(&mut self, trouble: Trouble, now: i64, chance: u64, step: &mut Step) -> Ask {
        let halves = std::mem::take(&mut self.halves);
        planted!(HalvesAreLost, return Ask::Rest { until: Some(self.breaker.trip(trouble, now, chance)) });
        halves.iter().for_each(|group| queue(&group.sendings, step));
        Ask::Rest { until: Some(self.breaker.trip(trouble, now, chance)) }
    }
}

/// What of the queue goes together: one at which the server has failed too often goes alone, and nothing goes past it in its lane.
fn together(queued: Vec<Outgoing>) -> Vec<Outgoing> {
    let (mut group, mut after): (Vec<Outgoing>, Vec<String>) = (Vec::new(), Vec::new());
    for one in queued {
        let suspect = one.failures >= MOST_FAILURES_TOGETHER;
        match group.iter().any(|earlier| earlier.lane == one.lane) {
            false if suspect => return vec![one],
            true if suspect => after.push(one.lane),
            _ if after.contains(&one.lane) => {}
            _ => group.push(one),
        }
    }
    group
}

#[cfg(test)]
#[path = "engine_tests.rs"]
pub(crate) mod tests;
