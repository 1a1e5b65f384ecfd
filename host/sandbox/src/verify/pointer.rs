//! Pointers into the answers (RFC 6901): each has to resolve.

use domain::answers::Answers;

use crate::lie::{Lie, hold, shown};

/// All of some pointers resolve in the answers.
pub(super) fn resolve<'p>(pointers: impl IntoIterator<Item = &'p String>, answers: &Answers) -> Result<(), Lie> {
    pointers.into_iter().try_for_each(|pointer| {
        hold(answers.resolves(pointer), || format!("the pointer `{}` resolves to nothing", shown(pointer)))
    })
}

/// A text is a pointer, wherever it leads.
pub(super) fn well_formed(pointer: &str) -> Result<(), Lie> {
    let starts_well = pointer.is_empty() || pointer.starts_with('/');
    let is_escaped = pointer.split('~').skip(1).all(|rest| rest.starts_with('0') || rest.starts_with('1'));
    hold(starts_well && is_escaped, || format!("`{}` is not a pointer (RFC 6901)", shown(pointer)))
}
