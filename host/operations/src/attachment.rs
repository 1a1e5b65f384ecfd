//! Members and reviewers attach files to a submission; who may reads them again, and withdraws them.

use bytes::Bytes;
use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::attachment::{AttachedTo, Attachment, AttachmentWithdrawal, FileKind, KnownAttachment, is_file_name};
use domain::digest::Digest;
use domain::ids::{AttachmentId, FederationCode, RoundCode, UnitCode};
use domain::limits::{ATTACHMENT_BYTES_MAX, FILE_NAME_CHARS_MAX};
use domain::round::{Round, RoundState};
use futures::stream::BoxStream;
use futures::{Stream, StreamExt as _};
use store::{Scope, StoreError, Writing};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::{FormProblem, Problems};
use crate::submit::part_of;

/// Of a file this much is looked at before anything of it is kept.
const FIRST_BYTES: usize = 512;

/// A file that is to be attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttachment {
    /// Its name.
    pub name: String,
    /// What it is tied to.
    pub to: AttachedTo,
    /// Whether it names persons.
    pub personal: bool,
}

/// A file on its way to whoever asked for it.
pub struct AttachedFile {
    /// What is known of it.
    pub attachment: Attachment,
    /// Its bytes, piece by piece; the last one is an error where they are not what was attached.
    pub bytes: BoxStream<'static, Result<Bytes, OperationError>>,
}

impl Office {
    /// Attaches a file. Its bytes go to the disk as they come and are never held whole; when this returns, they and their record are durable.
    pub async fn attach<E: std::error::Error + Send + Sync + 'static>(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        new: NewAttachment,
        pieces: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<Attachment, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::Attach, federation, unit)?;
        let (found, known) = tokio::join!(scope.round(round), scope.unit(unit));
        let (round, _) = found?.ok_or(OperationError::Missing("round"))?;
        part_of(&round, known?)?;
        self.takes_attachments(&scope, &round, unit).await?;
        let kind = self.examine_attachment(&scope, &round, &new).await?;
        let now = self.now();
        let id = AttachmentId(self.randomness().identifier(now)?);
        let writing = self.house.store.begin_attachment(&id.to_string()).await?;
        let (digest, bytes) = written(writing, kind, pieces).await?;
        let NewAttachment { name, to, personal } = new;
        let by = Signatory::of(caller);
        let attachment = Attachment {
            id,
            round: round.code.clone(),
            unit: unit.clone(),
            digest,
            name,
            kind,
            bytes,
            to,
            personal,
            by,
            at: now,
        };
        // Neither the name of a file nor what it is about may name a person in the log that outsiders read.
        let subject = format!("submission/{}/{unit}/attachment/{id}", round.code);
        scope
            .keep_attachment(&attachment, self.act(caller, "attach", subject, Some(digest), ""))
            .await
            .map_err(full)?;
        Ok(attachment)
    }

    /// A unit's attachments in a round, the oldest first.
    pub async fn attachments(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Vec<KnownAttachment>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        Ok(scope.attachments(round, unit).await?)
    }

    /// A file that was attached and not withdrawn; one that names persons only for who may see that.
    pub async fn attached_file(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        id: AttachmentId,
    ) -> Result<AttachedFile, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let known = known(&scope, round, unit, id).await?;
        if known.withdrawn.is_some() {
            return Err(OperationError::NotPossible { code: "attachment-withdrawn" });
        }
        let attachment = known.attachment;
        if attachment.personal {
            self.scope_of_unit(caller, Operation::ReadPersonal, federation, unit)?;
        }
        let bytes = scope.attached_bytes(attachment.digest).await?;
        Ok(AttachedFile { attachment, bytes: bytes.map(|piece| piece.map_err(OperationError::from)).boxed() })
    }

    /// Withdraws a file, with a reason: it is handed out no more, and nothing new can rest on it. Its record stays.
    pub async fn withdraw_attachment(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        id: AttachmentId,
        reason: String,
    ) -> Result<KnownAttachment, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::Attach, federation, unit)?;
        let mut problems = Problems::default();
        problems.review_text("/reason", &reason);
        problems.none_left()?;
        let known = known(&scope, round, unit, id).await?;
        let (found, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        self.takes_attachments(&scope, &found, unit).await?;
        let withdrawal = AttachmentWithdrawal { reason, by: Signatory::of(caller), at: self.now() };
        let subject = format!("submission/{round}/{unit}/attachment/{id}");
        let act = self.act(caller, "withdraw-attachment", subject, Some(known.attachment.digest), "");
        match scope.withdraw_attachment(id, &withdrawal, act).await {
            Err(StoreError::AlreadyThere("withdrawal")) => {
                Err(OperationError::NotPossible { code: "attachment-withdrawn" })
            }
            Err(other) => Err(other.into()),
            Ok(()) => Ok(KnownAttachment { withdrawn: Some(withdrawal), ..known }),
        }
    }

    /// Files are taken until the round is final, and as long as the unit has something to put right from it.
    async fn takes_attachments(&self, scope: &Scope, round: &Round, unit: &UnitCode) -> Result<(), OperationError> {
        match round.state {
            RoundState::Planned => Err(OperationError::NotPossible { code: "round-not-open-yet" }),
            RoundState::Open | RoundState::Closed | RoundState::Reviewing | RoundState::Published => Ok(()),
            RoundState::Final | RoundState::Archived => {
                let items = scope.rectifications_of_unit(unit).await?;
                let is_open =
                    items.iter().any(|known| known.rectification.round == round.code && known.state().is_open());
                if is_open { Ok(()) } else { Err(OperationError::NotPossible { code: "round-is-over" }) }
            }
        }
    }

    async fn examine_attachment(
        &self,
        scope: &Scope,
        round: &Round,
        new: &NewAttachment,
    ) -> Result<FileKind, OperationError> {
        let mut problems = Problems::default();
        if !is_file_name(&new.name) {
            problems.add("/name", "not-a-file-name", &[("limit", &FILE_NAME_CHARS_MAX.to_string())]);
        }
        let kind = FileKind::of_name(&new.name);
        if kind.is_none() {
            let endings: Vec<&str> = FileKind::ALL.iter().flat_map(|kind| kind.endings()).copied().collect();
            problems.add("/name", "file-not-taken", &[("endings", &endings.join(", "))]);
        }
        match &new.to {
            AttachedTo::Submission => {}
            AttachedTo::Field(at) => problems.place("/field", at),
            AttachedTo::Criterion(criterion) => {
                let release = self.known_release(scope, round.rubric).await?;
                let rubric = release.descriptions.rubric.as_ref();
                if !rubric.is_some_and(|rubric| rubric.criteria.iter().any(|known| known.id == *criterion)) {
                    problems.add("/criterion", "unknown-criterion", &[]);
                }
            }
        }
        problems.none_left()?;
        kind.ok_or(OperationError::Missing("attachment"))
    }
}

/// Whether all digests that something rests on are those of attachments of the unit in the round that were not withdrawn.
pub(crate) async fn rests_on(
    scope: &Scope,
    round: &RoundCode,
    unit: &UnitCode,
    at: &str,
    evidence: &[Digest],
) -> Result<(), OperationError> {
    if evidence.is_empty() {
        return Ok(());
    }
    let known = scope.attachments(round, unit).await?;
    let is_there =
        |digest: &Digest| known.iter().any(|known| known.withdrawn.is_none() && known.attachment.digest == *digest);
    let mut problems = Problems::default();
    for (index, _) in evidence.iter().enumerate().filter(|(_, digest)| !is_there(digest)) {
        problems.add(format!("{at}/{index}"), "not-attached", &[]);
    }
    problems.none_left()
}

async fn known(
    scope: &Scope,
    round: &RoundCode,
    unit: &UnitCode,
    id: AttachmentId,
) -> Result<KnownAttachment, OperationError> {
    let all = scope.attachments(round, unit).await?;
    all.into_iter().find(|known| known.attachment.id == id).ok_or(OperationError::Missing("attachment"))
}

/// Writes the pieces as they come; takes back what was written where they are not a file of the kind, or too many.
async fn written<E: std::error::Error + Send + Sync + 'static>(
    mut writing: Writing,
    kind: FileKind,
    pieces: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<(Digest, u64), OperationError> {
    match write_all(&mut writing, kind, pieces).await {
        Ok(()) => {
            let bytes = writing.bytes();
            Ok((writing.finish().await?, bytes))
        }
        Err(refused) => {
            writing.abandon().await?;
            Err(refused)
        }
    }
}

async fn write_all<E: std::error::Error + Send + Sync + 'static>(
    writing: &mut Writing,
    kind: FileKind,
    pieces: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<(), OperationError> {
    let mut pieces = std::pin::pin!(pieces);
    let mut first = Vec::with_capacity(FIRST_BYTES);
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| OperationError::NotPossible { code: "upload-broke-off" })?;
        let is_text_still = kind != FileKind::Text || !piece.contains(&0);
        if writing.bytes() + piece.len() as u64 > ATTACHMENT_BYTES_MAX {
            let limit = (ATTACHMENT_BYTES_MAX / (1024 * 1024)).to_string();
            return Err(OperationError::Invalid(vec![FormProblem::say("", "file-too-large", &[("limit", &limit)])]));
        }
        first.extend(piece.iter().take(FIRST_BYTES - first.len()));
        if !is_text_still || (first.len() == FIRST_BYTES && !kind.begins(&first)) {
            return Err(other_kind());
        }
        writing.write(piece).await?;
    }
    if first.is_empty() {
        return Err(OperationError::Invalid(vec![FormProblem::say("", "empty", &[])]));
    }
    if kind.begins(&first) { Ok(()) } else { Err(other_kind()) }
}

fn other_kind() -> OperationError {
    OperationError::Invalid(vec![FormProblem::say("", "file-of-another-kind", &[])])
}

fn full(error: StoreError) -> OperationError {
    match error {
        StoreError::Full(_) => OperationError::NotPossible { code: "too-many-attachments" },
        other => other.into(),
    }
}
