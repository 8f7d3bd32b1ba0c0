//! Papers written and read again.
