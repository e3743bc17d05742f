"""What the schema says of our log-in and of the names of our doors."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """`Authorization: Token ...`."""

    target_class = "mediation.api.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """An API key in the Authorization header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Token ...",
        }


class SignedScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A request signed with the key of an agency."""

    target_class = "mediation.api.signed.SignedAuthentication"
    name = "signed"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """HMAC-SHA256 over method, path, time, nonce and body."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Wufang-Signature",
            "description": "With Wufang-Key, Wufang-Time and Wufang-Nonce.",
        }


class OneNameADoor(AutoSchema):
    """Names an operation after its view and its method: no two are alike."""

    def get_operation_id(self) -> str:
        """cases_get, one_case_get, ..."""
        return f"{type(self.view).__name__}_{self.method.lower()}"
