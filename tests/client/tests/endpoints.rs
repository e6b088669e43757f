//! Where the generated client calls: the host of every region that the vendor's SDKs know.
#![allow(clippy::unwrap_used, missing_docs)]

use alibabacloud_dts::API;
use bindery_runtime::endpoint::Endpoint;

#[test]
fn a_listed_region_has_its_host_in_every_network() {
    assert_eq!(API.endpoints.regions.len(), 64);
    for (region, host) in API.endpoints.regions {
        for network in ["", "public", "vpc"] {
            assert_eq!(Endpoint::of_region(&API, region, network).unwrap().authority(), *host);
        }
    }
    let central = API.endpoints.regions.iter().filter(|(_, host)| *host == "dts.aliyuncs.com").count();
    assert_eq!(central, 55);
}

#[test]
fn a_region_that_nobody_knows_yet_has_the_host_of_the_pattern() {
    let host = |network| Endpoint::of_region(&API, "xx-new-1", network).unwrap().authority().to_owned();
    assert_eq!(host(""), "dts.xx-new-1.aliyuncs.com");
    assert_eq!(host("vpc"), "dts-vpc.xx-new-1.aliyuncs.com");
}
