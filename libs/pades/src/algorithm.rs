//! Digests and signatures: which are meant, whether they hold, whether they are strong enough. All of them are `ring`'s.

use ring::{
    digest,
    signature::{self, UnparsedPublicKey, VerificationAlgorithm},
};

use crate::asn1::{self, IllFormed, OID, Read, SEQUENCE, Value, context};

/// A digest. MD5 is known by name only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Digest {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// The object identifiers of the digests.
const DIGESTS: [(&[u8], Digest); 6] = [
    (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 2, 5], Digest::Md5),
    (&[0x2B, 14, 3, 2, 26], Digest::Sha1),
    (&[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 4], Digest::Sha224),
    (&[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1], Digest::Sha256),
    (&[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2], Digest::Sha384),
    (&[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3], Digest::Sha512),
];

impl Digest {
    pub(crate) fn of(oid: &[u8]) -> Option<Self> {
        DIGESTS.iter().find(|(known, _)| *known == oid).map(|(_, digest)| *digest)
    }

    pub(crate) fn oid(self) -> &'static [u8] {
        DIGESTS.iter().find(|(_, digest)| *digest == self).map_or(&[], |(oid, _)| *oid)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// The digest of the bytes; none for digests that are known by name only.
    pub(crate) fn of_bytes(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let algorithm = match self {
            Self::Md5 | Self::Sha224 => return None,
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        Some(digest::digest(algorithm, bytes).as_ref().to_vec())
    }

    /// `AlgorithmIdentifier` of a digest.
    pub(crate) fn identifier(self) -> Vec<u8> {
        asn1::der(SEQUENCE, &[asn1::der(OID, &[self.oid()])])
    }
}

/// How a signature is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    RsaPkcs1(Digest),
    RsaPss(Digest),
    Ecdsa(Digest),
    Unknown(String),
}

const RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1];
const ECDSA: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4];
const EC_KEY: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1];
const P256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7];
const P384: &[u8] = &[0x2B, 0x81, 4, 0, 0x22];

impl Scheme {
    /// Reads an `AlgorithmIdentifier`. `told` is the digest that stands beside it in a CMS, for those that name none.
    pub(crate) fn read(identifier: Value<'_>, told: Option<Digest>) -> Read<Self> {
        let mut inside = identifier.inside();
        let oid = inside.next(OID)?.content;
        let unknown = || Self::Unknown(asn1::dotted(oid));
        if let Some(last) = oid.strip_prefix(RSA) {
            return Ok(match last {
                [1] => told.map_or_else(unknown, Self::RsaPkcs1),
                [4] => Self::RsaPkcs1(Digest::Md5),
                [5] => Self::RsaPkcs1(Digest::Sha1),
                [11] => Self::RsaPkcs1(Digest::Sha256),
                [12] => Self::RsaPkcs1(Digest::Sha384),
                [13] => Self::RsaPkcs1(Digest::Sha512),
                [14] => Self::RsaPkcs1(Digest::Sha224),
                [10] => Self::RsaPss(pss_digest(inside.next(SEQUENCE)?)?.ok_or(IllFormed)?),
                _ => unknown(),
            });
        }
        Ok(match oid.strip_prefix(ECDSA) {
            Some([1]) => Self::Ecdsa(Digest::Sha1),
            Some([3, 1]) => Self::Ecdsa(Digest::Sha224),
            Some([3, 2]) => Self::Ecdsa(Digest::Sha256),
            Some([3, 3]) => Self::Ecdsa(Digest::Sha384),
            Some([3, 4]) => Self::Ecdsa(Digest::Sha512),
            _ if oid == EC_KEY => told.map_or_else(unknown, Self::Ecdsa),
            _ => unknown(),
        })
    }

    /// The `AlgorithmIdentifier` with which we sign; only for the schemes of our own signers.
    pub(crate) fn identifier(&self) -> Vec<u8> {
        let oid = |family: &[u8], last: &[u8]| asn1::der(OID, &[family, last]);
        match self {
            Self::Ecdsa(digest) => {
                let last = if *digest == Digest::Sha384 { 3 } else { 2 };
                asn1::der(SEQUENCE, &[oid(ECDSA, &[3, last])])
            }
            _ => asn1::der(SEQUENCE, &[oid(RSA, &[11]), vec![asn1::NULL, 0]]),
        }
    }

    pub(crate) fn digest(&self) -> Option<Digest> {
        match self {
            Self::RsaPkcs1(digest) | Self::RsaPss(digest) | Self::Ecdsa(digest) => Some(*digest),
            Self::Unknown(_) => None,
        }
    }
}

/// The digest of RSASSA-PSS-params; SHA-1 when none is named.
fn pss_digest(parameters: Value<'_>) -> Read<Option<Digest>> {
    match parameters.inside().optional(context(0))? {
        None => Ok(Some(Digest::Sha1)),
        Some(explicit) => Ok(Digest::of(explicit.inside().next(SEQUENCE)?.inside().next(OID)?.content)),
    }
}

/// A public key of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey {
    kind: KeyKind,
    bits: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum KeyKind {
    Rsa(usize),
    P256,
    P384,
    Unknown(String),
}

/// What came of checking a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    Good,
    Bad,
    /// No library here can check it.
    Unsupported,
}

impl PublicKey {
    /// Reads a `SubjectPublicKeyInfo`.
    pub(crate) fn read(info: Value<'_>) -> Read<Self> {
        let mut inside = info.inside();
        let mut identifier = inside.next(SEQUENCE)?.inside();
        let bits = inside.next(asn1::BIT_STRING)?.content.get(1..).ok_or(IllFormed)?.to_vec();
        let oid = identifier.next(OID)?.content;
        let kind = if oid == [RSA, &[1]].concat() {
            let modulus = asn1::value(&bits, SEQUENCE)?.inside().next(asn1::INTEGER)?.content;
            let digits = asn1::digits(modulus);
            let unused = digits.first().map_or(0, |first| first.leading_zeros());
            KeyKind::Rsa((digits.len() * 8).saturating_sub(usize::try_from(unused).unwrap_or_default()))
        } else if oid == EC_KEY {
            match identifier.next(OID)?.content {
                P256 => KeyKind::P256,
                P384 => KeyKind::P384,
                curve => KeyKind::Unknown(asn1::dotted(curve)),
            }
        } else {
            KeyKind::Unknown(asn1::dotted(oid))
        };
        Ok(Self { kind, bits })
    }

    /// The key's octets without the head that names the algorithm.
    pub(crate) fn bits(&self) -> &[u8] {
        &self.bits
    }

    /// How a key of this kind signs here; none when it cannot.
    pub(crate) fn our_scheme(&self) -> Option<Scheme> {
        match &self.kind {
            KeyKind::Rsa(bits) if *bits >= 2_048 => Some(Scheme::RsaPkcs1(Digest::Sha256)),
            KeyKind::P256 => Some(Scheme::Ecdsa(Digest::Sha256)),
            KeyKind::P384 => Some(Scheme::Ecdsa(Digest::Sha384)),
            KeyKind::Rsa(_) | KeyKind::Unknown(_) => None,
        }
    }

    /// Whether a signature is this key's over a message.
    pub(crate) fn check(&self, scheme: &Scheme, message: &[u8], signature: &[u8]) -> Check {
        let Some(algorithm) = algorithm(&self.kind, scheme) else { return Check::Unsupported };
        match UnparsedPublicKey::new(algorithm, &self.bits).verify(message, signature) {
            Ok(()) => Check::Good,
            Err(_) => Check::Bad,
        }
    }

    /// Key and scheme as people name them: `RSA 2048, SHA-256`.
    pub(crate) fn describe(&self, scheme: &Scheme) -> String {
        let key = match &self.kind {
            KeyKind::Rsa(bits) => format!("RSA {bits}"),
            KeyKind::P256 => "ECDSA P-256".to_owned(),
            KeyKind::P384 => "ECDSA P-384".to_owned(),
            KeyKind::Unknown(oid) => oid.clone(),
        };
        match scheme {
            Scheme::RsaPss(digest) => format!("{key} PSS, {}", digest.name()),
            Scheme::RsaPkcs1(digest) | Scheme::Ecdsa(digest) => format!("{key}, {}", digest.name()),
            Scheme::Unknown(oid) => format!("{key}, {oid}"),
        }
    }

    /// What is too weak by today's measure (ETSI TS 119 312): MD5, SHA-1, RSA below 2048 bits.
    pub(crate) fn weak(&self, scheme: &Scheme) -> Vec<String> {
        let digest = scheme.digest().filter(|digest| matches!(digest, Digest::Md5 | Digest::Sha1));
        let mut found: Vec<String> = digest.into_iter().map(|digest| digest.name().to_owned()).collect();
        if let KeyKind::Rsa(bits) = self.kind
            && bits < 2_048
        {
            found.push(format!("RSA {bits}"));
        }
        found
    }
}

fn algorithm(key: &KeyKind, scheme: &Scheme) -> Option<&'static dyn VerificationAlgorithm> {
    use signature as s;
    Some(match (key, scheme) {
        (KeyKind::P256, Scheme::Ecdsa(Digest::Sha256)) => &s::ECDSA_P256_SHA256_ASN1,
        (KeyKind::P256, Scheme::Ecdsa(Digest::Sha384)) => &s::ECDSA_P256_SHA384_ASN1,
        (KeyKind::P384, Scheme::Ecdsa(Digest::Sha256)) => &s::ECDSA_P384_SHA256_ASN1,
        (KeyKind::P384, Scheme::Ecdsa(Digest::Sha384)) => &s::ECDSA_P384_SHA384_ASN1,
        (KeyKind::Rsa(2_048..=8_192), Scheme::RsaPkcs1(digest)) => match digest {
            Digest::Sha1 => &s::RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            Digest::Sha256 => &s::RSA_PKCS1_2048_8192_SHA256,
            Digest::Sha384 => &s::RSA_PKCS1_2048_8192_SHA384,
            Digest::Sha512 => &s::RSA_PKCS1_2048_8192_SHA512,
            Digest::Md5 | Digest::Sha224 => return None,
        },
        (KeyKind::Rsa(1_024..=2_047), Scheme::RsaPkcs1(digest)) => match digest {
            Digest::Sha1 => &s::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
            Digest::Sha256 => &s::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
            Digest::Sha512 => &s::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
            _ => return None,
        },
        (KeyKind::Rsa(2_048..=8_192), Scheme::RsaPss(digest)) => match digest {
            Digest::Sha256 => &s::RSA_PSS_2048_8192_SHA256,
            Digest::Sha384 => &s::RSA_PSS_2048_8192_SHA384,
            Digest::Sha512 => &s::RSA_PSS_2048_8192_SHA512,
            _ => return None,
        },
        _ => return None,
    })
}
