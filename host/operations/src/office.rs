//! The office: the counter at which everybody is served, and what it needs for that.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use documents::Fonts;
use domain::access::{Caller, NotAllowed, Operation, Target};
use domain::audit::Act;
use domain::digest::Digest;
use domain::document::Document;
use domain::evaluation::{Asked, Evaluation, Run};
use domain::ids::{EvaluationId, FederationCode, RoundCode, UnitCode};
use domain::limits::{PASSWORDS_AT_ONCE_MAX, RENDERED_KEPT_MAX, RENDERINGS_AT_ONCE_MAX, WORKBOOKS_AT_ONCE_MAX};
use domain::register::Register;
use domain::release::Release;
use domain::settled::Settled;
use domain::token::Token;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use post::Post;
use sandbox::Sandbox;
use store::{Scope, Store};
use tokio::sync::{Notify, Semaphore};

use crate::clock::Clock;
use crate::error::OperationError;
use crate::form::Form;
use crate::meters::Meters;
use crate::randomness::Randomness;
use crate::remembered::Remembered;
use crate::rendering::Rendered;
use crate::round_in_force::RoundInForce;
use crate::signer::Signer;

/// How long something that another host may change is believed without asking the store. Whatever hangs on it is
/// checked again in the transaction that commits.
const BELIEVED_FOR: SignedDuration = SignedDuration::from_millis(500);

/// What the office needs beside store and sandbox.
pub struct OfficeSettings {
    /// What tells the time.
    pub clock: Clock,
    /// Where random bytes come from.
    pub randomness: Randomness,
    /// What signs receipts.
    pub signer: Signer,
    /// Where the house is: decides on which day something was received.
    pub zone: TimeZone,
    /// What carries notices out of the house.
    pub post: Post,
    /// What pages are set with.
    pub fonts: Fonts,
}

/// The counter at which everybody is served. Cheap to clone; all clones share one state.
#[derive(Clone)]
pub struct Office {
    pub(crate) house: Arc<House>,
}

/// What all clones of the office share.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) sandbox: Sandbox,
    pub(crate) signer: Signer,
    clock: Clock,
    randomness: Randomness,
    zone: TimeZone,
    pub(crate) post: Post,
    pub(crate) fonts: Fonts,
    /// The registers of units, as of the audit entry that changed them last.
    registers: Remembered<(FederationCode, u64), Register>,
    registers_as_of: Remembered<FederationCode, u64>,
    /// The day on which the daily work was done last.
    pub(crate) daily_work_done_on: Mutex<Option<Date>>,
    pub(crate) tokens: Remembered<Digest, Token>,
    pub(crate) rounds: Remembered<(FederationCode, RoundCode), RoundInForce>,
    /// Whether a federation's release is in quarantine.
    pub(crate) quarantined: Remembered<(FederationCode, Digest), bool>,
    pub(crate) releases: Remembered<(FederationCode, Digest), Release>,
    pub(crate) forms: Remembered<Digest, Form>,
    pub(crate) settlements: Remembered<(FederationCode, RoundCode), Settled>,
    pub(crate) documents: Remembered<(Digest, Digest), Document>,
    /// What the calls of each federation's releases came to on this host.
    pub(crate) meters: Meters,
    /// Releases that are being loaded: whoever comes second waits for the first.
    pub(crate) loading: Mutex<BTreeMap<Digest, Arc<tokio::sync::Mutex<()>>>>,
    /// Files that were rendered, by everything that their bytes hang on.
    pub(crate) rendered: Remembered<Digest, Rendered>,
    /// Places for documents that are rendered at one time.
    pub(crate) renderings: Semaphore,
    /// Places for workbooks that are read or written at one time.
    pub(crate) workbooks: Semaphore,
    /// Places for passwords that are hashed at one time.
    pub(crate) passwords: Semaphore,
    /// Wakes the job loop of this host; the others find the job by looking.
    pub(crate) job_asked: Notify,
    /// Wakes the loop of this host that delivers notices.
    pub(crate) post_given: Notify,
    /// Wakes those on this host who watch a job.
    pub(crate) job_moved: Notify,
}

impl Office {
    /// Opens the counter.
    pub fn open(store: Store, sandbox: Sandbox, settings: OfficeSettings) -> Self {
        let OfficeSettings { clock, randomness, signer, zone, post, fonts } = settings;
        let house = House {
            store,
            sandbox,
            signer,
            clock,
            randomness,
            zone,
            post,
            fonts,
            daily_work_done_on: Mutex::default(),
            registers: Remembered::for_good(16),
            registers_as_of: Remembered::believed_for(BELIEVED_FOR, 256),
            tokens: Remembered::believed_for(BELIEVED_FOR, 4_096),
            rounds: Remembered::believed_for(BELIEVED_FOR, 256),
            quarantined: Remembered::believed_for(BELIEVED_FOR, 256),
            releases: Remembered::for_good(256),
            forms: Remembered::for_good(256),
            settlements: Remembered::believed_for(BELIEVED_FOR, 16),
            documents: Remembered::for_good(64),
            meters: Meters::default(),
            loading: Mutex::default(),
            rendered: Remembered::for_good(RENDERED_KEPT_MAX),
            renderings: Semaphore::new(RENDERINGS_AT_ONCE_MAX),
            workbooks: Semaphore::new(WORKBOOKS_AT_ONCE_MAX),
            passwords: Semaphore::new(PASSWORDS_AT_ONCE_MAX),
            job_asked: Notify::new(),
            post_given: Notify::new(),
            job_moved: Notify::new(),
        };
        Self { house: Arc::new(house) }
    }

    /// The public key with which receipts are verified, Base64.
    pub fn receipt_key(&self) -> &str {
        self.house.signer.public_key()
    }

    /// The engine and its settings, as evaluations record them.
    pub fn engine(&self) -> &str {
        self.house.sandbox.fingerprint()
    }

    /// Whether the store answers and takes writes.
    pub async fn is_ready(&self) -> Result<(), OperationError> {
        Ok(self.house.store.is_ready().await?)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.house.clock.now()
    }

    /// The zone in which the house tells people times.
    pub fn time_zone(&self) -> TimeZone {
        self.house.zone.clone()
    }

    /// Where the house is.
    pub(crate) fn zone(&self) -> &TimeZone {
        &self.house.zone
    }

    /// The day that it is where the house is.
    pub(crate) fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.house.zone.clone()).date()
    }

    pub(crate) fn randomness(&self) -> &Randomness {
        &self.house.randomness
    }

    /// The federation's part of the store, once the caller may do the operation to the federation as a whole.
    pub(crate) fn scope(
        &self,
        caller: &Caller,
        operation: Operation,
        federation: &FederationCode,
    ) -> Result<Scope, NotAllowed> {
        caller.may(operation, Target::Federation(federation))?;
        Ok(self.house.store.federation(federation))
    }

    /// The federation's part of the store, once the caller may do the operation to the unit.
    pub(crate) fn scope_of_unit(
        &self,
        caller: &Caller,
        operation: Operation,
        federation: &FederationCode,
        unit: &UnitCode,
    ) -> Result<Scope, NotAllowed> {
        caller.may(operation, Target::Unit(federation, unit))?;
        Ok(self.house.store.federation(federation))
    }

    /// The federation's register of units. It is read again only once it has changed.
    pub(crate) async fn register(&self, scope: &Scope) -> Result<Arc<Register>, OperationError> {
        let (federation, now) = (scope.code(), self.now());
        let as_of = match self.house.registers_as_of.get(federation, now) {
            Some(as_of) => *as_of,
            None => {
                let as_of = scope.units_as_of().await?;
                *self.house.registers_as_of.keep(federation.clone(), as_of, now)
            }
        };
        let key = (federation.clone(), as_of);
        if let Some(known) = self.house.registers.get(&key, now) {
            return Ok(known);
        }
        let register = Register::of(scope.units().await?);
        Ok(self.house.registers.keep(key, register, now))
    }

    /// This host has changed the register.
    pub(crate) fn forget_register(&self, federation: &FederationCode) {
        self.house.registers_as_of.forget(federation);
    }

    /// What the audit log will say.
    pub(crate) fn act(&self, caller: &Caller, verb: &str, subject: String, left: Option<Digest>, reason: &str) -> Act {
        Act {
            at: self.now(),
            actor: caller.label.clone(),
            verb: verb.to_owned(),
            subject,
            found: None,
            left,
            reason: reason.to_owned(),
        }
    }

    /// The record of a run.
    pub(crate) fn record(&self, at: Timestamp, asked: Asked, run: Run) -> Result<Evaluation, OperationError> {
        let id = EvaluationId(self.randomness().identifier(at)?);
        Ok(Evaluation { id, at, asked, run })
    }
}

/// Locks what cannot be left half-changed: a panic elsewhere does not take the house down.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
