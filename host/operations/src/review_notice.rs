//! What a member is told on paper: why its submission was sent back, how its appeal was decided, what it has to put right; composed by the round's own report.

use documents::Format;
use domain::access::{Caller, Operation};
use domain::appeal::AppealOutcome;
use domain::digest::Digest;
use domain::form_outline::FormOutline;
use domain::ids::{AppealId, FederationCode, RoundCode, UnitCode};
use domain::rectification::Cause;
use domain::report::{DocumentKind, Notice, NoticeItem, Request};
use domain::roll_up::reported_round;
use domain::round::Round;
use domain::rubric::Description;
use domain::text::Text;
use jiff::civil::Date;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::origins::Origins;
use crate::problem::in_both_languages;
use crate::rectification::RectificationView;
use crate::rendering::Rendered;

/// What a notice says.
struct Said {
    kind: DocumentKind,
    issued_on: Date,
    number: String,
    due: Option<Date>,
    items: Vec<NoticeItem>,
}

impl Office {
    /// The notice of a unit's return, counted from 1 in the order in which they came; without a number of the newest.
    pub async fn return_notice(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        number: Option<usize>,
        (report, format): (Option<Digest>, Format),
    ) -> Result<Rendered, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let returns = scope.returns(round, unit).await?;
        let number = number.unwrap_or(returns.len());
        let returned = number.checked_sub(1).and_then(|index| returns.get(index));
        let returned = returned.ok_or(OperationError::Missing("return"))?;
        self.notice_of(&scope, round, unit, (report, format), |rubric| {
            let outline = FormOutline::of(&rubric.form);
            let item = |item: &domain::submission_return::ReturnItem| NoticeItem {
                label: name_of(&outline, &item.at),
                value: item.text.clone(),
            };
            Said {
                kind: DocumentKind::ReturnNotice,
                issued_on: self.day_of(returned.at),
                number: format!("{federation}/{round}/{unit}/R{number}"),
                due: Some(self.day_of(returned.due_at)),
                items: returned.items.iter().map(item).collect(),
            }
        })
        .await
    }

    /// What a unit has still to put right from a round (整改通知书).
    pub async fn rectification_notice(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        (report, format): (Option<Digest>, Format),
    ) -> Result<Rendered, OperationError> {
        let known = self.rectifications(caller, federation, round, unit).await?.own;
        let open: Vec<RectificationView> = known.into_iter().filter(|item| item.state.waits_for_the_member()).collect();
        let newest = open.iter().map(|item| item.at).max().ok_or(OperationError::Missing("rectification"))?;
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        self.notice_of(&scope, round, unit, (report, format), |rubric| {
            let item = |item: &RectificationView| NoticeItem {
                label: match &item.cause {
                    Cause::Deduction { criterion, .. } => {
                        let label = rubric.criterion(criterion).map(|criterion| criterion.label.clone());
                        label.unwrap_or_else(|| Text { zh: criterion.clone(), en: String::new() })
                    }
                    Cause::Stated { at } => name_of(&FormOutline::of(&rubric.form), at),
                },
                value: item.problem.clone(),
            };
            Said {
                kind: DocumentKind::Rectification,
                issued_on: self.day_of(newest),
                number: format!("{federation}/{round}/{unit}/Z"),
                due: open.iter().map(|item| item.due_on).min(),
                items: open.iter().map(item).collect(),
            }
        })
        .await
    }

    /// The decision on an appeal of a unit.
    pub async fn appeal_notice(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        id: AppealId,
        (report, format): (Option<Digest>, Format),
    ) -> Result<Rendered, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let appeals = scope.appeals(round, unit).await?;
        let place = appeals.iter().position(|known| known.appeal.id == id);
        let place = place.ok_or(OperationError::Missing("appeal"))?;
        let appeal = &appeals[place].appeal;
        let decision = appeals[place].decision.as_ref();
        let decision = decision.ok_or(OperationError::NotPossible { code: "appeal-not-decided" })?;
        self.notice_of(&scope, round, unit, (report, format), |rubric| {
            let criterion = rubric.criterion(&appeal.criterion).map(|criterion| criterion.label.clone());
            let same = |text: &str| Text { zh: text.to_owned(), en: String::new() };
            let criterion = criterion.unwrap_or_else(|| same(&appeal.criterion));
            let outcome = in_both_languages(&format!("appeal-{}", outcome_code(decision.outcome)), &[]);
            let item =
                |key: &str, value: &str| NoticeItem { label: in_both_languages(key, &[]), value: value.to_owned() };
            Said {
                kind: DocumentKind::AppealDecision,
                issued_on: self.day_of(decision.at),
                number: format!("{federation}/{round}/{unit}/A{}", place + 1),
                due: None,
                items: vec![
                    item("appeal-criterion", &criterion.zh),
                    item("appeal-grounds", &appeal.grounds),
                    item("appeal-outcome", &outcome.zh),
                    item("appeal-reason", &decision.reason),
                ],
            }
        })
        .await
    }

    async fn notice_of(
        &self,
        scope: &Scope,
        round: &RoundCode,
        unit: &UnitCode,
        (report, format): (Option<Digest>, Format),
        said: impl FnOnce(&Description) -> Said,
    ) -> Result<Rendered, OperationError> {
        let (round, _): (Round, u64) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let unit = scope.unit(unit).await?.ok_or(OperationError::Missing("unit"))?;
        let federation = scope.federation().await?.ok_or(OperationError::Missing("federation"))?;
        let release = self.known_release(scope, round.rubric).await?;
        let rubric = release.descriptions.rubric.as_ref();
        let rubric = rubric.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let Said { kind, issued_on, number, due, items } = said(rubric);
        let composer = self.composer_of(scope, &round, kind, report).await?;
        let notice = Notice {
            kind,
            round: reported_round(&federation, &round, rubric, self.day_of(round.due_at)),
            unit: unit.as_seen_by_rubrics(round.period.end()),
            issued_on,
            number,
            due,
            items,
            findings: vec![],
        };
        let document = self.document_of(scope, &composer, Request::Notice(Box::new(notice))).await?;
        let origins = Origins::of_round(&document.language, &round, composer.digest).with_unit(&unit.code);
        self.render(scope, document, None, origins, format).await
    }
}

pub(crate) const fn outcome_code(outcome: AppealOutcome) -> &'static str {
    match outcome {
        AppealOutcome::Upheld => "upheld",
        AppealOutcome::PartlyUpheld => "partly-upheld",
        AppealOutcome::Dismissed => "dismissed",
    }
}

/// What the form calls a place of the answers, with the places of lists counted from 1; the place itself where the form has no name for
/// it.
fn name_of(outline: &FormOutline, pointer: &str) -> Text {
    if pointer.is_empty() {
        return in_both_languages("the-whole-submission", &[]);
    }
    let (mut place, mut numbers) = (String::new(), Vec::new());
    for token in pointer.split('/').skip(1) {
        let number = token.parse::<usize>().ok();
        numbers.extend(number.map(|number| number.saturating_add(1).to_string()));
        place.push('/');
        place.push_str(if number.is_some() { "*" } else { token });
    }
    let label = outline.fields.iter().find(|field| field.at == place).map(|field| field.label.clone());
    let label = label.filter(|label| !label.zh.is_empty());
    let label = label.unwrap_or_else(|| Text { zh: pointer.to_owned(), en: String::new() });
    if numbers.is_empty() {
        return label;
    }
    let counted = |text: &str| if text.is_empty() { String::new() } else { format!("{text} ({})", numbers.join("/")) };
    Text { zh: counted(&label.zh), en: counted(&label.en) }
}
