# What there is to do here, in five words. `just` alone lists them.

_list:
    @just --list --unsorted

# a whole office with invented people, on this machine
demo *arguments:
    cargo run -- demo {{ arguments }}

# everything: formatting, lints, all tests against real servers
test:
    ./test

# all but the lints
fast:
    ./test fast

# write the golden files anew; look at the difference before you commit it
bless:
    BLESS=1 cargo test --package 'schema-*' --test contract
    BLESS=1 cargo test --package tests --test guard
    BLESS=1 cargo test --package tests --test deploy rights::

# the documentation of every crate
docs:
    cargo doc --workspace --no-deps --document-private-items
