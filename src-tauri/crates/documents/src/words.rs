//! The words of paper: the Fluent messages of `assets/words`, named by the constants that `cargo xtask bindings` makes of them.
//!
//! Read once a process. What a person typed only ever comes in as a value, so nothing in it is taken for a message.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

pub(crate) mod keys;

/// The name of a message that exists; only the generated constants are made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(&'static str);

const PAPER: &str = include_str!("../../../../assets/words/en-GB/paper.ftl");

static BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let mut bundle = FluentBundle::new_concurrent("en-GB".parse().into_iter().collect());
    // Marks of direction around each value would stand in the text of the PDF, where a search does not find across them.
    bundle.set_use_isolating(false);
    // What is broken or there twice is left out; a test holds that nothing is.
    let messages = FluentResource::try_new(PAPER.to_owned()).unwrap_or_else(|(messages, _)| messages);
    bundle.add_resource_overriding(messages);
    bundle
});

/// The words of a message with its values, each by the name that the message has for it.
pub(crate) fn say(key: Key, values: &[(&str, &str)]) -> String {
    let Some(pattern) = BUNDLE.get_message(key.0).and_then(|message| message.value()) else { return key.0.to_owned() };
    let args: FluentArgs<'_> = values.iter().copied().collect();
    let mut faults = Vec::new();
    let words = BUNDLE.format_pattern(pattern, Some(&args), &mut faults).into_owned();
    debug_assert!(faults.is_empty(), "{} lacks a value: {faults:?}", key.0);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_words_and_every_message_a_key() {
        for key in keys::ALL {
            let message = BUNDLE.get_message(key.0).unwrap_or_else(|| panic!("{key:?} has no message"));
            assert!(message.value().is_some(), "{key:?} has no value");
        }
        let ids: Vec<&str> =
            PAPER.lines().filter(|line| line.starts_with("paper-")).filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(ids.len(), keys::ALL.len(), "a message is there twice or has no key");
        for id in ids {
            assert!(keys::ALL.contains(&Key(id)), "{id} has no key");
        }
    }

    #[test]
    fn the_file_is_read_without_a_fault() {
        assert!(FluentResource::try_new(PAPER.to_owned()).is_ok());
    }

    #[test]
    fn a_value_is_put_in_as_it_is_without_marks_around_it() {
        assert_eq!(say(keys::PAPER_BORN, &[("date", "{ $x } 2")]), "Born { $x } 2");
        assert_eq!(say(keys::PAPER_PLAN_SCORE, &[("score", "8")]), "8 out of 10");
    }
}
