"""What `nats-py` needs of a package of this name: the key pair of a NATS user, read from its seed.

The signature is Ed25519 as RFC 8032 (5.1) writes it, in plain Python: slow, and enough for a test, which thereby needs
no package with compiled code.
"""

import base64
import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
USER = 20 << 3


def _x(y):
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    return P - x if x % 2 else x


_Y = 4 * pow(5, P - 2, P) % P
BASE = (_x(_Y), _Y)


def _add(a, b):
    (x1, y1), (x2, y2) = a, b
    k = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P)
    return x % P, y % P


def _times(point, factor):
    total = (0, 1)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point, factor = _add(point, point), factor >> 1
    return total


def _packed(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def _number(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def _checksum(data):
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc.to_bytes(2, "little")


class KeyPair:
    """A key pair; the names of its parts are those that `nats-py` uses."""

    def __init__(self, seed):
        digest = hashlib.sha512(seed).digest()
        self._secret = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | (1 << 254)
        self._prefix = digest[32:]
        self._public = _packed(_times(BASE, self._secret))

    @property
    def public_key(self):
        named = bytes([USER]) + self._public
        return base64.b32encode(named + _checksum(named)).rstrip(b"=")

    def sign(self, message):
        once = _number(self._prefix, message) % ORDER
        commitment = _packed(_times(BASE, once))
        challenge = _number(commitment, self._public, message)
        return commitment + ((once + challenge * self._secret) % ORDER).to_bytes(32, "little")

    def wipe(self):
        self._secret = 0


def from_seed(seed):
    """Reads `SU…`: two bytes that name the kind, 32 of the seed, two of a checksum."""
    text = bytes(seed)
    raw = base64.b32decode(text + b"=" * (-len(text) % 8))
    return KeyPair(raw[2:34])
