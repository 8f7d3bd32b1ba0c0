//! The object identifiers of envelopes, time stamps and answers about revocation.

/// `id-data`: the content stands elsewhere.
pub(crate) const DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1];
/// `id-signedData`.
pub(crate) const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2];
/// The attribute `contentType`.
pub(crate) const CONTENT_TYPE: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 3];
/// The attribute `messageDigest`.
pub(crate) const MESSAGE_DIGEST: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 4];
/// The attribute `signingTime`.
pub(crate) const SIGNING_TIME: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 5];
/// `id-ct-TSTInfo`: the content is a time stamp.
pub(crate) const STAMP: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 4];
/// The attribute `signingCertificate` (with SHA-1).
pub(crate) const SIGNING_CERTIFICATE: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 2, 12];
/// The attribute `signatureTimeStampToken`.
pub(crate) const SIGNATURE_STAMP: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 2, 14];
/// The attribute `signingCertificateV2`.
pub(crate) const SIGNING_CERTIFICATE_V2: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 2, 47];
/// Adobe's attribute with lists and answers about revocation.
pub(crate) const REVOCATION_ARCHIVE: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x2F, 1, 1, 8];
/// `id-pkix-ocsp-basic`.
pub(crate) const BASIC_ANSWER: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 48, 1, 1];
