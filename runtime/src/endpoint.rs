//! Where a service answers: the host of a region, and the grammar that every host and region is held to before anything
//! is done with it. The grammar is one for all languages: what it refuses, a URL parser might read as another host.

use crate::error::ConfigurationError;
use crate::operation::Api;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A host to send requests to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    is_plain: bool,
    authority: String,
}

impl Endpoint {
    /// Reads `host`, `host:port`, `https://host` or, for what is not encrypted, `http://host`.
    ///
    /// # Errors
    /// If it is anything else: a user, a path, a query, blanks, capitals, a port out of range, an address in another than
    /// the usual notation.
    pub fn parse(text: &str) -> Result<Endpoint, ConfigurationError> {
        let (is_plain, authority) = match text.split_once("://") {
            Some(("https", rest)) => (false, rest),
            Some(("http", rest)) => (true, rest),
            Some(_) => return Err(refused("an endpoint begins with `https://` or with the host itself")),
            None => (false, text),
        };
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (authority, None),
        };
        if !host_fits(host) {
            return Err(refused(
                "an endpoint is a host name in lower case or an IP address, with a port if need be: no user, path or query",
            ));
        }
        let port_fits = |port: &str| {
            !port.starts_with('0')
                && port.bytes().all(|byte| byte.is_ascii_digit())
                && port.parse::<u16>().is_ok_and(|port| port > 0)
        };
        if port.is_some_and(|port| !port_fits(port)) {
            return Err(refused("the endpoint's port is a number from 1 to 65535"));
        }
        Ok(Endpoint { is_plain, authority: authority.to_owned() })
    }

    /// The host of an API in a region, as the vendor's SDKs find it: the region's own host if the API lists it, else the
    /// one that its pattern gives. `network`: empty, `public`, `vpc`, …; it matters to the pattern alone.
    ///
    /// # Errors
    /// If region or network cannot be part of a host name, or if the API knows no host for the region.
    pub fn of_region(api: &Api, region: &str, network: &str) -> Result<Endpoint, ConfigurationError> {
        if !region_fits(region) {
            return Err(refused("a region is like `cn-hangzhou`: lower-case letters, then `-`, letters and digits"));
        }
        if !network.bytes().all(|byte| byte.is_ascii_lowercase()) || network.len() > 16 {
            return Err(refused("a network is a word in lower case, like `vpc`"));
        }
        let listed =
            api.endpoints.regions.iter().find(|(known, _)| *known == region).map(|(_, host)| (*host).to_owned());
        let network = if matches!(network, "" | "public") { String::new() } else { format!("-{network}") };
        let host =
            listed.or_else(|| Some(api.endpoints.pattern?.replace("{region}", region).replace("{network}", &network)));
        let Some(host) = host else {
            return Err(ConfigurationError::new(format!(
                "{} {} lists no endpoint for the region {region}: name one with `endpoint`",
                api.product, api.version
            )));
        };
        Endpoint::parse(&host)
    }

    /// Whether requests are not encrypted.
    pub fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// The host, and the port if one is named.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The host alone; an IPv6 address without its brackets.
    pub fn host(&self) -> &str {
        let host = self.named_port().map_or(&*self.authority, |(host, _)| host);
        host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
    }

    /// The port, be it named or the usual one.
    pub fn port(&self) -> u16 {
        let named = self.named_port().and_then(|(_, port)| port.parse().ok());
        named.unwrap_or(if self.is_plain { 80 } else { 443 })
    }

    fn named_port(&self) -> Option<(&str, &str)> {
        self.authority.rsplit_once(':').filter(|(_, port)| !port.contains(']'))
    }

    /// `https` or `http`.
    pub fn scheme(&self) -> &'static str {
        if self.is_plain { "http" } else { "https" }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.authority)
    }
}

/// The value is not shown: a slip of the hand may have put a secret there.
fn refused(expected: &str) -> ConfigurationError {
    ConfigurationError::new(expected)
}

/// `cn-hangzhou`, or `public`.
fn region_fits(region: &str) -> bool {
    let (head, tail) = region.split_once('-').unwrap_or((region, ""));
    let tail_fits = !tail.is_empty()
        && !tail.ends_with('-')
        && tail.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    region == "public"
        || (region.len() <= 63 && head.len() >= 2 && head.bytes().all(|byte| byte.is_ascii_lowercase()) && tail_fits)
}

fn host_fits(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        return address.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    let label_fits = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    // A name whose last label begins with a digit is read as an address, in notations that mean other hosts to others.
    let named = host.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_lowercase()));
    let address = host.parse::<Ipv4Addr>().is_ok_and(|address| address.to_string() == host);
    let labels = host.len() <= 253 && host.split('.').all(label_fits);
    address || labels && named && (host.contains('.') || host == "localhost")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::operation::{Endpoints, Protocol};

    static API: Api = Api {
        product: "Thing",
        version: "1",
        protocol: Protocol::Rpc,
        endpoints: Endpoints {
            pattern: Some("thing{network}.{region}.example.com"),
            regions: &[("cn-hangzhou", "thing.example.com")],
        },
    };

    #[test]
    fn hosts_of_regions() {
        for (region, network, host) in [
            ("cn-hangzhou", "", "https://thing.example.com"),
            ("cn-hangzhou", "vpc", "https://thing.example.com"),
            ("xx-new-1", "", "https://thing.xx-new-1.example.com"),
            ("xx-new-1", "public", "https://thing.xx-new-1.example.com"),
            ("xx-new-1", "vpc", "https://thing-vpc.xx-new-1.example.com"),
        ] {
            assert_eq!(Endpoint::of_region(&API, region, network).unwrap().to_string(), host);
        }
        let bad =
            ["cn-hangzhou.evil.invalid/", "cn-x\r\nX-Injected: 1", "../", "@", "", "cn", "c-1", "cn-", "CN-x", "cn-a-"];
        for region in bad {
            assert!(Endpoint::of_region(&API, region, "").is_err(), "{region:?}");
        }
        assert!(Endpoint::of_region(&API, "cn-x", "vpc.evil").is_err());
    }

    #[test]
    fn hosts_and_ports() {
        for (text, host, port) in [
            ("a.example.com", "a.example.com", 443),
            ("http://a.example.com", "a.example.com", 80),
            ("a.example.com:8443", "a.example.com", 8443),
            ("[::1]", "::1", 443),
            ("http://[::1]:8080", "::1", 8080),
        ] {
            let endpoint = Endpoint::parse(text).unwrap();
            assert_eq!((endpoint.host(), endpoint.port()), (host, port));
        }
    }

    #[test]
    fn only_plain_hosts_pass() {
        let good =
            ["a.example.com", "a.example.com:8443", "127.0.0.1:80", "[::1]:8080", "[::1]", "localhost", "localhost:1"];
        for host in good {
            assert_eq!(Endpoint::parse(host).unwrap().to_string(), format!("https://{host}"));
            assert!(Endpoint::parse(&format!("http://{host}")).unwrap().is_plain());
        }
        let bad = [
            "",
            "a",
            "a.b/",
            "a.b/x",
            "a.b?x",
            "a.b#x",
            "u@a.b",
            "u:p@a.b",
            "a.b\r\n",
            "a.b\t",
            " a.b",
            "a.b\\c",
            "A.b",
            "a.b.",
            ".a.b",
            "a..b",
            "-a.b",
            "a-.b",
            "ä.b",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "[fe80::1%25eth0]",
            "[::1",
            "a.b:0",
            "a.b:65536",
            "a.b:",
            "a.b:080",
            "a.b:+1",
            "a.b:1:2",
            "ftp://a.b",
            "https://",
            "http:/a.b",
            "https://https://a.b",
            "x.0x7f",
        ];
        for host in bad {
            let said = Endpoint::parse(host).unwrap_err().message;
            assert!(host.len() < 4 || !said.contains(host), "{host:?} passed, or is shown: {said}");
        }
    }
}
