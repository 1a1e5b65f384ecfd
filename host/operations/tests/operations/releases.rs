//! Components are admitted, or not, and whose fault that is.

use bytes::Bytes;
use domain::release::PluginKind;
use operations::Whose;

use crate::house::House;

#[tokio::test]
async fn admitting_the_same_bytes_again_gives_the_same_release() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let admit = || house.office.admit_release(&province.admin, &province.code, Bytes::from_static(rogues::HONEST));
    let first = admit().await.expect("a release");
    house.clock.set(crate::house::time("2025-03-01T00:00:00Z"));
    assert_eq!(admit().await.expect("a release"), first);
    assert_eq!(first.descriptions.kinds(), [PluginKind::Rubric]);
    assert_eq!(first.admitted_by, province.admin.label);
    let component = house.office.component(&province.admin, &province.code, first.digest).await.expect("it");
    assert_eq!(component, rogues::HONEST);
}

#[tokio::test]
async fn what_is_no_component_of_the_contract_is_refused_by_its_author_s_fault() {
    use rogues::Rogue;
    let house = House::open().await;
    let province = house.federation("f1").await;
    for rogue in [Rogue::ImportsWasi, Rogue::CoreModule, Rogue::Text, Rogue::BreaksOff] {
        let component = Bytes::from(rogues::component(rogue));
        let refused = house.office.admit_release(&province.admin, &province.code, component).await;
        let refused = refused.expect_err("not admitted");
        assert_eq!(refused.whose(), Whose::Plugin, "{rogue:?}: {refused:?}");
        assert!(!refused.message().zh.is_empty() && !refused.message().zh.starts_with("error-"), "{rogue:?}");
    }
    assert_eq!(house.office.releases(&province.admin, &province.code).await.expect("none"), []);
}
