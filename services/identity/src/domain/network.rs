//! The network a client speaks from, as far as attempts are counted: one IPv4 address, or a /64 of IPv6.

use std::net::{IpAddr, Ipv6Addr};

/// The network of an address; nothing when it is no address.
pub(crate) fn of(address: &str) -> Option<String> {
    match address.trim().parse::<IpAddr>().ok()?.to_canonical() {
        IpAddr::V4(address) => Some(address.to_string()),
        IpAddr::V6(address) => {
            let prefix = u128::from(address) & !u128::from(u64::MAX);
            Some(format!("{}/64", Ipv6Addr::from(prefix)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_of_ipv6_addresses_is_one_network() {
        let table = [
            ("10.0.0.9", Some("10.0.0.9")),
            ("::ffff:10.0.0.9", Some("10.0.0.9")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::/64")),
            ("2001:db8:1:2:ffff::1", Some("2001:db8:1:2::/64")),
            ("2001:db8:1:3::1", Some("2001:db8:1:3::/64")),
            ("somewhere", None),
        ];
        for (address, network) in table {
            assert_eq!(of(address).as_deref(), network, "{address}");
        }
    }
}
