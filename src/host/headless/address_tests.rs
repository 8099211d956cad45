use super::*;

fn check(policy: &AddressPolicy, address: &str) -> Result<Reach> {
    policy.check(address).map(|(_, reach)| reach)
}

#[test]
fn every_block_is_refused_from_its_first_address_to_its_last_and_not_beyond() {
    for &(first, length, what) in IPV4 {
        let (low, last) = (first.to_bits(), first.to_bits() | (u32::MAX >> length));
        for bits in [low, low + 1, low + (last - low) / 2, last] {
            assert_eq!(refusal(Ipv4Addr::from_bits(bits).into()), Some(what), "{}", Ipv4Addr::from_bits(bits));
        }
        assert_eq!(low & (u32::MAX >> length), 0, "{first}/{length} begins inside of its block");
        for outside in [low.checked_sub(1), last.checked_add(1)].into_iter().flatten().map(Ipv4Addr::from_bits) {
            let neighbour =
                IPV4.iter().any(|(next, bits, _)| outside.to_bits() >> (32 - bits) == next.to_bits() >> (32 - bits));
            assert_eq!(refusal(outside.into()).is_some(), neighbour, "{outside}");
        }
    }
    for &(first, length, what) in IPV6 {
        let (low, last) = (first.to_bits(), first.to_bits() | u128::MAX.checked_shr(length).unwrap_or(0));
        assert_eq!(low & u128::MAX.checked_shr(length).unwrap_or(0), 0, "{first}/{length} begins inside of its block");
        for bits in [low, low + (last - low) / 3 * 2, last] {
            let found = refusal(Ipv6Addr::from_bits(bits).into());
            assert!(found.is_some(), "{} is not refused as {what}", Ipv6Addr::from_bits(bits));
        }
    }
}

#[test]
fn what_is_not_public_is_told_by_its_kind() {
    let cases = [
        ("0.0.0.0", "this network"),
        ("10.255.255.255", "private"),
        ("100.64.0.1", "carrier"),
        ("100.127.255.255", "carrier"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.8", "protocol"),
        ("192.0.2.1", "documentation"),
        ("192.88.99.1", "6to4"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "benchmarks"),
        ("198.19.255.255", "benchmarks"),
        ("198.51.100.7", "documentation"),
        ("203.0.113.7", "documentation"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::127.0.0.1", "compatible"),
        ("::8.8.8.8", "compatible"),
        ("::ffff:127.0.0.1", "mapped"),
        ("::ffff:8.8.8.8", "mapped"),
        ("::ffff:0:10.0.0.1", "translated"),
        ("64:ff9b::10.0.0.1", "NAT64"),
        ("64:ff9b:1::1", "NAT64"),
        ("64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "NAT64"),
        ("100::1", "discards"),
        ("2001::1", "Teredo"),
        ("2001:0:ffff::1", "Teredo"),
        ("2001:2::1", "benchmarks"),
        ("2001:10::1", "protocol"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4"),
        ("2002:808:808::1", "6to4"),
        ("3fff::1", "documentation"),
        ("4000::1", "reserved"),
        ("5f00::1", "reserved"),
        ("fc00::1", "private"),
        ("fdff:ffff::1", "private"),
        ("fe80::1", "link-local"),
        ("febf::1", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
    ];
    for (address, kind) in cases {
        let why = refusal(address.parse().unwrap()).unwrap_or("public");
        assert!(why.contains(kind), "{address} is {why}, not {kind}");
        let literal = if address.contains(':') { format!("[{address}]") } else { address.to_owned() };
        let error = check(&AddressPolicy::default(), &format!("http://{literal}/a.png")).unwrap_err();
        assert!(error.to_string().contains(kind) && error.to_string().contains("--allow-host"), "{error}");
    }
    let public =
        ["1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "128.0.0.1", "172.15.255.255"];
    let public_too =
        ["172.32.0.0", "192.0.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450::1"];
    for address in public.into_iter().chain(public_too) {
        assert_eq!(refusal(address.parse().unwrap()), None, "{address}");
    }
}

#[test]
fn no_spelling_of_an_address_slips_by() {
    let spellings = [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0x7F.0.0.1",
        "127.0.0.1.",
        "127.000.000.001",
        "１２７.０.０.１",
        "127。0。0。1",
        "%31%32%37.0.0.1",
        "0",
        "0x0",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:7f00:1]",
        "[::ffff:127.0.0.1]",
        "[::7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[0000::0001]",
        "3232235777",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "10.1",
        "192.168.257",
    ];
    for host in spellings {
        for scheme in ["http", "https", "HTTP"] {
            let address = format!("{scheme}://{host}/a.png");
            assert!(check(&AddressPolicy::default(), &address).is_err(), "{address}");
        }
    }
    // What looks like a number and is none is no name either.
    for host in ["256.1.1.1", "1.2.3.4.5", "0x1ffffffff", "127.0.0.0x", "08.1.1.1"] {
        assert!(check(&AddressPolicy::default(), &format!("http://{host}/")).is_err(), "{host}");
    }
    // These are names: they are checked when they are resolved.
    for host in ["localhost", "127.0.0.1.nip.io", "metadata.google.internal", "xn--e1afmkfd.example"] {
        assert_eq!(check(&AddressPolicy::default(), &format!("http://{host}/")).unwrap(), Reach::Public);
    }
}

#[test]
fn schemes_ports_and_credentials_are_checked() {
    let policy = AddressPolicy::default();
    for fine in
        ["http://a.example/", "https://a.example/x?y#z", "http://a.example:443/", "https://a.example:80", "HTTPS://A.EXAMPLE"]
    {
        assert_eq!(check(&policy, fine).unwrap(), Reach::Public, "{fine}");
    }
    for port in [1, 22, 25, 79, 81, 442, 444, 6379, 8080, 65535] {
        let error = check(&policy, &format!("http://a.example:{port}/")).unwrap_err();
        assert!(error.to_string().contains(&format!("--allow-host a.example:{port} ")), "{error}");
    }
    let wrong = [
        "",
        "a.png",
        "//a.example/a.png",
        "/a.png",
        "ftp://a.example/",
        "file:///etc/passwd",
        "gopher://a.example/",
        "data:,x",
        "javascript:alert(1)",
        "http://",
        "http:///",
        "http://user@a.example/",
        "http://:secret@a.example/",
        "http://user:secret@a.example/",
        "http://a.example:99999/",
        "http://a b/",
        "http://[::1/",
    ];
    for address in wrong {
        assert!(check(&policy, address).is_err(), "{address}");
    }
    // Nothing of a password stands in an error.
    let error = check(&policy, "http://user:secret@a.example/").unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[test]
fn a_named_host_is_allowed_at_its_port_and_nowhere_else() {
    let named =
        |hosts: &[&str]| hosts.iter().fold(AddressPolicy::default(), |policy, host| policy.allow(host.parse().unwrap()));
    let policy = named(&["localhost:8080", "10.0.0.7", "[::1]:81", "fd00::7", "Images.Example", "127.1:9"]);
    let fine = [
        "http://localhost:8080/",
        "http://LOCALHOST.:8080/",
        "http://10.0.0.7/",
        "https://10.0.0.7/",
        "http://0xa000007/",
        "http://[::1]:81/",
        "http://[0:0::1]:81/",
        "http://[fd00::7]/",
        "https://images.example/",
        "http://127.0.0.1:9/",
    ];
    for address in fine {
        assert_eq!(check(&policy, address).unwrap(), Reach::Named, "{address}");
    }
    let refused = [
        "http://localhost:8081/",
        "http://10.0.0.7:8080/",
        "http://10.0.0.8/",
        "http://[::1]/",
        "http://[::1]:80/",
        "http://127.0.0.1:8080/",
        "http://127.0.0.1/",
        "http://images.example:8080/",
        "http://user@localhost:8080/",
        "ftp://localhost:8080/",
        "http://x.localhost:8080/",
        "http://[::ffff:10.0.0.7]/",
    ];
    for address in refused {
        assert!(check(&policy, address).is_err(), "{address}");
    }
    // By name it is reached as any other is: at public addresses.
    assert_eq!(check(&policy, "http://localhost/").unwrap(), Reach::Public);
}

#[test]
fn what_is_no_host_is_not_allowed() {
    let wrong = [
        "",
        " ",
        "http://a.example",
        "a.example/x",
        "*.example",
        "user@a.example",
        "a.example:",
        "a.example:0",
        "a.example:65536",
        "a.example:+80",
        "a.example:http",
        ":80",
        "[::1",
        "::1]:80",
        "a b",
        "256.0.0.1",
        "a.example?x",
        "a#b",
        "[::1]x:80",
    ];
    for text in wrong {
        let parsed = text.parse::<AllowedHost>();
        assert_eq!(parsed.as_ref().map_err(Error::kind), Err(ErrorKind::Usage), "{text}: {parsed:?}");
    }
}
