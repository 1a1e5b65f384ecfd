//! Reports: what stands in a federation's documents, as typed blocks.

pub use crate::bindings::report::exports::huizong::plugin::report::{
    Alignment, Block, Cells, Chart, ChartKind, Document, DocumentKind, FieldColumn, FieldValues, FindingCount, Heading,
    Image, Items, Letterhead, ListedUnit, MemberReport, Notice, NoticeItem, Numbers, Paragraph, PointsColumn,
    ReportDescription, Request, RollUp, RollUpMember, Round, Run, Series, Signature, SparseNumbers, Standing, Table,
    TableColumn, Taking, WantedField, WeighedFinding,
};
use crate::contract::Refusal;

/// A report. Every function is pure: the same arguments give the same answer. Hand it to [`export_report!`](crate::export_report).
pub trait Report {
    /// What the report can compose, and what it needs for it.
    fn describe() -> ReportDescription;

    /// Composes one document.
    fn compose(request: Request) -> Result<Document, Refusal>;
}

/// What the generated bindings call; [`export_report!`](crate::export_report) names it.
#[doc(hidden)]
pub struct Exported<T>(std::marker::PhantomData<T>);

#[cfg(target_arch = "wasm32")]
impl<T: Report> crate::bindings::report::exports::huizong::plugin::report::Guest for Exported<T> {
    fn describe() -> ReportDescription {
        crate::panic::tell_the_log();
        T::describe()
    }

    fn compose(request: Request) -> Result<Document, Refusal> {
        crate::panic::tell_the_log();
        T::compose(request)
    }
}

/// Exports a [`Report`](crate::Report) from the component. Natively it does nothing.
#[macro_export]
macro_rules! export_report {
    ($report:ty) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type ExportedReport = $crate::exported::Report<$report>;
    $crate::bindings::report::export!(ExportedReport with_types_in $crate::bindings::report);
        };
    };
}
