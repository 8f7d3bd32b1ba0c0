//! Every event has a sample of its body, and every sample an event. That a sample decodes is tested beside it, in the
//! schema crate, which knows the type.

use wire::Contract;

use crate::tree;

/// `samples` are names of files: the kind of an event, and a word when there is more than one.
fn complaints(contract: &Contract, samples: &[String]) -> Vec<String> {
    let service = &contract.service;
    let is_of = |sample: &str, kind: &str| {
        sample
            .strip_prefix(kind)
            .and_then(|rest| rest.strip_suffix(".json"))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let unseen = contract.events.iter().filter(|row| !samples.iter().any(|sample| is_of(sample, &row.kind)));
    let unknown = samples.iter().filter(|sample| !contract.events.iter().any(|row| is_of(sample, &row.kind)));
    let unseen = unseen.map(|row| {
        format!("`libs/schema-{service}/samples` has no `{}.json`: keep a real body of it, for ever", row.kind)
    });
    let unknown = unknown.map(|sample| {
        format!("`libs/schema-{service}/samples/{sample}` is of no event: what was once sent must stay in the contract")
    });
    unseen.chain(unknown).collect()
}

#[test]
fn every_event_has_a_sample() {
    let files = tree::files();
    let mut found = Vec::new();
    for (path, contract) in tree::contracts() {
        let folder = path.replace("contract.json", "samples/");
        let samples: Vec<_> = files.keys().filter_map(|path| path.strip_prefix(&folder).map(str::to_owned)).collect();
        found.extend(complaints(&contract, &samples));
    }
    tree::quiet(found);
}

#[test]
fn events_without_samples_and_samples_without_events_are_named() {
    let mut contract = Contract::new("finance", Vec::new());
    contract.events = serde_json::from_value(serde_json::json!([{ "kind": "account_opened.v1", "body": {} }])).unwrap();
    let judge =
        |samples: &[&str]| complaints(&contract, &samples.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
    assert!(judge(&["account_opened.v1.json", "account_opened.v1.masked.json"]).is_empty());
    assert!(judge(&[])[0].contains("has no `account_opened.v1.json`"));
    let found = judge(&["account_opened.v1.json", "account_opened.v10.json"]);
    assert!(found.len() == 1 && found[0].contains("account_opened.v10.json` is of no event"));
}
