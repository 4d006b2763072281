//! Colleagues and their ways in: adding a nurse, a new passphrase, the recovery code.

use domain::id::StaffId;
use domain::op::Op;
use domain::staff::{Role, Staff};
use security::{DeviceSecret, Holder, KeyStoreFault, Passphrase};
use serde::{Deserialize, Serialize};
use store::Setting;
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::clinic::{Clinic, Desk, Noun, off_thread};
use crate::faults::Faults;
use crate::problem::{Code, Problem};

/// An organisation by ODS code and name.
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub ods: String,
    pub name: String,
}

impl From<&domain::staff::Organisation> for Organisation {
    fn from(of: &domain::staff::Organisation) -> Organisation {
        Organisation { ods: of.ods.clone(), name: of.name.clone() }
    }
}

#[derive(Serialize, TS)]
pub struct StaffView {
    #[ts(type = "StaffId")]
    pub id: StaffId,
    pub name: String,
    #[ts(type = "Role")]
    pub role: Role,
    pub key_holder: bool,
    pub team: String,
    pub organisation: Organisation,
    /// Has a passphrase on this PC.
    pub can_unlock: bool,
}

impl StaffView {
    pub(crate) fn of(staff: &Staff, can_unlock: bool) -> StaffView {
        StaffView {
            id: staff.id,
            name: staff.name.clone(),
            role: staff.role,
            key_holder: staff.key_holder,
            team: staff.team.clone(),
            organisation: (&staff.organisation).into(),
            can_unlock,
        }
    }
}

/// The recovery code, shown once.
#[derive(Serialize, TS)]
pub struct RecoveryCode {
    pub groups: Vec<String>,
    /// Positions (1-based) of the groups to type back.
    pub ask: Vec<usize>,
}

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmRecoveryCode {
    pub groups: Vec<String>,
}

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddNurse {
    pub name: String,
    #[ts(type = "Role")]
    pub role: String,
    pub key_holder: bool,
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
    /// The key-holder's own, typed again; not asked of whoever came in with the recovery code.
    #[ts(type = "string")]
    pub own_passphrase: Zeroizing<String>,
}

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetPassphrase {
    #[ts(type = "StaffId")]
    pub nurse: String,
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
    /// The key-holder's own, typed again; not asked of whoever came in with the recovery code.
    #[ts(type = "string")]
    pub own_passphrase: Zeroizing<String>,
}

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct IssueRecoveryCode {
    /// The key-holder's own, typed again; not asked while no two ways in exist, nor of whoever came in with the recovery code.
    #[ts(type = "string")]
    pub own_passphrase: Zeroizing<String>,
}

impl Clinic {
    /// Everybody enrolled on this PC, in the order of enrolment.
    pub async fn list_staff(&self) -> Result<Vec<StaffView>, Problem> {
        let holders: Vec<String> = match &self.0.keyring {
            Some(keyring) => {
                let keyring = keyring.lock().map_err(|_| Problem::unexpected())?;
                keyring.vault.holders().map(|holder| holder.id.clone()).collect()
            }
            None => Vec::new(),
        };
        let all = self.0.queue.run(|store| Ok(store.all_staff()?)).await?;
        Ok(all.iter().map(|staff| StaffView::of(staff, holders.contains(&staff.id.to_string()))).collect())
    }

    /// Adds a colleague of the same team, who types her own passphrase, when the key-holder has typed hers again; the new way in is
    /// tried before anybody is told that it works.
    pub async fn add_nurse(&self, request: AddNurse) -> Result<Vec<StaffView>, Problem> {
        self.by_for(Op::AddNurse)?;
        self.keyring()?;
        let mut faults = Faults::default();
        let me = &self.0.staff;
        let staff = Staff {
            id: StaffId::from_random(self.0.profile.world.bytes()?),
            name: faults.line("name", &request.name),
            role: faults.role("role", &request.role),
            key_holder: request.key_holder,
            team: me.team.clone(),
            organisation: me.organisation.clone(),
        };
        faults.passphrase("passphrase", &request.passphrase, &staff);
        // Two cards with one name and role at the door could not be told apart.
        let named = |other: &Staff| other.name.to_lowercase() == staff.name.to_lowercase() && other.role == staff.role;
        if self.0.queue.run(|store| Ok(store.all_staff()?)).await?.iter().any(named) {
            faults.add("name", "already_there");
        }
        faults.none()?;
        self.is_still_herself(request.own_passphrase).await?;
        let by = self.by_for(Op::AddNurse)?;
        // The record first: a way in for somebody the database does not know would open nothing.
        let added = staff.clone();
        self.0
            .queue
            .run(move |store| store.write::<_, Problem>(&by, Op::AddNurse, |w| Ok(w.save_staff(&added)?)))
            .await?;
        self.give_way_in(staff, request.passphrase).await?;
        self.changed(&[Noun::Staff]);
        self.list_staff().await
    }

    /// Gives a colleague or oneself a new passphrase on this PC, when the key-holder has typed her present one again.
    pub async fn set_passphrase(&self, request: SetPassphrase) -> Result<Vec<StaffView>, Problem> {
        self.by_for(Op::SetPassphrase)?;
        self.keyring()?;
        let id = StaffId::parse(&request.nurse).ok_or(Code::Gone)?;
        let staff = self.0.queue.run(move |store| store.staff(id)?.ok_or_else(|| Code::Gone.into())).await?;
        let mut faults = Faults::default();
        faults.passphrase("passphrase", &request.passphrase, &staff);
        faults.none()?;
        self.is_still_herself(request.own_passphrase).await?;
        let by = self.by_for(Op::SetPassphrase)?;
        // The audit line first: a way in must not change without one.
        let about = domain::record::Record::staff(id);
        let noted = move |store: &mut store::Store| {
            store.write::<_, Problem>(&by, Op::SetPassphrase, |w| {
                w.about(about);
                Ok(())
            })
        };
        self.0.queue.run(noted).await?;
        self.give_way_in(staff, request.passphrase).await?;
        if id == self.0.staff.id
            && let Ok(mut by_recovery_code) = self.0.by_recovery_code.lock()
        {
            *by_recovery_code = false;
        }
        self.changed(&[Noun::Staff]);
        self.list_staff().await
    }

    /// Shows a new recovery code, when the key-holder has typed her passphrase again. It comes into force, and an earlier one out of
    /// it, only when part of it was typed back: whoever leaves half-way keeps the sheet that opens. Shown once, kept nowhere.
    pub async fn issue_recovery_code(&self, request: IssueRecoveryCode) -> Result<RecoveryCode, Problem> {
        self.by_for(Op::IssueRecoveryCode)?;
        self.keyring()?;
        let confirmed = self.0.queue.run(|store| Ok(store.setting(Setting::RecoveryConfirmed)?)).await?;
        // Until two ways in exist there is no patient to keep from anybody, and the passphrase was typed a moment ago.
        if self.is_ready(confirmed.as_deref())? {
            self.is_still_herself(request.own_passphrase).await?;
        }
        let by = self.by_for(Op::IssueRecoveryCode)?;
        let world = &self.0.profile.world;
        let code = world.with_random(|random| security::RecoveryCode::random(random))?;
        let groups = code.groups();
        let ask = two_of(groups.len(), world.bytes()?);
        self.0.queue.run(move |store| store.write::<_, Problem>(&by, Op::IssueRecoveryCode, |_| Ok(()))).await?;
        *self.0.code_shown.lock().map_err(|_| Problem::unexpected())? = Some(CodeShown { code, ask: ask.clone() });
        Ok(RecoveryCode { groups, ask })
    }

    /// Takes back the asked groups as proof that the code was written down, and puts it in force.
    pub async fn confirm_recovery_code(&self, request: ConfirmRecoveryCode) -> Result<Desk, Problem> {
        let by = self.by_for(Op::ConfirmRecoveryCode)?;
        let clinic = self.clone();
        off_thread(move || clinic.put_in_force(&request.groups)).await?;
        self.0
            .queue
            .run(move |store| {
                store.write::<_, Problem>(&by, Op::ConfirmRecoveryCode, |w| {
                    Ok(w.set(Setting::RecoveryConfirmed, "yes")?)
                })
            })
            .await?;
        self.desk().await
    }

    /// The ways in change only under the passphrase of the key-holder, typed again: an open desk is not enough. Whoever came in with
    /// the recovery code has proved to hold the sheet, and may have no passphrase.
    async fn is_still_herself(&self, own_passphrase: Zeroizing<String>) -> Result<(), Problem> {
        if *self.0.by_recovery_code.lock().map_err(|_| Problem::unexpected())? {
            return Ok(());
        }
        self.reauthenticate("own_passphrase", own_passphrase).await
    }

    fn put_in_force(&self, typed: &[String]) -> Result<(), Problem> {
        let mut shown = self.0.code_shown.lock().map_err(|_| Problem::unexpected())?;
        if !shown.as_ref().is_some_and(|shown| shown.answers(typed)) {
            return Err(Problem::field("groups", "groups_differ"));
        }
        let Some(CodeShown { code, .. }) = shown.as_ref() else { return Err(Problem::unexpected()) };
        let profile = &self.0.profile;
        let mut keyring = self.keyring()?.lock().map_err(|_| Problem::unexpected())?;
        let keyring = &mut *keyring;
        let dir = &profile.dir;
        profile.world.with_random(|random| keyring.vault.set_recovery_code(dir, &keyring.dek, code, random))?;
        *shown = None;
        Ok(())
    }

    async fn give_way_in(&self, staff: Staff, typed: Zeroizing<String>) -> Result<(), Problem> {
        let clinic = self.clone();
        off_thread(move || {
            let passphrase = Passphrase::new(&typed);
            let profile = &clinic.0.profile;
            let mut keyring = clinic.keyring()?.lock().map_err(|_| Problem::unexpected())?;
            let keyring = &mut *keyring;
            let database_id = keyring.vault.database_id().to_owned();
            if keyring.device.is_none() {
                keyring.device = Some(match profile.key_store.read(&database_id) {
                    Err(KeyStoreFault::NoEntry) => {
                        let device = profile.world.with_random(|random| DeviceSecret::random(random))?;
                        profile.key_store.write_new(&database_id, &device)?;
                        device
                    }
                    found => found?,
                });
            }
            let device = keyring.device.as_ref().ok_or_else(Problem::unexpected)?;
            let holder =
                Holder { id: staff.id.to_string(), name: staff.name.clone(), role: staff.role.code().to_owned() };
            let cost = profile.world.cost();
            profile.world.with_random(|random| {
                keyring.vault.set_slot(&profile.dir, &keyring.dek, holder, (&passphrase, device), cost, random)
            })?;
            keyring.vault.open(&staff.id.to_string(), &passphrase, device)?;
            Ok(())
        })
        .await
    }
}

/// A recovery code that was shown and is not yet in force.
pub(crate) struct CodeShown {
    code: security::RecoveryCode,
    /// Positions (1-based) of the groups to type back.
    ask: Vec<usize>,
}

impl CodeShown {
    fn answers(&self, typed: &[String]) -> bool {
        let groups = self.code.groups();
        let asked: Vec<_> = self.ask.iter().filter_map(|place| groups.get(place - 1)).collect();
        let typed: Vec<_> = typed.iter().map(|group| group.trim().to_uppercase()).collect();
        asked.len() == typed.len() && asked.iter().zip(&typed).all(|(asked, typed)| *asked == typed)
    }
}

/// Two different positions (1-based) out of `count`, by chance.
fn two_of(count: usize, chance: [u8; 2]) -> Vec<usize> {
    let [first, second] = chance.map(usize::from);
    let first = first % count.max(1);
    let second = (first + 1 + second % count.saturating_sub(1).max(1)) % count.max(1);
    let mut both = vec![first + 1, second + 1];
    both.sort_unstable();
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_different_groups_are_asked_whatever_the_chance() {
        for first in 0..=255 {
            for second in [0, 1, 7, 8, 200, 255] {
                let ask = two_of(9, [first, second]);
                assert!(ask[0] < ask[1] && ask[0] >= 1 && ask[1] <= 9, "{ask:?}");
            }
        }
    }
}
