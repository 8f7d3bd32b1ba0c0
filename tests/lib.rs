//! Tests that concern the whole house; each folder beside this file is one test binary.
