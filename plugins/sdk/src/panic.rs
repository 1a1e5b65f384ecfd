//! Panics: what went wrong reaches the operator's log before the instance is lost.

/// Has the next panic told to the log. Called at every entry, because an instance lives for one call.
pub(crate) fn tell_the_log() {
    std::panic::set_hook(Box::new(|panic| {
        crate::log::error(&panic.to_string());
    }));
}
