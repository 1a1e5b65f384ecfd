//! The contract's versions, each with its bindings and its way from and to the house's own values.

pub(crate) mod v1;

/// What the names of the contract's interfaces begin with.
pub(crate) const PACKAGE: &str = "huizong:plugin/";

/// The versions that this host speaks, the newest last.
pub const SPOKEN: [&str; 1] = [v1::VERSION];

/// The versions of the contract among some names that this host does not speak, in order.
pub(crate) fn other_versions(names: &[String]) -> Vec<String> {
    let versions = names.iter().filter_map(|name| {
        let (_, version) = name.strip_prefix(PACKAGE)?.split_once('@').unwrap_or(("", "none"));
        (!SPOKEN.contains(&version)).then(|| crate::lie::shown(version))
    });
    let mut versions: Vec<String> = versions.collect();
    versions.sort_unstable();
    versions.dedup();
    versions
}

#[cfg(test)]
mod tests {
    use super::other_versions;

    #[test]
    fn versions_that_are_not_spoken_are_found_by_the_contracts_names() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let known = names(&["huizong:plugin/rubric@1.0.0", "huizong:plugin/types@1.0.0", "wasi:cli/run@0.2.0"]);
        assert!(other_versions(&known).is_empty());
        let newer = names(&["huizong:plugin/rubric@2.0.0", "huizong:plugin/types@2.0.0", "huizong:plugin/log@1.0.0"]);
        assert_eq!(other_versions(&newer), ["2.0.0"]);
        assert_eq!(other_versions(&names(&["huizong:plugin/rubric"])), ["none"]);
    }
}
