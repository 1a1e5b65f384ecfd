//! Records that were written before a field existed still open.

use domain::digest::Digest;
use domain::release::{Descriptions, Release};
use serde::Serialize;

/// A release as it was kept before signatures and build information.
#[derive(Serialize)]
struct OldRelease {
    digest: Digest,
    contract: String,
    component_bytes: u64,
    descriptions: Descriptions,
    admitted_at: jiff::Timestamp,
    admitted_by: String,
}

#[test]
fn a_release_without_signature_and_build_information_opens() {
    let old = OldRelease {
        digest: Digest::of(b"a component"),
        contract: "1.0.0".to_owned(),
        component_bytes: 11,
        descriptions: Descriptions::default(),
        admitted_at: "2024-01-10T08:00:00Z".parse().expect("a time"),
        admitted_by: "admin".to_owned(),
    };
    let bytes = rmp_serde::to_vec_named(&old).expect("a record");
    let opened: Release = rmp_serde::from_slice(&bytes).expect("a release");
    assert_eq!((opened.digest, opened.component_bytes), (old.digest, 11));
    assert_eq!((opened.signature, opened.signature_doubt, opened.build), (None, None, None));
    assert!(opened.admitted_by_token.0.is_nil());
}
