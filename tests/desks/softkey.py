"""A passkey in software: signs what a page asks, as the key in a telephone does."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT_AND_KNOWN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftKey:
    """One key for one host."""

    def __init__(self, host="localhost", origin="http://localhost"):
        self.host, self.origin, self.count = host, origin, 0
        self.secret, self.id = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(32)

    def _said(self, kind, options):
        challenge = websafe_decode(options["publicKey"]["challenge"])
        return CollectedClientData.create(type=kind, challenge=challenge, origin=self.origin)

    def _state(self, credential=b""):
        self.count += 1
        digest, flags = hashlib.sha256(self.host.encode()).digest(), PRESENT_AND_KNOWN
        if credential:
            flags |= AuthenticatorData.FLAG.AT
        return AuthenticatorData.create(digest, flags, self.count, credential)

    def _told(self, **response):
        own = websafe_encode(self.id)
        told = {name: websafe_encode(bytes(value)) for name, value in response.items()}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": told})

    def make(self, options):
        """The answer to a page that makes a key."""
        public = ES256.from_cryptography_key(self.secret.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        made = AttestationObject.create("none", self._state(credential), {})
        said = self._said("webauthn.create", options)
        return self._told(clientDataJSON=said, attestationObject=made)

    def sign(self, options):
        """The answer to a page that opens a log-in."""
        said, state = self._said("webauthn.get", options), self._state()
        signature = self.secret.sign(bytes(state) + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._told(clientDataJSON=said, authenticatorData=state, signature=signature)
