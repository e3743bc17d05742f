"""A certificate authority for demonstrations and tests, marked as such in every name it signs.

Its certificates prove nothing to anybody outside. A reliable electronic signature (电子签名法 13) needs a
certificate of a licensed authority: give its key and chain to `pades.Certificate` instead.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

MARK = "演示证书（无法律效力）DEMO ONLY"
YEARS = timedelta(days=365 * 3)


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A signer's certificate with its key and chain, in DER."""

    certificate: bytes
    key: bytes
    chain: tuple[bytes, ...] = ()


class DemoAuthority:
    """Makes certificates for invented people; its own is the root to trust in a test."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.key = ec.generate_private_key(ec.SECP256R1())
        name = _name(f"五方{MARK}根")
        self.root = self._make(name, name, self.key.public_key(), authority=True)

    def issue(self, person: str, organisation: str = "") -> Certificate:
        """A certificate for a person, or for an organisation's seal."""
        return self._issue(_name(f"{person} {MARK}", organisation))

    def issue_time_stamper(self) -> Certificate:
        """A certificate that is good for time stamps (RFC 3161 2.3) and for nothing else."""
        return self._issue(_name(f"时间戳 {MARK}"), time_stamps=True)

    def _issue(self, subject: x509.Name, *, time_stamps: bool = False) -> Certificate:
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._make(subject, self.root.subject, key.public_key(), time_stamps=time_stamps)
        return Certificate(
            certificate=made.public_bytes(serialization.Encoding.DER),
            key=key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
            chain=(self.root.public_bytes(serialization.Encoding.DER),),
        )

    def _make(
        self,
        subject: x509.Name,
        issuer: x509.Name,
        key: ec.EllipticCurvePublicKey,
        *,
        authority: bool = False,
        time_stamps: bool = False,
    ) -> x509.Certificate:
        usage = x509.KeyUsage(
            digital_signature=not authority, content_commitment=not authority, key_cert_sign=authority,
            crl_sign=authority, key_encipherment=False, data_encipherment=False, key_agreement=False,
            encipher_only=False, decipher_only=False,
        )  # fmt: skip
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.at - timedelta(days=1))
            .not_valid_after(self.at + YEARS)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(usage, critical=True)
        )
        if time_stamps:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            made = made.add_extension(purpose, critical=True)
        return made.sign(self.key, hashes.SHA256())


def _name(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:60]))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common[:60])])
