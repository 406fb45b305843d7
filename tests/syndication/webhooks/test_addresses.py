"""Where webhooks may go: the internet over TLS, and nowhere else unless the deployment says so."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfcms.syndication.webhooks.addresses import AllowList, find_refusal, list_url_problems

NOBODY = AllowList()
TRANSLATED = ip_network("64:ff9b::/96")
ADDRESSES = """
127.0.0.1                       this machine
127.255.255.254                 this machine
0.0.0.0                         this network
0.1.2.3                         this network
10.0.0.1                        private
172.16.0.1                      private
172.31.255.255                  private
192.168.1.1                     private
169.254.169.254                 link-local, where clouds keep credentials
100.64.0.1                      shared by carriers
100.127.255.255                 shared by carriers
192.0.0.170                     protocol assignments
192.0.2.1                       documentation
192.88.99.1                     6to4 relays
198.18.0.1                      benchmarking
198.51.100.1                    documentation
203.0.113.1                     documentation
224.0.0.1                       multicast
239.255.255.250                 multicast
240.0.0.1                       reserved
255.255.255.255                 reserved
::                              not on the internet
::1                             not on the internet
::7f00:1                        not on the internet
::ffff:127.0.0.1                this machine
::ffff:169.254.169.254          link-local, where clouds keep credentials
::ffff:8.8.8.8                  -
64:ff9b::7f00:1                 this machine
64:ff9b::a9fe:a9fe              link-local, where clouds keep credentials
64:ff9b::808:808                -
64:ff9b:1::808:808              not on the internet
fc00::1                         not on the internet
fd00:ec2::254                   not on the internet
fe80::1                         not on the internet
fe80::1%eth0                    not on the internet
fec0::1                         not on the internet
ff02::1                         not on the internet
100::1                          not on the internet
5f00::1                         not on the internet
2001::1                         protocol assignments, Teredo among them
2001:db8::1                     documentation
2002:7f00:1::                   6to4, which may lead anywhere
2002:808:808::                  6to4, which may lead anywhere
3fff::1                         documentation
8.8.8.8                         -
172.15.255.255                  -
172.32.0.1                      -
100.128.0.1                     -
2606:4700:4700::1111            -
2a00:1450:4001::1               -
"""
ROWS = [tuple(line.split(maxsplit=1)) for line in ADDRESSES.strip().splitlines()]


@pytest.mark.parametrize(("address", "refusal"), ROWS)
def test_every_address_that_is_not_the_internet_is_refused(address: str, refusal: str) -> None:
    assert (find_refusal(ip_address(address)) or "-") == refusal


@given(st.ip_addresses())
def test_no_address_that_python_calls_local_gets_through(
    address: IPv4Address | IPv6Address,
) -> None:
    is_local = address.is_private or address.is_loopback or address.is_link_local
    is_special = address.is_multicast or address.is_reserved or address.is_unspecified
    is_translated = isinstance(address, IPv6Address) and (
        address.ipv4_mapped is not None or address in TRANSLATED
    )

    if (is_local or is_special) and not is_translated:
        assert find_refusal(address)


URLS = """
https://hooks.example.org/in            -
https://hooks.example.org:8443/in?a=1   -
https://HOOKS.example.org/              -
https://xn--bcher-kva.example/          -
https://8.8.8.8/                        -
https://[2606:4700:4700::1111]/         -
http://hooks.example.org/               url_not_https
ftp://hooks.example.org/                url_not_https
//hooks.example.org/                    url_not_https
file:///etc/passwd                      url_not_https,host_malformed
https:///nowhere                        host_malformed
https://user:pass@hooks.example.org/    url_has_extras
https://@hooks.example.org/             url_has_extras
https://hooks.example.org/#part         url_has_extras
https://hooks.example.org:22/           port_refused
https://hooks.example.org:80/           port_refused
https://hooks.example.org:99999/        url_malformed
https://[::1/                           url_malformed
https://bücher.example/                 url_malformed,host_malformed
https://127.0.0.1/                      address_refused
https://[::1]/                          address_refused
https://[::ffff:10.0.0.1]/              address_refused
https://169.254.169.254/latest          address_refused
https://2130706433/                     host_malformed
https://0x7f000001/                     host_malformed
https://0x7f.1/                         host_malformed
https://127.1/                          host_malformed
https://0177.0.0.1/                     host_malformed
https://127.0.0.1./                     host_malformed
https://hooks.example.org./             host_malformed
https://hooks_example.org/              host_malformed
https://-hooks.example.org/             host_malformed
https://hooks.example.org\\@127.0.0.1/   url_malformed,url_has_extras,address_refused
"""


@pytest.mark.parametrize(
    ("url", "codes"), [tuple(line.split()) for line in URLS.strip().splitlines()]
)
def test_an_address_is_refused_with_every_reason(url: str, codes: str) -> None:
    problems = list_url_problems(url, allowed=NOBODY)

    assert (",".join(problem.code for problem in problems) or "-") == codes
    assert {problem.pointer for problem in problems} <= {"/url"}


@pytest.mark.parametrize("character", ["\n", "\t", " ", "\x00", "\x7f"])
def test_control_characters_are_refused_wherever_they_stand(character: str) -> None:
    problems = list_url_problems(f"https://example.org/a{character}b", allowed=NOBODY)

    assert "url_malformed" in [problem.code for problem in problems]


def test_an_address_that_is_too_long_is_refused() -> None:
    problems = list_url_problems(f"https://example.org/{'x' * 500}", allowed=NOBODY)

    assert [problem.code for problem in problems] == ["url_malformed"]


ALLOWED = AllowList.read(["receiver.local", " 10.1.0.0/16 ", "127.0.0.1", ""])


@pytest.mark.parametrize(
    "url",
    [
        "http://receiver.local:8080/hook",
        "http://10.1.2.3/hook",
        "https://127.0.0.1:9000/hook",
        "https://hooks.example.org/",
    ],
)
def test_a_deployment_may_allow_hosts_and_networks(url: str) -> None:
    assert list_url_problems(url, allowed=ALLOWED) == []


@pytest.mark.parametrize(
    "url", ["http://other.local/", "https://10.2.0.1/", "https://127.0.0.2/", "https://[::1]/"]
)
def test_what_it_did_not_allow_stays_refused(url: str) -> None:
    assert list_url_problems(url, allowed=ALLOWED)
