"""Log-in for another system: a request signed with the key shared with its agency."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.request import Request

from casework import clock
from casework.exchange import inbox, signature
from casework.exchange.peers import accepted_key, prove
from casework.models import Peer, PeerKey, User
from mediation.api.base import Endpoint
from mediation.exchange.client import RECEIPT


class Replay(APIException):
    """This request came before."""

    status_code = 409
    default_detail = _("This nonce was used before: send again with a fresh one.")


class SignedAuthentication(BaseAuthentication):
    """Finds the agency whose key signed the request, once a nonce and within five minutes."""

    def authenticate(self, request: Request) -> tuple[User, PeerKey] | None:
        """The account of the agency's program, or None without a signature.

        Raises: AuthenticationFailed, Replay.
        """
        inner = request._request
        if signature.SIGNATURE not in inner.headers:
            return None
        at = clock.now()
        try:
            claim = signature.claim_of(inner.headers)
            key = accepted_key(claim.key, at=at)
            if key is None:
                raise signature.WrongSignature(signature.WrongSignature.__doc__)
            asked = signature.Request(inner.method or "", inner.get_full_path(), inner.body)
            signature.check(asked, claim, secret=key.secret, at=at)
            inbox.spend(key.peer, claim.nonce, at=at)
        except inbox.Replayed as error:
            raise Replay from error
        except (
            signature.NotSigned,
            signature.OutOfTime,
            signature.WrongSignature,
        ) as error:
            raise AuthenticationFailed(str(error)) from error
        prove(key, at=at)
        request._request.peer_key = key  # type: ignore[attr-defined]
        return key.peer.user, key

    def authenticate_header(self, request: Request) -> str:
        """What a system must send."""
        return "Wufang-Signature"


class PeerEndpoint(Endpoint):
    """An endpoint for systems of agencies; every answer to a signed request is signed in turn."""

    authentication_classes: list[Any] = [SignedAuthentication]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Sign what is answered: only the holder of the key could have made it."""
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        render = getattr(answer, "render", None)
        if render is not None:
            answer = render()
        key = getattr(request, "peer_key", None)
        if isinstance(key, PeerKey):
            answer.headers[RECEIPT] = signature.receipt(
                answer.status_code,
                getattr(answer, "content", b""),
                nonce=request.headers[signature.NONCE_HEADER],
                secret=key.secret,
            )
        return answer


def peer_asking(request: Request) -> Peer:
    """The open peer that asks. Raises: AuthenticationFailed, for a person or a closed peer."""
    peer = (
        Peer.objects.select_related("agency", "district", "user")
        .filter(user=request.user.pk, is_open=True)
        .first()
    )
    if peer is None:
        raise AuthenticationFailed(_("Only the system of an agency may ask this."))
    return peer
